//! Strikes and standing in words.

use super::manner::{Words, capital};
use crate::exchange::ReportedStanding;
use crate::report::page::{Cell, Column, FigureName, Mood, Section, SectionName};
use crate::report::points::PointsPicture;
use crate::report::strikes::StrikePicture;
use crate::standing::{Improvement, Strike};
use crate::timeline::Language;

pub(super) fn section(
    strikes: Option<&StrikePicture>,
    points: Option<&PointsPicture>,
    words: &Words,
) -> Option<Section> {
    if strikes.is_none() && points.is_none() {
        return None;
    }
    let title = words.say("Strikes and standing", "Strikes en status");
    let mut section = Section::new(SectionName::Strikes, title);
    if let Some(strikes) = strikes {
        of_strikes(&mut section, strikes, words);
    }
    if let Some(points) = points {
        of_points(&mut section, points, words);
    }
    Some(section)
}

impl StrikePicture {
    /// How good it is; no strike is good only where a week could have given one (RULES N2).
    pub(super) fn mood(&self) -> Mood {
        let report = &self.report;
        match (report.standing.is_online(), report.strikes.is_empty(), report.newest_final_week) {
            (false, _, _) => Mood::Bad,
            (true, false, _) => Mood::Warn,
            (true, true, Some(_)) => Mood::Good,
            (true, true, None) => Mood::Quiet,
        }
    }
}

fn of_strikes(section: &mut Section, strikes: &StrikePicture, words: &Words) {
    let say = |english, dutch| words.say(english, dutch);
    let (report, count) = (&strikes.report, strikes.report.strikes.len() as u64);
    let (window, standing) = (strikes.window_weeks, words.standing(report.standing));
    let number = words.counted(count, ["strike", "strikes"], ["strike", "strikes"]);
    let lead = match words.language() {
        Language::English => format!("{number} in the window of {window} final weeks. Standing: {standing}."),
        Language::Dutch => {
            format!("{number} in het venster van {window} definitieve weken. Status: {standing}.")
        }
    };
    section.mooded(lead, strikes.mood());
    if let Some(last) = strikes.report.newest_final_week {
        let caption = match words.language() {
            Language::English => format!(
                "The window of {window} final weeks, up to {last}. Plain: a good week; ✕ a strike, with the \
                  date it expires; dashed: provisional, counts for nothing yet."
            ),
            Language::Dutch => format!(
                "Het venster van {window} definitieve weken, tot en met {last}. Vlak: een goede week; ✕ een \
                  strike, met de datum waarop hij vervalt; gestreept: voorlopig, telt nog niet."
            ),
        };
        section.figure(FigureName::Strikes, caption);
    }
    let columns = vec![
        Column::text(say("Week", "Week")),
        Column::text(say("For", "Voor")),
        Column::text(say("Expires", "Vervalt")),
        Column::text(say("Complaints until", "Bezwaar tot en met")),
    ];
    let rows = report.strikes.iter().map(|strike| row(words, strike)).collect();
    section.table(say("Strikes", "Strikes"), columns, rows);
    for week in report.provisional.iter().filter(|week| !week.missed.is_empty()) {
        let norms = words.norms(&week.missed.iter().map(|missed| missed.norm.clone()).collect::<Vec<_>>());
        let text = match words.language() {
            Language::English => format!("{} would give one as it stands ({norms}): provisional.", week.week),
            Language::Dutch => {
                format!("{} zou er een geven zoals het nu staat ({norms}): voorlopig.", week.week)
            }
        };
        section.mooded(text, Mood::Warn);
    }
    if let Some(reported) = &strikes.reported {
        let comparison = match words.language() {
            Language::English => reported.comparison.to_string(),
            Language::Dutch => reported.comparison.dutch(),
        };
        let mood = if reported.comparison.agrees() { Mood::Good } else { Mood::Warn };
        section.mooded(format!("{}.", capital(&comparison)), mood);
        section.list(reported_weeks(&reported.standing, words));
    }
    section.list(outlook(strikes, words));
}

fn row(words: &Words, strike: &Strike) -> Vec<Cell> {
    let of = words.say("of", "van");
    let causes = strike.causes.iter().map(|cause| {
        let norm = words.norm(&cause.norm);
        // A cause without numbers came from elsewhere.
        match cause.denominator {
            0 => norm,
            under => format!("{norm} {} {of} {}", words.signed(cause.numerator), words.count(under)),
        }
    });
    let expires = words.date(strike.expires_on);
    let when = match words.language() {
        Language::English => format!("when {} is final", strike.expiry_week),
        Language::Dutch => format!("zodra {} definitief is", strike.expiry_week),
    };
    vec![
        Cell::of(strike.week.to_string()),
        Cell::of(causes.collect::<Vec<_>>().join("; ")),
        Cell::of(expires).beside(when),
        Cell::of(words.date(strike.appeal_until)),
    ]
}

fn reported_weeks(standing: &ReportedStanding, words: &Words) -> Vec<String> {
    let weeks = standing.weeks.iter().map(|(week, reasons)| {
        let reasons: Vec<String> = reasons.iter().map(ToString::to_string).collect();
        format!("{}: {week}, {}", words.say("reported", "gemeld"), reasons.join(", "))
    });
    weeks.collect()
}

/// What follows from more weeks.
fn outlook(strikes: &StrikePicture, words: &Words) -> Vec<String> {
    let say = |english, dutch| words.say(english, dutch);
    let mut said = Vec::new();
    if let Some(weeks) = strikes.bad_weeks_until_offline {
        let head = say(
            "bad weeks in a row until the shop is offline",
            "slechte weken op rij tot de winkel offline gaat",
        );
        said.push(format!("{head}: {weeks}"));
    }
    if let Some(weeks) = strikes.bad_weeks_until_closed {
        let head =
            say("bad weeks in a row until the shop is closed", "slechte weken op rij tot de winkel sluit");
        said.push(format!("{head}: {weeks}"));
    }
    let count = |count: u32| words.counted(count.into(), ["strike", "strikes"], ["strike", "strikes"]);
    let earliest = say("earliest improvement", "eerste verbetering");
    match &strikes.improvement {
        Some(Improvement::StrikeExpires(expiry)) => {
            let (after, on) = (count(expiry.strikes_after), words.date(expiry.on));
            said.push(match words.language() {
                Language::English => format!("{earliest}: {after} on {on}, when {} is final", expiry.week),
                Language::Dutch => {
                    format!("{earliest}: {after} op {on}, zodra {} definitief is", expiry.week)
                }
            });
        }
        Some(Improvement::PlanAccepted { .. }) => {
            let plan = say("an accepted improvement plan", "een geaccepteerd verbeterplan");
            said.push(format!("{earliest}: {plan}"));
        }
        Some(Improvement::MayApply { on }) => {
            let on = words.date(*on);
            said.push(match words.language() {
                Language::English => format!("{earliest}: the seller may apply from {on} on; not guaranteed"),
                Language::Dutch => format!("{earliest}: aanvragen mag vanaf {on}; zonder garantie"),
            });
        }
        None => {}
    }
    for one in &strikes.what_if {
        let (after, on) = (count(one.then.strikes), words.date(one.then.on));
        let (standing, weeks) = (words.standing(one.then.standing), one.weeks);
        said.push(match (words.language(), one.bad) {
            (Language::English, true) => {
                format!("what if {weeks} more bad weeks: {after} on {on}, {standing}")
            }
            (Language::English, false) => format!("what if {weeks} good weeks: {after} on {on}, {standing}"),
            (Language::Dutch, true) => {
                format!("wat als er {weeks} slechte weken bij komen: {after} op {on}, {standing}")
            }
            (Language::Dutch, false) => {
                format!("wat als er {weeks} goede weken komen: {after} op {on}, {standing}")
            }
        });
    }
    said
}

fn of_points(section: &mut Section, points: &PointsPicture, words: &Words) {
    let head = words.say("Policy points", "Beleidspunten");
    if let Some(report) = &points.computed {
        let mood = match (report.is_closed, report.deductions.is_empty()) {
            (true, _) => Mood::Bad,
            (false, false) => Mood::Warn,
            (false, true) => Mood::Good,
        };
        section.mooded(format!("{head}: {}.", report.points), mood);
        let deductions = report.deductions.iter().map(|one| {
            let (on, back) = (words.date(one.on), words.date(one.returns_on));
            match words.language() {
                Language::English => format!("{on}: {} points, {}; back on {back}", one.points, one.reason),
                Language::Dutch => format!("{on}: {} punten, {}; terug op {back}", one.points, one.reason),
            }
        });
        section.list(deductions.collect());
    }
    if let Some(reported) = points.reported {
        section.text(format!(
            "{head}, {}: {}.",
            words.say("as the marketplace reports them", "zoals het platform ze meldt"),
            words.short(reported)
        ));
    }
}
