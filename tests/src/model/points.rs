//! Policy points, lived day by day (RULES S7).

use chrono::{Days, NaiveDate};

use crate::random::Random;

/// Deductions below 0 and additions above, each on a date, over about three years.
pub fn random_account(seed: u64) -> Vec<(NaiveDate, i32)> {
    let mut random = Random::new(seed);
    let start = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
    let count = random.range(0, 12);
    (0..count)
        .map(|_| {
            let on = start + Days::new(random.below(1_100));
            let points = i32::try_from(random.range(1, 60)).unwrap();
            (on, if random.once_in(4) { points } else { -points })
        })
        .collect()
}

/// The points on a date: 100 less those that are out, each of which is out by itself until it comes back, 365 days
/// after it was taken, or until one is added, which brings back the one that was taken first.
pub fn account(events: &[(NaiveDate, i32)], on: NaiveDate) -> i32 {
    let mut out: Vec<NaiveDate> = Vec::new();
    let mut day = events.iter().map(|(day, _)| *day).min().unwrap_or(on);
    while day <= on {
        out.retain(|taken| *taken + Days::new(365) > day);
        let today = || events.iter().filter(|(date, _)| *date == day).map(|(_, points)| *points);
        // What is taken of a day is taken first.
        let taken: i32 = today().filter(|points| *points < 0).sum();
        out.extend((0..-taken).map(|_| day));
        let added: i32 = today().filter(|points| *points > 0).sum();
        out.drain(..out.len().min(usize::try_from(added).unwrap()));
        day = day + Days::new(1);
    }
    (100 - i32::try_from(out.len()).unwrap()).max(0)
}
