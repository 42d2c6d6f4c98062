//! Texts as views: sixteen bytes a row, in which a short text stands itself, and which lead to a longer one elsewhere. Of
//! the few texts of a set of names, each is kept once.

/// So long a text stands in its view.
const SHORT: usize = 12;
/// So many long texts are looked for again; where there are more, none is.
const FEW: usize = 16;
/// Long texts lie in pieces of about this size, or of their own, so that a view can lead into them.
const PIECE: usize = 1 << 20;

/// A column of texts as Arrow keeps views of them.
#[derive(Default)]
pub(super) struct TextViews {
    views: Vec<u128>,
    texts: Vec<String>,
    /// The views of the long texts that were met; none any more where there are many.
    met: Option<Vec<u128>>,
}

impl TextViews {
    /// Room for about so many.
    pub(super) fn new(rows: usize) -> Self {
        Self { views: Vec::with_capacity(rows), texts: Vec::new(), met: Some(Vec::new()) }
    }

    /// As many empty ones.
    pub(super) fn empty(rows: usize) -> Self {
        Self { views: vec![0; rows], ..Self::default() }
    }

    pub(super) fn views(&self) -> &[u128] {
        &self.views
    }

    pub(super) fn texts(&self) -> &[String] {
        &self.texts
    }

    pub(super) fn push(&mut self, text: &str) {
        let view = match text.len() {
            0..=SHORT => short(text),
            _ => self.known(text).unwrap_or_else(|| self.kept(text)),
        };
        self.views.push(view);
    }

    /// The view of a long text that was met before.
    fn known(&self, text: &str) -> Option<u128> {
        let start = start_of(text);
        let is_it = |view: &u128| *view as u64 == start && self.text_of(*view) == Some(text);
        self.met.as_ref()?.iter().copied().find(is_it)
    }

    fn text_of(&self, view: u128) -> Option<&str> {
        let [piece, from] = [64, 96].map(|bits| (view >> bits) as u32 as usize);
        self.texts.get(piece)?.get(from..from + view as u32 as usize)
    }

    /// Keeps a long text, and gives its view.
    fn kept(&mut self, text: &str) -> u128 {
        let fits = self.texts.last().is_some_and(|piece| piece.len() + text.len() <= PIECE);
        if !fits {
            self.texts.push(String::with_capacity(if self.met.is_some() { 0 } else { PIECE }));
        }
        let piece = self.texts.len().saturating_sub(1);
        let Some(texts) = self.texts.last_mut() else { return 0 };
        let from = texts.len();
        texts.push_str(text);
        let view = u128::from(start_of(text)) | (piece as u128) << 64 | (from as u128) << 96;
        match &mut self.met {
            Some(met) if met.len() < FEW => met.push(view),
            met => *met = None,
        }
        view
    }
}

/// The length of a long text and its first four bytes.
fn start_of(text: &str) -> u64 {
    let first = text.as_bytes().first_chunk().copied().unwrap_or_default();
    u64::from(u32::from_le_bytes(first)) << 32 | text.len() as u64
}

/// A text of up to twelve bytes in its view: the length, and the bytes behind it.
fn short(text: &str) -> u128 {
    let bytes = text.bytes().take(SHORT).rev().fold(0, |all: u128, byte| all << 8 | u128::from(byte));
    bytes << 32 | text.len() as u128
}

#[cfg(test)]
mod tests {
    use super::{FEW, TextViews};

    fn read(views: &TextViews) -> Vec<String> {
        let text = |view: &u128| {
            let len = *view as u32 as usize;
            match len {
                0..=12 => String::from_utf8(view.to_le_bytes()[4..4 + len].to_vec()).unwrap(),
                _ => {
                    let text = views.text_of(*view).unwrap();
                    assert_eq!(text.as_bytes()[..4], view.to_le_bytes()[4..8]);
                    text.to_owned()
                }
            }
        };
        views.views().iter().map(text).collect()
    }

    #[test]
    fn views_lead_to_their_texts_and_few_are_kept_once() {
        let texts = [
            "",
            "K-1",
            "twelve bytes",
            "thirteen byte",
            "waiting_for_seller",
            "één en twintig bytes",
            "aé€, letters of many bytes",
        ];
        for rounds in [1, 300] {
            let mut views = TextViews::new(0);
            let all: Vec<&str> = (0..rounds).flat_map(|_| texts).collect();
            all.iter().for_each(|text| views.push(text));
            assert_eq!(read(&views), all);
            let long: usize = texts.iter().map(|text| text.len()).filter(|len| *len > 12).sum();
            assert_eq!(views.texts().iter().map(String::len).sum::<usize>(), long);
        }
        let many: Vec<String> = (0..200_000).map(|number| format!("a-long-case-number-{number}")).collect();
        let mut views = TextViews::new(many.len());
        many.iter().chain(&many[..FEW + 9]).for_each(|text| views.push(text));
        assert_eq!(read(&views)[..many.len()], many);
        assert!(views.texts().len() > 2 && views.met.is_none());
        assert_eq!(read(&TextViews::empty(3)), ["", "", ""]);
    }
}
