//! The rules of bol as they are now, built in so that they need no parsing.
//! `shipped/bol-2026.toml` says the same; a test holds the two together.

use crate::time::Zone;
use chrono::{NaiveDate, Weekday};

use super::*;
use crate::schedule::Conventions;

impl Rulebook {
    /// The rules of bol since June 2026 (RULES G4). For weeks before it take [`RulebookHistory::bol`].
    ///
    /// ```
    /// # use klokuur::rulebook::Rulebook;
    /// let rules = Rulebook::bol();
    /// assert_eq!(rules.strike_rules()?.window.weeks(), 22);
    /// # Ok::<(), klokuur::KlokuurError>(())
    /// ```
    pub fn bol() -> Self {
        Self {
            format: Format,
            name: "bol-2026".into(),
            marketplace: "bol".into(),
            about: "bol since week 27 of 2026: own shipping and shipping through bol apart, dynamic returns, quality \
                    score. The first day is ours."
                .into(),
            confidence: Confidence::High,
            valid_from: NaiveDate::from_ymd_opt(2026, 6, 29).unwrap_or_default(),
            valid_until: None,
            clock: ClockRules {
                hours: "Mo-Fr 00:00-24:00; PH off".into(),
                zone: Zone::known("Europe/Amsterdam"),
                calendars: vec![CountryCalendar::country("NL")],
                conventions: Conventions::default(),
                sources: sources(&[
                    ("hours", "A,O,D"),
                    ("zone", "D"),
                    ("calendars", "O,D"),
                    ("conventions", "D"),
                ]),
            },
            case: case(),
            week: WeekRules { final_on: Weekday::Wed, sources: sources(&[("final_on", "O,D")]) },
            norms: norms(),
            strikes: Some(StrikeRules {
                trigger: StrikeTrigger::AnyNorm,
                window: StrikeWindow::Rolling { weeks: 22 },
                offline_at: 5,
                closed_at: 7,
                reapply_after_years: 1,
                starter_orders: 100,
                starter_again: 100,
                appeal_months: 6,
                sources: sources(&[
                    ("trigger", "O"),
                    ("window", "B,O"),
                    ("offline_at", "B"),
                    ("closed_at", "B"),
                    ("reapply_after_years", "B"),
                    ("starter_orders", "O"),
                    ("starter_again", "O"),
                    ("appeal_months", "O"),
                ]),
            }),
            policy_points: Some(PolicyPointsRules {
                start: 100,
                return_after_days: 365,
                closed_at: 0,
                sources: sources(&[("start", "O"), ("return_after_days", "O"), ("closed_at", "O")]),
            }),
            standards: Vec::new(),
            ladders: Vec::new(),
            score: Some(score()),
            survey: SurveyRules {
                after_hours: 24,
                basis: Basis::Elapsed,
                when_closed_by_marketplace: false,
                guideline: 25,
                trailing_days: 28,
                confidence_level: Ratio::percent(95),
                sources: sources(&[
                    ("after_hours", "A,B"),
                    ("basis", "D"),
                    ("when_closed_by_marketplace", "A,B"),
                    ("guideline", "O"),
                    ("trailing_days", "A"),
                    ("confidence_level", "D"),
                ]),
            },
            phone: Some(PhoneRules {
                hours: "Mo-Fr 09:00-17:00; PH off".into(),
                extra_hours_count: false,
                sources: sources(&[("hours", "B"), ("extra_hours_count", "D")]),
            }),
            insight: InsightRules {
                shortest_days: 28,
                longest_months: 6,
                signal_recent_days: 28,
                signal_baseline_days: 168,
                signal_minimum_cases: 3,
                signal_false_alarm_rate: Ratio::percent(1),
                sources: sources(&[
                    ("shortest_days", "A"),
                    ("longest_months", "A"),
                    ("signal_recent_days", "D"),
                    ("signal_baseline_days", "D"),
                    ("signal_minimum_cases", "D"),
                    ("signal_false_alarm_rate", "D"),
                ]),
            },
            message: MessageRules {
                within_years: 2,
                own_domains: vec!["bol.com".into()],
                sources: sources(&[("within_years", "A"), ("own_domains", "A")]),
            },
        }
    }
}

/// The letters below are pinned by a test; an unknown one would count as ours.
fn letters(text: &str) -> Provenance {
    text.parse().unwrap_or_else(|_| Provenance::ours())
}

fn sources(entries: &[(&str, &str)]) -> Sources {
    entries.iter().map(|(field, text)| ((*field).to_owned(), letters(text))).collect()
}

fn case() -> CaseRules {
    let request = |hours: &str, within_hours, warn_after_hours, from: &str| RequestRules {
        hours: hours.into(),
        within_hours,
        warn_after_hours,
        basis: Basis::Business,
        lapses_after_days: None,
        sources: sources(&[
            ("hours", from),
            ("within_hours", "D"),
            ("warn_after_hours", "D"),
            ("basis", from),
        ]),
    };
    CaseRules {
        first_response_hours: 24,
        warn_after_hours: 18,
        basis: Basis::Business,
        follow_up_hours: 24,
        forwarded_expected_hours: 24,
        forwarded_returned_hours: 48,
        forwarded_basis: Basis::Business,
        start_within_years: 2,
        automatic_reply_counts: false,
        close_needs_contact: true,
        pauses: Vec::new(),
        // Within seven days after the receipt, days of the calendar (RULES K12).
        returns: RequestRules {
            hours: "24/7".into(),
            within_hours: 168,
            warn_after_hours: 120,
            basis: Basis::Elapsed,
            lapses_after_days: Some(14),
            sources: sources(&[
                ("hours", "D"),
                ("within_hours", "O"),
                ("warn_after_hours", "D"),
                ("basis", "D"),
            ]),
        },
        cancellations: request("Mo-Fr 09:00-17:00; PH off", 8, 6, "B"),
        sources: sources(&[
            ("first_response_hours", "B,O"),
            ("warn_after_hours", "A"),
            ("basis", "A,B"),
            ("follow_up_hours", "A"),
            ("forwarded_expected_hours", "A"),
            ("forwarded_returned_hours", "A"),
            ("forwarded_basis", "D"),
            ("start_within_years", "A"),
            ("automatic_reply_counts", "O"),
            ("close_needs_contact", "A"),
            ("pauses", "O"),
        ]),
    }
}

fn norms() -> Vec<NormRule> {
    use Direction::{AtLeast, AtMost};
    let share = |name: &str, api_name: &str, direction, percent, measured_on: &str, from: &str| NormRule {
        name: name.into(),
        api_name: Some(api_name.into()),
        measured_on: measured_on.into(),
        direction,
        threshold: Ratio::percent(percent),
        threshold_kind: ThresholdKind::Fixed,
        cap: None,
        strict: false,
        minimum: None,
        unit: NormUnit::Share,
        count_limit: None,
        strike: false,
        period_months: None,
        all_time_below: None,
        source: letters(from),
        confidence: Confidence::High,
    };
    let strike =
        |norm: NormRule, count_limit| NormRule { count_limit: Some(count_limit), strike: true, ..norm };
    let dynamic = |norm: NormRule, cap| NormRule { threshold_kind: ThresholdKind::Dynamic, cap, ..norm };
    let at_least = |norm: NormRule, percent| NormRule { minimum: Some(Ratio::percent(percent)), ..norm };
    vec![
        at_least(
            strike(
                share("on_time", "ON_TIME", AtLeast, 93, "own shipping: delivered at the first attempt", "O"),
                3,
            ),
            90,
        ),
        NormRule {
            confidence: Confidence::Medium,
            ..strike(
                dynamic(
                    share(
                        "handover",
                        "HANDOVER",
                        AtLeast,
                        95,
                        "shipped through bol: the carrier's scan",
                        "O,D",
                    ),
                    None,
                ),
                3,
            )
        },
        strike(
            share(
                "cancellations",
                "CANCELLATIONS",
                AtMost,
                2,
                "ordered items cancelled; by the customer only after the promised date",
                "O",
            ),
            3,
        ),
        strike(
            share(
                "response_time",
                "RESPONSE_TIME",
                AtLeast,
                90,
                "first responses to new customer questions, by the week they were asked in",
                "A,B,O,D",
            ),
            10,
        ),
        NormRule {
            confidence: Confidence::Medium,
            ..share(
                "fulfilment",
                "FULFILMENT",
                AtLeast,
                93,
                "until the split: ordered items delivered on time",
                "O",
            )
        },
        share(
            "phone_availability",
            "PHONE_AVAILABILITY",
            AtLeast,
            90,
            "call attempts in the phone hours of working days",
            "B",
        ),
        NormRule {
            api_name: None,
            threshold: Ratio::whole(25),
            unit: NormUnit::Points,
            ..share("nps", "", AtLeast, 0, "surveys after customer contact", "O")
        },
        at_least(
            share("track_and_trace", "TRACK_AND_TRACE", AtLeast, 98, "parcels that must have a code", "O"),
            90,
        ),
        NormRule {
            threshold: Ratio::whole(8),
            unit: NormUnit::Average,
            period_months: Some(3),
            all_time_below: Some(5),
            ..share("reviews", "REVIEWS", AtLeast, 0, "grades of reviews, 1 to 10", "O")
        },
        dynamic(
            NormRule {
                count_limit: Some(3),
                ..share("case_item_ratio", "CASE_ITEM_RATIO", AtMost, 5, "cases per ordered items", "O")
            },
            Some(Ratio::percent(15)),
        ),
        dynamic(share("returns", "RETURNS", AtMost, 5, "returned items per ordered items", "O,D"), None),
    ]
}

/// Piecewise linear (RULES P2): the worst value at 0, the norm at 8, perfection at 10. The worst value is ours.
fn score() -> ScoreRules {
    let point = |percent, score| ScorePoint { value: Ratio::percent(percent), score: Ratio::whole(score) };
    let component = |norm: &str, points| ScoreComponent { norm: norm.into(), weight: 1, points };
    ScoreRules {
        minimum: Ratio::whole(8),
        weeks: 6,
        recalculated_on: Weekday::Wed,
        components: vec![
            component("on_time", vec![point(0, 0), point(93, 8), point(100, 10)]),
            component("handover", vec![point(0, 0), point(95, 8), point(100, 10)]),
            component("cancellations", vec![point(0, 10), point(2, 8), point(100, 0)]),
            component("track_and_trace", vec![point(0, 0), point(98, 8), point(100, 10)]),
        ],
        sources: sources(&[
            ("minimum", "B"),
            ("weeks", "O"),
            ("recalculated_on", "O"),
            ("components", "O,D"),
        ]),
    }
}
