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
    }
}
