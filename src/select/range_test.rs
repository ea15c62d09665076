//! The learning-rate range test as a job; see [`crate::train::range_test`].

use crate::config::{Issue, brief};
use crate::data::Files;
use crate::job::report::Report;
use crate::job::{Job, Outcomes, Piece, Plan, Task};
use crate::message;
use crate::train::{Experiment, range_test};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Learning-rate range test | 学习率范围测试
///
/// A short training during which the learning rate grows, to see from where on the loss falls and when it rises. | 在一次短训练中逐步增大学习率，观察损失从哪里开始下降、何时上升。
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "range-test", "x-panel" = "optimizer"))]
pub struct RangeTest {}

impl Job for RangeTest {
    fn check(&self, asked: &[Experiment], files: &dyn Files) -> Vec<Issue> {
        let each = asked.iter().enumerate().flat_map(|(at, experiment)| {
            let path = if at == 0 { "experiment".to_string() } else { format!("against[{}]", at - 1) };
            let issues = range_test::RangeTest::new(experiment.clone(), files).err().unwrap_or_default();
            issues.into_iter().map(move |issue| issue.under(&path))
        });
        each.collect()
    }

    fn plan(&self, asked: &[Experiment], _: &dyn Files, _: &Outcomes) -> Plan {
        let pieces = asked.iter().enumerate().map(|(group, experiment)| Piece {
            name: message!("range test", "范围测试"),
            group,
            experiment: experiment.clone(),
            work: Value::Null,
        });
        Plan { pieces: pieces.collect(), whole: true }
    }

    fn begin(&self, piece: &Piece, files: &dyn Files) -> Result<Box<dyn Task>, Vec<Issue>> {
        Ok(Box::new(range_test::RangeTest::new(piece.experiment.clone(), files)?))
    }

    #[cfg(not(for_the_page))]
    fn result(&self, _: &[Experiment], _: &Plan, done: &Outcomes) -> Value {
        json!({ "experiments": done.values().map(|outcome| outcome.found()).collect::<Vec<_>>() })
    }

    fn report(&self, _: &[Experiment], _: &Plan, done: &Outcomes) -> Report {
        let proposed = done.values().filter_map(|outcome| outcome.found()).map(|found| found["proposed"].as_f64().map(brief::number));
        let said = proposed.map(|rate| match rate {
            Some(rate) => message!("The loss falls fastest at a learning rate of {rate}.", "学习率为 {rate} 时损失下降最快。"),
            None => message!("The loss falls at no rate that was tried.", "在尝试过的学习率下，损失都没有下降。"),
        });
        Report { said: said.collect(), tables: Vec::new() }
    }
}

impl Task for range_test::RangeTest {
    fn advance(&mut self, budget: f64, now: &mut dyn FnMut() -> f64) -> bool {
        range_test::RangeTest::advance(self, budget, now).done
    }

    fn share(&self) -> f64 {
        self.so_far().share
    }

    fn found(&self) -> Value {
        json!(self.so_far())
    }
}
