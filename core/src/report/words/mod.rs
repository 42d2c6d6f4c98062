//! The words of a picture, in English and Dutch: a file for each section.
//!
//! # Where what is
//!
//! - `about`: how a picture came about, and what is missing, in words
//! - `behind`: what stands behind a share, in words: late cases, and order lines that count against a norm
//! - `cards`: the figures that a seller looks at first
//! - `cases`: the open cases in words
//! - `exact`: quotients of whole numbers, rounded without a float between, and never to another side of a bound
//! - `holidays`: what other holidays would change, in words
//! - `manner`: how numbers, dates and amounts are written: `1.5 %` and `1,5 %`, `Tuesday 28 April` and `dinsdag 28
//!   april`
//! - `month`: the last month in words
//! - `names`: what norms, clocks, verdicts and standings are called
//! - `norms`: the service norms in words
//! - `nps`: the NPS in words
//! - `page`: the whole page of a picture
//! - `score`: the scores in words
//! - `signals`: signals in words
//! - `strikes`: strikes and standing in words
//! - `subjects`: subjects and items in words
//! - `text`: a picture as plain text, for a terminal or a mail

mod about;
mod behind;
mod cards;
mod cases;
mod exact;
mod holidays;
mod manner;
mod month;
mod names;
mod norms;
mod nps;
mod page;
mod score;
mod signals;
mod strikes;
mod subjects;
mod text;

pub use manner::Words;
