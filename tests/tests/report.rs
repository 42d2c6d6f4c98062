//! The picture of a seller: every number has its list, and what is not there is told.

mod accounts;
mod moments;

use std::collections::BTreeSet;

use chrono::{DateTime, Duration, NaiveDate, Utc};
use klokuur::case::{CaseBook, CaseEvent, Opening, Party, What};
use klokuur::exchange::PerformanceStatus;
use klokuur::insight::DatedScore;
use klokuur::log::ExportedLine;
use klokuur::norm::{CASE_ITEM_RATIO, Cancelled, OrderLine, RESPONSE_TIME, WeekNumbers};
use klokuur::phone::CallAttempt;
use klokuur::report::{Block, MissingPart, MissingReason, Page, Picture, SellerData, WindowState};
use klokuur::rulebook::{Ratio, RulebookHistory};
use klokuur::score::PerformanceScore;
use klokuur::sla::Amount;
use klokuur::standing::{PolicyPointsEvent, StandingEvent};
use klokuur::{CaseKind, IsoWeek, Language, Rulebook};
use klokuur_tests::random::Random;

fn at(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).unwrap().to_utc()
}

pub(super) fn now() -> DateTime<Utc> {
    at("2026-11-09T08:00:00+01:00")
}

/// Questions, returns and cancellations of the last 80 days, answered, closed, handed over or left alone.
pub(super) fn events(random: &mut Random, cases: usize) -> Vec<CaseEvent> {
    let mut events = Vec::new();
    for number in 0..cases {
        let case = format!("K-{number}");
        let opened = now() - Duration::minutes(random.range(-600, 80 * 24 * 60));
        let kinds = [CaseKind::Question, CaseKind::Question, CaseKind::Return, CaseKind::Cancellation];
        let origin = random.pick(&[Party::Customer, Party::Customer, Party::Marketplace]);
        let mut opening = Opening { kind: random.pick(&kinds), ..Opening::by(origin) };
        opening.subject = random.pick(&[None, Some("size"), Some("defect")]).map(str::to_owned);
        opening.item = random.pick(&[None, Some("lamp"), Some("bell")]).map(str::to_owned);
        events.push(CaseEvent::new(case.clone(), opened, What::Opened(opening)));
        let mut later = opened;
        for _ in 0..random.below(4) {
            later += Duration::minutes(random.range(1, 4 * 24 * 60));
            let what = match random.below(5) {
                0 | 1 => What::seller_message(),
                2 => What::customer_message(),
                3 => What::closed(Party::Seller),
                _ => What::HandedOver,
            };
            events.push(CaseEvent::new(case.clone(), later, what));
        }
    }
    events
}

pub(super) fn orders(random: &mut Random, lines: usize) -> Vec<ExportedLine> {
    let line = |row| {
        let ordered = now() - Duration::hours(random.range(0, 80 * 24));
        let promised = (ordered + Duration::days(2)).date_naive();
        let delivered = Some(ordered + Duration::hours(random.range(1, 80)));
        ExportedLine {
            row,
            order: format!("A-{row}"),
            item: Some(random.pick(&["lamp", "bell"]).to_owned()),
            line: OrderLine {
                delivered_at: delivered,
                cancelled: (random.below(20) == 0).then(|| Cancelled {
                    at: ordered + Duration::hours(random.range(1, 70)),
                    by_customer: random.below(2) == 0,
                    processed_at: None,
                }),
                returned_at: (random.below(20) == 0).then(|| ordered + Duration::days(5)),
                tracked: random.below(10) > 0,
                ..OrderLine::new(ordered, random.range(1, 4) as u32, promised)
            },
        }
    };
    (0..lines).map(line).collect()
}

#[test]
fn every_number_of_a_picture_has_its_list() {
    for seed in 0..40 {
        let mut random = Random::new(seed);
        let data = SellerData::of_events(events(&mut random, 300)).with_orders(orders(&mut random, 400));
        let picture = Picture::of(&data, &RulebookHistory::bol().unwrap(), now()).unwrap();
        let open = &picture.cases;
        let lists = open.waiting.len()
            + open.waiting_for_customer.len()
            + open.to_follow_up.len()
            + open.others.len();
        assert_eq!(lists as u64, open.open, "seed {seed}");
        assert!(open.at_risk.iter().all(|number| picture.waiting_case(number).is_some()), "seed {seed}");
        let due: usize = open.due.iter().flat_map(|due| &due.bars).map(|bar| bar.cases.len()).sum();
        let to_come = open.waiting.iter().filter(|row| row.due.is_some_and(|due| due > now())).count();
        assert_eq!(due, to_come, "seed {seed}");
        let (mut late, mut counted) = (0, 0);
        for norm in picture.weeks.iter().flat_map(|week| &week.norms) {
            let is_response = norm.result.norm == RESPONSE_TIME;
            assert_eq!(norm.late.len() as u64, if is_response { norm.result.bad.unwrap() } else { 0 });
            late += norm.late.len();
            let listed: u64 = norm.orders.iter().map(|order| order.items).sum();
            let is_of_orders = ![RESPONSE_TIME, CASE_ITEM_RATIO].contains(&norm.result.norm.as_str());
            assert_eq!(listed, if is_of_orders { norm.result.bad.unwrap() } else { 0 }, "seed {seed}");
            counted += listed;
        }
        assert!(late > 10, "seed {seed}: {late} are late");
        assert!(counted > 100, "seed {seed}: {counted} items count against a norm");
        for subject in &picture.subjects.overview.subjects {
            let lists = picture.subjects.lists.iter().filter(|list| list.subject == subject.subject);
            assert_eq!(lists.map(|list| list.cases.len() as u64).sum::<u64>(), subject.cases);
        }
        for (signal, cases) in picture.signals.report.signals.iter().zip(&picture.signals.cases) {
            assert_eq!(cases.len() as u64, signal.recent, "seed {seed}: {signal}");
        }
        let total = &picture.month.overview.total;
        let listed: BTreeSet<_> = picture.month.lists.iter().flat_map(|list| &list.cases).collect();
        assert_eq!(listed.len() as u64, total.cases);
        if let Some(on_time) = total.on_time {
            assert_eq!(picture.month.late.len() as u64, on_time.of - on_time.count);
        }
        serde_json::to_value(&picture).unwrap();
    }
}

#[test]
fn a_signal_names_its_cases() {
    let mut random = Random::new(1);
    let mut events = events(&mut random, 300);
    for number in 0..30 {
        let mut opening = Opening::by(Party::Customer);
        (opening.item, opening.defect) = (Some("lamp".into()), Some("broken clip".into()));
        let opened = now() - Duration::hours(number);
        events.push(CaseEvent::new(format!("S-{number}"), opened, What::Opened(opening)));
    }
    let picture = Picture::of(&SellerData::of_events(events), &Rulebook::bol(), now()).unwrap();
    let place =
        picture.signals.report.signals.iter().position(|signal| signal.item.as_deref() == Some("lamp"));
    let cases = &picture.signals.cases[place.unwrap()];
    assert_eq!((cases.len(), cases.iter().all(|case| case.starts_with("S-"))), (30, true));
}

#[test]
fn a_book_gives_the_picture_of_its_events() {
    let events = events(&mut Random::new(7), 200);
    let history = RulebookHistory::bol().unwrap();
    let mut book = CaseBook::of(&history).unwrap();
    book.load_all(&events);
    // A book that lived on is asked for the past.
    book.advance(now() + Duration::days(30)).unwrap();
    let of_book = Picture::of(&SellerData::of_book(book), &history, now()).unwrap();
    let of_events = Picture::of(&SellerData::of_events(events), &history, now()).unwrap();
    assert_eq!((&of_book.weeks, &of_book.month), (&of_events.weeks, &of_events.month));
    assert_eq!(of_book.cases.waiting, of_events.cases.waiting);
    assert_eq!(of_book.read.later, of_events.read.later);
}

#[test]
fn what_is_not_there_is_told_with_its_reason() {
    let asked = |text| CaseEvent::new("K-1", at(text), What::Opened(Opening::by(Party::Customer)));
    let reasons = |data: &SellerData| -> Vec<_> {
        let picture = Picture::of(data, &Rulebook::bol(), now()).unwrap();
        picture.missing.into_iter().map(|one| (one.part, one.reason)).collect()
    };
    let data = SellerData::of_events([asked("2026-11-03T10:00:00+01:00")]);
    let told = reasons(&data);
    for part in [MissingPart::Orders, MissingPart::Surveys, MissingPart::Calls, MissingPart::Reviews] {
        assert!(told.contains(&(part, MissingReason::NotGiven)), "{told:?}");
    }
    assert!(told.contains(&(MissingPart::Strikes, MissingReason::NoFinalWeek)), "{told:?}");
    assert!(!told.iter().any(|(part, _)| *part == MissingPart::Questions), "{told:?}");
    let tomorrow = CallAttempt { at: at("2026-11-10T10:00:00+01:00"), answered: true };
    let told = reasons(&data.with_calls(vec![tomorrow]));
    assert!(told.contains(&(MissingPart::Calls, MissingReason::Empty)), "{told:?}");
    let of_another = Rulebook::shipped("kaufland")
        .map(|rules| Picture::of(&SellerData::of_events([]), &rules, now()).unwrap().missing);
    let told = of_another.unwrap();
    assert!(
        told.iter().any(|one| (one.part, one.reason) == (MissingPart::Strikes, MissingReason::NotInRules))
    );
}

#[test]
fn what_comes_after_now_is_counted_and_not_looked_at() {
    let opened =
        |case: &str, text| CaseEvent::new(case, at(text), What::Opened(Opening::by(Party::Customer)));
    let today = [opened("K-1", "2026-11-09T07:00:00+01:00"), opened("K-2", "2026-11-09T09:00:00+01:00")];
    let picture = Picture::of(&SellerData::of_events(today), &Rulebook::bol(), now()).unwrap();
    assert_eq!((picture.cases.open, picture.read.later), (1, 1));
    assert_eq!(picture.as_of.days_old, None);
    let old = Picture::of(
        &SellerData::of_events([opened("K-1", "2026-10-01T09:00:00+01:00")]),
        &Rulebook::bol(),
        now(),
    );
    assert_eq!(old.unwrap().as_of.days_old, Some(38));
}

#[test]
fn what_is_refused_names_its_row() {
    let answered = CaseEvent::new("K-9", at("2026-11-06T10:00:00+01:00"), What::seller_message());
    let line = OrderLine::new(
        at("2026-11-02T10:00:00+01:00"),
        0,
        "2026-11-03".parse::<chrono::NaiveDate>().unwrap(),
    );
    let nothing = ExportedLine { row: 12, order: "A-1".into(), item: None, line };
    let data = SellerData::of_rows([(7, answered)]).with_orders(vec![nothing]);
    let picture = Picture::of(&data, &Rulebook::bol(), now()).unwrap();
    let skipped: Vec<_> =
        picture.read.skipped.iter().map(|row| (row.file.as_str(), row.line, row.why.as_str())).collect();
    assert_eq!((skipped[0].0, skipped[0].1), ("cases", 7));
    assert_eq!(skipped[1], ("orders", 12, "quantity 0 is out of range: accepted is 1 or more"));
}

#[test]
fn s5_the_window_shows_each_strike_and_when_it_expires() {
    // Twelve late answers in the week before last.
    let late = (0..12).flat_map(|n| {
        let (case, asked) = (format!("K-{n}"), at("2026-10-20T10:00:00+02:00") + Duration::minutes(n));
        let opened = CaseEvent::new(case.clone(), asked, What::Opened(Opening::by(Party::Customer)));
        [opened, CaseEvent::new(case, asked + Duration::days(3), What::seller_message())]
    });
    let picture = Picture::of(&SellerData::of_events(late), &Rulebook::bol(), now()).unwrap();
    let strikes = picture.strikes.unwrap();
    assert_eq!((strikes.report.strikes.len(), strikes.window.len()), (1, 22));
    let of_strike = strikes.window.iter().find(|week| week.state == WindowState::Strike).unwrap();
    assert_eq!(of_strike.week.to_string(), "2026-W43");
    assert_eq!(of_strike.expires_on, Some(strikes.report.strikes[0].expires_on));
    assert_eq!((strikes.bad_weeks_until_offline, strikes.what_if.len()), (Some(4), 2));
}

/// Every text of a page, but those that stand in the data: names, reasons, schedules.
fn shape(page: &Page) -> Vec<(String, usize)> {
    let blocks =
        page.sections.iter().flat_map(|section| section.blocks.iter().map(move |block| (section, block)));
    blocks
        .map(|(section, block)| {
            let (kind, size) = match block {
                Block::Heading { .. } => ("heading", 1),
                Block::Text { .. } => ("text", 1),
                Block::List { items } => ("list", items.len()),
                Block::Table(table) => ("table", table.rows.len() * table.columns.len()),
                Block::Cases { cases, .. } => ("cases", cases.len()),
                Block::Figure { .. } => ("figure", 1),
            };
            (format!("{:?} {kind}", section.name), size)
        })
        .collect()
}

/// The first row of the open cases.
fn first_row(asked: &str, now: &str) -> Vec<String> {
    let asked = CaseEvent::new("K-1", at(asked), What::Opened(Opening::by(Party::Customer)));
    let picture = Picture::of(&SellerData::of_events([asked]), &Rulebook::bol(), at(now)).unwrap();
    let page = picture.page(Language::English);
    let table = page.sections[0].blocks.iter().find_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    table.unwrap().rows[0].iter().map(|cell| cell.text.clone()).collect()
}

#[test]
fn seconds_are_told_where_they_decide() {
    let asked = "2026-11-06T09:56:32+01:00";
    let row = first_row(asked, "2026-11-09T08:00:00+01:00");
    // Whole minutes that add up to 24 hours.
    let told = "14 h 3 min on Friday 6 November, weekend skipped, 9 h 57 min on Monday 9 November";
    assert_eq!(row[3], told);
    let told = "14 h 3 min 28 s on Friday 6 November, weekend skipped, 9 h 56 min 32 s on Monday 9 November";
    assert_eq!(first_row(asked, "2026-11-09T09:56:00+01:00")[3], told);
    assert_eq!(first_row(asked, "2026-11-09T09:56:50+01:00")[3], told);
    // A part that would be no minute at all is told to the second.
    let told = "20 s on Friday 6 November, weekend skipped, 23 h 59 min 40 s on Monday 9 November";
    assert_eq!(first_row("2026-11-06T23:59:40+01:00", "2026-11-09T08:00:00+01:00")[3], told);
}

#[test]
fn both_languages_say_the_same_of_a_picture() {
    for seed in 0..10 {
        let mut random = Random::new(seed);
        let data = SellerData::of_events(events(&mut random, 200)).with_orders(orders(&mut random, 200));
        let picture = Picture::of(&data, &RulebookHistory::bol().unwrap(), now()).unwrap();
        let (english, dutch) = (picture.page(Language::English), picture.page(Language::Dutch));
        assert_eq!(shape(&english), shape(&dutch), "seed {seed}");
        assert_eq!(english.cards.len(), dutch.cards.len());
        let texts =
            |page: &Page| page.sections.iter().map(|section| section.title.clone()).collect::<Vec<_>>();
        let same = texts(&english).iter().zip(&texts(&dutch)).filter(|(one, other)| one == other).count();
        assert_eq!(same, 0, "a title is in one language only");
        for page in [&english, &dutch] {
            let rows =
                page.sections.iter().flat_map(|section| &section.blocks).filter_map(|block| match block {
                    Block::Table(table) => Some(table),
                    _ => None,
                });
            for table in rows {
                assert!(table.rows.iter().all(|row| row.len() == table.columns.len()), "{}", table.caption);
            }
        }
        // Nothing of a text is lost, however long its tables are.
        let (all, first) = (english.to_text(None), english.to_text(Some(3)));
        for row in &picture.cases.waiting {
            assert!(all.contains(&row.number));
        }
        let shown = first.lines().filter(|line| line.starts_with("  … and ")).count();
        assert!(shown > 0 && all.len() > first.len());
    }
}

#[test]
fn numbers_dates_and_lateness_are_in_the_manner_of_their_language() {
    let picture = Picture::of(&SellerData::of_events([]), &Rulebook::bol(), now()).unwrap();
    let (english, dutch) = (picture.words(Language::English), picture.words(Language::Dutch));
    let hours = Amount::elapsed_hours;
    for (said, expected) in [
        (english.count(17_950), "17,950"),
        (dutch.count(1_234_567), "1.234.567"),
        (english.signed(-1_234), "-1,234"),
        (dutch.decimal(-1_234.56, 1), "-1.234,6"),
        (english.decimal(-0.04, 1), "0.0"),
        (english.change(1.294, 2), "+1.29"),
        (dutch.power(1.3e-10), "1,3e-10"),
        (dutch.date("2026-04-28".parse().unwrap()), "dinsdag 28 april"),
        (english.date("2027-04-28".parse().unwrap()), "Wednesday 28 April 2027"),
        (english.amount(Amount::business_hours(1)), "1 clock hour"),
        (dutch.amount(Amount::business_hours(16)), "16 klokuren"),
        (english.lateness(hours(47)), "47 hours"),
        (dutch.lateness(hours(69)), "2 dagen 21 uur"),
        (english.lateness(hours(24 * 38 + 5)), "38 days"),
        (english.lateness(Amount::business_hours(100)), "100 clock hours"),
    ] {
        assert_eq!(said, expected);
    }
    let office = RulebookHistory::bol().unwrap();
    let then = at("2021-03-15T08:00:00+01:00");
    let picture = Picture::of(&SellerData::of_events([]), &office.rulebooks()[0], then).unwrap();
    assert_eq!(picture.words(Language::Dutch).amount(Amount::business_hours(8)), "8 kantooruren");
}

#[test]
fn every_reason_of_what_is_missing_has_its_sentence() {
    let picture = Picture::of(&SellerData::of_events([]), &Rulebook::bol(), now()).unwrap();
    let said = |language| -> Vec<String> {
        let words = picture.words(language);
        picture.missing.iter().map(|one| one.to_sentence(&words)).collect()
    };
    let english = said(Language::English);
    assert!(
        english.contains(&"No calls were given; left out: phone availability.".to_owned()),
        "{english:?}"
    );
    assert!(
        english.contains(&"No week is final yet: there is no basis for strikes and standing.".to_owned()),
        "{english:?}"
    );
    let dutch = said(Language::Dutch);
    assert!(
        dutch.contains(&"Er zijn geen enquêtes opgegeven; niet te zien: de NPS na klantcontact.".to_owned()),
        "{dutch:?}"
    );
    assert_eq!(english.iter().zip(&dutch).filter(|(one, other)| one == other).count(), 0);
}

#[test]
fn c7_a_picture_at_the_ends_of_time_is_one_or_an_error() {
    let (mut pictures, mut errors) = (0, 0);
    let ends = ["1900-01-01T00:00:00Z", "2100-12-31T22:59:59Z"].map(at);
    for end in ends {
        for days in [-400, -31, -7, -1, 0, 1, 7, 31, 200, 400, 1_000] {
            let now = end + Duration::days(days);
            let events = (0..40).flat_map(|n| {
                let (case, asked) = (format!("K-{n}"), now - Duration::days(30) + Duration::hours(n));
                let opened = CaseEvent::new(case.clone(), asked, What::Opened(Opening::by(Party::Customer)));
                [opened, CaseEvent::new(case, asked + Duration::days(5), What::seller_message())]
            });
            match Picture::of(&SellerData::of_events(events), &Rulebook::bol(), now) {
                Ok(picture) => {
                    for language in [Language::English, Language::Dutch] {
                        assert!(!picture.page(language).to_text(None).is_empty());
                    }
                    let weeks = picture.strikes.into_iter().flat_map(|strikes| strikes.window);
                    assert!(
                        weeks.into_iter().all(|week| week
                            .week
                            .to_string()
                            .parse::<klokuur::IsoWeek>()
                            .is_ok())
                    );
                    pictures += 1;
                }
                Err(error) => {
                    assert_eq!(error.code(), "out_of_range", "{now}: {error}");
                    errors += 1;
                }
            }
        }
    }
    assert!(pictures >= 4 && errors >= 5, "{pictures} pictures, {errors} errors");
}

#[test]
fn what_the_marketplace_says_stands_on_the_page_in_both_languages() {
    let week = |text: &str| text.parse::<IsoWeek>().unwrap();
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    let reasons = |week: &str| format!(r#"{{"week": "{week}", "reasons": ["CANCELLATIONS"]}}"#);
    let status = PerformanceStatus::from_json(&format!(
        r#"{{"policyPoints": 60, "strike": {{"count": 2, "weeks": [{}, {}]}}}}"#,
        reasons("2026-40"),
        reasons("2026-41")
    ))
    .unwrap();
    let bad = |at| WeekNumbers::new(RESPONSE_TIME, week(at), 50, 100).measured_elsewhere();
    let data = SellerData::of_events([])
        .with_name("Invented Shop")
        .with_reviews(vec![
            DatedScore { date: day("2026-11-03"), score: 9 },
            DatedScore { date: day("2026-10-03"), score: 6 },
        ])
        .with_reported(["2026-W30", "2026-W31", "2026-W32", "2026-W33", "2026-W34"].map(bad).into())
        .with_standing(status.standing())
        .with_scores(vec![
            PerformanceScore::reported(Ratio::new(84, 10).unwrap(), day("2026-11-04")).unwrap(),
        ])
        .with_decisions(vec![StandingEvent::PlanAccepted { on: day("2026-09-07") }])
        .with_points(vec![PolicyPointsEvent {
            on: day("2026-09-01"),
            points: -40,
            reason: "counterfeit".into(),
        }]);
    let picture = Picture::of(&data, &Rulebook::bol(), now()).unwrap();
    let text = |language| picture.page(language).to_text(None);
    let (english, dutch) = (text(Language::English), text(Language::Dutch));
    for expected in [
        "Invented Shop",
        "Policy points: 60.",
        "40 points, counterfeit; back on Wednesday 1 September 2027",
        "online since Monday 7 September, with an accepted improvement plan",
        "Reported: 8.4 (Wednesday 4 November)",
        "2026-W40",
    ] {
        assert!(english.contains(expected), "{expected}: {english}");
    }
    for expected in [
        "Beleidspunten: 60.",
        "40 punten, counterfeit; terug op woensdag 1 september 2027",
        "online sinds maandag 7 september, met een geaccepteerd verbeterplan",
        "Gemeld: 8,4 (woensdag 4 november)",
    ] {
        assert!(dutch.contains(expected), "{expected}: {dutch}");
    }
    // The picture is a document too, and says the same.
    let document: serde_json::Value = serde_json::from_str(&picture.to_json()).unwrap();
    assert_eq!(document["points"]["computed"]["points"], 60);
    assert_eq!(document["strikes"]["reported"]["standing"]["strikes"], 2);
}
