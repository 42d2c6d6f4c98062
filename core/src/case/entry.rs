//! What a book keeps of each case, in few bytes: most times of a state are none in most cases.

use super::event::{CaseEvent, CaseKind, CaseStatus, EventKind, Party};
use super::names::NONE;
use super::state::{Counts, State, flag};
use crate::sla::instant::{NEVER, Nanos};

/// The fields of a [`State`] in two lists, each said once: a field that is in neither does not compile.
macro_rules! entry {
    (every case: {$($kept:ident: $type:ty,)+} few: {$($rare:ident,)+}) => {
        /// A case of the book. The fields of its state stand in it flat: a struct of them would be padded.
        #[derive(Debug, Clone)]
        pub(super) struct Entry {
            $($kept: $type,)+
            rare: Option<Box<Rare>>,
            /// The newest time of its events, refused ones and those that were corrected included.
            pub(super) newest: Nanos,
            /// The event that arrived last.
            pub(super) last: u32,
            /// The row that says what is known of it.
            pub(super) known: u32,
            /// Its place in its list.
            pub(super) place: u32,
            pub(super) has_corrections: bool,
            pub(super) has_refused: bool,
            /// Events were kept that it has not been folded with yet.
            pub(super) is_unsettled: bool,
        }

        /// The times of a clock that runs, and of few cases.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        struct Rare {
            $($rare: Nanos,)+
        }

        impl Rare {
            const NONE: Self = Self { $($rare: NEVER,)+ };
        }

        impl Entry {
            pub(super) fn of(state: &State) -> Self {
                let State { $($kept,)+ .. } = *state;
                let mut entry = Self {
                    $($kept,)+
                    rare: None,
                    newest: Nanos::MIN,
                    last: NONE,
                    known: NONE,
                    place: NONE,
                    has_corrections: false,
                    has_refused: false,
                    is_unsettled: false,
                };
                entry.set_state(state);
                entry
            }

            /// Where the case stands.
            pub(super) fn state(&self) -> State {
                let Rare { $($rare,)+ } = match &self.rare {
                    Some(rare) => **rare,
                    None => Rare::usual(self.opened_at, self.flags),
                };
                State { $($kept: self.$kept,)+ $($rare,)+ }
            }

            /// Keeps what every case has, and gives the rest.
            fn keep(&mut self, state: &State) -> Rare {
                let State { $($kept,)+ $($rare,)+ } = *state;
                $(self.$kept = $kept;)+
                Rare { $($rare,)+ }
            }
        }
    };
}

entry! {
    every case: {
        opened_at: Nanos,
        first_due: Nanos,
        first_end: Nanos,
        later: Nanos,
        closed_at: Nanos,
        passed: Nanos,
        flags: u32,
        counts: Counts,
        status: CaseStatus,
        origin: Party,
        kind: CaseKind,
    }
    few: {
        first_from,
        first_warn,
        reply_from,
        reply_warn,
        reply_due,
        forwarded_from,
        forwarded_warn,
        forwarded_due,
        goes_back,
        lapses,
    }
}

impl Rare {
    /// Those of a case whose first clock, if it has one, started when it was opened and has ended.
    fn usual(opened_at: Nanos, flags: u32) -> Self {
        Self { first_from: if flags & flag::FIRST == 0 { NEVER } else { opened_at }, ..Self::NONE }
    }
}

impl Entry {
    /// A case of which no event has come.
    pub(super) fn new() -> Self {
        Self::of(&State::NEW)
    }

    pub(super) fn set_state(&mut self, state: &State) {
        let mut rare = self.keep(state);
        if !state.first_is_active() {
            // No clock that has ended is warned of.
            rare.first_warn = NEVER;
        }
        let is_usual = rare == Rare::usual(state.opened_at, state.flags);
        match &mut self.rare {
            _ if is_usual => self.rare = None,
            Some(kept) => **kept = rare,
            none => *none = Some(Box::new(rare)),
        }
    }

    /// Time has done all it does up to and with this instant.
    pub(super) fn passed(&self) -> Nanos {
        self.passed
    }

    /// Whether an event of this instant comes behind something that the case knows.
    pub(super) fn is_late(&self, at: Nanos) -> bool {
        at <= self.newest || at <= self.passed
    }

    /// Whether an event comes after all that the case knows.
    pub(super) fn goes_straight_on(&self, at: Nanos, event: &CaseEvent) -> bool {
        !self.is_late(at) && !self.has_corrections && event.what.kind() != EventKind::Corrected
    }
}
