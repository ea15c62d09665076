//! Documents drawn from a JSON Schema: every tag, lists from empty to full, numbers at their bounds, beside them, between them.
//!
//! What a document does not say has its default, so most fields are left out: a document in which everything is drawn would have a problem nearly always.
//! What is refused is mended where the issue says (`mended`), until nothing is wrong with it; that also holds issues to their word, because their paths
//! have to lead somewhere.

use super::chance::Chance;
use descent::config::Issue;
use descent::config::schema::{choices, resolve, words};
use serde_json::{Map, Value, json};

/// What texts are: names of files and columns that are there, and others.
const TEXTS: [&str; 26] = [
    "numbers.csv",
    "words.csv",
    "gaps.csv",
    "wide.csv",
    "weights.safetensors",
    "digits-0-4.safetensors",
    "a",
    "b",
    "c",
    "kind",
    "x",
    "y",
    "t1",
    "pixel_0_0",
    "0.weight",
    "0.bias",
    "1.weight",
    "2.bias",
    "",
    " ",
    "=1+1",
    "\u{0}",
    "列",
    "<b>",
    "accuracy",
    "mse",
];

/// Settings of which a large one only costs time; they are small nearly always.
const SIZES: [&str; 12] = [
    "samples",
    "units",
    "max_updates",
    "batch_size",
    "filters",
    "hidden",
    "steps",
    "length",
    "vocabulary",
    "embedding",
    "components",
    "runs",
];

pub struct Draw<'a> {
    pub root: &'a Value,
    pub chance: &'a mut Chance,
    /// One in so many values is none that the schema allows; 0: all are.
    pub wrong: usize,
    /// One in so many fields of an object is said.
    pub said: usize,
}

impl Draw<'_> {
    /// A value of this schema, which stands in the field `name`.
    pub fn value(&mut self, schema: &Value, name: &str, depth: usize) -> Value {
        if self.wrong > 0 && self.chance.once_in(self.wrong) {
            return self.nonsense(depth);
        }
        let schema = resolve(self.root, schema);
        if let Some(options) = schema.get("anyOf").and_then(Value::as_array) {
            let option = self.chance.pick(options).clone();
            return if option.get("type").is_some_and(|kind| kind == "null") { Value::Null } else { self.value(&option, name, depth) };
        }
        let tags = choices(schema);
        if !tags.is_empty() {
            let (tag, content) = *self.chance.pick(&tags);
            return match self.chance.below(4) {
                0 => json!(tag),
                1 => json!({ tag: null }),
                _ => json!({ tag: self.value(content, tag, depth + 1) }),
            };
        }
        let words = words(schema);
        if !words.is_empty() {
            return json!(self.chance.pick(&words));
        }
        let kinds: Vec<&str> = match schema.get("type") {
            Some(Value::String(kind)) => vec![kind],
            Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        };
        match kinds.first().copied() {
            _ if kinds.contains(&"null") && self.chance.once_in(3) => Value::Null,
            Some("object") => self.object(schema, depth),
            Some("array") => self.list(schema, name, depth),
            Some("integer") => self.number(schema, name, true),
            Some("number") => self.number(schema, name, false),
            Some("boolean") => json!(self.chance.once_in(2)),
            Some("string") => json!(self.chance.pick(&TEXTS)),
            _ => Value::Null,
        }
    }

    fn object(&mut self, schema: &Value, depth: usize) -> Value {
        let empty = Map::new();
        let properties = schema.get("properties").and_then(Value::as_object).unwrap_or(&empty);
        let required: Vec<&str> =
            schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
        let mut object = Map::new();
        for (key, schema) in properties {
            if required.contains(&key.as_str()) || self.chance.once_in(self.said.max(1)) {
                object.insert(key.clone(), self.value(schema, key, depth + 1));
            }
        }
        if self.wrong > 0 && self.chance.once_in(self.wrong) {
            let key = self.chance.pick(&TEXTS).to_string();
            object.insert(key, self.nonsense(depth));
        }
        Value::Object(object)
    }

    fn list(&mut self, schema: &Value, name: &str, depth: usize) -> Value {
        let bound = |key: &str, none: u64| schema.get(key).and_then(Value::as_u64).unwrap_or(none) as usize;
        let (least, most) = (bound("minItems", 0), bound("maxItems", 64));
        let room = most - least;
        let count = least
            + match self.chance.below(12) {
                0 => 0,
                1 => room.min(24),
                _ if name == "points" => (10 + self.chance.below(60)).min(room),
                _ => self.chance.few(room.min(6)),
            };
        let Some(items) = schema.get("items") else { return json!([]) };
        Value::Array((0..count).map(|_| self.value(items, "", depth + 1)).collect())
    }

    fn number(&mut self, schema: &Value, name: &str, whole: bool) -> Value {
        let bound = |key: &str| schema.get(key).and_then(Value::as_f64);
        let (low, high) = (bound("minimum"), bound("maximum"));
        let within = |value: f64| value.clamp(low.unwrap_or(f64::MIN), high.unwrap_or(f64::MAX));
        let (least, most) = (low.unwrap_or(-1e6), high.unwrap_or(1e6));
        let wide = least.max(1e-9).max(most * 1e-12);
        let size = SIZES.contains(&name);
        let value = match self.chance.below(if size { 26 } else { 16 }) {
            0 => most,
            1 => within(most - if whole { 1.0 } else { most.abs() * 1e-9 }),
            2 => least,
            3 => within(least + if whole { 1.0 } else { least.abs().max(1e-12) }),
            4 => within(0.0),
            5 => within(1.0),
            6 | 7 => least + (most - least) * self.chance.share(),
            // Between the bounds, each power of ten as often as the next.
            8..=11 if most > 0.0 && wide < most => within(wide * (most / wide).powf(self.chance.share())),
            12 => within(*self.chance.pick(&[1e-30, 1e-300, 1e30, 1e300, -1e30, 0.5, 2.0, 3.0, 7.0])),
            _ => within(least + (self.chance.below(12) + usize::from(size)) as f64),
        };
        if whole && value.abs() < 9e15 { json!(value.round() as i64) } else { json!(value) }
    }

    /// What no schema has asked for.
    pub fn nonsense(&mut self, depth: usize) -> Value {
        match self.chance.below(if depth > 6 { 11 } else { 15 }) {
            0 => Value::Null,
            1 => json!(true),
            2 => json!(-1),
            3 => json!(1e308),
            4 => json!(u64::MAX),
            5 => json!(i64::MIN),
            6 => json!(0.5),
            7 => json!([]),
            8 => json!({}),
            9 => json!("\u{1F600}".repeat(self.chance.below(60))),
            10 => json!(self.chance.pick(&TEXTS)),
            11 => json!([[self.nonsense(depth + 1)]]),
            12 => json!({ *self.chance.pick(&TEXTS): self.nonsense(depth + 1) }),
            13 => json!([self.nonsense(depth + 1), self.nonsense(depth + 1)]),
            _ => json!({ "net": self.nonsense(depth + 1), "tree": {} }),
        }
    }
}

/// A step of an issue's path.
#[derive(Debug, PartialEq)]
pub enum Step {
    Key(String),
    At(usize),
}

/// `learner.net.layers[2].dense.units` in its steps.
pub fn steps(path: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    for part in path.split('.').filter(|part| !part.is_empty()) {
        let (name, places) = part.split_once('[').unwrap_or((part, ""));
        if !name.is_empty() {
            steps.push(Step::Key(name.into()));
        }
        let places = places.split(['[', ']']).filter_map(|place| place.parse().ok());
        steps.extend(places.map(Step::At));
    }
    steps
}

/// Takes out of the document what an issue says; true where it was there. A choice whose content is wrong as a whole, or whose fault is a default, goes with it.
pub fn mended(document: &mut Value, issue: &Issue) -> bool {
    let mut path = steps(&issue.path);
    while !path.is_empty() {
        if taken(document, &path) {
            return true;
        }
        path.pop();
    }
    false
}

fn taken(from: &mut Value, path: &[Step]) -> bool {
    // A word for a choice without settings: the whole choice goes, from one step above.
    match (from, path) {
        (Value::Object(object), [Step::Key(key)]) => object.shift_remove(key).is_some(),
        (Value::Array(items), [Step::At(at)]) if *at < items.len() => {
            items.remove(*at);
            true
        }
        (Value::Object(object), [Step::Key(key), rest @ ..]) => {
            let Some(content) = object.get_mut(key) else { return false };
            let there = taken(content, rest);
            // A choice with nothing chosen is none.
            if there && content.as_object().is_some_and(Map::is_empty) {
                object.shift_remove(key);
            }
            there
        }
        (Value::Array(items), [Step::At(at), rest @ ..]) => {
            let Some(content) = items.get_mut(*at) else { return false };
            let there = taken(content, rest);
            if there && content.as_object().is_some_and(Map::is_empty) {
                items.remove(*at);
            }
            there
        }
        _ => false,
    }
}

/// The document with one thing less, in every way: a field, an entry of a list, the largest parts first.
pub fn without_one(document: &Value) -> Vec<Value> {
    let mut all = Vec::new();
    match document {
        Value::Object(object) => {
            for key in object.keys() {
                let mut less = object.clone();
                less.shift_remove(key);
                all.push(Value::Object(less));
            }
            for (key, content) in object {
                for less in without_one(content) {
                    let mut with = object.clone();
                    with.insert(key.clone(), less);
                    all.push(Value::Object(with));
                }
            }
        }
        Value::Array(items) => {
            for at in 0..items.len() {
                let mut less = items.clone();
                less.remove(at);
                all.push(Value::Array(less));
            }
            for (at, content) in items.iter().enumerate() {
                for less in without_one(content) {
                    let mut with = items.clone();
                    with[at] = less;
                    all.push(Value::Array(with));
                }
            }
        }
        _ => {}
    }
    all
}
