//! The figures that a seller looks at first.

use super::manner::Words;
use super::signals;
use crate::norm::{RESPONSE_TIME, Verdict};
use crate::report::norms::NormWeek;
use crate::report::nps::NpsPicture;
use crate::report::page::{Card, Mood, SectionName};
use crate::report::picture::Picture;
use crate::report::strikes::StrikePicture;
use crate::timeline::Language;

pub(super) fn cards(picture: &Picture, words: &Words) -> Vec<Card> {
    let mut made = of_cases(picture, words);
    made.extend(of_last_week(picture, words));
    made.extend(still_affordable(picture, words));
    made.extend(picture.strikes.as_ref().map(|strikes| of_strikes(strikes, words)));
    made.extend(of_score(picture, words));
    made.extend(picture.nps.as_ref().map(|nps| of_nps(nps, words)));
    let (found, tested) = (picture.signals.report.signals.len(), picture.signals.report.tested);
    made.push(Card {
        label: words.say("Signals", "Signalen").into(),
        figure: words.count(found as u64),
        beside: format!(
            "{} {}",
            words.say("of", "van"),
            words.counted(
                tested,
                ["count looked at", "counts looked at"],
                ["bekeken telling", "bekeken tellingen"]
            )
        ),
        section: SectionName::Signals,
        mood: Some(signals::mood(&picture.signals.report)),
    });
    made.extend(picture.cases.next_change.map(|at| Card {
        label: words.say("Next change of a case", "Volgende verandering").into(),
        figure: at.format("%H:%M").to_string(),
        beside: words.date(at.date_naive()),
        section: SectionName::Cases,
        mood: None,
    }));
    made
}

fn of_cases(picture: &Picture, words: &Words) -> Vec<Card> {
    let cases = &picture.cases;
    let (risk, late) = (cases.at_risk.len() as u64, cases.late.len() as u64);
    let open =
        words.counted(cases.open, ["open case", "open cases"], ["open klantvraag", "open klantvragen"]);
    vec![
        Card {
            label: words.say("Waiting for your answer", "Wacht op jouw antwoord").into(),
            figure: words.count(cases.waiting.len() as u64),
            beside: format!("{} {open}", words.say("of", "van")),
            section: SectionName::Cases,
            mood: None,
        },
        Card {
            label: words.say("At risk", "In gevaar").into(),
            figure: words.count(risk),
            beside: match late {
                0 => words.say("none is late yet", "geen is al te laat").into(),
                late => format!("{} {}", words.count(late), words.say("already late", "al te laat")),
            },
            section: SectionName::Cases,
            mood: Some(match (late, risk) {
                (0, 0) => Mood::Good,
                (0, _) => Mood::Warn,
                _ => Mood::Bad,
            }),
        },
    ]
}

fn of_last_week(picture: &Picture, words: &Words) -> Option<Card> {
    let norms = &picture.last_week()?.norms;
    let result = &norms.iter().find(|norm| norm.result.norm == RESPONSE_TIME)?.result;
    let (above, under) = (words.signed(result.numerator), words.count(result.denominator));
    let finality = words.finality(result.finality);
    let beside = match result.verdict {
        Verdict::NoData => format!("{}, {finality}", words.verdict(None)),
        _ => format!("{above} {} {under}, {finality}", words.say("of", "van")),
    };
    Some(Card {
        label: words.say("Answered in time last week", "Vorige week op tijd beantwoord").into(),
        figure: words.value(result),
        beside,
        section: SectionName::Norms,
        mood: Some(Words::mood_of(result)),
    })
}

/// What the running week can still take, or the last one while it can still change (RULES N3).
fn still_affordable(picture: &Picture, words: &Words) -> Option<Card> {
    let norm = |week: &NormWeek| {
        let norm = week.norms.iter().find(|norm| norm.result.norm == RESPONSE_TIME)?;
        Some((week.week, norm.forecast.clone()?))
    };
    let (week, forecast) =
        picture.this_week().and_then(norm).or_else(|| picture.last_week().and_then(norm))?;
    let late = words.say("late answers", "te late antwoorden");
    let (figure, beside, mood) = match (forecast.missed, forecast.affordable, forecast.to_repair) {
        (true, _, Some(good)) => {
            let good = words.counted(
                good,
                ["answer in time repairs it", "answers in time repair it"],
                ["antwoord op tijd herstelt het", "antwoorden op tijd herstellen het"],
            );
            ("0".to_owned(), format!("{late}; {good}"), Mood::Warn)
        }
        (true, _, None) => {
            let lost = words.say("not to be repaired", "niet te herstellen");
            ("0".to_owned(), format!("{late}; {lost}"), Mood::Warn)
        }
        (false, Some(0), _) => ("0".to_owned(), late.to_owned(), Mood::Warn),
        (false, Some(bad), _) => (words.count(bad), late.to_owned(), Mood::Good),
        (false, None, _) => (words.say("any", "elk aantal").to_owned(), late.to_owned(), Mood::Good),
    };
    Some(Card {
        label: format!("{} {week}", words.say("Still affordable in", "Nog ruimte in")),
        figure,
        beside,
        section: SectionName::Norms,
        mood: Some(mood),
    })
}

fn of_strikes(strikes: &StrikePicture, words: &Words) -> Card {
    let count = strikes.report.strikes.len() as u64;
    let offline = words.say("offline at", "offline bij");
    Card {
        label: words.say("Strikes", "Strikes").into(),
        figure: words.count(count),
        beside: format!("{}; {offline} {}", words.standing(strikes.report.standing), strikes.offline_at),
        section: SectionName::Strikes,
        mood: Some(strikes.mood()),
    }
}

fn of_score(picture: &Picture, words: &Words) -> Option<Card> {
    let score = picture.score.as_ref()?;
    let estimate = score.estimate.as_ref()?;
    let asked = score.minimum.map(|minimum| words.exact(minimum, 1.0));
    Some(Card {
        label: words.say("Performance score", "Prestatiescore").into(),
        figure: score.told(estimate.score?, words),
        beside: match (words.language(), asked) {
            (Language::English, Some(asked)) => format!("an estimate; at least {asked} is asked"),
            (Language::Dutch, Some(asked)) => format!("een schatting; minstens {asked} is gevraagd"),
            (_, None) => words.say("an estimate", "een schatting").into(),
        },
        section: SectionName::Score,
        mood: Some(if estimate.meets_minimum == Some(true) { Mood::Good } else { Mood::Warn }),
    })
}

fn of_nps(nps: &NpsPicture, words: &Words) -> Card {
    let (days, recent) = (nps.recent.period.days(), &nps.recent.nps);
    let beside = recent.interval.map(|interval| {
        let (low, high) = (words.decimal(interval.low, 0), words.decimal(interval.high, 0));
        let confidence = words.level(nps.confidence);
        let (to, at) = (words.say("to", "tot"), words.say("at", "bij"));
        let few = match (recent.below_guideline, words.language()) {
            (false, _) => String::new(),
            (true, Language::English) => format!(", under {} answers", nps.guideline),
            (true, Language::Dutch) => format!(", minder dan {} antwoorden", nps.guideline),
        };
        format!("{low} {to} {high} {at} {confidence}{few}")
    });
    Card {
        label: match words.language() {
            Language::English => format!("NPS, last {days} days"),
            Language::Dutch => format!("NPS, laatste {days} dagen"),
        },
        figure: recent.score.map_or_else(|| "–".to_owned(), |score| words.points(score, 0)),
        beside: beside.unwrap_or_else(|| words.say("no answers", "geen antwoorden").to_owned()),
        section: SectionName::Nps,
        mood: None,
    }
}
