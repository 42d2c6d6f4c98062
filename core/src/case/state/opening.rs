//! The opening of a case (RULES C2, K2, K5, K7, K15), and the call that makes one (RULES K9).

use super::act::{Opened, Refusal};
use super::fields::{Counts, State};
use super::flag;
use crate::case::clocks::Clocks;
use crate::case::domain_event::Happening;
use crate::case::event::{CaseKind, CaseStatus, Party};
use crate::sla::instant::Nanos;

impl State {
    pub(super) fn open(&mut self, clocks: &Clocks, at: Nanos, how: Opened) -> Result<(), Refusal> {
        if !self.may_open() {
            let since = clocks.shown(self.opened_at);
            return Err(format!("it was opened already at {since}: accepted is one opening"));
        }
        let terms = clocks.on(at);
        // From nothing, but for what a call left: a case that a call made is opened once.
        let mut opened = Self {
            opened_at: at,
            passed: self.passed,
            origin: how.origin,
            kind: how.kind,
            flags: flag::OPENED,
            counts: Counts { phone_contacts: self.counts.phone_contacts, ..Counts::NONE },
            ..Self::NEW
        };
        match how.origin {
            // Questions and returns of what the marketplace fulfils are its own (RULES K15).
            Party::Customer if how.marketplace_ships => {
                opened.counts.customer_messages = 1;
                opened.status = CaseStatus::WithMarketplace;
                opened.set(flag::NOT_THE_SELLERS);
            }
            Party::Customer => {
                opened.counts.customer_messages = 1;
                match how.kind {
                    // The registration starts no clock: only the receipt does (RULES K12).
                    CaseKind::Return => opened.lapses = terms.lapse_from(at).map_err(|e| e.to_string())?,
                    _ => opened.start_first(terms.first(how.kind), at)?, // C2
                }
            }
            Party::Marketplace => opened.start_forwarded_first(terms, at)?, // K5
            Party::Seller => {
                if let Some(field) = how.lacks {
                    // K7
                    return Err(format!(
                        "the seller starts a case and {field} is missing: accepted is a case about an order, with subject and item"
                    ));
                }
                if let Some(ordered) = how.ordered {
                    terms.may_start(ordered, at)?; // K7: two years
                }
                opened.status = CaseStatus::WaitingForCustomer;
                opened.counts.seller_messages = 1;
                opened.set(flag::CONTACT);
            }
        }
        // At the very end, so that a refusal leaves the case as it was.
        *self = opened;
        Ok(())
    }

    /// A call makes a closed case of its own, or joins the one that is there (RULES K9). It stops no clock: contact
    /// outside the system is none.
    pub(super) fn phone_contact(&mut self, at: Nanos, by: Party, tell: &mut impl FnMut(Nanos, Happening)) {
        if !self.has(flag::OPENED) {
            let origin = if by == Party::Customer { Party::Customer } else { Party::Seller };
            *self = Self {
                opened_at: at,
                closed_at: at,
                passed: self.passed,
                origin,
                status: CaseStatus::Closed,
                flags: flag::OPENED | flag::BY_PHONE,
                ..Self::NEW
            };
            tell(at, Happening::Opened { origin });
            tell(at, Happening::Closed { by: Party::Seller });
        }
        self.counts.phone_contacts = self.counts.phone_contacts.saturating_add(1);
    }
}
