//! Many tests on small counts, with one false-alarm rate for all.

/// The number that p-values are multiplied by so that the family of tests keeps its false-alarm rate.
///
/// Bonferroni would count every test. Tarone (1990, *Biometrics* 46, 515–522) counts only those whose smallest
/// possible p-value could be significant at all: the others cannot give a false alarm. Returns the smallest `k` for
/// which at most `k` tests have a smallest possible p-value of `alpha / k` or less; at least 1.
pub(super) fn multiplier(smallest_possible: &[f64], alpha: f64) -> u64 {
    let mut sorted = smallest_possible.to_vec();
    sorted.sort_by(f64::total_cmp);
    // I4: a cell with too few cases is never significant, so it costs the others no power.
    let able = |k: u64| sorted.partition_point(|&p| p <= alpha / k as f64) as u64;
    // `able` only falls as k grows, so the first k that it does not exceed can be found by halving.
    let (mut low, mut high) = (1, (sorted.len() as u64).max(1));
    while low < high {
        let mid = low + (high - low) / 2;
        if able(mid) <= mid {
            high = mid;
        } else {
            low = mid + 1;
        }
    }
    low
}
