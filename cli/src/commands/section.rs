//! One section of the picture, as text.

use std::io::Write;

use klokuur::report::{Page, Picture, SectionName};
use klokuur::timeline::Language;

use crate::failure::Result;
use crate::say;

/// Prints a section under the title of the whole, with what has to be known before.
pub(super) fn print(
    picture: &Picture,
    language: Language,
    name: SectionName,
    out: &mut dyn Write,
) -> Result<()> {
    let mut page: Page = picture.page(language);
    page.sections.retain(|section| section.name == name);
    page.to_text(None).lines().try_for_each(|line| say::line(out, line))
}
