//! Names of days and months as they stand under a figure.

use klokuur::timeline::Language;

/// `Tue`, in Dutch `di`.
pub(super) fn weekday(name: &str, language: Language) -> String {
    let letters = match language {
        Language::English => 3,
        Language::Dutch => 2,
    };
    name.chars().take(letters).collect()
}

/// `Mar`, in Dutch `mrt`.
pub(super) fn month(name: &str) -> String {
    match name {
        "maart" => "mrt".to_owned(),
        other => other.chars().take(3).collect(),
    }
}

#[cfg(test)]
mod tests {
    use klokuur::timeline::Language;

    use super::{month, weekday};

    #[test]
    fn names_are_short_as_each_language_has_them() {
        assert_eq!(weekday("dinsdag", Language::Dutch), "di");
        assert_eq!(weekday("Tuesday", Language::English), "Tue");
        assert_eq!(["maart", "mei", "March", "oktober"].map(month), ["mrt", "mei", "Mar", "okt"]);
    }
}
