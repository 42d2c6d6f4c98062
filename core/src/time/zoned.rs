//! Instants with a zone, read back from the text that they were written as.

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Deserializer};

use super::zone::Zone;

/// Reads `2026-03-16T15:00:00+01:00`: the same instant, and a clock that stays at that offset, because the text names
/// no zone. UTC is UTC.
pub(crate) fn zoned<'de, D: Deserializer<'de>>(from: D) -> Result<DateTime<Zone>, D::Error> {
    DateTime::<FixedOffset>::deserialize(from).map(at_its_offset)
}

/// Reads what [`zoned`] reads, or null.
pub(crate) fn zoned_if_any<'de, D: Deserializer<'de>>(from: D) -> Result<Option<DateTime<Zone>>, D::Error> {
    Ok(Option::<DateTime<FixedOffset>>::deserialize(from)?.map(at_its_offset))
}

fn at_its_offset(at: DateTime<FixedOffset>) -> DateTime<Zone> {
    at.with_timezone(&Zone::at_offset(*at.offset()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(serde::Serialize, Deserialize)]
    struct At(#[serde(deserialize_with = "zoned")] DateTime<Zone>);

    #[test]
    fn instants_are_read_and_written_with_their_offset() {
        for text in ["2026-03-16T15:00:00+01:00", "1937-06-30T12:00:00.250-03:30", "2100-01-01T00:00:00Z"] {
            let json = format!("\"{text}\"");
            let read: At = serde_json::from_str(&json).unwrap();
            assert_eq!(read.0.to_utc(), DateTime::parse_from_rfc3339(text).unwrap().to_utc());
            assert_eq!(serde_json::to_string(&read).unwrap(), json);
        }
        let winter: At = serde_json::from_str("\"2026-01-05T09:00:00+01:00\"").unwrap();
        assert_eq!(winter.0.to_string(), "2026-01-05 09:00:00 +01:00");
        let summer = winter.0 + chrono::TimeDelta::days(180);
        assert_eq!(
            (summer.to_string(), winter.0.timezone().name()),
            ("2026-07-04 09:00:00 +01:00".into(), "+01:00")
        );
        // Each offset is kept once, so that two instants of it are in one zone.
        let again: At = serde_json::from_str("\"2026-02-05T09:00:00+01:00\"").unwrap();
        assert_eq!(again.0.timezone(), winter.0.timezone());
    }
}
