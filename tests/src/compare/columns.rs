//! Whole columns against the oracle.

use klokuur::timeline::{NULL, TimeUnit};
use klokuur::{BusinessDuration, KlokuurError, Schedule};

use super::{Difference, Pair};
use crate::oracle::{Failure, NANOS};
use crate::random::Random;
use crate::scenario::Instants;

const UNITS: [TimeUnit; 4] =
    [TimeUnit::Seconds, TimeUnit::Milliseconds, TimeUnit::Microseconds, TimeUnit::Nanoseconds];

/// Columns of one unit, nulls included.
struct Rows {
    tick: i128,
    a: Vec<i64>,
    b: Vec<i64>,
    budgets: Vec<i64>,
}

impl Pair<'_> {
    pub(super) fn columns(
        &mut self,
        schedule: &Schedule,
        random: &mut Random,
        instants: &Instants<'_>,
    ) -> Result<(), Box<Difference>> {
        let unit = random.pick(&UNITS);
        let rows = self.rows(random, instants, NANOS / i128::from(unit.per_second()));
        let columns = schedule.timeline().columns().unit(unit);
        let columns = if random.once_in(4) { columns.parallel() } else { columns };
        let Rows { tick, a, b, budgets } = &rows;
        let tick = *tick;
        let budget = budgets.iter().copied().find(|budget| *budget != NULL).unwrap_or(1);
        let budget = (i128::from(budget) * tick).clamp(-(1 << 62), 1 << 62) / tick * tick;
        let one = BusinessDuration::from_nanoseconds(i64::try_from(budget).unwrap());
        let oracle = self.oracle;
        let at = |ticks: i64| i128::from(ticks) * tick;
        let ticks = |nanoseconds: i128| i64::try_from(nanoseconds / tick).unwrap();
        let both = |f: &dyn Fn(i128, i128) -> Result<i128, Failure>, right: &[i64]| {
            let row = |(a, b): (&i64, &i64)| {
                if *a != NULL && *b != NULL { f(at(*a), at(*b)).map(ticks) } else { Ok(NULL) }
            };
            a.iter().zip(right).map(row).collect::<Vec<_>>()
        };
        let name = |name: &str| format!("{name} of a column in {unit:?}");
        self.column(&name("between"), &both(&|a, b| oracle.between(a, b), b), a, b, |a, b, out| {
            columns.between(a, b, out)
        })?;
        self.column(&name("add"), &both(&|a, d| oracle.add(a, d), budgets), a, budgets, |a, d, out| {
            columns.add(a, d, out)
        })?;
        self.column(&name("sub"), &both(&|a, d| oracle.sub(a, d), budgets), a, budgets, |a, d, out| {
            columns.sub(a, d, out)
        })?;
        self.column(&name("add one budget"), &both(&|a, _| oracle.add(a, budget), a), a, a, |a, _, out| {
            columns.add(a, one, out)
        })?;
        self.column(&name("sub one budget"), &both(&|a, _| oracle.sub(a, budget), a), a, a, |a, _, out| {
            columns.sub(a, one, out)
        })?;
        self.column(&name("next_open"), &both(&|a, _| oracle.next_open(a), a), a, a, |a, _, out| {
            columns.next_open(a, out)
        })?;
        // A null is false here, so it is compared as false.
        let truth = |out: Vec<bool>, into: &mut [i64], a: &[i64], b: &[i64]| {
            for (row, truth) in out.into_iter().enumerate() {
                let null = a[row] == NULL || b[row] == NULL;
                into[row] = if null && !truth { NULL } else { i64::from(truth) };
            }
        };
        self.column(
            &name("is_open"),
            &both(&|a, _| Ok(i128::from(oracle.is_open(a)?) * tick), a),
            a,
            a,
            |a, _, out| {
                let mut open = vec![true; a.len()];
                columns.is_open(a, &mut open)?;
                truth(open, out, a, a);
                Ok(())
            },
        )?;
        let within = |a, b| Ok(i128::from(oracle.within(a, b, budget)?) * tick);
        self.column(&name("within"), &both(&within, b), a, b, |a, b, out| {
            let mut within = vec![true; a.len()];
            columns.within(a, b, one, &mut within)?;
            truth(within, out, a, b);
            Ok(())
        })
    }

    fn rows(&self, random: &mut Random, instants: &Instants<'_>, tick: i128) -> Rows {
        // Around the length of the blocks that the columns are worked in.
        let count = random.pick(&[0, 1, 40, 255, 256, 257, 400, 600]);
        let (mut a, mut b, mut budgets) = (Vec::new(), Vec::new(), Vec::new());
        let (nulls, wild) = (random.once_in(2), random.once_in(10));
        for _ in 0..count {
            let put = |column: &mut Vec<i64>, random: &mut Random, nanoseconds: i128| {
                let ticks = i64::try_from(nanoseconds.div_euclid(tick)).unwrap();
                column.push(match random.below(200) {
                    0..10 if nulls => NULL,
                    0 if wild => random.bits().cast_signed(),
                    _ => ticks,
                });
            };
            let from = instants.instant(random);
            let to = instants.other(random, from);
            let budget = self.budget(random, from, to);
            put(&mut a, random, from);
            put(&mut b, random, to);
            put(&mut budgets, random, budget.into());
        }
        Rows { tick, a, b, budgets }
    }

    /// Compares a column: with all rows, where one may be refused, and with null in place of what is refused.
    fn column(
        &mut self,
        question: &str,
        expected: &[Result<i64, Failure>],
        a: &[i64],
        b: &[i64],
        run: impl Fn(&[i64], &[i64], &mut [i64]) -> Result<(), KlokuurError>,
    ) -> Result<(), Box<Difference>> {
        let mut out = vec![7; a.len()];
        let refused = expected.iter().enumerate().find_map(|(row, answer)| Some((row, answer.err()?)));
        if let Some((row, failure)) = refused {
            let outcome = run(a, b, &mut out);
            let right = matches!(&outcome, Err(KlokuurError::Row { row: found, problem })
                if *found == row && problem.code() == failure.code());
            if !right {
                let question = format!("{question}, row {row}: {} and {}", a[row], b[row]);
                return Err(self.difference(question, &format!("{outcome:?}"), &failure.code()));
            }
            self.count.refused += 1;
        }
        let answered = |column: &[i64]| -> Vec<i64> {
            column
                .iter()
                .zip(expected)
                .map(|(value, answer)| if answer.is_ok() { *value } else { NULL })
                .collect()
        };
        let (a, b) = (answered(a), answered(b));
        if let Err(error) = run(&a, &b, &mut out) {
            return Err(self.difference(question, &error, &"no error"));
        }
        for (row, answer) in expected.iter().enumerate() {
            let expected = answer.unwrap_or(NULL);
            if out[row] != expected {
                let question = format!("{question}, row {row}: {} and {}", a[row], b[row]);
                return Err(self.difference(question, &out[row], &expected));
            }
        }
        self.count.rows += u64::try_from(a.len()).unwrap();
        Ok(())
    }
}
