//! Texts that do not come back: messages, explanations, ids of events.

use super::store::Store;

/// A block is filled before the next one starts; a longer text has a block of its own.
const BLOCK: usize = 1 << 16;

#[derive(Debug, Clone)]
pub(super) struct Texts {
    blocks: Vec<String>,
    places: Store<Place>,
}

#[derive(Debug, Clone, Copy)]
struct Place {
    block: u32,
    start: u32,
    len: u32,
}

impl Texts {
    pub(super) const fn new() -> Self {
        Self { blocks: Vec::new(), places: Store::new() }
    }

    /// The number of the text; none when there is no room.
    pub(super) fn push(&mut self, text: &str) -> Option<u32> {
        let fits = self.blocks.last().is_some_and(|block| block.len().saturating_add(text.len()) <= BLOCK);
        if !fits {
            // The first block grows with what comes; later ones are there as a whole.
            let capacity = if self.blocks.is_empty() { text.len() } else { text.len().max(BLOCK) };
            self.blocks.push(String::with_capacity(capacity));
        }
        let block = u32::try_from(self.blocks.len().checked_sub(1)?).ok()?;
        let last = self.blocks.last_mut()?;
        let (start, len) = (u32::try_from(last.len()).ok()?, u32::try_from(text.len()).ok()?);
        last.push_str(text);
        self.places.push(Place { block, start, len })
    }

    /// Texts that lie one after the other in blocks, each with its length; none when they do not.
    pub(super) fn of_parts(blocks: Vec<String>, lengths: impl ExactSizeIterator<Item = u32>) -> Option<Self> {
        let (mut block, mut start, mut is_whole) = (0_u32, 0_u32, true);
        let places = lengths.map(|len| {
            let size = |block: u32| blocks.get(block as usize).map_or(0, String::len);
            // A text that does not fit any more begins the next block.
            if start as usize + len as usize > size(block) {
                is_whole &= start as usize == size(block);
                (block, start) = (block + 1, 0);
            }
            let place = Place { block, start, len };
            let end = start as usize + len as usize;
            is_whole &= blocks.get(block as usize).is_some_and(|text| text.is_char_boundary(end));
            start = end as u32;
            place
        });
        let places = Store::of(places);
        let is_last = block as usize + 1 == blocks.len() || blocks.is_empty();
        let is_used_up = blocks.last().map_or(0, String::len) == start as usize;
        (is_whole && is_last && is_used_up).then_some(Self { blocks, places })
    }

    /// The blocks, and how long each text is.
    pub(super) fn parts(&self) -> (&[String], impl ExactSizeIterator<Item = u32>) {
        let count = self.places.len();
        (&self.blocks, (0..count).map(|number| self.places.get(number).map_or(0, |place| place.len)))
    }

    pub(super) fn len(&self) -> u32 {
        self.places.len()
    }

    pub(super) fn get(&self, number: u32) -> Option<&str> {
        let place = self.places.get(number)?;
        let start = place.start as usize;
        self.blocks.get(place.block as usize)?.get(start..start.checked_add(place.len as usize)?)
    }
}

#[cfg(test)]
mod tests {
    use super::Texts;

    #[test]
    fn short_and_long_texts_come_back() {
        let mut texts = Texts::new();
        let lengths = [0, 1, 5, 70_000, 3, 65_536, 2];
        for (number, len) in (0..).zip(lengths) {
            assert_eq!(texts.push(&"x".repeat(len)), Some(number));
        }
        for (number, len) in (0..).zip(lengths) {
            assert_eq!(texts.get(number).map(str::len), Some(len));
        }
        assert_eq!(texts.get(7), None);
        assert_eq!(texts.get(u32::MAX), None);

        let (blocks, lens) = texts.parts();
        let Some(mut again) = Texts::of_parts(blocks.to_vec(), lens) else { panic!("not read back") };
        assert_eq!(again.push("more"), Some(7));
        for (number, len) in (0..).zip(lengths.into_iter().chain([4])) {
            assert_eq!(again.get(number).map(str::len), Some(len));
        }
        let of = |blocks: &[&str], lens: &[u32]| {
            Texts::of_parts(blocks.iter().map(|b| (*b).to_owned()).collect(), lens.iter().copied())
        };
        assert!(of(&[], &[]).is_some() && of(&["abc", "de"], &[1, 2, 2, 0]).is_some());
        for (blocks, lens) in [
            (&["abc"][..], &[1, 1][..]),
            (&["abc"], &[1, 3]),
            (&["abc", "de"], &[3]),
            (&["abc", "de"], &[2, 2]),
            (&["é"], &[1, 1]),
            (&[], &[0]),
            (&[], &[1]),
            (&["abc"], &[u32::MAX, 3]),
        ] {
            assert!(of(blocks, lens).is_none(), "{blocks:?} {lens:?}");
        }
    }
}
