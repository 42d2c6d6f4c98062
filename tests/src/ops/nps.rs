//! Net Promoter Score.

use chrono::{DateTime, NaiveDate};
use klokuur::Zone;
use klokuur::nps::{
    NO_ANSWER, NpsAreas, NpsGroup, NpsIntervalMethod, NpsPeriod, NpsTrend, WeightedNps, nps_by_month,
    nps_by_name, nps_by_week, nps_in, required_answers, required_answers_for,
};
use klokuur::{IsoWeek, Nps, Period};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::vectors::{Operations, Stop};

pub(super) fn register(operations: &mut Operations) {
    operations.add("nps_from_scores", from_scores);
    operations.add("nps_interval", interval);
    operations.add("nps_compare", compare);
    operations.add("nps_weighted", weighted);
    operations.add("nps_required_answers", answers_needed);
    operations.add("nps_trend", trend);
    operations.add("nps_in", in_period);
    operations.add("nps_by_week", by_week);
    operations.add("nps_by_month", by_month);
    operations.add("nps_by_name", by_name);
    operations.add("nps_areas", areas);
}

fn read<T: DeserializeOwned>(value: &Value) -> Result<T, Stop> {
    Ok(serde_json::from_value(value.clone())?)
}

fn counts(nps: Nps) -> Value {
    json!({"promoters": nps.promoters(), "passives": nps.passives(), "detractors": nps.detractors()})
}

fn from_scores(given: &Value) -> Result<Value, Stop> {
    let scores: Vec<i64> = read(&given["scores"])?;
    let nps = Nps::from_scores(scores)?;
    let mut answer = counts(nps);
    if let Some(score) = nps.score() {
        answer["numerator"] = score.numerator().into();
        answer["denominator"] = score.denominator().into();
        answer["display"] = score.to_string().into();
    }
    Ok(answer)
}

#[derive(Deserialize)]
struct Counted {
    promoters: u64,
    passives: u64,
    detractors: u64,
}

impl Counted {
    fn nps(&self) -> Result<Nps, Stop> {
        Ok(Nps::from_counts(self.promoters, self.passives, self.detractors)?)
    }
}

fn interval(given: &Value) -> Result<Value, Stop> {
    let nps = read::<Counted>(given)?.nps()?;
    let confidence: f64 = read(&given["confidence"])?;
    let mut answer = json!({"standard_error": nps.standard_error()});
    for method in [NpsIntervalMethod::Wald, NpsIntervalMethod::AdjustedWald, NpsIntervalMethod::Score] {
        let name = serde_json::to_value(method)?;
        let interval = nps.interval_with(confidence, method)?;
        answer[name.as_str().unwrap()] =
            interval.map_or(Value::Null, |i| json!({"low": i.low, "high": i.high}));
    }
    Ok(answer)
}

fn compare(given: &Value) -> Result<Value, Stop> {
    let one = read::<Counted>(&given["one"])?.nps()?;
    let other = read::<Counted>(&given["other"])?.nps()?;
    Ok(serde_json::to_value(one.compare(&other, read(&given["confidence"])?)?)?)
}

fn weighted(given: &Value) -> Result<Value, Stop> {
    let scores: Vec<i64> = read(&given["scores"])?;
    let weights: Vec<f64> = read(&given["weights"])?;
    let nps = WeightedNps::from_scores(scores.into_iter().zip(weights))?;
    let interval = nps.interval(read(&given["confidence"])?)?;
    Ok(json!({
        "points": nps.points(),
        "effective_answers": nps.effective_answers(),
        "standard_error": nps.standard_error(),
        "low": interval.map(|i| i.low),
        "high": interval.map(|i| i.high),
    }))
}

fn answers_needed(given: &Value) -> Result<Value, Stop> {
    let (margin, confidence) = (read(&given["margin"])?, read(&given["confidence"])?);
    let answers = match given.get("promoter_share") {
        None => required_answers(margin, confidence)?,
        Some(promoters) => {
            required_answers_for(margin, confidence, read(promoters)?, read(&given["detractor_share"])?)?
        }
    };
    Ok(json!({"answers": answers}))
}

fn trend(given: &Value) -> Result<Value, Stop> {
    let periods: Vec<Counted> = read(&given["periods"])?;
    let periods = periods.iter().map(Counted::nps).collect::<Result<Vec<_>, _>>()?;
    Ok(NpsTrend::of(&periods).map_or(json!({}), |t| serde_json::to_value(t).unwrap()))
}

struct Rows {
    zone: Zone,
    at: Vec<i64>,
    scores: Vec<u8>,
}

fn rows(given: &Value) -> Result<Rows, Stop> {
    let at: Vec<String> = read(&given["at"])?;
    let micros = |text: &String| {
        DateTime::parse_from_rfc3339(text)
            .map(|at| at.timestamp_micros())
            .map_err(|e| Stop::Unreadable(e.to_string()))
    };
    Ok(Rows {
        zone: read(&given["zone"])?,
        at: at.iter().map(micros).collect::<Result<_, _>>()?,
        scores: scores(given)?,
    })
}

fn scores(given: &Value) -> Result<Vec<u8>, Stop> {
    let scores: Vec<Option<u8>> = read(&given["scores"])?;
    Ok(scores.into_iter().map(|s| s.unwrap_or(NO_ANSWER)).collect())
}

fn in_period(given: &Value) -> Result<Value, Stop> {
    let date = |key: &str| read::<NaiveDate>(&given[key]);
    let period = if let Some(month) = given.get("month") {
        let (year, month) =
            month.as_str().and_then(|m| m.split_once('-')).ok_or(Stop::Unreadable("month".into()))?;
        Period::month(year.parse().unwrap(), month.parse().unwrap())?
    } else if let Some(week) = given.get("week") {
        Period::week(read::<IsoWeek>(week)?)
    } else if let Some(days) = given.get("trailing_days") {
        Period::trailing_days(date("last")?, read(days)?)?
    } else {
        Period::between(date("first")?, date("last")?)?
    };
    let rows = rows(given)?;
    Ok(counts(nps_in(period, rows.zone, &rows.at, &rows.scores)?))
}

fn periods(periods: &[NpsPeriod]) -> Value {
    let one = |p: &NpsPeriod| {
        let mut answer = counts(p.nps);
        answer["first"] = p.period.first().to_string().into();
        answer
    };
    json!({"periods": periods.iter().map(one).collect::<Vec<_>>()})
}

fn by_week(given: &Value) -> Result<Value, Stop> {
    let rows = rows(given)?;
    Ok(periods(&nps_by_week(rows.zone, &rows.at, &rows.scores)?))
}

fn by_month(given: &Value) -> Result<Value, Stop> {
    let rows = rows(given)?;
    Ok(periods(&nps_by_month(rows.zone, &rows.at, &rows.scores)?))
}

fn groups(groups: &[NpsGroup]) -> Value {
    let one = |g: &NpsGroup| {
        let mut answer = counts(g.nps);
        answer["key"] = g.key.as_str().into();
        answer
    };
    json!({"groups": groups.iter().map(one).collect::<Vec<_>>()})
}

fn by_name(given: &Value) -> Result<Value, Stop> {
    let keys: Vec<String> = read(&given["keys"])?;
    Ok(groups(&nps_by_name(&scores(given)?, &keys)?))
}

fn areas(given: &Value) -> Result<Value, Stop> {
    let areas: Vec<String> = read(&given["areas"])?;
    Ok(groups(&NpsAreas::from_answers(areas.iter().zip(scores(given)?))?.groups()))
}
