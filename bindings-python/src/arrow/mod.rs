//! Columns of any Arrow library, through the PyCapsule interface: read where they lie, validity bitmaps included.
//!
//! What comes in is foreign memory: [`Foreign`] checks all that can be checked before anything looks at it. What goes
//! out is an [`ArrowColumn`], which any Arrow library takes over without a copy.

mod capsule;
mod column;
mod foreign;
mod shape;
mod texts;
mod ticks;

pub(crate) use column::ArrowColumn;
pub(crate) use foreign::Foreign;
pub(crate) use texts::texts_of;
pub(crate) use ticks::{arrow_columns, arrow_of_ticks, arrow_of_truths, arrow_ticks};
