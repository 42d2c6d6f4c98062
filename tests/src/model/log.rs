//! Random logs, made while their cases are lived through: so that what happens just when something is due happens
//! often.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use klokuur::ShippingMethod;
use klokuur::case::{CaseEvent, CaseKind, Description, Opening, Party, What};

use super::case::Case;
use super::minutes::{Minute, Minutes, instant};
use crate::random::Random;

/// What a log came to.
#[derive(Debug)]
pub struct Lived {
    /// The events, case by case in order of time.
    pub events: Vec<CaseEvent>,
    /// The cases at the end.
    pub cases: BTreeMap<String, Case>,
    /// How many events were impossible.
    pub refused: usize,
    /// The minute of the end.
    pub until: Minute,
}

/// A log of a few cases over some weeks, most of it possible, and how its cases stand at the end.
pub fn random_log(minutes: &Minutes, seed: u64) -> Lived {
    let mut random = Random::new(seed);
    let until = place(random.range(7 * 1440, 42 * 1440));
    let mut lived = Lived { events: Vec::new(), cases: BTreeMap::new(), refused: 0, until };
    for number in 0..random.range(1, 4) {
        let name = format!("K-{number}");
        let mut case = Case::default();
        let mut now = place(random.range(0, 14 * 1440));
        for step in 0..random.range(2, 13) {
            if step > 0 {
                let next = now + wait(&mut random, &case, now);
                (now..next.min(until + 1)).for_each(|minute| case.pass(minute));
                now = next;
            }
            if now > until {
                break;
            }
            let opens = step == 0 && !random.once_in(10);
            let what = if opens { opened(&mut random, now) } else { anything(&mut random, now) };
            lived.refused += usize::from(!case.take(minutes, now, &what));
            lived.events.push(CaseEvent::new(&name, instant(now), what));
        }
        (now..=until).for_each(|minute| case.pass(minute));
        if case.opened.is_some() {
            lived.cases.insert(name, case);
        }
    }
    lived
}

fn place(minute: i64) -> Minute {
    usize::try_from(minute).unwrap()
}

/// Minutes to the next event: often just before, at or after what time does next.
fn wait(random: &mut Random, case: &Case, now: Minute) -> usize {
    if random.once_in(2) {
        return place(random.any_size(12));
    }
    let mut ahead = case.clone();
    let told = ahead.told.len();
    let next = (now..now + 20 * 1440).find(|minute| {
        ahead.pass(*minute);
        ahead.told.len() > told
    });
    let around = place(random.range(0, 3));
    next.map_or(1, |next| (next - now + around).saturating_sub(1)).max(1)
}

fn opened(random: &mut Random, now: Minute) -> What {
    let kinds = [CaseKind::Question, CaseKind::Question, CaseKind::Return, CaseKind::Cancellation];
    let origins = [Party::Customer, Party::Customer, Party::Customer, Party::Marketplace, Party::Seller];
    let given = |random: &mut Random, text: &str| (!random.once_in(20)).then(|| text.to_owned());
    What::Opened(Opening {
        kind: random.pick(&kinds),
        order: given(random, "A-1"),
        subject: given(random, "delivery"),
        item: given(random, "kettle"),
        ordered_at: random.once_in(3).then(|| instant(now) - TimeDelta::days(random.pick(&[1, 700, 800]))),
        shipping_method: random.once_in(8).then_some(ShippingMethod::Lvb),
        ..Opening::by(random.pick(&origins))
    })
}

fn anything(random: &mut Random, now: Minute) -> What {
    let by = random.pick(&[Party::Seller, Party::Seller, Party::Seller, Party::Marketplace]);
    match random.range(0, 30) {
        0..=4 => What::customer_message(),
        5..=10 => What::seller_message(),
        11 => What::SellerMessage { text: None, automatic: true },
        12..=13 => {
            let until = random.once_in(4).then(|| instant(now)).or_else(|| {
                (!random.once_in(4)).then(|| instant(now) + TimeDelta::minutes(random.any_size(13)))
            });
            What::FollowUp { until }
        }
        14 => What::HandedOver,
        15..=16 => What::Forwarded,
        17 => What::Returned,
        18..=21 => What::Closed { by, explanation: None },
        22 => What::Reopened { by },
        23..=24 => What::SurveyAnswered { scores: "overall=9".parse().unwrap() },
        25 => What::Received,
        26 => What::Handled { result: None },
        27 => What::PhoneContact {
            by: random.pick(&[Party::Customer, Party::Seller]),
            text: None,
            about: Description::default(),
        },
        28 => What::Described(Description { agent: Some("Noor".into()), ..Description::default() }),
        _ => opened(random, now),
    }
}
