//! What an app tells its user of an error, in English and Dutch.

use crate::error::KlokuurError;
use crate::timeline::Language;

impl KlokuurError {
    /// One sentence for the user of an app. What was given and what is accepted, for whoever made the call, says
    /// `Display`.
    pub fn to_sentence(&self, language: Language) -> &'static str {
        error_sentence(self.code(), language).unwrap_or_default()
    }
}

/// The sentence of a [`code`](KlokuurError::code); none when no error has it.
pub fn error_sentence(code: &str, language: Language) -> Option<&'static str> {
    let (english, dutch) = match code {
        "out_of_range" => {
            ("a value is larger or smaller than is supported", "een waarde is groter of kleiner dan kan")
        }
        "invalid_value" => ("a value has no valid meaning", "een waarde heeft geen geldige betekenis"),
        "unknown_name" => ("a name is not known", "een naam is niet bekend"),
        "schedule_syntax" => ("the opening hours cannot be read", "de openingstijden zijn niet te lezen"),
        "never_open" => ("the opening hours never open", "de openingstijden zijn nooit open"),
        "no_open_time_left" => {
            ("there is no open time left for this", "er is geen open tijd meer over om dit af te tellen")
        }
        "length_mismatch" => (
            "lists that belong together differ in length",
            "lijsten die bij elkaar horen zijn niet even lang",
        ),
        "impossible_transition" => {
            ("this cannot happen to the case now", "dit kan nu niet met de klantvraag")
        }
        "invalid_document" => ("a document cannot be read", "een document is niet te lezen"),
        "invalid_rulebook" => ("the rulebook has faults", "het regelboek bevat fouten"),
        _ => return None,
    };
    Some(language.say(english, dutch))
}
