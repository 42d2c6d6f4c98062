//! The figures of the page, each from a part of the picture.

mod due;
mod norms;
mod nps;
mod short;
mod signals;
mod strikes;
mod subjects;

use klokuur::report::{FigureName, Picture};

use klokuur::timeline::Language;
pub(super) use norms::{WEEKS, norms_drawn};
pub(super) use strikes::state_in_words;

/// A figure at a width; none where there is nothing to draw.
pub(super) fn draw(name: FigureName, picture: &Picture, language: Language, width: f64) -> Option<String> {
    let words = &picture.words(language);
    match name {
        FigureName::Due => due::draw(picture, words, width),
        FigureName::Norms => norms::draw(picture, words, width),
        FigureName::Strikes => strikes::draw(picture.strikes.as_ref()?, words, width),
        FigureName::Nps => nps::draw(picture.nps.as_ref()?, words, width),
        FigureName::Subjects => subjects::draw(&picture.subjects, words, width),
        FigureName::Signals => signals::draw(&picture.signals, words, width),
    }
}

/// The text in the language of the words.
pub(super) fn say<'a>(words: &klokuur::report::Words, english: &'a str, dutch: &'a str) -> &'a str {
    match words.language() {
        Language::English => english,
        Language::Dutch => dutch,
    }
}
