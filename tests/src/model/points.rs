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

/// The points on a date: 100 to begin with, what was deducted comes back after 365 days, never less than none nor more
/// than all.
pub fn account(events: &[(NaiveDate, i32)], on: NaiveDate) -> i32 {
    let mut points = 100;
    let mut day = events.iter().map(|(day, _)| *day).min().unwrap_or(on);
    while day <= on {
        let today = events.iter().filter(|(date, _)| *date == day).map(|(_, points)| *points);
        let back = events.iter().filter(|(date, points)| *points < 0 && *date + Days::new(365) == day);
        let mut changes: Vec<i32> = today.chain(back.map(|(_, points)| -points)).collect();
        // What is taken of a day is taken first.
        changes.sort_unstable();
        for change in changes {
            points = (points + change).clamp(0, 100);
        }
        day = day + Days::new(1);
    }
    points
}
