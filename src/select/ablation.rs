//! Ablation as a job: the experiment and the same without each of its techniques, over the same seeds; see [`crate::select::techniques`].

use super::seeds::{arrival, check_line, pairs, ran, seeds, to};
use crate::config::{Issue, Message};
use crate::data::Files;
use crate::job::report::{Cell, Column, Report, Row, Table};
use crate::job::{Job, Outcomes, Piece, Plan, Ran};
use crate::message;
use crate::select::techniques::{self, Without};
use crate::train::{Experiment, Reach};
use crate::trust::paired;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Ablation | 消融
///
/// The experiment without each of its techniques in turn, over several seeds, and the updates that each of them saves. | 依次去掉实验的每一种技术，用多个随机种子各跑一遍，看每种技术省下多少次更新。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "ablation", "x-panel" = "studies"))]
pub struct Ablation {
    /// Seeds | 随机种子
    ///
    /// How many seeds, from the experiment’s own on. | 从实验自身的随机种子开始，共用多少个随机种子。
    #[schemars(range(min = 1, max = 1000), extend("x-scale" = "log", "x-term" = "seed-variance"))]
    pub seeds: u32,
    /// Finish line | 终点线
    ///
    /// What counts is how many updates a run takes until there. | 比较的是运行到达这里所需的更新次数。
    #[schemars(extend("x-term" = "updates-to-target"))]
    pub finish: Reach,
    /// Techniques | 技术
    ///
    /// The techniques that are left out in turn, by their names; all that the experiment uses where none is named. | 依次去掉的技术的名称；不写则为实验所用的全部技术。
    #[schemars(length(max = 32))]
    pub techniques: Vec<String>,
}

impl Default for Ablation {
    fn default() -> Self {
        Ablation { seeds: 6, finish: Reach::default(), techniques: Vec::new() }
    }
}

impl Ablation {
    /// The experiment without each technique that is asked about.
    fn chosen(&self, experiment: &Experiment) -> Vec<Without> {
        let mut all = techniques::techniques(experiment);
        all.retain(|without| self.techniques.is_empty() || self.techniques.iter().any(|name| name == without.technique));
        all
    }

    /// Of each technique: updates of the run without it and of the run with it, seed by seed, and the pieces' group.
    fn found(&self, experiment: &Experiment, plan: &Plan, done: &Outcomes) -> Vec<(Without, Vec<(f64, f64)>)> {
        let with = ran(plan, done, 0);
        let each = self.chosen(experiment).into_iter().enumerate().map(|(at, without)| {
            let count = if without.spent { total } else { arrival };
            let pairs = pairs(&with, &ran(plan, done, at + 1), count);
            (without, pairs)
        });
        each.collect()
    }
}

/// Updates in all.
fn total(ran: &Ran) -> f64 {
    ran.update as f64
}

impl Job for Ablation {
    fn check(&self, asked: &[Experiment], files: &dyn Files) -> Vec<Issue> {
        let mut issues = check_line(Some(&self.finish), &asked[..1], files).into_iter().map(line_of).collect::<Vec<_>>();
        if asked.len() > 1 {
            issues.push(Issue::new(
                "against",
                message!("must be empty: ablation compares the experiment with itself", "必须为空：消融是实验与自身的比较"),
            ));
        }
        let all = techniques::techniques(&asked[0]);
        if all.is_empty() {
            issues.push(Issue::new("experiment", message!("uses no technique that could be left out", "没有使用任何可以去掉的技术")));
        }
        for (at, name) in self.techniques.iter().enumerate().filter(|(_, name)| all.iter().all(|one| one.technique != **name)) {
            let (names, given) = (Message::list(all.iter().map(|one| one.technique)), crate::config::message::shorten(name));
            let message = message!("must be one of {names}, which the experiment uses, got {given:?}", "必须是实验所用的 {names} 之一，实际为 {given:?}"; names);
            issues.push(Issue::new(format!("techniques[{at}]"), message));
        }
        issues
    }

    fn plan(&self, asked: &[Experiment], _: &dyn Files, _: &Outcomes) -> Plan {
        let chosen = self.chosen(&asked[0]);
        // Where all updates count, the experiment itself goes to its own end too.
        let base = (&asked[0], chosen.iter().any(|without| without.spent));
        let all: Vec<(&Experiment, bool)> =
            std::iter::once(base).chain(chosen.iter().map(|without| (&without.experiment, without.spent))).collect();
        let pieces = seeds(asked[0].seed, self.seeds).flat_map(|seed| {
            all.iter().enumerate().map(move |(group, (experiment, whole))| Piece {
                name: message!("seed {seed}", "随机种子 {seed}"),
                group,
                experiment: Experiment { seed, ..(*experiment).clone() },
                work: to(Some(&self.finish), *whole),
            })
        });
        Plan { pieces: pieces.collect(), whole: true }
    }

    #[cfg(not(for_the_page))]
    fn result(&self, asked: &[Experiment], plan: &Plan, done: &Outcomes) -> Value {
        let each = self.found(&asked[0], plan, done).into_iter().map(|(without, pairs)| {
            let found = paired::compare(&pairs);
            json!({
                "technique": without.technique,
                "title": without.title.en,
                "instead": without.note.en,
                "counts": counts(&without),
                "paired": found,
                "verdict": found.verdict(["the run without it", "the run with it"]).en,
            })
        });
        json!({"finish": self.finish, "seeds": self.seeds, "techniques": each.collect::<Vec<_>>()})
    }

    fn report(&self, asked: &[Experiment], plan: &Plan, done: &Outcomes) -> Report {
        let columns = [
            message!("updates without it", "去掉后的更新次数"),
            message!("updates with it", "使用时的更新次数"),
            message!("updates saved", "省下的更新次数"),
        ];
        let columns = columns.map(|title| Column { title, whole: true, ..Column::default() }).to_vec();
        let rows = self.found(&asked[0], plan, done).into_iter().enumerate().map(|(at, (without, pairs))| {
            let both: Vec<&(f64, f64)> = pairs.iter().filter(|(a, b)| a.is_finite() && b.is_finite()).collect();
            let mean = |of: fn(&(f64, f64)) -> f64| Cell::mean(&both.iter().map(|pair| of(pair)).collect::<Vec<_>>());
            Row {
                name: without.title,
                group: at + 1,
                sum: false,
                piece: None,
                cells: vec![mean(|pair| pair.0), mean(|pair| pair.1), mean(|pair| pair.0 - pair.1)],
            }
        });
        let rows = rows.collect();
        Report {
            said: Vec::new(),
            tables: vec![Table {
                title: message!("What each technique saves", "每种技术省下多少"),
                of: message!("Technique", "技术"),
                columns,
                rows,
            }],
        }
    }
}

/// What is counted of a technique.
pub fn counts(without: &Without) -> &'static str {
    if without.spent { "updates spent" } else { "updates to the line" }
}

/// The line is the job's own field.
fn line_of(issue: Issue) -> Issue {
    let path = issue.path.replace("finish.reach", "finish");
    Issue { path, ..issue }
}
