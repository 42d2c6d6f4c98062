//! The performance score of bol since 2024, estimated in whole numbers (RULES P1, P2).

use crate::random::Random;

/// The first week of the numbers begins on day 0, a Monday.
pub type Day = i64;

/// What a week has of each of the three parts: good items on time, cancelled ones, good tracking; each of so many.
pub type WeekOfParts = [Option<(i64, i64)>; 3];

/// The norms of the parts, in the order of [`WeekOfParts`].
pub const PARTS: [&str; 3] = ["fulfilment", "cancellations", "track_and_trace"];

/// Some weeks, by number from 0 on; few have all parts, and some have nothing of one.
pub fn random_weeks(seed: u64) -> Vec<(i64, WeekOfParts)> {
    let mut random = Random::new(seed);
    let mut weeks = Vec::new();
    for week in 0..random.range(0, 16) {
        let parts = std::array::from_fn(|part| {
            let all = if random.once_in(6) { 0 } else { random.range(1, 200) };
            // Mostly near the norm, where it matters.
            let most = if random.once_in(4) { all } else { all / 20 };
            let few = random.range(0, most + 1);
            let above = if part == 1 { few } else { all - few };
            (!random.once_in(5)).then_some((above, all))
        });
        if !random.once_in(4) {
            weeks.push((week, parts));
        }
    }
    weeks
}

/// An estimate.
#[derive(Debug, Clone, PartialEq)]
pub struct Estimated {
    /// The Wednesday on which it was calculated.
    pub on: Day,
    /// The newest week that was final by then.
    pub last_week: Option<i64>,
    /// The sums of each part.
    pub sums: [(i64, i64); 3],
    /// The mean of the parts with data, as a fraction.
    pub mean: Option<(i128, i128)>,
}

/// The score of a part as a fraction: an 8 at the norm, a 10 at perfection, straight lines between.
fn score_of(part: usize, above: i64, all: i64) -> (i128, i128) {
    let (n, d) = (i128::from(above), i128::from(all));
    match part {
        // 93 of a hundred is the norm.
        0 if 100 * n <= 93 * d => (800 * n, 93 * d),
        0 => (200 * n - 130 * d, 7 * d),
        // 2 of a hundred is the norm, none is perfect.
        1 if 100 * n <= 2 * d => (10 * d - 100 * n, d),
        1 => (800 * (d - n), 98 * d),
        // All is the norm and perfect.
        _ if n == d => (10, 1),
        _ => (8 * n, d),
    }
}

/// The estimate that is shown on a day.
pub fn estimated(weeks: &[(i64, WeekOfParts)], day: Day) -> Estimated {
    let mut on = day;
    while on.rem_euclid(7) != 2 {
        on -= 1;
    }
    // A week is final on the Wednesday after it.
    let has_some = |parts: &WeekOfParts| parts.iter().any(Option::is_some);
    let known = weeks.iter().filter(|(week, parts)| week * 7 + 9 <= on && has_some(parts));
    let last_week = known.map(|(week, _)| *week).max();
    let mut sums = [(0, 0); 3];
    for (week, parts) in weeks {
        if last_week.is_some_and(|last| (last - 5..=last).contains(week)) {
            for (sum, (above, all)) in
                sums.iter_mut().zip(parts).filter_map(|(sum, part)| Some((sum, (*part)?)))
            {
                *sum = (sum.0 + above, sum.1 + all);
            }
        }
    }
    let scores: Vec<(i128, i128)> = (0..3)
        .zip(sums)
        .filter(|(_, (_, all))| *all > 0)
        .map(|(part, (above, all))| score_of(part, above, all))
        .collect();
    let mean = (!scores.is_empty()).then(|| {
        let under: i128 = scores.iter().map(|(_, d)| d).product();
        let above: i128 = scores.iter().map(|(n, d)| n * (under / d)).sum();
        (above, under * i128::try_from(scores.len()).unwrap())
    });
    Estimated { on, last_week, sums, mean }
}
