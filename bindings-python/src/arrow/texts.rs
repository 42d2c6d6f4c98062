//! Columns of texts, whatever Arrow keeps them as; numbers and truths count as their texts.

use arrow_array::builder::StringBuilder;
use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowDictionaryKeyType, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type, UInt32Type,
    UInt64Type,
};
use arrow_array::{Array, ArrayRef, ArrowPrimitiveType, StringArray};
use arrow_schema::DataType;
use pyo3::prelude::*;

use super::foreign::{Foreign, refused};
use crate::error::invalid;

/// The texts of a column, in one piece. A single chunk of texts stays where it is.
pub(crate) fn texts_of(column: Foreign) -> PyResult<StringArray> {
    if !is_text(&column.kind) {
        return Err(invalid("column of texts", column.kind.to_string(), "texts, numbers or truths"));
    }
    if let [one] = column.chunks.as_slice()
        && let Some(texts) = one.as_string_opt::<i32>()
    {
        return Ok(texts.clone());
    }
    let mut texts = Texts { made: StringBuilder::new(), bytes: 0 };
    for chunk in &column.chunks {
        texts.take(chunk)?;
    }
    Ok(texts.made.finish())
}

fn is_text(kind: &DataType) -> bool {
    match kind {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View | DataType::Boolean | DataType::Null => {
            true
        }
        DataType::Dictionary(_, values) => is_text(values),
        other => other.is_integer(),
    }
}

struct Texts {
    made: StringBuilder,
    bytes: usize,
}

impl Texts {
    fn push(&mut self, text: &str) -> PyResult<()> {
        self.bytes += text.len();
        // The offsets of the column are 32 bits wide.
        if i32::try_from(self.bytes).is_err() {
            return Err(refused("more than 2 GiB of texts in one column", "less: read the log in parts"));
        }
        self.made.append_value(text);
        Ok(())
    }

    fn all<T: AsRef<str>>(&mut self, texts: impl Iterator<Item = Option<T>>) -> PyResult<()> {
        for text in texts {
            match text {
                Some(text) => self.push(text.as_ref())?,
                None => self.made.append_null(),
            }
        }
        Ok(())
    }

    fn numbers<T: ArrowPrimitiveType>(&mut self, chunk: &ArrayRef) -> PyResult<()>
    where
        T::Native: ToString,
    {
        self.all(chunk.as_primitive::<T>().iter().map(|number| number.map(|number| number.to_string())))
    }

    fn take(&mut self, chunk: &ArrayRef) -> PyResult<()> {
        match chunk.data_type() {
            DataType::Utf8 => self.all(chunk.as_string::<i32>().iter()),
            DataType::LargeUtf8 => self.all(chunk.as_string::<i64>().iter()),
            DataType::Utf8View => self.all(chunk.as_string_view().iter()),
            DataType::Boolean => {
                self.all(chunk.as_boolean().iter().map(|truth| truth.map(|truth| truth.to_string())))
            }
            DataType::Int8 => self.numbers::<Int8Type>(chunk),
            DataType::Int16 => self.numbers::<Int16Type>(chunk),
            DataType::Int32 => self.numbers::<Int32Type>(chunk),
            DataType::Int64 => self.numbers::<Int64Type>(chunk),
            DataType::UInt8 => self.numbers::<UInt8Type>(chunk),
            DataType::UInt16 => self.numbers::<UInt16Type>(chunk),
            DataType::UInt32 => self.numbers::<UInt32Type>(chunk),
            DataType::UInt64 => self.numbers::<UInt64Type>(chunk),
            DataType::Dictionary(key, _) => match key.as_ref() {
                DataType::Int8 => self.indexed::<Int8Type>(chunk),
                DataType::Int16 => self.indexed::<Int16Type>(chunk),
                DataType::Int32 => self.indexed::<Int32Type>(chunk),
                DataType::Int64 => self.indexed::<Int64Type>(chunk),
                DataType::UInt8 => self.indexed::<UInt8Type>(chunk),
                DataType::UInt16 => self.indexed::<UInt16Type>(chunk),
                DataType::UInt32 => self.indexed::<UInt32Type>(chunk),
                _ => self.indexed::<UInt64Type>(chunk),
            },
            _ => self.all(std::iter::repeat_n(None::<&str>, chunk.len())),
        }
    }

    fn indexed<K: ArrowDictionaryKeyType>(&mut self, chunk: &ArrayRef) -> PyResult<()> {
        let dictionary = chunk.as_dictionary::<K>();
        let mut values = Self { made: StringBuilder::new(), bytes: 0 };
        values.take(dictionary.values())?;
        let values = values.made.finish();
        let text = |key: Option<usize>| key.filter(|key| values.is_valid(*key)).map(|key| values.value(key));
        self.all(dictionary.keys_iter().map(text))
    }
}
