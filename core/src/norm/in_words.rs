//! What norms are called.

use super::names::*;
use crate::timeline::Language;

/// A norm as sellers call it; one that is not known by its own name.
pub(crate) fn norm_in_words(name: &str, language: Language) -> String {
    let (english, dutch) = match name {
        FULFILMENT => ("items on time", "op tijd bezorgd"),
        ON_TIME => ("delivered on time", "op tijd geleverd"),
        HANDOVER => ("handed over on time", "op tijd overgedragen"),
        CANCELLATIONS => ("cancellations", "annuleringen"),
        RESPONSE_TIME => ("response time", "reactietijd"),
        PHONE_AVAILABILITY => ("phone availability", "telefonische bereikbaarheid"),
        NPS => ("NPS after contact", "NPS na klantcontact"),
        TRACK_AND_TRACE => ("track & trace", "track & trace"),
        REVIEWS => ("review grade", "beoordelingscijfer"),
        CASE_ITEM_RATIO => ("questions per item", "klantvragen per artikel"),
        RETURNS => ("returns", "retouren"),
        other => return other.replace('_', " "),
    };
    language.say(english, dutch).to_owned()
}
