//! Columns of answers, in one pass.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::tally::{Nps, bad_score};
use crate::error::{KlokuurError, Result};

/// The value of a column of scores where there is no answer.
pub const NO_ANSWER: u8 = u8::MAX;

/// The value of a column of keys where there is no key; such rows are left out.
pub const NO_KEY: u32 = u32::MAX;

/// The NPS of one key.
///
/// ```
/// # use klokuur::nps::nps_by_name;
/// let groups = nps_by_name(&[10, 3, 9], &["lamp", "lamp", "clock"])?;
/// assert_eq!((groups[0].key.as_str(), groups[0].nps.promoters()), ("clock", 1));
/// assert_eq!(groups[1].nps.score().map(|score| score.points()), Some(0.0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NpsGroup {
    /// The key: a subject, item, agent, …
    pub key: String,
    /// Its answers.
    pub nps: Nps,
}

/// Rows side by side; a byte counter per lane and group, so 255 rounds fit before they are added up.
const LANES: usize = 64;
const ROUNDS: usize = 255;

impl Nps {
    /// Counts a column of scores; [`NO_ANSWER`] (255) is skipped.
    ///
    /// # Errors
    /// - a value from 11 to 254: the error names the first such row
    pub fn from_column(scores: &[u8]) -> Result<Self> {
        // Lanes of bytes: the compiler makes vector instructions of the inner loop. A block has so few rounds that no
        // byte of a lane can overflow.
        let mut sum = [0_u64; 3];
        let mut bad = 0_u8;
        for block in scores.chunks(LANES * ROUNDS) {
            let (rows, rest) = block.as_chunks::<LANES>();
            let mut promoters = [0_u8; LANES];
            let mut passives = [0_u8; LANES];
            let mut detractors = [0_u8; LANES];
            let mut wrong = [0_u8; LANES];
            for row in rows {
                let lanes = promoters.iter_mut().zip(&mut passives).zip(&mut detractors).zip(&mut wrong);
                for ((((high, mid), low), wrong), &score) in lanes.zip(row) {
                    // Q1, without a branch: 9 and 10, 7 and 8, up to 6. What is less wraps around to more than the
                    // bound.
                    *high = high.wrapping_add(u8::from(score.wrapping_sub(9) <= 1));
                    *mid = mid.wrapping_add(u8::from(score.wrapping_sub(7) <= 1));
                    *low = low.wrapping_add(u8::from(score <= 6));
                    // From 11 to 254; 255 is no answer.
                    *wrong |= u8::from(score.wrapping_sub(11) <= 243);
                }
            }
            let total = |lanes: &[u8]| lanes.iter().map(|&c| u64::from(c)).sum::<u64>();
            let counts = [total(&promoters), total(&passives), total(&detractors)];
            for (sum, count) in sum.iter_mut().zip(counts) {
                *sum += count;
            }
            bad |= wrong.iter().fold(0, |a, b| a | b);
            for &score in rest {
                match Self::from_score(score) {
                    Some(one) => {
                        let counts = [one.promoters(), one.passives(), one.detractors()];
                        for (sum, count) in sum.iter_mut().zip(counts) {
                            *sum += count;
                        }
                    }
                    None => bad |= u8::from(score != NO_ANSWER),
                }
            }
        }
        if bad != 0 {
            return Err(first_bad(scores));
        }
        let [promoters, passives, detractors] = sum;
        Ok(Self::from_small_counts(promoters, passives, detractors))
    }
}

/// The group of a score: 0 detractor, 1 passive, 2 promoter, 3 no answer or not valid.
const GROUP: [u8; 256] = {
    let mut table = [3; 256];
    let mut score = 0;
    #[allow(clippy::indexing_slicing)] // Evaluated when compiling.
    while score <= 10 {
        // Q1: detractors up to 6, passives 7 and 8, promoters from 9.
        table[score] = if score <= 6 {
            0
        } else if score <= 8 {
            1
        } else {
            2
        };
        score += 1;
    }
    table
};

/// The NPS of each key `0..groups`, in one pass over two columns (RULES Q3: by subject, item, agent).
///
/// Keys are row numbers of a table of the caller; [`NO_KEY`] and [`NO_ANSWER`] rows are left out.
///
/// ```
/// # use klokuur::nps::nps_by;
/// let by_agent = nps_by(&[10, 3, 9, 8], &[0, 1, 0, 1], 2)?;
/// assert_eq!(by_agent[0].score().map(|s| s.points()), Some(100.0));
/// assert_eq!(by_agent[1].score().map(|s| s.points()), Some(-50.0));
/// # Ok::<(), klokuur::KlokuurError>(())
/// ```
///
/// # Errors
/// - the columns have different lengths
/// - a score from 11 to 254, or a key that is not below `groups`: the error names the row
pub fn nps_by(scores: &[u8], keys: &[u32], groups: u32) -> Result<Vec<Nps>> {
    same_length(scores.len(), keys.len())?;
    let mut counts = vec![[0_u64; 4]; groups as usize];
    let (mut bad_score, mut bad_key) = (false, false);
    for (&score, &key) in scores.iter().zip(keys) {
        bad_score |= score.wrapping_sub(11) <= 243;
        let group = GROUP.get(usize::from(score)).copied().unwrap_or(3);
        match counts.get_mut(key as usize) {
            // The mask changes nothing: it lets the compiler see that the place exists.
            Some(count) => {
                if let Some(place) = count.get_mut(usize::from(group & 3)) {
                    *place += 1;
                }
            }
            None => bad_key |= key != NO_KEY,
        }
    }
    if bad_score {
        return Err(first_bad(scores));
    }
    if bad_key {
        return Err(first_bad_key(keys, groups));
    }
    Ok(counts.into_iter().map(|[low, mid, high, _]| Nps::from_small_counts(high, mid, low)).collect())
}

/// The NPS of each named key, sorted by key, in one pass over two columns.
///
/// # Errors
/// - the columns have different lengths
/// - a score from 11 to 254: the error names the row
pub fn nps_by_name<S: AsRef<str>>(scores: &[u8], keys: &[S]) -> Result<Vec<NpsGroup>> {
    same_length(scores.len(), keys.len())?;
    let mut numbers: HashMap<&str, u32> = HashMap::new();
    let mut dense = Vec::with_capacity(keys.len());
    for key in keys {
        let next = u32::try_from(numbers.len()).unwrap_or(NO_KEY);
        // Numbers first, so that each key is hashed once and counted as a number.
        dense.push(*numbers.entry(key.as_ref()).or_insert(next));
    }
    let tallies = nps_by(scores, &dense, u32::try_from(numbers.len()).unwrap_or(NO_KEY))?;
    let mut groups: Vec<NpsGroup> = numbers
        .into_iter()
        .filter_map(|(key, i)| Some(NpsGroup { key: key.to_owned(), nps: *tallies.get(i as usize)? }))
        .collect();
    // A map has no order of its own, and an answer has one.
    groups.sort_by(|a, b| a.key.cmp(&b.key));
    Ok(groups)
}

pub(super) fn same_length(scores: usize, others: usize) -> Result<()> {
    if scores == others {
        return Ok(());
    }
    Err(KlokuurError::LengthMismatch { what: "columns of an NPS", left: scores, right: others })
}

/// The first row that made a column invalid.
pub(super) fn first_bad(scores: &[u8]) -> KlokuurError {
    let row = scores.iter().position(|&s| s > 10 && s != NO_ANSWER).unwrap_or(0);
    bad_score(row, scores.get(row).copied().unwrap_or_default())
}

fn first_bad_key(keys: &[u32], groups: u32) -> KlokuurError {
    let row = keys.iter().position(|&k| k >= groups && k != NO_KEY).unwrap_or(0);
    KlokuurError::Row {
        row,
        problem: Box::new(KlokuurError::OutOfRange {
            what: "key",
            given: keys.get(row).copied().unwrap_or_default().to_string(),
            accepted: format!("0 to {groups} (not included), or {NO_KEY} for none"),
        }),
    }
}
