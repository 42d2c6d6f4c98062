//! The questions of a timeline, asked of its schedule.

use super::duration::BusinessDuration;
use super::engine::Engine;
use super::explain::Explanation;
use super::open_interval::OpenInterval;
use super::query::Timeline;
use super::span::At;
use crate::error::Result;
use crate::schedule::Schedule;
use crate::time::Moment;

/// Business time: each method is the [`Timeline`]'s of the same name, which has the conventions, errors and examples.
impl Schedule {
    /// The timeline, which also answers whole columns. All clones of this schedule share it.
    pub fn timeline(&self) -> Timeline {
        Timeline::new(self)
    }

    #[inline]
    fn engine(&self) -> Engine<'_> {
        Engine { schedule: self, compiled: self.compiled() }
    }

    /// [`add`](Self::add) in nanoseconds since the Unix epoch, for callers that keep their instants so.
    #[inline]
    pub(crate) fn add_nanoseconds(&self, start: i64, budget: i64) -> Result<i64> {
        let end = self.engine().moved(of_nanoseconds(start), BusinessDuration::from_nanoseconds(budget))?;
        // Supported instants fit with room to spare.
        Ok(end.second.saturating_mul(NANOSECONDS).saturating_add(end.nanosecond))
    }

    /// [`between`](Self::between) in nanoseconds since the Unix epoch.
    #[inline]
    pub(crate) fn between_nanoseconds(&self, from: i64, to: i64) -> Result<i64> {
        let counted = self.engine().between(of_nanoseconds(from), of_nanoseconds(to))?.as_nanoseconds();
        Ok(i64::try_from(counted).unwrap_or(if counted < 0 { i64::MIN } else { i64::MAX }))
    }

    /// The business time from one instant to another: [`Timeline::between`].
    ///
    /// # Errors
    /// - an instant outside the supported ones
    #[inline]
    pub fn between(&self, from: impl Moment, to: impl Moment) -> Result<BusinessDuration> {
        self.engine().between(At::of(&from), At::of(&to))
    }

    /// The instant at which a budget is used up: [`Timeline::add`].
    ///
    /// # Errors
    /// - a start outside the supported instants
    /// - not that much open time left within the supported years
    #[inline]
    pub fn add<M: Moment>(&self, start: M, budget: impl Into<BusinessDuration>) -> Result<M> {
        let from = At::of(&start);
        Ok(self.engine().moved(from, budget.into())?.in_zone_of(&start, from))
    }

    /// The instant from which this much business time leads up to `end`: [`Timeline::sub`].
    ///
    /// # Errors
    /// As [`add`](Self::add).
    #[inline]
    pub fn sub<M: Moment>(&self, end: M, budget: impl Into<BusinessDuration>) -> Result<M> {
        let (from, budget): (At, BusinessDuration) = (At::of(&end), budget.into());
        Ok(self.engine().moved(from, -budget)?.in_zone_of(&end, from))
    }

    /// Whether `to` is not after `add(from, budget)`: [`Timeline::within`].
    ///
    /// # Errors
    /// - an instant outside the supported ones
    #[inline]
    pub fn within(
        &self,
        from: impl Moment,
        to: impl Moment,
        budget: impl Into<BusinessDuration>,
    ) -> Result<bool> {
        self.engine().within(At::of(&from), At::of(&to), budget.into())
    }

    /// Whether it is open at an instant: [`Timeline::is_open`].
    ///
    /// # Errors
    /// - an instant outside the supported ones
    #[inline]
    pub fn is_open<M: Moment>(&self, at: M) -> Result<bool> {
        self.engine().is_open(At::of(&at))
    }

    /// The first open instant from `at` on: [`Timeline::next_open`].
    ///
    /// # Errors
    /// - an instant outside the supported ones
    /// - no open time left after it
    #[inline]
    pub fn next_open<M: Moment>(&self, at: M) -> Result<M> {
        let from = At::of(&at);
        Ok(self.engine().opening_from(from)?.in_zone_of(&at, from))
    }

    /// The first closing after `at`, if any: [`Timeline::next_close`].
    ///
    /// # Errors
    /// - an instant outside the supported ones
    pub fn next_close<M: Moment>(&self, at: M) -> Result<Option<M>> {
        let from = At::of(&at);
        Ok(self.engine().next_close(from)?.map(|close| close.in_zone_of(&at, from)))
    }

    /// The open stretches between two instants: [`Timeline::intervals`].
    ///
    /// # Errors
    /// - an instant outside the supported ones
    pub fn intervals(&self, from: impl Moment, to: impl Moment) -> Result<Vec<OpenInterval>> {
        self.engine().intervals(At::of(&from), At::of(&to))
    }

    /// Why a span holds the business time that it holds: [`Timeline::explain`].
    ///
    /// # Errors
    /// - an instant outside the supported ones
    /// - `to` before `from`
    pub fn explain(&self, from: impl Moment, to: impl Moment) -> Result<Explanation> {
        self.engine().explain(At::of(&from), At::of(&to))
    }
}

const NANOSECONDS: i64 = 1_000_000_000;

#[inline]
fn of_nanoseconds(at: i64) -> At {
    At { second: at.div_euclid(NANOSECONDS), nanosecond: at.rem_euclid(NANOSECONDS) }
}
