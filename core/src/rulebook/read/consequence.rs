//! Strikes and the performance score.

use super::kinds::weekday;
use super::table::Table;
use crate::rulebook::*;

pub(super) fn strikes_and_norms(t: &mut Table<'_>, strikes: Option<&StrikeRules>, norms: &[NormRule]) {
    let bearing = norms.iter().filter(|n| n.strike).count();
    match strikes.map(|s| s.trigger) {
        None => t.check(&["norms", "strikes"], bearing == 0, || {
            "a norm with strike = true, but no section strikes: accepted is both or neither".into()
        }),
        Some(StrikeTrigger::AnyNorm) => t.check(&["strikes", "norms"], bearing > 0, || {
            "no norm bears strikes: accepted is a norm with strike = true".into()
        }),
        Some(StrikeTrigger::SeveralNorms { norms: several }) => {
            let enough = usize::try_from(several).is_ok_and(|n| n <= bearing);
            t.check(&["strikes.trigger.norms", "strikes", "norms"], enough, || {
                format!("{several} norms of {bearing} with strike = true: accepted is at most {bearing}")
            });
        }
    }
}

pub(super) fn strikes(t: &mut Table<'_>) -> StrikeRules {
    let trigger = t.tagged("trigger", "What gives a strike.", trigger);
    let window = t.tagged("window", "Which strikes count (S2).", window);
    let offline_at = t.integer("offline_at", "Strikes that take the shop offline.", 1..=520);
    let closed_at = t.integer("closed_at", "Strikes that close the shop.", 1..=520);
    t.check(&["closed_at", "offline_at"], closed_at > offline_at, || {
        format!("{closed_at} is not above offline_at: accepted is more than {offline_at}")
    });
    let weeks = window.weeks();
    t.check(&["closed_at", "window"], closed_at <= weeks, || {
        format!("{closed_at} strikes cannot fall in the window: accepted is at most one a week, {weeks}")
    });
    if let StrikeWindow::FromFirstBadWeek { ends_at, .. } = window {
        t.check(&["closed_at", "window"], closed_at <= ends_at, || {
            format!("the period ends at {ends_at} strikes: accepted is at most {ends_at}")
        });
    }
    StrikeRules {
        trigger,
        window,
        offline_at,
        closed_at,
        reapply_after_years: t.integer("reapply_after_years", "When the seller may apply again.", 0..=100),
        starter_orders: t.integer("starter_orders", "First orders that bear no strikes.", 0..=1_000_000),
        starter_again: t.integer(
            "starter_again",
            "How many more bear none when a norm is missed over them.",
            0..=1_000_000,
        ),
        appeal_months: t.integer("appeal_months", "How long complaints are possible.", 0..=1200),
        sources: t.sources(),
    }
}

fn trigger(t: &mut Table<'_>) -> StrikeTrigger {
    let several =
        t.choice("kind", "The trigger (S1).", false, &[("any_norm", false), ("several_norms", true)]);
    let norms = t.optional_integer("norms", "How many norms, for several_norms.", 2..=1000);
    t.check(&["norms", "kind"], several == norms.is_some(), || match several {
        true => "missing: accepted is a whole number from 2 to 1000 with several_norms".into(),
        false => "unknown field: accepted is norms only with several_norms".into(),
    });
    match norms {
        Some(norms) if several => StrikeTrigger::SeveralNorms { norms },
        _ => StrikeTrigger::AnyNorm,
    }
}

fn window(t: &mut Table<'_>) -> StrikeWindow {
    let kinds = [("rolling", false), ("from_first_bad_week", true)];
    let is_period = t.choice("kind", "The kind of window (S2).", false, &kinds);
    let weeks = t.integer("weeks", "How many weeks it has.", 1..=520);
    let ends_at = t.optional_integer("ends_at", "The strikes that end a period.", 1..=520);
    t.check(&["ends_at", "kind"], is_period == ends_at.is_some(), || match is_period {
        true => "missing: accepted is a whole number from 1 to 520 with from_first_bad_week".into(),
        false => "unknown field: accepted is ends_at only with from_first_bad_week".into(),
    });
    match ends_at {
        Some(ends_at) if is_period => StrikeWindow::FromFirstBadWeek { weeks, ends_at },
        _ => StrikeWindow::Rolling { weeks },
    }
}

pub(super) fn policy_points(t: &mut Table<'_>) -> PolicyPointsRules {
    let start = t.integer("start", "The points of an account without violations.", 1..=1_000_000);
    let closed_at = t.integer("closed_at", "With so few points the account is closed.", 0..=1_000_000);
    t.check(&["closed_at", "start"], closed_at < start, || {
        format!("{closed_at} is not below start: accepted is less than {start}")
    });
    PolicyPointsRules {
        start,
        return_after_days: t.integer("return_after_days", "When deducted points come back.", 1..=3660),
        closed_at,
        sources: t.sources(),
    }
}

pub(super) fn score(t: &mut Table<'_>) -> ScoreRules {
    let ten = Some((Ratio::whole(0), Ratio::whole(10)));
    ScoreRules {
        minimum: t.ratio("minimum", "What the score must at least be.", ten),
        weeks: t.integer("weeks", "Over how many final weeks it is built.", 1..=520),
        recalculated_on: weekday(t, "recalculated_on", "The weekday on which it is calculated again."),
        components: t.tables("components", "The parts of the estimate.", 1, component),
        sources: t.sources(),
    }
}

fn component(t: &mut Table<'_>) -> ScoreComponent {
    let norm = t.text("norm", "The norm that it is built from.");
    let weight = t.integer("weight", "Its weight in the mean.", 1..=1000);
    let points = t.tables("points", "The map from value to score.", 2, point);
    let values_rise = points.iter().zip(points.iter().skip(1)).all(|(a, b)| a.value <= b.value);
    t.check(&["points"], values_rise, || {
        "the values fall somewhere: accepted is points ordered by value, two at most at one value".into()
    });
    let three = points.iter().zip(points.iter().skip(2)).any(|(a, c)| a.value == c.value);
    t.check(&["points"], !three, || "three points at one value: accepted is two at most, a jump".into());
    ScoreComponent { norm, weight, points }
}

fn point(t: &mut Table<'_>) -> ScorePoint {
    ScorePoint {
        value: t.ratio("value", "The value of the norm.", Some((Ratio::whole(0), Ratio::whole(10)))),
        score: t.ratio("score", "The score there.", Some((Ratio::whole(0), Ratio::whole(10)))),
    }
}
