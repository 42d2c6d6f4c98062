//! How far a book was saved: what a save that goes on from an earlier one has to hold.

/// The greatest position that every language reads: whole numbers of JSON are exact up to here.
pub(super) const MAX_POSITION: u64 = 1 << 53;

/// Positions count the events that came to a book, through saving and restoring.
#[derive(Debug, Clone, Copy)]
pub(super) struct Positions {
    /// The position of the first event of the log.
    first: u64,
    /// The earliest that a save can go on from: of what was saved before, something is no longer in the book.
    earliest: u64,
}

impl Positions {
    pub(super) const NEW: Self = Self { first: 0, earliest: 0 };

    /// Those of a log whose `events` end at `position`, where saves go on from.
    pub(super) fn at(position: u64, events: u32) -> Self {
        Self { first: position.saturating_sub(events.into()), earliest: position }
    }

    /// Those of a log of which something that was saved before is gone or changed: the next save is a whole one, and no
    /// save goes on from `position`.
    pub(super) fn beyond(position: u64, events: u32) -> Self {
        Self::at(position.saturating_add(1), events)
    }

    /// The position after all events of the log.
    pub(super) fn now(self, events: u32) -> u64 {
        self.first.saturating_add(events.into())
    }

    /// The number of the first event after a position; none when only a whole save will do.
    pub(super) fn after(self, position: u64, events: u32) -> Option<u32> {
        let is_known = position > 0 && (self.earliest..=self.now(events)).contains(&position);
        let number = position.checked_sub(self.first).filter(|_| is_known)?;
        u32::try_from(number).ok()
    }
}
