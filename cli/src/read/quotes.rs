//! Quotes around fields: whether those of a row are closed, or have swallowed the rows behind it.

/// What is wrong with the quotes of a row: its bytes as they stand in the file, with what separates its fields.
///
/// A quote that opens a field and is not closed takes every row up to the next quote, or to the end of the file, into
/// that field. Nothing of it is then what it says, even where the number of fields is right.
pub(super) fn fault(row: &[u8], mark: u8) -> Option<&'static str> {
    let (mut place, mut has_lines) = (Place::Start, false);
    for byte in row.iter().copied() {
        place = match (place, byte) {
            (Place::Start, b'"') | (Place::Closed, b'"') => Place::Quoted,
            (Place::Quoted, b'"') => Place::Closed,
            (Place::Quoted, byte) => {
                has_lines |= matches!(byte, b'\r' | b'\n');
                Place::Quoted
            }
            (_, b'\r' | b'\n') => Place::Start,
            (_, byte) if byte == mark => Place::Start,
            (Place::Closed, _) if has_lines => {
                return Some("a quote is opened on it and closed inside a field of a later line");
            }
            _ => Place::Plain,
        };
        if place == Place::Start {
            has_lines = false;
        }
    }
    (place == Place::Quoted).then_some("a quote is opened on it and never closed")
}

/// Where in a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Start,
    Plain,
    Quoted,
    /// Behind a quote in a quoted field: its end, or the first of two that stand for one.
    Closed,
}

#[cfg(test)]
mod tests {
    use super::fault;

    #[test]
    fn quotes_that_are_closed_are_right_wherever_they_stand() {
        for row in [
            "1,\"two\nlines\",3\n",
            "1,\"a \"\"word\"\"\n of two lines\"\r\n",
            "1,19\" monitor\n",
            "1,\"19\"\" monitor\"",
            "\"one\" more,2\n",
            "",
        ] {
            assert_eq!(fault(row.as_bytes(), b','), None, "{row}");
        }
        assert_eq!(fault(b"1;\"a\nb\";2\n", b';'), None);
    }

    #[test]
    fn quotes_that_swallow_rows_are_told() {
        let never = Some("a quote is opened on it and never closed");
        assert_eq!(fault(b"1,\"19 inch\n2,x\n", b','), never);
        assert_eq!(fault(b"1,\"19 inch", b','), never);
        let later = Some("a quote is opened on it and closed inside a field of a later line");
        assert_eq!(fault(b"1,\"19 inch\n2,\"hello\"\n", b','), later);
    }
}
