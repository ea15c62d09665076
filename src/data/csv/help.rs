//! What helps against problems of a table as a whole: another target, another meaning of the target, other columns, settings that are guessed again, other rows.
//! A remedy is offered only where the rows that were read say that it works.

use super::cells::{Cells, Plan};
use super::places::brief;
use super::settings::{Guess, Holds, Role, Separator, Skip};
use super::survey::Way;
use super::{Csv, Goal, LONGEST_WORD, MOST_CLASSES, WHOLE_CLASSES};
use crate::config::message::shorten;
use crate::config::{Issue, Message, Remedy};
use crate::data::sample;
use crate::message;
use serde_json::{Value, json};

/// Values for several settings of the file.
fn set(title: Message, edits: Vec<(&str, Value)>) -> Remedy {
    let mut edits = edits.into_iter().map(|(path, value)| Remedy::set(title.clone(), path, value).edits).collect::<Vec<_>>();
    Remedy { title, edits: edits.drain(..).flatten().collect() }
}

impl Csv {
    /// A column is left out.
    pub(super) fn leave_out(&self, name: &str) -> Remedy {
        let shown = shorten(name);
        let title = message!("Leave the column {shown:?} out", "忽略列 {shown:?}");
        Remedy::set(title, "columns", self.with_column(name, |column| column.role = Role::Ignore))
    }

    /// Issues, each with what helps: settings with which it is gone, tried by reading the file `again`, or other rows where there are none.
    pub(super) fn helped(&self, mut issues: Vec<Issue>, again: impl Fn(&Csv) -> Vec<Issue>) -> Vec<Issue> {
        let alone: Vec<usize> = (0..issues.len()).filter(|at| issues[*at].remedy.is_none()).collect();
        if alone.is_empty() {
            return issues;
        }
        // One problem in the place of another is no help: it may lead back.
        let known = |after: &[Issue]| after.iter().all(|other| issues.iter().any(|issue| issue.message == other.message));
        let tried = self.guessing().into_iter().map(|(csv, remedy)| (remedy, again(&csv)));
        let others: Vec<(Remedy, Vec<Issue>)> = tried.filter(|(_, after)| known(after)).collect();
        for at in alone {
            let gone = |after: &[Issue]| after.iter().all(|other| other.message != issues[at].message);
            let found = others.iter().find(|(_, after)| gone(after)).map(|(remedy, _)| remedy.clone());
            issues[at].remedy = Some(Box::new(found.unwrap_or_else(sample)));
        }
        issues
    }

    /// The same settings with one of those guessed that say how the file is written.
    fn guessing(&self) -> Vec<(Csv, Remedy)> {
        let mut others = Vec::new();
        let mut other = |csv: Csv, path: &str, value: Value, title: Message| {
            if csv != *self {
                others.push((csv, Remedy::set(title, path, value)));
            }
        };
        let csv = || self.clone();
        let title = message!("Guess the lines before the header", "自动判断表头之前的行");
        other(Csv { skip: Skip::default(), ..csv() }, "skip", json!(Skip::default()), title);
        let title = message!("Guess the separator", "自动判断分隔符");
        other(Csv { separator: Separator::Auto, ..csv() }, "separator", json!(Separator::Auto), title);
        let title = message!("Guess whether there is a header", "自动判断有无表头");
        other(Csv { header: Guess::Auto, ..csv() }, "header", json!(Guess::Auto), title);
        let title = message!("Guess whether there are comments", "自动判断有无注释");
        other(Csv { comments: Guess::Auto, ..csv() }, "comments", json!(Guess::Auto), title);
        let title = message!("Guess whether quotes hold cells together", "自动判断引号的作用");
        other(Csv { quotes: Guess::Auto, ..csv() }, "quotes", json!(Guess::Auto), title);
        others
    }
}

impl Cells {
    /// Inputs besides this column.
    pub(super) fn others_remain(&self, at: usize) -> bool {
        self.plans.iter().enumerate().any(|(other, plan)| other != at && plan.role == Role::Feature && plan.filled > 0)
    }

    /// No other column has its name.
    fn is_alone(&self, at: usize) -> bool {
        self.plans.iter().filter(|plan| plan.name == self.plans[at].name).count() == 1
    }

    /// The column is left out, where others remain and no other has its name: what is said of a name is said of one of them.
    pub(super) fn without(&self, csv: &Csv, at: usize) -> Option<Remedy> {
        (self.is_alone(at) && self.others_remain(at)).then(|| csv.leave_out(&self.plans[at].name))
    }

    /// What helps where all rows have the same class, or none: marks that are a class, another target, or none.
    pub(super) fn more_classes(&self, csv: &Csv, target: usize) -> Option<Remedy> {
        let Plan { name, words, marked, .. } = &self.plans[target];
        if words.len() + marked.len() >= 2 && self.is_alone(target) {
            let listed = Message::some(marked.iter().map(|mark| brief(mark)), 3);
            let title = message!("Take {listed} as a class", "把 {listed} 视为类别"; listed);
            return Some(Remedy::set(title, "columns", csv.with_column(name, |column| column.keep_marks = true)));
        }
        self.other_target(csv, target)
    }

    /// What helps where the target has more values than there can be classes.
    pub(super) fn fewer_classes(&self, csv: &Csv, target: usize) -> Option<Remedy> {
        let Plan { name, amount, .. } = &self.plans[target];
        if *amount && csv.task != Goal::Clustering {
            let name = shorten(name);
            return Some(Remedy::set(message!("Predict {name:?} as a number", "把 {name:?} 作为数值预测"), "task", "regression"));
        }
        self.other_target(csv, target)
    }

    /// What helps where the target is no number: the names of classes that it has, another target, or none.
    pub(super) fn no_number(&self, csv: &Csv, target: usize) -> Option<Remedy> {
        let Plan { name, spellings, .. } = &self.plans[target];
        if spellings.is_some_and(|count| (2..=MOST_CLASSES).contains(&count)) && csv.task != Goal::Clustering {
            let name = shorten(name);
            return Some(Remedy::set(message!("Predict {name:?} as a class", "把 {name:?} 作为类别预测"), "task", "classification"));
        }
        self.other_target(csv, target)
    }

    /// Another column that can be predicted; where there is none, nothing is, and the rows are put into clusters. The target that cannot be is left out.
    pub(super) fn other_target(&self, csv: &Csv, target: usize) -> Option<Remedy> {
        let old = &self.plans[target];
        let without = csv.with_column(&old.name, |column| column.role = Role::Ignore);
        let best = (0..self.plans.len()).rev().filter_map(|at| Some((self.suits(at)?, at))).min_by_key(|(worth, _)| *worth);
        if let Some((_, at)) = best.filter(|(_, at)| self.others_remain(*at) && csv.task != Goal::Clustering) {
            let name = &self.plans[at].name;
            let shown = shorten(name);
            let title = message!("Predict {shown:?} instead", "改为预测 {shown:?}");
            return Some(set(title, vec![("target", json!(name)), ("task", json!(Goal::Auto)), ("columns", without)]));
        }
        self.others_remain(target).then(|| {
            let title = message!("Predict nothing: find clusters", "不预测：寻找簇");
            set(title, vec![("target", json!("")), ("task", json!(Goal::Clustering)), ("columns", without)])
        })
    }

    /// How well an input would do as the target, the smaller the better; none where it cannot be.
    fn suits(&self, at: usize) -> Option<usize> {
        let plan = &self.plans[at];
        if plan.role != Role::Feature || plan.faults() > 0 {
            return None;
        }
        match &plan.way {
            Way::Words => {
                let fits = (2..=MOST_CLASSES).contains(&plan.words.len()) && plan.longest_word() <= LONGEST_WORD;
                fits.then(|| usize::from(plan.words.len() > WHOLE_CLASSES) * 2)
            }
            Way::Numbers(_) | Way::Dates(_) if plan.width == 1 => {
                let mut values = self.column(plan).filter(|value| !value.is_nan());
                let first = values.next()?;
                // A date is rarely what one wants to know.
                values.any(|value| value != first).then_some(if matches!(plan.way, Way::Dates(_)) { 3 } else { 1 })
            }
            _ => None,
        }
    }

    /// What helps where no input is left: a column that was left out, or the target itself where it is a number, which is put into clusters then.
    pub(super) fn an_input(&self, csv: &Csv) -> Option<Remedy> {
        let usable = |plan: &&Plan| {
            let words = !matches!(plan.way, Way::Numbers(_) | Way::Dates(_));
            plan.role != Role::Target && plan.filled > 0 && !(words && plan.spellings.is_none_or(|count| count > MOST_CLASSES) || plan.long)
        };
        let said = self.plans.iter().filter(usable).find(|plan| plan.said.role != Role::Auto);
        if let Some(plan) = said.or_else(|| self.plans.iter().find(usable)) {
            let name = shorten(&plan.name);
            let title = message!("Use the column {name:?}", "使用列 {name:?}");
            return Some(Remedy::set(title, "columns", csv.with_column(&plan.name, |column| column.role = Role::Feature)));
        }
        let own = self.plans.iter().find(|plan| plan.role == Role::Target && plan.amount && plan.said.kind != Holds::Word)?;
        let name = shorten(&own.name);
        let title = message!("Find clusters of {name:?}", "对 {name:?} 聚类");
        let columns = csv.with_column(&own.name, |column| column.role = Role::Feature);
        Some(set(title, vec![("target", json!("")), ("task", json!(Goal::Clustering)), ("columns", columns)]))
    }
}
