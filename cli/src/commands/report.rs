//! `klokuur report`: the Monday-morning picture, as text and as a page.

use std::io::Write;
use std::path::Path;

use klokuur::timeline::Language;

use crate::arguments::{Report, ReportForm, save};
use crate::commands::tell_skipped;
use crate::failure::{Failure, Result};
use crate::page::{self, PageOptions};
use crate::progress::Progress;
use crate::say;

pub(super) fn run(
    given: &Report,
    asked: Option<Language>,
    out: &mut dyn Write,
    errors: &mut dyn Write,
) -> Result<()> {
    let mut progress = Progress::new();
    let (picture, _) = given.seller.picture(&mut progress)?;
    let language = asked.unwrap_or_else(|| picture.language());
    progress.step("writing the page");
    let options = PageOptions { link: given.link()? };
    let mut words = picture.page(language);
    if let Some(title) = &given.title {
        words.title.clone_from(title);
    }
    let most = if given.all { None } else { Some(page::MOST_IN_TEXT) };
    let text = || lines(&words.to_text(most));
    let source = Some(given.seller.log.source.as_path());
    let is_stdout = given.output.as_deref() == Some(Path::new("-"));
    let (path, bytes) = match given.form {
        ReportForm::Text => (None, text()),
        ReportForm::Json => {
            let json =
                serde_json::to_string_pretty(&picture).map_err(|problem| Failure::Output(problem.into()))?;
            (None, json + "\n")
        }
        ReportForm::Html => (Some(Path::new("report.html")), page::html_with(&picture, &words, &options)?),
    };
    drop(progress);
    let path = if is_stdout { None } else { given.output.as_deref().or(path) };
    let Some(path) = path else {
        out.write_all(bytes.as_bytes())?;
        // The text and the page list what was left out; where neither is read, it is told beside.
        let is_told = given.form == ReportForm::Text;
        return if is_told { Ok(()) } else { tell_skipped(&picture.read.skipped, errors) };
    };
    save(path, source, bytes.as_bytes())?;
    if given.form == ReportForm::Html {
        out.write_all(text().as_bytes())?;
        say::line(out, "")?;
    }
    let made = match language {
        Language::English => "the page is",
        Language::Dutch => "de pagina is",
    };
    say::line(out, format!("{made} {}", path.display()))?;
    if given.open {
        opener::open(path)
            .map_err(|problem| Failure::of_file(path, format!("it cannot be opened: {problem}")))?;
    }
    Ok(())
}

/// A text for a terminal, whose own line ends stay.
fn lines(text: &str) -> String {
    text.lines().map(|line| say::plain(line) + "\n").collect()
}
