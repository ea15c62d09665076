//! Seeds: the same experiment with other weights, batches and rows, because one run may be luck (Bouthillier et al. 2021, "Accounting for variance in
//! machine learning benchmarks").

use crate::config::reader::Reader;
use crate::config::{Issue, Message};
use crate::data::Files;
use crate::job::report::{Cell, Column, Report, Row, Table};
use crate::job::{Job, Outcomes, Piece, Plan, Ran, RunTo};
use crate::message;
use crate::metric::Quantity;
use crate::train::stop::Target;
use crate::train::{Experiment, Reach, Run};
use crate::trust::paired::{self, Quartiles};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Seeds | 随机种子
///
/// The same runs over several seeds: what they have in common, and whether one is faster than another. | 用多个随机种子重复同样的运行：看它们的共同点，以及哪一个更快。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "seed", "x-panel" = "studies"))]
pub struct Seeds {
    /// Seeds | 随机种子
    ///
    /// How many seeds, from the experiment’s own on. | 从实验自身的随机种子开始，共用多少个随机种子。
    #[schemars(range(min = 1, max = 1000), extend("x-scale" = "log", "x-term" = "seed-variance"))]
    pub seeds: u32,
    /// Finish line | 终点线
    ///
    /// What counts is how many updates a run takes until there. | 比较的是运行到达这里所需的更新次数。
    #[schemars(extend("x-term" = "updates-to-target"))]
    pub finish: Target,
    /// On to the end | 训练到底
    ///
    /// Runs go on behind the line, to their own end. | 越过终点线后继续训练，直到各自结束。
    pub whole: bool,
}

impl Default for Seeds {
    fn default() -> Self {
        Seeds { seeds: 10, finish: Target::default(), whole: true }
    }
}

impl Seeds {
    fn line(&self) -> Option<&Reach> {
        line(&self.finish)
    }
}

/// The line of a target; none where it is off.
pub(super) fn line(target: &Target) -> Option<&Reach> {
    if let Target::Reach(reach) = target { Some(reach) } else { None }
}

/// The issue of a line that is not measured of this experiment.
pub(super) fn check_line(line: Option<&Reach>, asked: &[Experiment], files: &dyn Files) -> Vec<Issue> {
    let Some(line) = line else { return Vec::new() };
    let each = asked.iter().find_map(|experiment| {
        let run = Run::new(experiment.clone(), files).ok()?;
        Some(line.check(run.known())).filter(|issues| !issues.is_empty())
    });
    each.into_iter().flatten().map(|issue| issue.under("finish.reach")).collect()
}

/// So many seeds from this one on; behind the last comes 0.
pub(super) fn seeds(first: u32, count: u32) -> impl Iterator<Item = u32> {
    (0..count).map(move |at| first.wrapping_add(at))
}

/// A run to the line, or to its own end.
pub(super) fn to(line: Option<&Reach>, whole: bool) -> Value {
    let columns = ["loss".to_string()].into_iter().chain(line.map(|line| line.metric.clone())).collect();
    json!(RunTo { line: line.cloned(), ends_there: line.is_some() && !whole, columns, held: false })
}

/// What became of the runs of a group, with their pieces' numbers and seeds.
pub(super) fn ran(plan: &Plan, done: &Outcomes, group: usize) -> Vec<(usize, u32, Ran)> {
    let of_group = done.iter().filter_map(|(at, outcome)| Some((*at, plan.pieces.get(*at).filter(|piece| piece.group == group)?, outcome)));
    of_group
        .filter_map(|(at, piece, outcome)| Some((at, piece.experiment.seed, Ran::deserialize(Reader(outcome.found()?)).ok()?)))
        .collect()
}

/// Updates to the line, NaN where it was never reached.
pub(super) fn arrival(ran: &Ran) -> f64 {
    ran.arrival.as_ref().map_or(f64::NAN, |arrival| arrival.update as f64)
}

/// What runs of the same seed say of the second against the first.
pub(super) fn pairs(with: &[(usize, u32, Ran)], other: &[(usize, u32, Ran)], count: fn(&Ran) -> f64) -> Vec<(f64, f64)> {
    let seed = |of: u32| with.iter().find(|(_, seed, _)| *seed == of);
    other.iter().filter_map(|(_, of, ran)| Some((count(ran), count(&seed(*of)?.2)))).collect()
}

/// Names of the experiments that are compared: A, B, C.
pub(super) fn letter(group: usize) -> Message {
    let letter = char::from(b'A' + group as u8);
    message!("run {letter}", "运行 {letter}")
}

/// What was measured in the end on the rows that are watched.
fn measured(ran: &Ran) -> impl Iterator<Item = (&String, f64)> {
    let part = ran.measured.get("validation").or_else(|| ran.measured.get("train"));
    part.into_iter().flatten().map(|(name, value)| (name, *value))
}

impl Job for Seeds {
    fn check(&self, asked: &[Experiment], files: &dyn Files) -> Vec<Issue> {
        check_line(self.line(), asked, files)
    }

    fn plan(&self, asked: &[Experiment], _: &dyn Files, _: &Outcomes) -> Plan {
        let work = to(self.line(), self.whole);
        // Seeds in turn, so that what is known of every experiment grows alike.
        let pieces = seeds(asked[0].seed, self.seeds).flat_map(|seed| {
            let work = &work;
            asked.iter().enumerate().map(move |(group, experiment)| Piece {
                name: message!("seed {seed}", "随机种子 {seed}"),
                group,
                experiment: Experiment { seed, ..experiment.clone() },
                work: work.clone(),
            })
        });
        Plan { pieces: pieces.collect(), whole: true }
    }

    #[cfg(not(for_the_page))]
    fn result(&self, asked: &[Experiment], plan: &Plan, done: &Outcomes) -> Value {
        let each: Vec<_> = (0..asked.len()).map(|group| ran(plan, done, group)).collect();
        let groups = each.iter().map(|runs| {
            let arrivals = runs.iter().map(|(_, _, ran)| arrival(ran));
            let known = self.line().and_then(|_| Quartiles::of(arrivals.clone()));
            json!({
                "seeds": runs.len(),
                "arrived": arrivals.filter(|updates| !updates.is_nan()).count(),
                "updates": known,
                "best_loss": Quartiles::of(runs.iter().filter_map(|(_, _, ran)| Some(ran.best.as_ref()?.loss))),
                "runs": runs.iter().map(|(_, seed, ran)| json!({
                    "seed": seed, "arrival": ran.arrival.as_ref().map(|arrival| arrival.update), "updates": ran.update,
                    "best_update": ran.best.as_ref().map(|best| best.update), "measured": ran.measured,
                })).collect::<Vec<_>>(),
            })
        });
        let couples = (0..asked.len()).flat_map(|a| (a + 1..asked.len()).map(move |b| (a, b)));
        let compared = couples.filter(|_| self.line().is_some()).map(|(a, b)| {
            let found = paired::compare(&pairs(&each[b], &each[a], arrival));
            let names = [letter(a).en, letter(b).en];
            json!({"a": a, "b": b, "paired": found, "verdict": found.verdict([&names[0], &names[1]]).en})
        });
        json!({"finish": self.line(), "experiments": groups.collect::<Vec<_>>(), "compared": compared.collect::<Vec<_>>()})
    }

    fn report(&self, asked: &[Experiment], plan: &Plan, done: &Outcomes) -> Report {
        let known: Vec<Quantity> = Quantity::on_rows().collect();
        let each: Vec<_> = (0..asked.len()).map(|group| ran(plan, done, group)).collect();
        let there = |name: &str| each.iter().flatten().any(|(_, _, ran)| measured(ran).any(|(other, _)| other == name));
        let shown: Vec<&Quantity> = known.iter().filter(|one| there(one.name)).collect();
        let counts = [Column { title: message!("updates", "更新次数"), whole: true, ..Column::default() }];
        let to_line = self.line().map(|_| Column {
            title: message!("updates to the line", "到达终点线的更新次数"),
            whole: true,
            ..Column::default()
        });
        let metrics = shown.iter().map(|one| Column { title: one.title.clone(), quantity: Some(one.name.into()), ..Column::default() });
        let columns: Vec<Column> = counts.into_iter().chain(to_line).chain(metrics).collect();
        let numbers = |ran: &Ran| {
            let line = self.line().map(|_| arrival(ran));
            let values = shown.iter().map(|one| measured(ran).find(|(name, _)| *name == one.name).map_or(f64::NAN, |(_, value)| value));
            std::iter::once(ran.update as f64).chain(line).chain(values).collect::<Vec<f64>>()
        };
        let rows = each.iter().enumerate().flat_map(|(group, runs)| {
            let all: Vec<Vec<f64>> = runs.iter().map(|(_, _, ran)| numbers(ran)).collect();
            let mean = |at: usize| Cell::mean(&all.iter().map(|values| values[at]).filter(|value| value.is_finite()).collect::<Vec<_>>());
            let sum = Row {
                name: message!("mean ± SD", "均值 ± 标准差"),
                group,
                sum: true,
                piece: None,
                cells: (0..columns.len()).map(mean).collect(),
            };
            let single = runs.iter().zip(&all).map(|((at, _, _), values)| Row {
                name: plan.pieces[*at].name.clone(),
                group,
                piece: Some(*at),
                sum: false,
                cells: values.iter().map(|&value| Cell::of(value)).collect(),
            });
            single.chain((!runs.is_empty()).then_some(sum)).collect::<Vec<_>>()
        });
        let rows = rows.collect();
        Report {
            said: Vec::new(),
            tables: vec![Table {
                title: message!("Seed by seed", "各随机种子的结果"), of: message!("Seed", "随机种子"), columns, rows
            }],
        }
    }
}
