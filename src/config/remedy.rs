//! What helps against an issue: a change of the document that the page makes at the press of a button.

use super::{Message, joined};
use schemars::JsonSchema;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

/// Values to be set, after which an issue is gone. A remedy that may not help is none.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Remedy {
    /// What it does, as a button says it.
    pub title: Message,
    /// In this order.
    #[schemars(with = "Vec<(String, Value)>")]
    pub edits: Vec<Edit>,
}

/// A value for a place in the document, sent as `[path, value]`. Paths are dotted and name fields of objects, existing or not; a list is set as a whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Edit {
    pub path: String,
    pub value: Value,
    /// The path is that in the whole document already.
    rooted: bool,
}

impl Remedy {
    /// One value, at a path relative to where the issue stands, as the issue's own.
    pub fn set(title: Message, path: &str, value: impl Into<Value>) -> Self {
        Remedy { title, edits: vec![Edit { path: path.into(), value: value.into(), rooted: false }] }
    }

    /// One value, at a path in the whole document.
    pub fn set_in_document(title: Message, path: &str, value: impl Into<Value>) -> Self {
        Remedy { title, edits: vec![Edit { path: path.into(), value: value.into(), rooted: true }] }
    }

    /// The same remedy seen from the outside.
    pub fn under(mut self, prefix: &str) -> Self {
        self.edits.iter_mut().filter(|edit| !edit.rooted).for_each(|edit| edit.path = joined(prefix, &edit.path));
        self
    }

    /// Makes the change.
    pub fn apply(&self, document: &mut Value) {
        for Edit { path, value, .. } in &self.edits {
            let mut place = &mut *document;
            for name in path.split('.') {
                if !place.is_object() {
                    // A choice without settings may stand as a word.
                    *place = Value::Object(Map::new());
                }
                place = &mut place[name];
            }
            *place = value.clone();
        }
    }
}

impl Serialize for Edit {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (&self.path, &self.value).serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Issue;
    use crate::message;
    use serde_json::json;

    #[test]
    fn edits_are_seen_from_the_outside_and_made_where_nothing_is_yet() {
        let remedy = Remedy::set(message!("Do it", "执行"), "task", "auto");
        let issue = Issue::new("path", message!("is wrong", "有误")).with(remedy).under("data.csv");
        assert_eq!(
            serde_json::to_value(&issue).unwrap()["remedy"],
            json!({"title": {"en": "Do it", "zh": "执行"}, "edits": [["data.csv.task", "auto"]]})
        );
        let mut document = json!({"data": "csv"});
        issue.remedy.unwrap().apply(&mut document);
        assert_eq!(document, json!({"data": {"csv": {"task": "auto"}}}));
        let rooted = Remedy::set_in_document(message!("Do it", "执行"), "prepare.clean", json!(["labels"])).under("data.csv");
        assert_eq!(rooted.edits[0].path, "prepare.clean");
        let plain = Issue::new("path", message!("is wrong", "有误"));
        assert_eq!(serde_json::to_value(plain).unwrap(), json!({"path": "path", "message": {"en": "is wrong", "zh": "有误"}}));
    }
}
