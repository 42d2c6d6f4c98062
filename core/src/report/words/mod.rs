//! The words of a picture, in English and Dutch: a file for each section.

mod about;
mod behind;
mod cards;
mod cases;
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
