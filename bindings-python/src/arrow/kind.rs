//! The kinds of columns that some question takes, and how Arrow writes them.

use std::fmt;
use std::sync::Arc;

use klokuur::timeline::TimeUnit;

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

    pub(crate) fn is_integer(self) -> bool {
        !matches!(self, Self::Float32 | Self::Float64)
    }
}

const UNITS: [(TimeUnit, &str); 4] = [
    (TimeUnit::Seconds, "s"),
    (TimeUnit::Milliseconds, "m"),
    (TimeUnit::Microseconds, "u"),
    (TimeUnit::Nanoseconds, "n"),
];

fn unit_of(letter: &str) -> Option<TimeUnit> {
    UNITS.iter().find(|(_, known)| *known == letter).map(|(unit, _)| *unit)
}

fn letter_of(unit: TimeUnit) -> &'static str {
    UNITS.iter().find(|(known, _)| *known == unit).map_or("u", |(_, letter)| letter)
}

fn short_name(unit: TimeUnit) -> &'static str {
    match unit {
        TimeUnit::Seconds => "s",
        TimeUnit::Milliseconds => "ms",
        TimeUnit::Microseconds => "us",
        TimeUnit::Nanoseconds => "ns",
    }
}

impl Kind {
    /// The kind that a format of the C interface stands for, without its dictionary; None when no question takes it.
    pub(super) fn of_format(format: &str) -> Option<Self> {
        if let Some((number, ..)) = Number::ALL.iter().find(|(_, letter, _)| *letter == format) {
            return Some(Self::Number(*number));
        }
        if let Some((unit, zone)) = format.strip_prefix("ts").and_then(|rest| rest.split_once(':')) {
            return Some(Self::Timestamp(unit_of(unit)?, (!zone.is_empty()).then(|| zone.into())));
        }
        if let Some(unit) = format.strip_prefix("tD") {
            return unit_of(unit).map(Self::Duration);
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
            Self::Number(number) | Self::Dictionary(number, _) => Number::ALL
                .iter()
                .find(|(known, ..)| known == number)
                .map_or("n", |(_, letter, _)| letter)
                .into(),
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
            Self::Number(number) => f.write_str(
                Number::ALL.iter().find(|(known, ..)| known == number).map_or("", |(.., name)| name),
            ),
            Self::Text(TextLayout::Small) => f.write_str("string"),
            Self::Text(TextLayout::Large) => f.write_str("large_string"),
            Self::Text(TextLayout::Views) => f.write_str("string_view"),
            Self::Timestamp(unit, None) => write!(f, "timestamp[{}]", short_name(*unit)),
            Self::Timestamp(unit, Some(zone)) => write!(f, "timestamp[{}, tz={zone}]", short_name(*unit)),
            Self::Duration(unit) => write!(f, "duration[{}]", short_name(*unit)),
            Self::Dictionary(indices, values) => {
                write!(f, "dictionary<values={values}, indices={}>", Self::Number(*indices))
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
