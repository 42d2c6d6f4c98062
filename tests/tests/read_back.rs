//! What the library answers reads back from its JSON as what it was. Most of what an application shows is in a picture.

use chrono::{DateTime, NaiveDate, Utc};
use klokuur::backtest::{Scenario, backtest};
use klokuur::case::{CaseBook, CaseEvent, Opening, Party, SurveyAnswer, What};
use klokuur::exchange::RetailerDocuments;
use klokuur::insight::{DatedScore, Satisfaction};
use klokuur::message::{MailPolicy, clean_html};
use klokuur::norm::{NormWatch, WeekNumbers, judge, judge_weeks};
use klokuur::nps::{NpsGroup, NpsInterval, NpsIntervalMethod, NpsPeriod, NpsTrend, WeightedNps};
use klokuur::phone::{CallAttempt, PhoneHours, phone_weeks};
use klokuur::report::{Picture, SellerData};
use klokuur::rulebook::RulebookHistory;
use klokuur::sla::{Amount, Metric, Policy, Sla, SlaEvent, SlaSignal, Target, Warning};
use klokuur::standards::{StandardItem, StandardItems, judge_standards};
use klokuur::standing::{JudgedWeek, Ledger, PolicyPoints, PolicyPointsEvent, StandingEvent, StandingWatch};
use klokuur::{Fingerprints, Language, Nps, Period, Rulebook, Schedule};
use klokuur_tests::random::Random;
use klokuur_tests::read_back::reads_back;

fn at(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).unwrap().to_utc()
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn bol() -> Schedule {
    Rulebook::bol().schedule().unwrap()
}

/// A picture in which every part is there, from the random log of `report`.
fn picture(seed: u64) -> Picture {
    let mut random = Random::new(seed);
    let now = super::report::now();
    let mut events = super::report::events(&mut random, 300);
    for number in 0..30 {
        let asked = now - chrono::Duration::hours(number);
        let mut opening = Opening::by(Party::Customer);
        (opening.item, opening.defect) = (Some("lamp".into()), Some("broken clip".into()));
        events.push(CaseEvent::new(format!("S-{number}"), asked, What::Opened(opening)));
    }
    let surveys = (0..200).map(|n| SurveyAnswer {
        at: now - chrono::Duration::hours(n * 12),
        scores: serde_json::from_value(serde_json::json!({"recommendation": random.range(0, 11)})).unwrap(),
    });
    let surveys: Vec<_> = surveys.collect();
    let points = PolicyPointsEvent { on: date("2026-10-01"), points: -40, reason: "counterfeit".into() };
    let mut documents = RetailerDocuments::new();
    let status =
        r#"{"status":{"monitoringSystem":"STRIKES","firstWeek":202640,"lastWeek":202644,"strikes":1}}"#;
    let _ = documents.add("status.json", status);
    let mut data = SellerData::of_events(events)
        .with_orders(super::report::orders(&mut random, 400))
        .with_surveys(surveys)
        .with_calls(
            (0..50)
                .map(|n| CallAttempt { at: now - chrono::Duration::hours(n), answered: n % 7 > 0 })
                .collect(),
        )
        .with_reviews(vec![DatedScore { date: date("2026-11-01"), score: 9 }])
        .with_points(vec![points]);
    if let Some(standing) = documents.standing() {
        data = data.with_standing(standing);
    }
    Picture::of(&data, &RulebookHistory::bol().unwrap(), now).unwrap()
}

#[test]
fn a_picture_and_its_page_read_back() {
    for seed in 0..4 {
        let picture = picture(seed);
        assert!(
            picture.nps.is_some() && picture.points.is_some() && picture.strikes.is_some(),
            "{:?}",
            picture.missing
        );
        assert!(picture.cases.due.is_some() && !picture.signals.report.signals.is_empty());
        reads_back(&picture);
        for language in [Language::English, Language::Dutch] {
            reads_back(&picture.page(language));
        }
    }
}

#[test]
fn cases_and_explanations_read_back() {
    let mut book = CaseBook::of(&Rulebook::bol()).unwrap();
    let events = [
        (at("2026-04-24T17:30:00+02:00"), What::Opened(Opening::by(Party::Customer))),
        (at("2026-04-28T19:00:00+02:00"), What::seller_message()),
        (
            at("2026-04-28T20:00:00+02:00"),
            What::Closed { by: Party::Seller, explanation: Some("solved".into()) },
        ),
    ];
    for (at, what) in events {
        book.apply(CaseEvent::new("K-1", at, what)).unwrap().taken().unwrap();
    }
    let now = at("2026-05-13T08:00:00+02:00");
    let case = book.case("K-1", now).unwrap().unwrap();
    assert!(!case.explanations.is_empty() && !case.messages.is_empty());
    reads_back(&case);
    let outcomes = book.outcomes(now).unwrap();
    assert_eq!(outcomes.len(), 1);
    reads_back(&outcomes);
    let explained = bol().explain(at("2026-04-24T17:30:00+02:00"), at("2026-05-13T08:00:00+02:00")).unwrap();
    assert!(explained.to_string().contains("King's Day"));
    reads_back(&explained);
    let read: klokuur::Explanation =
        serde_json::from_str(&serde_json::to_string(&explained).unwrap()).unwrap();
    assert_eq!(read.to_string(), explained.to_string());
    reads_back(&klokuur::Timeline::new(&bol()).intervals(at("2026-04-24T00:00:00Z"), now).unwrap());
    reads_back(&bol().day(date("2026-04-27")).unwrap());
    let be = Rulebook::bol().for_country("BE").unwrap();
    let changes = Fingerprints::of(&bol()).changes(&Fingerprints::of(&be.schedule().unwrap()));
    assert!(!changes.is_empty());
    reads_back(&changes);
}

#[test]
fn clocks_of_tickets_read_back() {
    let target = Target::new(Metric::FirstReply, Amount::business_hours(24))
        .with_warning(Warning::After(Amount::business_hours(18)));
    let sla = Sla::new(Policy::new("questions", vec![target]).unwrap(), bol());
    let events = [SlaEvent::new(at("2026-04-24T17:30:00+02:00"), SlaSignal::opened_by_requester())];
    let now = at("2026-04-24T18:00:00+02:00");
    let found = sla.evaluate(&events, now).unwrap();
    assert!(!found.clocks.is_empty());
    reads_back(&found);
    reads_back(&sla.next_event(&events, now).unwrap().unwrap());
}

#[test]
fn weeks_standing_and_points_read_back() {
    let rules = Rulebook::bol();
    let now = at("2026-07-09T10:00:00+02:00");
    for norm in rules.norms.iter().filter(|norm| norm.period_months.is_none()) {
        let of = |good| WeekNumbers::new(&norm.name, "2026-W28".parse().unwrap(), good, 100);
        for good in [0, 80, 97, 100] {
            let Ok(week) = judge(&rules, &of(good), now) else { continue };
            reads_back(&week);
            let forecast = week.forecast();
            reads_back(&forecast);
            let read: klokuur::Forecast =
                serde_json::from_str(&serde_json::to_string(&forecast).unwrap()).unwrap();
            assert_eq!(read.to_string(), forecast.to_string());
        }
    }
    let of = |late: i64| WeekNumbers::new("response_time", "2026-W28".parse().unwrap(), 100 - late, 100);
    let mut watch = NormWatch::new(judge_weeks(&rules, &[of(3)], now).unwrap(), now);
    watch.replace(judge_weeks(&rules, &[of(20)], now).unwrap());
    let told = watch.advance(now);
    assert!(!told.is_empty());
    reads_back(&told);

    let weeks: Vec<_> = (10..18)
        .map(|week| JudgedWeek::bad(klokuur::IsoWeek::new(2026, week).unwrap(), &["response_time"]))
        .collect();
    let ledger = Ledger::new(&rules, weeks, vec![]).unwrap();
    for on in ["2026-03-12", "2026-04-30", "2026-06-01", "2027-06-01"] {
        reads_back(&ledger.standing(date(on)));
        reads_back(&ledger.earliest_improvement(date(on)));
    }
    assert!(!ledger.history().is_empty());
    reads_back(&ledger.history());
    reads_back(&ledger.what_if(&[true, false, true]).unwrap());
    let mut watch = StandingWatch::new(ledger.clone(), at("2026-03-01T08:00:00Z"));
    let told = watch.advance(at("2026-06-01T08:00:00Z"));
    assert!(!told.is_empty());
    reads_back(&told);
    let revoked = StandingEvent::StrikeRevoked { week: "2026-W10".parse().unwrap(), on: date("2026-04-01") };
    reads_back(&revoked);
    let deducted = PolicyPointsEvent { on: date("2026-09-01"), points: -40, reason: "counterfeit".into() };
    reads_back(&PolicyPoints::new(&rules, vec![deducted]).unwrap().on(date("2026-10-01")));
}

#[test]
fn standards_of_every_shipped_rulebook_read_back() {
    let item = |on: &str, bad| StandardItem {
        measure: "late_shipment_rate".into(),
        on: date(on),
        units: 50,
        bad,
        buyer: Some("B".into()),
        value: None,
    };
    let amazon = Rulebook::shipped("amazon").unwrap();
    let items = StandardItems::new([item("2026-03-20", 5), item("2026-03-25", 0)]).unwrap();
    let report = judge_standards(&amazon, &items, &[], date("2026-03-31")).unwrap();
    assert!(report.standards.iter().any(|standard| standard.value.is_some()));
    reads_back(&report);
    for name in ["kaufland", "ebay", "walmart", "conrad", "cdiscount", "allegro", "zalando", "otto"] {
        let rules = Rulebook::shipped(name).unwrap();
        let empty = StandardItems::new([]).unwrap();
        reads_back(&judge_standards(&rules, &empty, &[], date("2026-03-31")).unwrap());
    }
}

#[test]
fn surveys_and_calls_read_back() {
    let march = Nps::from_counts(40, 25, 35).unwrap();
    let april = Nps::from_counts(60, 25, 15).unwrap();
    reads_back(&march.compare(&april, 0.95).unwrap().unwrap());
    reads_back(&march.summary(0.95, 25).unwrap());
    reads_back(&Nps::from_counts(0, 0, 0).unwrap().summary(0.95, 25).unwrap());
    reads_back(&NpsGroup { key: "lamp".into(), nps: march });
    reads_back(&NpsPeriod { period: Period::month(2026, 3).unwrap(), nps: march });
    reads_back(&NpsTrend::of(&[march, april, march, april]).unwrap());
    let intervals: Vec<NpsInterval> = NpsIntervalMethod::ALL
        .iter()
        .map(|method| march.interval_with(0.9, *method).unwrap().unwrap())
        .collect();
    reads_back(&intervals);
    reads_back(&WeightedNps::from_scores([(10, 2.0), (3, 0.1), (8, 1.0)]).unwrap());
    reads_back(&WeightedNps::default());
    let score = DatedScore { date: date("2026-03-31"), score: 9 };
    reads_back(&Satisfaction::of(&[score], &[score], date("2026-03-31"), &Rulebook::bol().survey).unwrap());
    let hours = PhoneHours::of(&Rulebook::bol()).unwrap();
    let calls = [CallAttempt { at: at("2026-03-09T10:00:00Z"), answered: true }];
    reads_back(&phone_weeks(&calls, &hours).unwrap());
}

#[test]
fn sums_that_no_answers_make_are_refused() {
    for text in [r#"{"numerator":2,"denominator":1}"#, r#"{"numerator":0,"denominator":0}"#] {
        let refused = serde_json::from_str::<klokuur::nps::NpsScore>(text).unwrap_err().to_string();
        assert!(refused.contains("accepted is promoters minus detractors"), "{refused}");
    }
    let weighted = r#"{"answers":0,"promoters":1.0,"passives":0.0,"detractors":0.0,"squares":1.0}"#;
    for text in [
        weighted.to_owned(),
        weighted.replace("1.0", "-1.0"),
        weighted.replace("squares\":1.0", "squares\":0.0"),
    ] {
        assert!(serde_json::from_str::<WeightedNps>(&text).is_err(), "{text}");
    }
}

#[test]
fn backtests_mails_and_documents_read_back() {
    let asked = at("2026-04-24T17:30:00+02:00");
    let log: Vec<_> = (0..12)
        .flat_map(|n| {
            let case = format!("K-{n}");
            let opened = CaseEvent::new(case.clone(), asked, What::Opened(Opening::by(Party::Customer)));
            [opened, CaseEvent::new(case, at("2026-04-28T10:00:00+02:00"), What::seller_message())]
        })
        .collect();
    let nl = Scenario::of(&Rulebook::bol()).unwrap();
    let be = Scenario::of(&Rulebook::bol().for_country("BE").unwrap()).unwrap();
    let changes = backtest(&log, &[], &nl, &be, at("2026-05-13T08:00:00+02:00")).unwrap();
    assert!(!changes.cases.is_empty() && changes.standing.is_some());
    reads_back(&changes);
    let mail = clean_html(
        "<p onclick='x()'>Hi<script>a()</script><a href='https://foreign.example/a'>b</a>",
        &MailPolicy::default(),
    );
    assert!(!mail.removed.is_empty());
    reads_back(&mail);
    let mut documents = RetailerDocuments::new();
    documents
        .add(
            "indicators.json",
            r#"{"performanceIndicators":[{"name":"CANCELLATIONS","type":"PERCENTAGE","details":{"period":{"week":"10","year":"2026"},"score":{"conforms":true,"numerator":8,"denominator":88,"value":0.88,"distanceToNorm":0.01},"norm":{"condition":"<=","value":0.02}}}]}"#,
        )
        .unwrap();
    documents
        .add(
            "orders.json",
            r#"{"orders":[{"orderId":"A","orderPlacedDateTime":"2026-03-09T12:00:00+01:00","orderItems":[{"orderItemId":"1","quantity":2,"latestChangedDateTime":"2026-03-09T12:00:00+01:00"}]}]}"#,
        )
        .unwrap();
    let indicator = &documents.indicators().performance_indicators[0];
    assert!(!indicator.check().differences.is_empty());
    reads_back(&indicator.check());
    reads_back(&indicator.verdicts(&Rulebook::bol(), at("2026-05-13T08:00:00+02:00")).unwrap());
    reads_back(&documents.numbers(&Rulebook::bol()));
    reads_back(&documents.order_lines());
}
