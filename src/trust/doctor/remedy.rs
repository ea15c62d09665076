//! What can be done: experiments that are the run's with something changed.

use crate::config::Message;
use crate::config::reader::Reader;
use crate::learn::advice::{Advice, Ill};
use crate::message;
use crate::train::{Experiment, Run};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Something that may help.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "FindingRemedy")]
pub struct Remedy {
    pub what: Message,
    /// The experiment with it.
    #[schemars(extend("x-typescript" = "Document"))]
    pub experiment: Value,
    /// The update to go back to before it is taken over; none where it is taken over here, 0 where the run begins again.
    pub back: Option<u64>,
}

/// The experiment with something changed; none where nothing is, or where it no longer fits.
pub(super) fn edited(run: &Run, edit: impl FnOnce(&mut Value)) -> Option<Value> {
    let before = serde_json::to_value(run.experiment()).ok()?;
    let mut document = before.clone();
    edit(&mut document);
    // As documents are parsed: reading values in a second way would be as much code again.
    let experiment = Experiment::deserialize(Reader(&document)).ok()?;
    let fits = experiment.check_against(run.problem()).is_empty();
    let document = serde_json::to_value(&experiment).ok()?;
    (fits && document != before).then_some(document)
}

/// What the run's family advises, as far as it fits and changes something.
pub(super) fn of_family(run: &Run, ill: Ill) -> Vec<Remedy> {
    let learner = &run.experiment().learner;
    let advice = learner.part().advice(ill).into_iter();
    let remedies = advice.filter_map(|Advice { what, settings, back }| {
        let experiment = edited(run, |document| document["learner"] = json!({ learner.name(): settings }))?;
        Some(Remedy { what, experiment, back })
    });
    remedies.collect()
}

/// The best model, with early stopping from there.
pub(super) fn earlier(run: &Run, best: u64) -> Option<Remedy> {
    let experiment = edited(run, |document| {
        document["stop"]["early_stopping"] = json!({"patience": {"patience": 20, "min_delta": 0.0, "restore_best": true}});
    })?;
    let what = message!("Go back to update {best}, and use early stopping from there", "退回第 {best} 次更新，并从那里启用早停");
    Some(Remedy { what, experiment, back: Some(best) })
}
