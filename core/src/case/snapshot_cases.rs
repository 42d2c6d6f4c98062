//! The cases of a snapshot: where each stands, so that none has to be folded again.

use super::columns_of_bytes::{Read, Reader, Writer};
use super::entry::Entry;
use super::event::{CaseKind, CaseStatus, Party};
use super::names::NONE;
use super::state::{Counts, State, flag};
use super::store::Store;
use crate::sla::instant::{END, FIRST, NEVER, Nanos};

/// How many times a state has.
const TIMES: usize = 16;

/// What each time is in most cases, and is not written then.
const USUAL: [Nanos; TIMES] = times(&State::NEW);

const HAS_CORRECTIONS: u8 = 1;
const HAS_REFUSED: u8 = 1 << 1;

/// The times of a state, in the order in which they are written; what else it has is named too, so that a new field has
/// to be put in one of both.
macro_rules! times {
    ($($time:ident),+; $($other:ident),+) => {
        /// All times of a state.
        const fn times(state: &State) -> [Nanos; TIMES] {
            let State { $($time,)+ $($other: _,)+ } = *state;
            [$($time),+]
        }

        fn with_times([$($time),+]: [Nanos; TIMES], state: State) -> State {
            State { $($time,)+ ..state }
        }
    };
}

times!(
    opened_at, first_from, first_warn, first_due, first_end, reply_from, reply_warn, reply_due, forwarded_from,
    forwarded_warn, forwarded_due, goes_back, lapses, later, closed_at, passed;
    flags, counts, status, origin, kind
);

fn unusual(state: &State) -> impl Iterator<Item = (usize, Nanos)> + use<> {
    let times = times(state).into_iter().zip(USUAL).enumerate();
    times.filter(|(_, (at, usual))| at != usual).map(|(bit, (at, _))| (bit, at))
}

pub(super) fn write(cases: &Store<Entry>, to: &mut Writer) {
    let entries = || cases.iter().map(|(_, entry)| entry);
    let states = || entries().map(Entry::state);
    // Few cases have all sixteen times: a bit for each says which are written.
    to.u16_column(states().map(|state| unusual(&state).fold(0, |bits, (bit, _)| bits | 1 << bit)));
    to.number(states().flat_map(|state| unusual(&state)).count() as u64);
    to.i64_column(states().flat_map(|state| unusual(&state)).map(|(_, at)| at));
    to.u32_column(states().map(|state| state.flags));
    to.u16_column(states().map(|state| state.counts.customer_messages));
    to.u16_column(states().map(|state| state.counts.seller_messages));
    to.u16_column(states().map(|state| state.counts.follow_ups));
    to.u16_column(states().map(|state| state.counts.follow_ups_late));
    to.u16_column(states().map(|state| state.counts.phone_contacts));
    to.byte_column(states().map(|s| s.status as u8 | (s.origin as u8) << 3 | (s.kind as u8) << 5));
    to.byte_column(entries().map(|entry| {
        let has = |is_so: bool, bit: u8| if is_so { bit } else { 0 };
        has(entry.has_corrections, HAS_CORRECTIONS) | has(entry.has_refused, HAS_REFUSED)
    }));
    to.i64_column(entries().map(|entry| entry.newest));
    to.u32_column(entries().map(|entry| entry.last));
    to.u32_column(entries().map(|entry| entry.known));
}

/// So many cases, of a log of so many events and rows of what is known.
pub(super) fn read(from: &mut Reader<'_>, count: usize, events: u32, known: u32) -> Read<Store<Entry>> {
    from.part = "cases";
    let bits = from.u16_column(count)?;
    let due: usize = bits.clone().map(|bits| bits.count_ones() as usize).sum();
    let given = from.count()?;
    if given != due {
        return from.fault(format!("{given} times are there and {due} are due"));
    }
    let mut times = from.i64_column(given)?;
    check_times(from, times.clone())?;
    let flags = from.u32_column(count)?;
    if flags.clone().any(|flags| flags > flag::ALL) {
        return from.fault("a case has a mark that is not known");
    }
    let customer_messages = from.u16_column(count)?;
    let seller_messages = from.u16_column(count)?;
    let follow_ups = from.u16_column(count)?;
    let follow_ups_late = from.u16_column(count)?;
    let phone_contacts = from.u16_column(count)?;
    let counts =
        customer_messages.zip(seller_messages).zip(follow_ups).zip(follow_ups_late).zip(phone_contacts);
    let kinds = from.byte_column(count)?;
    let has = from.byte_column(count)?;
    let newest = from.i64_column(count)?;
    check_times(from, newest.clone())?;
    let (last, rows) = (from.u32_column(count)?, from.u32_column(count)?);
    from.all_below("event", last.clone().filter(|number| *number != NONE), events)?;
    from.all_below("description", rows.clone().filter(|number| *number != NONE), known)?;

    let mut is_valid = true;
    let states = bits.zip(flags).zip(counts).zip(kinds).map(|(((bits, flags), counts), kinds)| {
        let mut state_times = USUAL;
        let mut left = bits;
        while left != 0 {
            if let (Some(time), Some(at)) =
                (state_times.get_mut(left.trailing_zeros() as usize), times.next())
            {
                *time = at;
            }
            // The lowest bit is done.
            left &= left - 1;
        }
        let status = CaseStatus::ALL.get(usize::from(kinds & 7)).copied();
        let origin = Party::ALL.get(usize::from(kinds >> 3 & 3)).copied();
        let kind = CaseKind::ALL.get(usize::from(kinds >> 5)).copied();
        is_valid &= status.is_some() && origin.is_some() && kind.is_some();
        let ((((customer_messages, seller_messages), follow_ups), follow_ups_late), phone_contacts) = counts;
        let counts =
            Counts { customer_messages, seller_messages, follow_ups, follow_ups_late, phone_contacts };
        let state = State {
            flags,
            counts,
            status: status.unwrap_or(CaseStatus::Closed),
            origin: origin.unwrap_or_default(),
            kind: kind.unwrap_or_default(),
            ..State::NEW
        };
        with_times(state_times, state)
    });
    // The last column knows how many there are.
    let entries = rows.zip(last).zip(newest.zip(has)).zip(states);
    let entries = Store::of(entries.map(|(((known, last), (newest, has)), state)| {
        let mut entry = Entry::of(&state);
        (entry.newest, entry.last, entry.known) = (newest, last, known);
        (entry.has_corrections, entry.has_refused) = (has & HAS_CORRECTIONS != 0, has & HAS_REFUSED != 0);
        entry
    }));
    if is_valid {
        Ok(entries)
    } else {
        from.fault("a case has a status, an origin or a kind that is not known")
    }
}

/// Times of the supported years, and what is left of a budget while a clock stands still; [`Nanos::MIN`] for none.
fn check_times(from: &Reader<'_>, times: impl Iterator<Item = Nanos>) -> Read<()> {
    // Time has passed up to just before the first event.
    match times
        .fold(true, |all, at| all & ((FIRST - 1..END).contains(&at) || at == Nanos::MIN || at == NEVER))
    {
        true => Ok(()),
        false => from.fault("a time is outside the supported years"),
    }
}
