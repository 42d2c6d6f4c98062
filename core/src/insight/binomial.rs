//! Exact binomial probabilities.
//!
//! Summed term by term: the usual continued fraction stops early for large counts.

use libm::lgamma;

/// The probability of `k` or more successes in `n` trials; `p` is within 0 and 1.
pub(super) fn at_least(k: u64, n: u64, p: f64) -> f64 {
    if k == 0 || p >= 1.0 {
        return if k <= n { 1.0 } else { 0.0 };
    }
    if k > n || p <= 0.0 {
        return 0.0;
    }
    // The side without the mean is the shorter one, and loses no digits.
    if k as f64 > n as f64 * p { tail(k, n, p) } else { 1.0 - tail(n - k + 1, n, 1.0 - p) }.clamp(0.0, 1.0)
}

/// The sum from `k` upwards; `k` lies above the mean, so the terms shrink.
fn tail(k: u64, n: u64, p: f64) -> f64 {
    let (kf, nf) = (k as f64, n as f64);
    let ln_choose = lgamma(nf + 1.0) - lgamma(kf + 1.0) - lgamma(nf - kf + 1.0);
    let mut term = (ln_choose + kf * p.ln() + (nf - kf) * (-p).ln_1p()).exp();
    let odds = p / (1.0 - p);
    let mut sum = 0.0;
    for i in k..=n {
        sum += term;
        if term <= sum * 1e-17 {
            break;
        }
        term *= (n - i) as f64 / (i as f64 + 1.0) * odds;
    }
    sum
}

/// The exact two-sided interval of the success probability (Clopper & Pearson 1934, *Biometrika* 26, 404–413).
pub(super) fn clopper_pearson(k: u64, n: u64, confidence: f64) -> (f64, f64) {
    let half = (1.0 - confidence) / 2.0;
    let low = if k == 0 { 0.0 } else { root(|p| at_least(k, n, p) > half) };
    let high = if k >= n { 1.0 } else { root(|p| at_least(k + 1, n, p) >= 1.0 - half) };
    (low, high)
}

/// Where a growing condition starts to hold between 0 and 1.
fn root(holds: impl Fn(f64) -> bool) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..60 {
        let mid = 0.5 * (low + high);
        if holds(mid) {
            high = mid;
        } else {
            low = mid;
        }
    }
    0.5 * (low + high)
}
