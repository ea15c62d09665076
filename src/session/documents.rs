//! What a document would come to, before it is run: its data, its layers, its augmentations.

use super::Session;
use crate::config::Issue;
use crate::data::augment::{self, Subject};
use crate::data::csv::reading::Reading;
use crate::data::overview::Overview;
use crate::learn::Problem;
use crate::learn::inside::Plan;
use crate::train::{Experiment, Preview, Run};
use std::sync::Arc;

impl Session {
    /// What there is to see of a document's data; issues where its rows cannot be had.
    pub fn overview(&self, text: &str) -> Result<Overview, Vec<Issue>> {
        let experiment = Experiment::parse(text)?;
        if let Some(run) = self.runs.first().filter(|run| same_rows(run.experiment(), &experiment)) {
            return Ok(Overview::of(&run.ready().arrived, Some(run.ready())));
        }
        let source = experiment.data.part().load(experiment.seed, &self.files);
        let source = Arc::new(source.map_err(|issues| {
            issues.into_iter().map(|issue| issue.under(&format!("data.{}", experiment.data.name()))).collect::<Vec<_>>()
        })?);
        let (arrived, _) = experiment.prepare.arrive(&source, experiment.seed)?;
        let ready = experiment.prepare.ready(&source, &experiment.split, experiment.seed).ok();
        Ok(Overview::of(&arrived, ready.as_ref()))
    }

    /// How the user's file is read that a document names, whatever is wrong with the rest: where the rows cannot be had, this is where that is put right. None
    /// where there is no file or nothing in it, and for documents whose settings have issues.
    pub fn reading(&self, text: &str) -> Option<Reading> {
        let experiment = Experiment::parse(text).ok()?;
        let reading = experiment.data.part().reading(&self.files)?;
        Some(reading.under(&format!("data.{}", experiment.data.name())))
    }

    /// What a document's model comes to, layer by layer, fitting or not; none for models without layers and for documents whose settings
    /// or rows have issues. The rows of the first run are used where the document has the same.
    pub fn plan(&self, text: &str) -> Option<Plan> {
        let experiment = Experiment::parse(text).ok()?;
        let same = |run: &&Run| same_rows(run.experiment(), &experiment) && run.experiment().augment == experiment.augment;
        let same = self.runs.first().filter(same).map(|run| run.problem().clone());
        let problem = same.map_or_else(|| Run::problem_of(&experiment, &self.files).ok(), Some)?;
        let family = experiment.learner.part();
        // Layers end in what the target asks for.
        family.answer(&problem)?;
        family.plan(&problem)
    }

    /// What a document's augmentations make of about `most` training rows, and what those rows are; none where there are no augmentations, and
    /// for documents whose augmentations or rows have issues. `draw` tells one draw from the next.
    pub fn augmented(&self, text: &str, most: usize, draw: u32) -> Option<(Preview, Problem)> {
        let experiment = Experiment::parse(text).ok()?;
        let same = self.runs.first().filter(|run| same_rows(run.experiment(), &experiment));
        let loaded = if same.is_none() { Some(Run::training_of(&experiment, &self.files).ok()?) } else { None };
        let (train, problem) = match (same, &loaded) {
            (Some(run), _) => (run.training(), run.problem()),
            (None, loaded) => loaded.as_ref().map(|(train, problem)| (train, problem))?,
        };
        let subject = Subject { shape: problem.shape, task: &problem.task, class_rows: &problem.class_rows };
        let issues = augment::check(&experiment.augment, &subject, (experiment.learner.title(), Ok(())));
        let made = !experiment.augment.is_empty() && issues.is_empty();
        made.then(|| (Preview::of(&experiment.augment, train, problem, most, draw), problem.clone()))
    }
}

/// True where two experiments have the same rows in the same parts, prepared alike.
fn same_rows(a: &Experiment, b: &Experiment) -> bool {
    a.seed == b.seed && a.data == b.data && a.split == b.split && a.prepare == b.prepare
}

#[cfg(test)]
mod tests {
    use super::super::tests::rows;
    use super::*;

    #[test]
    fn data_is_seen_also_where_it_cannot_be_used_yet() {
        let session = Session::default();
        let holed = session.overview(r#"{"prepare": {"damage": ["holes"]}}"#).unwrap();
        assert!(holed.incomplete > 0 && holed.used.is_none());
        let mended = session.overview(r#"{"prepare": {"damage": ["holes"], "clean": ["impute"]}}"#).unwrap();
        assert_eq!(mended.incomplete, holed.incomplete);
        assert!(mended.used.unwrap().cleaned[0].changed > 0);
        assert!(session.overview(r#"{"data": {"csv": {"path": "none.csv"}}}"#).is_err());
    }

    #[test]
    fn augmentations_are_shown_before_they_are_used_and_leave_the_run_alone() {
        let mut session = Session::default();
        session.open("{}").unwrap();
        let before = session.runs()[0].tensors();
        let text = r#"{"augment": [{"jitter": {"std": 0.2}}, "mixup"]}"#;
        let (preview, problem) = session.augmented(text, 50, 1).unwrap();
        assert_eq!((preview.before.count(), preview.after.count(), preview.added()), (50, 50, 0));
        assert_eq!((preview.after.others.len(), preview.after.shares.len(), problem.features.len()), (50, 50, 2));
        assert_ne!(preview.before.inputs, preview.after.inputs);
        let (again, _) = session.augmented(text, 50, 2).unwrap();
        assert_eq!(again.before, preview.before, "the same rows");
        assert_ne!(again.after, preview.after, "another draw");
        assert_eq!(session.augmented(text, 50, 2).unwrap().0, again);
        assert_eq!(session.runs()[0].tensors(), before);
        // Rows of another document, with made-up ones behind them.
        let (preview, problem) = session.augmented(r#"{"data": "breast_cancer", "augment": ["smote"]}"#, 40, 1).unwrap();
        assert_eq!((preview.before.count(), preview.added(), problem.features.len()), (40, 40, 30));
        assert_eq!(preview.after.inputs[..40 * 30], preview.before.inputs);
        for none in [
            "{}",
            r#"{"augment": ["cutout"]}"#,
            r#"{"augment": ["nothing"]}"#,
            r#"{"data": {"csv": {"path": "t.csv"}}, "augment": ["jitter"]}"#,
        ] {
            assert_eq!(session.augmented(none, 50, 1).map(|(preview, _)| preview), None, "{none}");
        }
    }

    #[test]
    fn layers_are_planned_over_the_rows_of_the_document() {
        let mut session = Session::default();
        let dense = |units| format!(r#"{{"learner": {{"net": {{"layers": [{{"dense": {{"units": {units}}}}}]}}}}}}"#);
        assert_eq!(session.plan(&dense(7)).unwrap().layers[0].parameters, 21, "without a run");
        session.open(&dense(3)).unwrap();
        assert_eq!(session.plan(&dense(5)).unwrap().costs.unwrap().parameters, 21);
        assert_eq!(session.plan(&dense(0)), None);
        assert_eq!(session.plan(r#"{"data": {"csv": {"path": "t.csv"}}}"#), None);
        session.attach("t.csv", rows(100));
        assert_eq!(session.plan(r#"{"data": {"csv": {"path": "t.csv"}}}"#).unwrap().input.units(), 2);
        assert_eq!(session.plan(r#"{"learner": "tree"}"#), None);
        for loss in ["auto", "mse", "softmax_cross_entropy", "focal", "binary_cross_entropy"] {
            let text =
                format!(r#"{{"data": {{"csv": {{"path": "t.csv", "task": "clustering"}}}}, "learner": {{"net": {{"loss": "{loss}"}}}}}}"#);
            assert_eq!(session.plan(&text), None, "{loss}");
            let issues = session.check(&text);
            assert!(
                issues.iter().any(|issue| issue.path == "learner.net" && issue.message.en.contains("learns from a target")),
                "{issues:?}"
            );
        }
    }
}
