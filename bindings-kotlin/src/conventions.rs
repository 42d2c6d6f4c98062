//! The conventions of a schedule: the choices that others make differently.

use klokuur::schedule::{
    Backwards, BudgetEnd, Conventions, FoldBoundary, GapBoundary, HolidayShift, ZeroBudget,
};

/// When a budget that ends exactly at closing is due.
#[uniffi::remote(Enum)]
pub enum BudgetEnd {
    /// At the closing instant.
    AtClose,
    /// At the next opening.
    AtNextOpen,
}

/// What a zero budget gives.
#[uniffi::remote(Enum)]
pub enum ZeroBudget {
    /// The start unchanged, open or not.
    Start,
    /// The next open instant.
    NextOpen,
}

/// Where an opening or closing goes that lies in the hour that the clock skips in spring.
#[uniffi::remote(Enum)]
pub enum GapBoundary {
    /// To the edge of the gap.
    Edge,
    /// Forward by the length of the gap.
    ShiftForward,
}

/// Which of the two instants of a repeated local time an opening or closing means.
#[uniffi::remote(Enum)]
pub enum FoldBoundary {
    /// The earlier.
    Earlier,
    /// The later.
    Later,
}

/// What a holiday takes of a shift that starts on it and ends on the next date.
#[uniffi::remote(Enum)]
pub enum HolidayShift {
    /// Its 00:00–24:00.
    CutOut,
    /// All of the shift.
    WholeShift,
}

/// What `between` gives when its arguments run backwards.
#[uniffi::remote(Enum)]
pub enum Backwards {
    /// The negative, exact mirror.
    Mirror,
    /// Zero.
    Zero,
}

/// The choices that others make differently, by name.
#[uniffi::remote(Record)]
pub struct Conventions {
    /// When a budget that ends exactly at closing is due.
    pub budget_end: BudgetEnd,
    /// What a zero budget gives.
    pub zero_budget: ZeroBudget,
    /// A boundary in the hour that the clock skips.
    pub gap: GapBoundary,
    /// A boundary in the hour that comes twice.
    pub fold: FoldBoundary,
    /// A shift that starts on a holiday.
    pub holiday_shift: HolidayShift,
    /// `between` with its arguments the wrong way round.
    pub backwards: Backwards,
}

/// The conventions that hold where nothing else is said.
#[uniffi::export]
pub fn default_conventions() -> Conventions {
    Conventions::default()
}
