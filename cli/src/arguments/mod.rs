//! The arguments of the command.

mod clock;
mod log;
mod output;
mod seller;

use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;
use klokuur::timeline::Language;

use crate::failure::Result;
use crate::page::LinkTemplate;

pub(crate) use clock::ClockArguments;
pub(crate) use log::{LogArguments, Reader};
pub(crate) use output::{OutputArguments, save};
pub(crate) use seller::SellerArguments;

const AFTER: &str = "\
Exit codes: 0 all went well (rows that were left out are told on the standard error); 1 something failed, or \
`check` found rows that cannot be used; 2 the arguments mean nothing.

Times are written as 2026-04-24T17:30+02:00, or without an offset, 2026-04-24 17:30, in the zone of the rules.";

/// The command line.
#[derive(Debug, Parser)]
#[command(
    name = "klokuur",
    version,
    about = "Clock hours, service norms and strikes for marketplace sellers",
    long_about = "From any export of a help desk to the picture: what is due and when, what is late, \
                  which weeks meet the norms, and when a strike expires. Exact, by rules that are documents.",
    after_long_help = AFTER,
    after_help = "`klokuur help COMMAND` tells more. Exit codes: 0 done, 1 failed, 2 wrong arguments.",
    max_term_width = 110
)]
pub struct Cli {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Args)]
pub(crate) struct Global {
    /// The language of sentences, dates and the page
    /// [default: en; of `report` that of the rules' country, as nl for bol]
    #[arg(long, global = true, value_enum, value_name = "LANGUAGE")]
    pub(crate) lang: Option<Lang>,
}

/// A language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Lang {
    /// English
    En,
    /// Dutch
    Nl,
}

impl From<Lang> for Language {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::En => Self::English,
            Lang::Nl => Self::Dutch,
        }
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// The Monday-morning picture, as text and as one HTML page
    Report(Report),
    /// When an answer is due, and why then
    Due(Due),
    /// How much time counts between two instants
    Between(Between),
    /// The public holidays of a year
    Holidays(Holidays),
    /// How every case of a log came out: one row a case
    Evaluate(Evaluate),
    /// The service norms, week by week
    Weeks(Weeks),
    /// The strikes, what they come from and when they expire
    Strikes(Strikes),
    /// The NPS by month, with its interval
    Nps(Nps),
    /// What is in a log, and which of its rows cannot be used
    Check(Check),
    /// The mappings that come with the command
    Mappings(Mappings),
    /// Which mapping a file is for, and how its rows would be read
    Guess(Guess),
    /// Print the completions of a shell
    Completions(Completions),
    /// Print the manual page, or write one for each command
    Man(Man),
}

/// When is an answer due?
#[derive(Debug, Args)]
pub(crate) struct Due {
    /// When it was asked, once or more often
    #[arg(required = true, value_name = "ASKED")]
    pub(crate) asked: Vec<String>,
    /// How much time there is, as "24 h" or "1 h 30 min" [default: the rules' for a new question]
    #[arg(long, value_name = "AMOUNT")]
    pub(crate) within: Option<String>,
    #[command(flatten)]
    pub(crate) clock: ClockArguments,
    #[command(flatten)]
    pub(crate) output: OutputArguments,
}

/// How much time counts?
#[derive(Debug, Args)]
pub(crate) struct Between {
    /// From when
    pub(crate) from: String,
    /// Until when
    pub(crate) to: String,
    #[command(flatten)]
    pub(crate) clock: ClockArguments,
    #[command(flatten)]
    pub(crate) output: OutputArguments,
}

/// Which holidays are there?
#[derive(Debug, Args)]
pub(crate) struct Holidays {
    /// The year [default: this one]
    pub(crate) year: Option<i32>,
    /// The country, as NL, BE, DE-BY or NL+BE
    #[arg(long, default_value = "NL", value_name = "CODE")]
    pub(crate) country: String,
    #[command(flatten)]
    pub(crate) output: OutputArguments,
}

/// How did the cases come out?
#[derive(Debug, Args)]
pub(crate) struct Evaluate {
    #[command(flatten)]
    pub(crate) log: LogArguments,
    #[command(flatten)]
    pub(crate) output: OutputArguments,
}

/// Which weeks meet the norms?
#[derive(Debug, Args)]
pub(crate) struct Weeks {
    #[command(flatten)]
    pub(crate) seller: SellerArguments,
    /// Only this norm, as response_time
    #[arg(long, value_name = "NAME")]
    pub(crate) norm: Option<String>,
    #[command(flatten)]
    pub(crate) output: OutputArguments,
}

/// What is the picture?
#[derive(Debug, Args)]
pub(crate) struct Report {
    #[command(flatten)]
    pub(crate) seller: SellerArguments,
    /// The file to write; - is the standard output [default: report.html, for a page]
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<std::path::PathBuf>,
    /// A page (and its text printed), the text alone, or the picture as data
    #[arg(long = "format", value_enum, default_value_t = ReportForm::Html, value_name = "FORM")]
    pub(crate) form: ReportForm,
    /// The heading of the page
    #[arg(long)]
    pub(crate) title: Option<String>,
    /// Where a case is to be seen, as https://desk.example/tickets/{case} [default: the mapping's]
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) link: Option<String>,
    /// Every row of every table in the text, not the first ones
    #[arg(long)]
    pub(crate) all: bool,
    /// Open the file in the program that is for it
    #[arg(long)]
    pub(crate) open: bool,
}

impl Report {
    /// Where each case is to be seen: as asked for, or as the mapping says.
    pub(crate) fn link(&self) -> Result<Option<LinkTemplate>> {
        let mapping = self.seller.log.mapping()?;
        self.link.as_deref().or(mapping.link.as_deref()).map(str::parse).transpose()
    }
}

/// The form of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum ReportForm {
    /// One HTML page that needs nothing else
    Html,
    /// Plain text
    Text,
    /// The picture as data
    Json,
}

/// Which strikes are there?
#[derive(Debug, Args)]
pub(crate) struct Strikes {
    #[command(flatten)]
    pub(crate) seller: SellerArguments,
    #[command(flatten)]
    pub(crate) output: OutputArguments,
}

/// What is the NPS?
#[derive(Debug, Args)]
pub(crate) struct Nps {
    #[command(flatten)]
    pub(crate) seller: SellerArguments,
    #[command(flatten)]
    pub(crate) output: OutputArguments,
}

/// Is the log sound?
#[derive(Debug, Args)]
pub(crate) struct Check {
    #[command(flatten)]
    pub(crate) log: LogArguments,
    /// List every row that cannot be used, not a few of each reason
    #[arg(long)]
    pub(crate) all: bool,
}

/// Which mappings are there?
#[derive(Debug, Args)]
pub(crate) struct Mappings {
    /// Print this mapping, with its remarks: a start for one's own
    #[arg(value_name = "NAME")]
    pub(crate) name: Option<String>,
}

/// What is this file?
#[derive(Debug, Args)]
pub(crate) struct Guess {
    /// The file; - is the standard input
    pub(crate) file: std::path::PathBuf,
    #[command(flatten)]
    pub(crate) reader: Reader,
}

/// Manual pages.
#[derive(Debug, Args)]
pub(crate) struct Man {
    /// Write a page for the command and one for each of its commands into this folder
    #[arg(long, value_name = "FOLDER")]
    pub(crate) out: Option<std::path::PathBuf>,
}

/// Completions.
#[derive(Debug, Args)]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_enum)]
    pub(crate) shell: Shell,
}
