//! The statistics of answers that count +1, 0 or −1.

/// Promoters and detractors among `n` answers; not whole when weighted or adjusted. `n` is above 0.
#[derive(Debug, Clone, Copy)]
pub(super) struct Trinomial {
    pub(super) plus: f64,
    pub(super) minus: f64,
    pub(super) n: f64,
}

impl Trinomial {
    /// The mean of one answer, −1 to 1.
    pub(super) fn mean(&self) -> f64 {
        ((self.plus - self.minus) / self.n).clamp(-1.0, 1.0)
    }

    /// The variance of one answer, 0 to 1: `p₊ + p₋ − (p₊ − p₋)²`.
    pub(super) fn variance(&self) -> f64 {
        // As 4 p₊ p₋ + p₀ (p₊ + p₋), which is the same and never below 0.
        let (plus, minus) = (self.plus / self.n, self.minus / self.n);
        let zero = ((self.n - self.plus - self.minus) / self.n).max(0.0);
        4.0 * plus * minus + zero * (plus + minus)
    }

    /// With pseudo-answers added to each group.
    pub(super) fn adjusted(&self, outer: f64, passives: f64) -> Self {
        Self { plus: self.plus + outer, minus: self.minus + outer, n: self.n + 2.0 * outer + passives }
    }

    /// The variance of one answer if its true mean were `mean`: with the shares that are most likely under that
    /// condition, in closed form (Tango 1998, *Statistics in Medicine* 17, 891–908, there for paired proportions).
    pub(super) fn variance_given_mean(&self, mean: f64) -> f64 {
        // Of `mean` and −`mean` the one that is not negative, so that the root below loses no digits.
        let (plus, minus, d) =
            if mean >= 0.0 { (self.plus, self.minus, mean) } else { (self.minus, self.plus, -mean) };
        // The smaller share q solves 2n q² + b q − minus d (1 − d) = 0.
        let a = 2.0 * self.n;
        let b = (2.0 * self.n - plus + minus) * d - plus - minus;
        let c = minus * d * (1.0 - d);
        let root = (b * b + 4.0 * a * c).max(0.0).sqrt();
        let q = if b <= 0.0 { (root - b) / (2.0 * a) } else { 2.0 * c / (root + b) };
        (2.0 * q + d * (1.0 - d)).clamp(0.0, 1.0)
    }
}

/// The point between `inside` and `outside` where `holds` stops, by halving.
pub(super) fn boundary(inside: f64, outside: f64, holds: impl Fn(f64) -> bool) -> f64 {
    if holds(outside) {
        return outside;
    }
    let (mut good, mut bad) = (inside, outside);
    for _ in 0..100 {
        let mid = 0.5 * (good + bad);
        if holds(mid) {
            good = mid;
        } else {
            bad = mid;
        }
    }
    good
}
