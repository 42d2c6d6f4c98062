//! Columns of any Arrow library, through the PyCapsule interface: read where they lie, validity bitmaps included.
//!
//! What comes in is foreign memory: [`Foreign`] checks all that can be checked before anything looks at it. What goes
//! out is an [`ArrowColumn`], which any Arrow library takes over without a copy.

mod c_data;
mod capsule;
mod column;
mod content;
mod foreign;
mod kind;
mod made;
mod shape;
mod text_views;
mod texts;
mod ticks;
mod view;

pub(crate) use column::ArrowColumn;
pub(crate) use foreign::Foreign;
pub(crate) use kind::{Kind, Number, TextLayout};
pub(crate) use made::Made;
pub(crate) use texts::{TextColumn, Texts, texts_of};
pub(crate) use ticks::{arrow_columns, arrow_of_ticks, arrow_of_truths, arrow_ticks};
