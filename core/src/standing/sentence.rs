//! The standing of an account and its strikes as sentences for the seller.

use super::answer::{LedgerChange, Standing, StandingReport, Strike};
use super::watch::StandingTold;
use super::week::StrikeCause;
use crate::norm::norm_in_words;
use crate::timeline::Language;

impl Standing {
    /// What has become of the shop, and since when.
    pub fn to_sentence(&self, language: Language) -> String {
        let say = |english, dutch| language.say(english, dutch);
        let day = |date| language.day(date);
        match *self {
            Standing::Active => say("the shop is online", "de winkel is online").to_owned(),
            Standing::OnlineWithPlan { since } => format!(
                "{} {}",
                say(
                    "the shop is online with an improvement plan since",
                    "de winkel is online met een verbeterplan sinds"
                ),
                day(since)
            ),
            Standing::Offline { since } => {
                let until =
                    say("until an improvement plan is accepted", "tot een verbeterplan is geaccepteerd");
                format!(
                    "{} {}, {until}",
                    say("the shop is offline since", "de winkel is offline sinds"),
                    day(since)
                )
            }
            Standing::Closed { since, may_apply_from } => format!(
                "{} {}, {} {}",
                say("the shop is closed since", "de winkel is gesloten sinds"),
                day(since),
                say("and may apply for reopening from", "en mag heropening aanvragen vanaf"),
                day(may_apply_from)
            ),
        }
    }
}

impl StandingReport {
    /// One sentence: whether the shop is online, how many strikes count, and what changes that.
    pub fn to_sentence(&self, language: Language) -> String {
        let say = |english, dutch| language.say(english, dutch);
        let day = |date| language.day(date);
        let state = self.standing.to_sentence(language);
        let mut parts = vec![match self.strikes.len() {
            0 => say("no strike counts", "er telt geen strike").to_owned(),
            1 => say("1 strike counts", "er telt 1 strike").to_owned(),
            several => match language {
                Language::English => format!("{several} strikes count"),
                Language::Dutch => format!("er tellen {several} strikes"),
            },
        }];
        if let Some(left) = self.until_offline {
            let strikes = if left == 1 { "strike" } else { "strikes" };
            parts.push(match language {
                Language::English if left == 1 => format!("1 more {strikes} takes it offline"),
                Language::English => format!("{left} more {strikes} take it offline"),
                Language::Dutch => format!("bij nog {left} {strikes} gaat hij offline"),
            });
        }
        if let Some(expiry) = &self.next_expiry {
            parts.push(format!("{} {}", say("the next expires on", "de eerste vervalt op"), day(expiry.on)));
        }
        format!("{state}: {}", parts.join(", "))
    }
}

impl Strike {
    /// One sentence: the week, the norms that it missed, until when it counts and when a complaint is possible.
    pub fn to_sentence(&self, language: Language) -> String {
        let (week, causes) = (self.week, causes_in(&self.causes, language));
        let (expires, appeal) = (language.day(self.expires_on), language.day(self.appeal_until));
        match language {
            Language::English => format!(
                "strike of week {week} for {causes}: it counts until {expires}, a complaint is possible until {appeal}"
            ),
            Language::Dutch => format!(
                "strike van week {week} voor {causes}: hij telt tot {expires}, bezwaar kan tot en met {appeal}"
            ),
        }
    }
}

impl StandingTold {
    /// One sentence: what has become so and from which date on, or that it is taken back. The text of a notification.
    pub fn to_sentence(&self, language: Language) -> String {
        let on = language.day(self.on);
        let what = match (&self.change, language) {
            (LedgerChange::StrikeGiven { week, causes }, Language::English) => {
                format!("a strike counts from {on}: week {week}, {}", causes_in(causes, language))
            }
            (LedgerChange::StrikeGiven { week, causes }, Language::Dutch) => {
                format!("er telt een strike vanaf {on}: week {week}, {}", causes_in(causes, language))
            }
            (LedgerChange::StrikeExpired { week }, Language::English) => {
                format!("the strike of week {week} has expired on {on}")
            }
            (LedgerChange::StrikeExpired { week }, Language::Dutch) => {
                format!("de strike van week {week} is vervallen op {on}")
            }
            (LedgerChange::StrikeWithdrawn { week }, Language::English) => {
                format!("the strike of week {week} was withdrawn on {on}")
            }
            (LedgerChange::StrikeWithdrawn { week }, Language::Dutch) => {
                format!("de strike van week {week} is ingetrokken op {on}")
            }
            (LedgerChange::StandingChanged { to: Standing::Active, .. }, Language::English) => {
                format!("the shop is online from {on}")
            }
            (LedgerChange::StandingChanged { to: Standing::Active, .. }, Language::Dutch) => {
                format!("de winkel is online vanaf {on}")
            }
            (LedgerChange::StandingChanged { to, .. }, _) => to.to_sentence(language),
        };
        if self.retracted {
            format!("{}: {what}", language.say("not so any more", "toch niet"))
        } else {
            what
        }
    }
}

/// The missed norms as sellers call them.
fn causes_in(causes: &[StrikeCause], language: Language) -> String {
    causes.iter().map(|cause| norm_in_words(&cause.norm, language)).collect::<Vec<_>>().join(", ")
}
