//! What is known of a case: numbers of texts, kept in as many words as there are of them.

use super::event::{CaseKind, Party};
use super::names::NONE;
use super::store::Store;
use crate::shipping::ShippingMethod;
use crate::sla::instant::{NEVER, Nanos};

macro_rules! known {
    ($($(#[$doc:meta])* $fact:ident in $pool:ident,)+) => {
        /// What one event says of its case, or what is known of it after several: numbers of texts.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) struct Known {
            pub(super) ordered: Nanos,
            pub(super) case: u32,
            /// The row before this one about the same order.
            pub(super) same_order: u32,
            /// The row before this one about the same customer.
            pub(super) same_customer: u32,
            pub(super) text: u32,
            $(pub(super) $fact: u32,)+
            pub(super) origin: Party,
            pub(super) kind: CaseKind,
            pub(super) shipping_method: Option<ShippingMethod>,
        }

        impl Known {
            pub(super) const NOTHING: Self = Self {
                ordered: NEVER,
                case: NONE,
                same_order: NONE,
                same_customer: NONE,
                text: NONE,
                $($fact: NONE,)+
                origin: Party::Customer,
                kind: CaseKind::Question,
                shipping_method: None,
            };

            /// What is known after `earlier` was, and this became so (RULES K16).
            pub(super) fn after(self, earlier: Self) -> Self {
                Self { $($fact: if self.$fact == NONE { earlier.$fact } else { self.$fact },)+ ..earlier }
            }

            /// The same for an opening after a call.
            pub(super) fn after_call(self, earlier: Self) -> Self {
                let Self { ordered, text, origin, kind, shipping_method, .. } = self;
                Self { ordered, text, origin, kind, shipping_method, ..self.after(earlier) }
            }
        }

        /// The texts that are known of a case, in the order of their table.
        pub(super) const FACTS: usize = [$(stringify!($fact)),+].len();

        impl Known {
            /// The numbers of its texts.
            pub(super) fn facts(&self) -> [u32; FACTS] {
                [$(self.$fact),+]
            }

            pub(super) fn with_facts(self, facts: [u32; FACTS]) -> Self {
                let [$($fact),+] = facts;
                Self { $($fact,)+ ..self }
            }
        }
    };
}

facts!(known);

/// Means "the row before this one about the same order" in a row that no search leads to.
const MERGED: u32 = NONE - 1;

impl Known {
    /// Whether a search by order or customer leads to it.
    pub(super) fn is_linked(&self) -> bool {
        self.same_order != MERGED
    }

    /// The same as a row that none leads to.
    pub(super) fn merged(self) -> Self {
        Self { same_order: MERGED, same_customer: MERGED, ..self }
    }
}

/// A part has so many words; a row lies in one part.
const BITS: u32 = 16;
const WORDS: usize = 1 << BITS;

/// A row's first word: which of its numbers follow, from bit [`FACT`] on those of its texts, then its kinds.
const SAME_ORDER: u32 = 1;
const SAME_CUSTOMER: u32 = 1 << 1;
const TEXT: u32 = 1 << 2;
const ORDERED: u32 = 1 << 3;
const FACT: usize = 4;
const ORIGIN: u32 = 24;
const KIND: u32 = 26;
const SHIPPING: u32 = 28;

/// What is known, row by row: a number that is none takes no place.
#[derive(Debug, Clone)]
pub(super) struct Descriptions {
    parts: Vec<Vec<u32>>,
    /// In which part each row begins, and where.
    places: Store<u32>,
}

impl Descriptions {
    pub(super) const fn new() -> Self {
        Self { parts: Vec::new(), places: Store::new() }
    }

    pub(super) fn len(&self) -> u32 {
        self.places.len()
    }

    /// Adds a row and gives its number; none when there is no room.
    pub(super) fn push(&mut self, known: Known) -> Option<u32> {
        let mut row = [0; 7 + FACTS];
        let mut bits = (known.origin as u32) << ORIGIN
            | (known.kind as u32) << KIND
            | known.shipping_method.map_or(0, |method| method as u32 + 1) << SHIPPING;
        let [first, case, places @ ..] = &mut row;
        let mut places = places.iter_mut();
        let mut count = 2;
        let mut add = |bit: u32, number: u32| {
            if let Some(place) = places.next() {
                *place = number;
            }
            bits |= bit;
            count += 1;
        };
        for (bit, number) in
            [(SAME_ORDER, known.same_order), (SAME_CUSTOMER, known.same_customer), (TEXT, known.text)]
        {
            if number != NONE {
                add(bit, number);
            }
        }
        if known.ordered != NEVER {
            add(ORDERED, known.ordered as u32);
            add(ORDERED, (known.ordered >> 32) as u32);
        }
        for (bit, fact) in (FACT..).zip(known.facts()) {
            if fact != NONE {
                add(1 << bit, fact);
            }
        }
        (*first, *case) = (bits, known.case);
        if self.parts.last().is_none_or(|part| part.len() + count > WORDS) {
            // The first part grows as any list does.
            self.parts.push(if self.parts.is_empty() { Vec::new() } else { Vec::with_capacity(WORDS) });
        }
        let part = u32::try_from(self.parts.len().checked_sub(1)?).ok().filter(|part| *part < 1 << BITS)?;
        let words = self.parts.last_mut()?;
        // Both in one number: the part above, the word in it below.
        let place = part << BITS | words.len() as u32;
        words.extend_from_slice(row.get(..count)?);
        self.places.push(place)
    }

    pub(super) fn get(&self, number: u32) -> Option<Known> {
        let place = *self.places.get(number)?;
        let part = self.parts.get((place >> BITS) as usize)?;
        let mut words = part.get(place as usize & (WORDS - 1)..)?.iter().copied();
        let (bits, case) = (words.next()?, words.next()?);
        let mut some = |bit: u32| if bits & bit == 0 { NONE } else { words.next().unwrap_or(NONE) };
        let (same_order, same_customer, text) = (some(SAME_ORDER), some(SAME_CUSTOMER), some(TEXT));
        let (low, high) = (some(ORDERED), some(ORDERED));
        let known = Known {
            ordered: if bits & ORDERED == 0 {
                NEVER
            } else {
                // The upper half has the sign: orders of before 1970 are negative.
                Nanos::from(high as i32) << 32 | Nanos::from(low)
            },
            case,
            same_order,
            same_customer,
            text,
            origin: *Party::ALL.get((bits >> ORIGIN & 3) as usize)?,
            kind: *CaseKind::ALL.get((bits >> KIND & 3) as usize)?,
            shipping_method: (bits >> SHIPPING)
                .checked_sub(1)
                .and_then(|method| ShippingMethod::ALL.get(method as usize))
                .copied(),
            ..Known::NOTHING
        };
        let mut facts = [NONE; FACTS];
        for (bit, fact) in (FACT..).zip(&mut facts) {
            *fact = some(1 << bit);
        }
        Some(known.with_facts(facts))
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = Known> {
        (0..self.len()).filter_map(|number| self.get(number))
    }
}
