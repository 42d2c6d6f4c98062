//! The marks of a state, one bit each.

pub(crate) const OPENED: u32 = 1;
/// There is a first clock: a customer asked, a return arrived, the marketplace forwarded.
pub(crate) const FIRST: u32 = 1 << 1;
pub(crate) const FIRST_WARNED: u32 = 1 << 2;
pub(crate) const FIRST_BREACHED: u32 = 1 << 3;
pub(crate) const FIRST_ANSWERED: u32 = 1 << 4;
pub(crate) const FIRST_CANCELLED: u32 = 1 << 5;
/// The first clock stands still: its instants are what is left of its budgets.
pub(crate) const FIRST_PAUSED: u32 = 1 << 6;
/// The first clock is that of a forwarded case.
pub(crate) const FIRST_FORWARDED: u32 = 1 << 7;
pub(crate) const REPLY_WARNED: u32 = 1 << 8;
pub(crate) const REPLY_BREACHED: u32 = 1 << 9;
pub(crate) const FORWARDED_WARNED: u32 = 1 << 10;
pub(crate) const FORWARDED_BREACHED: u32 = 1 << 11;
/// The seller has really written inside the system.
pub(crate) const CONTACT: u32 = 1 << 12;
pub(crate) const SURVEY_WAITS: u32 = 1 << 13;
/// A survey went out once.
pub(crate) const SURVEY_SENT: u32 = 1 << 14;
/// None is out that has no answer.
pub(crate) const SURVEY_ANSWERED: u32 = 1 << 15;
/// A survey was answered once.
pub(crate) const EVER_ANSWERED: u32 = 1 << 16;
pub(crate) const WAS_FORWARDED: u32 = 1 << 17;
pub(crate) const WAS_RETURNED: u32 = 1 << 18;
pub(crate) const CLOSED_BY_MARKETPLACE: u32 = 1 << 19;
/// A phone call made it: it may still be opened in the system.
pub(crate) const BY_PHONE: u32 = 1 << 20;
/// A return has arrived.
pub(crate) const RECEIVED: u32 = 1 << 21;
/// A return or a cancellation was handled since it was opened last.
pub(crate) const HANDLED: u32 = 1 << 22;
/// It was handled once.
pub(crate) const EVER_HANDLED: u32 = 1 << 23;
/// A return that never came: its notification has lapsed.
pub(crate) const LAPSED: u32 = 1 << 24;
/// It is about an order that the marketplace fulfils, and was not forwarded: none of the seller's.
pub(crate) const NOT_THE_SELLERS: u32 = 1 << 25;
/// That the day to follow up has come was told.
pub(crate) const FOLLOW_UP_TOLD: u32 = 1 << 26;
/// How many surveys are out without an answer, beside the first: a number of four bits. No case has as many, and one
/// more than that is told as so many.
pub(crate) const MORE_SURVEYS: u32 = 0b1111 << 27;
pub(crate) const ONE_MORE_SURVEY: u32 = 1 << 27;
/// All of them.
pub(crate) const ALL: u32 = (1 << 31) - 1;
