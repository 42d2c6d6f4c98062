//! The kinds of columns that some question takes, and how Arrow writes them.

use std::fmt;
use std::sync::Arc;

use klokuur::timeline::TimeUnit;

use crate::columns::{unit_name, unit_of_letter};

/// What a column holds, one value a row.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Kind {
    /// Nothing but nulls.
    Null,
    Boolean,
    Number(Number),
    Text(TextLayout),
    /// Instants, with the zone that they are shown in.
    Timestamp(TimeUnit, Option<Arc<str>>),
    Duration(TimeUnit),
    /// Indexes of values that stand once beside them.
    Dictionary(Number, Box<Self>),
}

/// A number's size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Number {
    Int8,
    Int16,
    Int32,
    Int64,
    UInt8,
    UInt16,
    UInt32,
    UInt64,
    Float32,
    Float64,
}

/// How texts lie in memory.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum TextLayout {
    /// One after the other, with offsets of 32 bits.
    Small,
    /// The same with offsets of 64 bits.
    Large,
    /// Short ones in their rows, long ones in some buffer.
    Views,
}

impl Number {
    const ALL: [(Self, &'static str, &'static str); 10] = [
        (Self::Int8, "c", "int8"),
        (Self::Int16, "s", "int16"),
        (Self::Int32, "i", "int32"),
        (Self::Int64, "l", "int64"),
        (Self::UInt8, "C", "uint8"),
        (Self::UInt16, "S", "uint16"),
        (Self::UInt32, "I", "uint32"),
        (Self::UInt64, "L", "uint64"),
        (Self::Float32, "f", "float"),
        (Self::Float64, "g", "double"),
    ];

    /// The letter of a format.
    fn letter(self) -> &'static str {
        Self::ALL.iter().find(|(known, ..)| *known == self).map_or("", |(_, letter, _)| letter)
    }

    fn name(self) -> &'static str {
        Self::ALL.iter().find(|(known, ..)| *known == self).map_or("", |(.., name)| name)
    }

    pub(crate) fn is_integer(self) -> bool {
        !matches!(self, Self::Float32 | Self::Float64)
    }
}

/// The letter of a unit in a format: the first of its name.
fn letter_of(unit: TimeUnit) -> &'static str {
    unit_name(unit).get(..1).unwrap_or_default()
}

impl Kind {
    /// The kind that a format of the C interface stands for, without its dictionary; None when no question takes it.
    pub(super) fn of_format(format: &str) -> Option<Self> {
        if let Some((number, ..)) = Number::ALL.iter().find(|(_, letter, _)| *letter == format) {
            return Some(Self::Number(*number));
        }
        if let Some((unit, zone)) = format.strip_prefix("ts").and_then(|rest| rest.split_once(':')) {
            return Some(Self::Timestamp(unit_of_letter(unit)?, (!zone.is_empty()).then(|| zone.into())));
        }
        if let Some(unit) = format.strip_prefix("tD") {
            return unit_of_letter(unit).map(Self::Duration);
        }
        Some(match format {
            "n" => Self::Null,
            "b" => Self::Boolean,
            "u" => Self::Text(TextLayout::Small),
            "U" => Self::Text(TextLayout::Large),
            "vu" => Self::Text(TextLayout::Views),
            _ => return None,
        })
    }

    /// The format of the C interface; that of its indexes for a dictionary.
    pub(super) fn format(&self) -> String {
        match self {
            Self::Null => "n".into(),
            Self::Boolean => "b".into(),
            Self::Number(number) | Self::Dictionary(number, _) => number.letter().into(),
            Self::Text(TextLayout::Small) => "u".into(),
            Self::Text(TextLayout::Large) => "U".into(),
            Self::Text(TextLayout::Views) => "vu".into(),
            Self::Timestamp(unit, zone) => {
                format!("ts{}:{}", letter_of(*unit), zone.as_deref().unwrap_or_default())
            }
            Self::Duration(unit) => format!("tD{}", letter_of(*unit)),
        }
    }
}

/// By the names that PyArrow has for them.
impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Boolean => f.write_str("bool"),
            Self::Number(number) => f.write_str(number.name()),
            Self::Text(TextLayout::Small) => f.write_str("string"),
            Self::Text(TextLayout::Large) => f.write_str("large_string"),
            Self::Text(TextLayout::Views) => f.write_str("string_view"),
            Self::Timestamp(unit, None) => write!(f, "timestamp[{}]", unit_name(*unit)),
            Self::Timestamp(unit, Some(zone)) => write!(f, "timestamp[{}, tz={zone}]", unit_name(*unit)),
            Self::Duration(unit) => write!(f, "duration[{}]", unit_name(*unit)),
            Self::Dictionary(indices, values) => {
                write!(f, "dictionary<values={values}, indices={}>", indices.name())
            }
        }
    }
}

/// A name for a format that no question takes.
pub(super) fn foreign_name(format: &str) -> &str {
    match format.split(':').next().unwrap_or_default() {
        "e" => "halffloat",
        "z" => "binary",
        "Z" => "large_binary",
        "vz" => "binary_view",
        "w" => "fixed_size_binary",
        "d" => "decimal",
        "tdD" => "date32",
        "tdm" => "date64",
        "tts" | "ttm" => "time32",
        "ttu" | "ttn" => "time64",
        "tiM" | "tiD" | "tin" => "interval",
        "+l" | "+L" | "+vl" | "+vL" | "+w" => "list",
        "+s" => "struct",
        "+m" => "map",
        "+r" => "run_end_encoded",
        "+ud" | "+us" => "union",
        _ => format,
    }
}
