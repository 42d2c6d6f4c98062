//! From a norm's value to a score by straight lines (RULES P2).

use std::cmp::Ordering;

use crate::exact::Exact;
use crate::rulebook::ScorePoint;

/// The score at a value: on the line between the points around it; beyond the first and last point the score there.
///
/// Two points at one value are a jump: at that value itself the better score counts. `None` when the numbers do not
/// fit, or without points.
pub(super) fn score_at(points: &[ScorePoint], value: Exact) -> Option<Exact> {
    let at = |point: &ScorePoint| (Exact::from(point.value), Exact::from(point.score));
    let mut here: Option<Exact> = None;
    let mut before: Option<(Exact, Exact)> = None;
    for point in points {
        let (x, y) = at(point);
        match x.compare(value)? {
            // P2: points rise by value, so the last one before is where the line begins.
            Ordering::Less => before = Some((x, y)),
            Ordering::Equal => {
                here = match here {
                    Some(best) if best.compare(y)? != Ordering::Less => Some(best),
                    _ => Some(y),
                }
            }
            Ordering::Greater if here.is_none() => {
                let Some((x0, y0)) = before else { return Some(y) };
                let part = value.minus(x0)?.over(x.minus(x0)?)?;
                return y0.plus(part.times(y.minus(y0)?)?);
            }
            Ordering::Greater => break,
        }
    }
    here.or(before.map(|(_, y)| y))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rulebook::Ratio;

    fn score(points: &[(i32, i32)], percent: i32) -> f64 {
        let points: Vec<_> = points
            .iter()
            .map(|(value, score)| ScorePoint { value: Ratio::percent(*value), score: Ratio::whole(*score) })
            .collect();
        score_at(&points, Exact::from(Ratio::percent(percent))).unwrap().to_f64()
    }

    #[test]
    fn lines_ends_and_jumps() {
        let rising = [(0, 0), (93, 8), (100, 10)];
        assert_eq!(score(&rising, 93), 8.0);
        assert_eq!(score(&rising, 100), 10.0);
        assert_eq!(score(&rising, 0), 0.0);
        assert_eq!(score(&rising, 120), 10.0);
        assert_eq!(score(&rising, -5), 0.0);
        let jump = [(0, 0), (100, 8), (100, 10)];
        assert_eq!(score(&jump, 100), 10.0);
        assert_eq!(score(&jump, 50), 4.0);
        let falling = [(0, 10), (2, 8), (100, 0)];
        assert_eq!(score(&falling, 1), 9.0);
        assert_eq!(score(&falling, 51), 4.0);
        assert_eq!(score(&[(0, 0), (50, 3), (50, 9), (100, 10)], 25), 1.5);
        assert!(score_at(&[], Exact::ZERO).is_none());
    }
}
