//! Makes the sample seller of `examples/data`: plainly invented, the same from the same seed.
//!
//! `cargo run --release --example make_sample_seller -- DIR [SEED] [--documents]` writes `cases.csv`, `surveys.csv`, `calls.csv`
//! `orders.csv` and `performance-status.json`: 30 weeks of "De Verzonnen Fietsbel", about 2,000 cases. The schemas are in `data/README.md`. With
//! `--documents` it also writes the orders as the Retailer API tells them, into `DIR/documents`: a folder for each day of a dump.

// The tables of the generator are indexed by numbers that it drew from their lengths.
#![allow(clippy::indexing_slicing)]

mod documents;
mod status;

use std::error::Error;
use std::path::Path;

use chrono::{DateTime, Datelike, Days, NaiveDate, SecondsFormat, TimeDelta, TimeZone, Weekday};
use chrono_tz::{Europe::Amsterdam, Tz};
use klokuur::{BusinessDuration, HolidayCalendar, IsoWeek, Schedule};
use rand::rngs::ChaCha8Rng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};

use documents::SampleOrder;

const WEEKS: u64 = 30;
const ITEMS: [(&str, f64); 12] = [
    ("brass bicycle bell", 1.0),
    ("striped bell, small", 0.8),
    ("front light, clip-on", 2.6),
    ("rear light, rechargeable", 2.2),
    ("saddle cover, checked", 0.7),
    ("chain oil, 100 ml", 0.5),
    ("pannier bag, blue", 1.6),
    ("child seat cushion", 1.2),
    ("tyre levers, set of 3", 0.4),
    ("patch kit", 0.6),
    ("phone holder, turnable", 2.4),
    ("reflective strap", 0.3),
];
const SUBJECTS: [(&str, f64); 7] = [
    ("where is my order", 3.0),
    ("product question", 2.0),
    ("defect or damage", 2.0),
    ("invoice", 1.0),
    ("return", 1.2),
    ("cancellation", 0.8),
    ("delivery date", 1.4),
];
const DEFECTS: [&str; 4] = ["does not charge", "broken clip", "scratched", "part missing"];

/// What an agent's week was like; the last of the list is the running week.
fn late_share(week: u64) -> f64 {
    match week {
        5 | 9 | 20 | 26 => 0.30, // understaffed
        17 => 0.13,              // under 90 %, yet with hardly ten late answers
        29 => 0.06,
        _ => 0.03,
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let (flags, arguments): (Vec<_>, Vec<_>) = std::env::args().skip(1).partition(|a| a.starts_with("--"));
    let dir = Path::new(arguments.first().ok_or("usage: make_sample_seller DIR [SEED] [--documents]")?);
    let seed = arguments.get(1).map_or(Ok(2026), |s| s.parse())?;
    let sample = Sample::new(seed)?.run()?;
    sample.write(dir)?;
    if flags.iter().any(|flag| flag == "--documents") {
        sample.write_documents(&dir.join("documents"))
    } else {
        Ok(())
    }
}

/// The columns of an event that are not empty.
type Fields = Vec<(&'static str, String)>;

struct Sample {
    rng: ChaCha8Rng,
    clock: Schedule,
    office: Schedule,
    first: NaiveDate,
    now: DateTime<Tz>,
    orders: Vec<Order>,
    events: Vec<(DateTime<Tz>, u32, Fields)>,
    surveys: Vec<(DateTime<Tz>, u32, [u8; 3])>,
    calls: Vec<(DateTime<Tz>, bool)>,
    cases: u32,
}

struct Order {
    number: u32,
    at: DateTime<Tz>,
    item: usize,
    quantity: u32,
    promised: NaiveDate,
    delivered: Option<DateTime<Tz>>,
    cancelled: Option<(DateTime<Tz>, &'static str)>,
    tracked: bool,
}

impl Sample {
    fn new(seed: u64) -> Result<Self, Box<dyn Error>> {
        let nl = HolidayCalendar::netherlands();
        let first = NaiveDate::from_ymd_opt(2026, 4, 13).ok_or("date")?;
        Ok(Self {
            rng: ChaCha8Rng::seed_from_u64(seed),
            clock: Schedule::parse("Mo-Fr 00:00-24:00", Amsterdam)?.with_holidays(nl.clone())?,
            office: Schedule::parse("Mo-Fr 08:30-17:30", Amsterdam)?.with_holidays(nl)?,
            first,
            now: at(first + Days::new(7 * WEEKS), 8.0),
            orders: Vec::new(),
            events: Vec::new(),
            surveys: Vec::new(),
            calls: Vec::new(),
            cases: 0,
        })
    }

    fn run(mut self) -> Result<Self, Box<dyn Error>> {
        for week in 0..WEEKS {
            for weekday in 0..7 {
                let date = self.first + Days::new(7 * week + weekday);
                self.day(week, date)?;
            }
        }
        let now = self.now;
        self.events.retain(|(t, ..)| *t <= now);
        self.surveys.retain(|(t, ..)| *t <= now);
        self.events.sort_by_key(|(t, case, _)| (*t, *case));
        self.surveys.sort_by_key(|(t, case, _)| (*t, *case));
        Ok(self)
    }

    fn day(&mut self, week: u64, date: NaiveDate) -> Result<(), Box<dyn Error>> {
        for _ in 0..self.rng.random_range(32..48) {
            self.order(week, date);
        }
        let busy = if matches!(date.weekday(), Weekday::Sat | Weekday::Sun) { 4..9 } else { 8..14 };
        for _ in 0..self.rng.random_range(busy) {
            self.case(week, date)?;
        }
        if !matches!(date.weekday(), Weekday::Sun) {
            for _ in 0..self.rng.random_range(3..9) {
                let hour = self.rng.random_range(8.0..18.5);
                let answered = self.rng.random_bool(if (9.0..17.0).contains(&hour) { 0.93 } else { 0.4 });
                self.calls.push((at(date, hour), answered));
            }
        }
        Ok(())
    }

    fn order(&mut self, week: u64, date: NaiveDate) {
        let hour = self.hour();
        let placed = at(date, hour);
        let promised = date + Days::new(if hour < 16.0 { 1 } else { 2 });
        let late = self.rng.random_bool(if week == 9 { 0.09 } else { 0.03 });
        let cancelled = self.rng.random_bool(0.012).then(|| {
            let by = if self.rng.random_bool(0.6) { "customer" } else { "seller" };
            (placed + TimeDelta::hours(self.rng.random_range(1..60)), by)
        });
        let arrives = promised + Days::new(if late { self.rng.random_range(1..4) } else { 0 });
        let arrives = at(arrives, self.rng.random_range(9.0..20.0));
        let order = Order {
            number: 0,
            at: placed,
            item: self.rng.random_range(0..ITEMS.len()),
            quantity: self.rng.random_range(1..=5),
            promised,
            delivered: (cancelled.is_none() && arrives <= self.now).then_some(arrives),
            cancelled,
            tracked: self.rng.random_bool(0.995),
        };
        self.orders.push(Order { number: 4_000_000 + self.orders.len() as u32 * 7, ..order });
    }

    /// One conversation, from the question to the survey.
    fn case(&mut self, week: u64, date: NaiveDate) -> Result<(), Box<dyn Error>> {
        self.cases += 1;
        let case = 7_000_000 + self.cases;
        let hour = self.hour();
        let asked = at(date, hour);
        let order = self.recent_order(asked);
        let (number, item, ordered) = (order.number, order.item, order.at);
        let (item_name, _) = ITEMS[item];
        // From week 22 on, the clip of the phone holder breaks: the insights should notice.
        let faulty = item == 10 && week >= 22 && self.rng.random_bool(0.6);
        let subject = if faulty { "defect or damage" } else { self.weighted(&SUBJECTS) };
        let defect = match subject {
            "defect or damage" if faulty => "broken clip",
            "defect or damage" => DEFECTS.choose(&mut self.rng).copied().unwrap_or("scratched"),
            _ => "",
        };
        let origin = match self.rng.random_range(0..100) {
            0..6 => "marketplace",
            6..10 => "seller",
            _ => "customer",
        };
        let kind = match subject {
            "return" => "return",
            "cancellation" => "cancellation",
            _ => "question",
        };
        self.events.push((
            asked,
            case,
            vec![
                ("event", "opened".into()),
                ("origin", origin.into()),
                ("kind", kind.into()),
                ("order", number.to_string()),
                ("ordered_at", text(ordered)),
                ("customer", format!("invented customer {:04}", number / 7 % 10_000)),
                ("subject", subject.into()),
                ("item", item_name.into()),
                ("defect", defect.into()),
                ("text", format!("Question about my {item_name}.")),
            ],
        ));
        if origin == "seller" {
            self.push(asked, case, "seller_message", &[("text", "A word about your order.".into())]);
        }
        if self.rng.random_bool(0.3) && origin == "customer" {
            self.push(
                asked + TimeDelta::seconds(20),
                case,
                "seller_message",
                &[("automatic", "yes".into()), ("text", "We have received your question.".into())],
            );
        }
        if origin == "marketplace" && self.rng.random_bool(0.08) {
            return self.send_back(case, asked);
        }
        // A forwarded case that is answered too late would have gone back by itself.
        let late = if origin == "marketplace" { 0.0 } else { late_share(week) };
        // What a customer sends back or cancels ends by its handling (RULES K12).
        let is_request = kind != "question" && origin == "customer";
        let mut last = self.answer(asked, late)?;
        if kind == "return" && is_request {
            self.push(asked + (last - asked) / 2, case, "received", &[]);
        }
        self.push(last, case, "seller_message", &[("text", "An answer to your question.".into())]);
        for _ in 0..self.rng.random_range(0..3) {
            if self.rng.random_bool(0.45) {
                let reply = last + TimeDelta::minutes(self.rng.random_range(20..3_000));
                self.push(reply, case, "customer_message", &[("text", "One more thing.".into())]);
                last = self.answer(reply, 0.04)?;
                self.push(last, case, "seller_message", &[("text", "And the answer to that.".into())]);
            }
        }
        if self.rng.random_bool(0.05) {
            let until = last + TimeDelta::days(self.rng.random_range(3..9));
            self.push(last + TimeDelta::minutes(5), case, "follow_up", &[("until", text(until))]);
            // What was sent back or is to be cancelled is handled meanwhile.
            if !is_request {
                last = until;
            }
        }
        if self.rng.random_bool(0.93) {
            let closed = self.office.add(last, BusinessDuration::minutes(self.rng.random_range(5..900)))?;
            match is_request {
                true => self.push(closed, case, "handled", &[("result", result_of(kind).into())]),
                false => self.push(closed, case, "closed", &[("by", "seller".into())]),
            }
            self.survey(case, closed, week, faulty);
        } else if is_request {
            self.push(last + TimeDelta::hours(1), case, "handled", &[("result", result_of(kind).into())]);
        }
        Ok(())
    }

    /// A forwarded case that nobody answered: the marketplace takes it back after 48 clock hours (RULES K5).
    fn send_back(&mut self, case: u32, asked: DateTime<Tz>) -> Result<(), Box<dyn Error>> {
        let back = self.clock.add(asked, BusinessDuration::hours(48))?;
        self.push(back, case, "returned", &[]);
        Ok(())
    }

    fn survey(&mut self, case: u32, closed: DateTime<Tz>, week: u64, faulty: bool) {
        if !self.rng.random_bool(0.28) {
            return;
        }
        let cheer = if faulty { 0.25 } else { 0.52 + week as f64 * 0.004 };
        let mut score = || match self.rng.random_range(0.0..1.0) {
            x if x < cheer => self.rng.random_range(9..=10),
            x if x < cheer + 0.28 => self.rng.random_range(7..=8),
            _ => self.rng.random_range(0..=6),
        };
        let scores = [score(), score(), score()];
        let answered = closed + TimeDelta::hours(24) + TimeDelta::minutes(self.rng.random_range(5..4_000));
        self.surveys.push((answered, case, scores));
    }

    /// When the answer goes out: mostly within the day, sometimes too late for the norm.
    fn answer(&mut self, asked: DateTime<Tz>, late: f64) -> Result<DateTime<Tz>, Box<dyn Error>> {
        if self.rng.random_bool(late) {
            let due = self.clock.add(asked, BusinessDuration::hours(24))?;
            return Ok(self.office.add(due, BusinessDuration::minutes(self.rng.random_range(10..1_200)))?);
        }
        let quick = self.rng.random_range(0.0..1.0f64).powi(3);
        Ok(self.office.add(asked, BusinessDuration::minutes(4 + (quick * 420.0) as i32))?)
    }

    fn push(&mut self, t: DateTime<Tz>, case: u32, event: &str, rest: &[(&'static str, String)]) {
        let mut fields = vec![("event", event.to_owned())];
        fields.extend(rest.iter().cloned());
        self.events.push((t, case, fields));
    }

    fn recent_order(&mut self, asked: DateTime<Tz>) -> &Order {
        let recent = self.orders.len().saturating_sub(900);
        let weight = |o: &Order| if o.at < asked { ITEMS[o.item].1 } else { 0.0 };
        let chosen = self.orders[recent..].choose_weighted(&mut self.rng, weight);
        chosen.unwrap_or(&self.orders[recent])
    }

    fn weighted(&mut self, list: &[(&'static str, f64)]) -> &'static str {
        list.choose_weighted(&mut self.rng, |(_, w)| *w).map_or("", |(name, _)| name)
    }

    /// An hour of the day: few at night, most in the evening.
    fn hour(&mut self) -> f64 {
        let (a, b) = if self.rng.random_bool(0.12) { (0.0, 8.0) } else { (8.0, 24.0) };
        self.rng.random_range(a..b)
    }

    fn write(&self, dir: &Path) -> Result<(), Box<dyn Error>> {
        std::fs::create_dir_all(dir)?;
        const COLUMNS: [&str; 15] = [
            "event",
            "origin",
            "kind",
            "order",
            "ordered_at",
            "customer",
            "subject",
            "item",
            "defect",
            "by",
            "automatic",
            "until",
            "text",
            "explanation",
            "result",
        ];
        let mut cases = csv::Writer::from_path(dir.join("cases.csv"))?;
        cases.write_record(["case", "at"].iter().chain(&COLUMNS))?;
        for (t, case, fields) in &self.events {
            let mut row = vec![case.to_string(), text(*t)];
            for column in COLUMNS {
                row.push(
                    fields.iter().find(|(name, _)| *name == column).map_or(String::new(), |(_, v)| v.clone()),
                );
            }
            cases.write_record(&row)?;
        }
        cases.flush()?;
        let mut surveys = csv::Writer::from_path(dir.join("surveys.csv"))?;
        surveys.write_record(["case", "at", "recommendation", "speed", "friendliness"])?;
        for (t, case, [recommendation, speed, friendliness]) in &self.surveys {
            surveys.serialize((case, text(*t), recommendation, speed, friendliness))?;
        }
        surveys.flush()?;
        let mut calls = csv::Writer::from_path(dir.join("calls.csv"))?;
        calls.write_record(["at", "answered"])?;
        for (t, answered) in &self.calls {
            calls.write_record([text(*t).as_str(), yes(*answered)])?;
        }
        calls.flush()?;
        let mut orders = csv::Writer::from_path(dir.join("orders.csv"))?;
        orders.write_record([
            "order",
            "ordered_at",
            "item",
            "quantity",
            "promised_on",
            "delivered_at",
            "cancelled_at",
            "cancelled_by",
            "tracked",
        ])?;
        for o in &self.orders {
            orders.serialize((
                o.number,
                text(o.at),
                ITEMS[o.item].0,
                o.quantity,
                o.promised.to_string(),
                o.delivered.map(text).unwrap_or_default(),
                o.cancelled.map(|(t, _)| text(t)).unwrap_or_default(),
                o.cancelled.map_or("", |(_, by)| by),
                yes(o.tracked),
            ))?;
        }
        orders.flush()?;
        Ok(std::fs::write(dir.join("performance-status.json"), self.status())?)
    }

    /// What the marketplace reports: of the bad weeks it has excused the last one, so that its strikes and the computed ones differ.
    fn status(&self) -> String {
        let week = |number: u64| IsoWeek::of(self.first + Days::new(7 * number));
        // The week before last is final: that of Wednesday.
        let last_final = week(WEEKS - 2);
        status::status(
            last_final,
            &[(week(9), &["FULFILMENT", "RESPONSE_TIME"]), (week(20), &["RESPONSE_TIME"])],
        )
    }

    fn write_documents(&self, dir: &Path) -> Result<(), Box<dyn Error>> {
        let order = |o: &Order| SampleOrder {
            number: o.number.to_string(),
            placed: o.at.fixed_offset(),
            item: ITEMS[o.item].0.to_owned(),
            quantity: o.quantity,
            promised: o.promised,
            delivered: o.delivered.map(|at| at.fixed_offset()),
            cancelled: o.cancelled.map(|(at, by)| (at.fixed_offset(), by == "customer")),
            tracked: o.tracked,
        };
        let orders: Vec<_> = self.orders.iter().map(order).collect();
        for (name, text) in documents::dumps(&orders, self.now.fixed_offset()) {
            let path = dir.join(name);
            std::fs::create_dir_all(path.parent().unwrap_or(dir))?;
            std::fs::write(path, text)?;
        }
        Ok(())
    }
}

fn yes(b: bool) -> &'static str {
    if b { "yes" } else { "no" }
}

/// How a return or a cancellation was handled.
fn result_of(kind: &str) -> &'static str {
    match kind {
        "return" => "returned to stock",
        _ => "cancelled",
    }
}

fn text(t: DateTime<Tz>) -> String {
    t.to_rfc3339_opts(SecondsFormat::Secs, false)
}

/// An instant of a date in Amsterdam; in a gap or fold the earlier or the next possible one.
fn at(date: NaiveDate, hour: f64) -> DateTime<Tz> {
    let local = date.and_time(chrono::NaiveTime::MIN) + TimeDelta::seconds((hour * 3_600.0) as i64);
    Amsterdam
        .from_local_datetime(&local)
        .earliest()
        .unwrap_or_else(|| Amsterdam.from_utc_datetime(&(local - TimeDelta::hours(1))))
}
