//! Checks a JSON document against our schema and lists every problem at its exact path, which serde (one error, the first) cannot.

use super::message::shorten;
use super::schema::{choices, resolve, words};
use super::{Issue, Message};
use crate::message;
use serde_json::{Map, Value};

/// Fields that are listed where one was due.
const LISTED: usize = 20;

/// All problems of `value` under `schema`, whose `$ref`s point into `root`. Rewrites the two spellings of a choice without
/// settings, `"adam"` and `{"adam": null}`, to `{"adam": {}}`.
pub fn check(root: &Value, schema: &Value, value: &mut Value, path: &str, issues: &mut Vec<Issue>) {
    let schema = resolve(root, schema);
    if let Some(options) = schema.get("anyOf").and_then(Value::as_array) {
        // `Option<T>`: T or null.
        if !value.is_null()
            && let Some(option) = options.iter().find(|option| option.get("type").is_none_or(|kind| kind != "null"))
        {
            check(root, option, value, path, issues);
        }
        return;
    }
    let choices = choices(schema);
    if !choices.is_empty() {
        return check_choice(root, &choices, value, path, issues);
    }
    let words = words(schema);
    if !words.is_empty() {
        if !value.as_str().is_some_and(|word| words.contains(&word)) {
            issues.push(Issue::new(path, not_among(&words, &brief(value))));
        }
        return;
    }
    let kinds: Vec<&str> = match schema.get("type") {
        Some(Value::String(kind)) => vec![kind],
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => return,
    };
    if value.is_null() && kinds.contains(&"null") {
        return;
    }
    match kinds[0] {
        "object" => check_object(root, schema, value, path, issues),
        "array" => check_array(root, schema, value, path, issues),
        "number" | "integer" => check_number(schema, kinds[0] == "integer", value, path, issues),
        "boolean" if !value.is_boolean() => {
            let given = brief(value);
            issues.push(Issue::new(path, message!("must be true or false, got {given}", "必须是 true 或 false，实际为 {given}")));
        }
        "string" if !value.is_string() => {
            let given = brief(value);
            issues.push(Issue::new(path, message!("must be a text, got {given}", "必须是文本，实际为 {given}")));
        }
        _ => {}
    }
}

fn check_choice(root: &Value, choices: &[(&str, &Value)], value: &mut Value, path: &str, issues: &mut Vec<Issue>) {
    if let Value::String(tag) = value {
        let tag = tag.clone();
        *value = Value::Object(Map::from_iter([(tag, Value::Object(Map::new()))]));
    }
    let names: Vec<&str> = choices.iter().map(|(tag, _)| *tag).collect();
    match value {
        Value::Object(object) if object.len() == 1 => {
            let (tag, content) = object.iter_mut().next().expect("one entry");
            match choices.iter().find(|(name, _)| name == tag) {
                Some((_, schema)) => {
                    if content.is_null() {
                        *content = Value::Object(Map::new());
                    }
                    check(root, schema, content, &join(path, tag), issues);
                }
                None => issues.push(Issue::new(path, not_among(&names, &format!("{:?}", shorten(tag))))),
            }
        }
        Value::Object(object) => {
            let (names, given, count) = (Message::list(names), Message::some(object.keys(), LISTED), object.len());
            issues.push(Issue::new(
                path,
                message!(
                    "must hold exactly one of {names}, got {count} ({given})",
                    "必须恰好包含 {names} 中的一项，实际包含 {count} 项（{given}）"; names, given
                ),
            ));
        }
        other => issues.push(Issue::new(path, not_among(&names, &brief(other)))),
    }
}

/// `given` is none of `names`.
fn not_among(names: &[&str], given: &str) -> Message {
    let names = Message::list(names);
    message!("must be one of {names}, got {given}", "必须是 {names} 之一，实际为 {given}"; names)
}

fn check_object(root: &Value, schema: &Value, value: &mut Value, path: &str, issues: &mut Vec<Issue>) {
    let empty = Map::new();
    let properties = schema.get("properties").and_then(Value::as_object).unwrap_or(&empty);
    let Value::Object(object) = value else {
        let given = brief(value);
        issues.push(Issue::new(path, message!("must be an object, got {given}", "必须是对象，实际为 {given}")));
        return;
    };
    for (key, content) in object.iter_mut() {
        match properties.get(key) {
            Some(schema) => check(root, schema, content, &join(path, key), issues),
            // A path that leads to nothing may be cut.
            None if properties.is_empty() => {
                issues.push(Issue::new(
                    join(path, &shorten(key)),
                    message!("unknown field: there are none here", "未知字段：此处没有任何字段"),
                ));
            }
            None => {
                let names = Message::list(properties.keys());
                let unknown = message!("unknown field, must be one of {names}", "未知字段，必须是 {names} 之一"; names);
                issues.push(Issue::new(join(path, &shorten(key)), unknown));
            }
        }
    }
    for key in schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str) {
        if !object.contains_key(key) {
            issues.push(Issue::new(join(path, key), message!("is missing", "缺少此字段")));
        }
    }
}

fn check_array(root: &Value, schema: &Value, value: &mut Value, path: &str, issues: &mut Vec<Issue>) {
    let Value::Array(items) = value else {
        let given = brief(value);
        issues.push(Issue::new(path, message!("must be a list, got {given}", "必须是列表，实际为 {given}")));
        return;
    };
    let bound = |key: &str, none: u64| schema.get(key).and_then(Value::as_u64).unwrap_or(none);
    let (least, most) = (bound("minItems", 0), bound("maxItems", u64::MAX));
    let count = items.len();
    if !(least..=most).contains(&(count as u64)) {
        let allowed = match most {
            u64::MAX => message!("between {least} and any number of", "至少 {least}"),
            _ => message!("between {least} and {most}", "{least} 到 {most}"),
        };
        let message = message!("must have {allowed} entries, got {count}", "必须有 {allowed} 项，实际有 {count} 项"; allowed);
        issues.push(Issue::new(path, message));
        return;
    }
    if let Some(item_schema) = schema.get("items") {
        for (at, item) in items.iter_mut().enumerate() {
            check(root, item_schema, item, &format!("{path}[{at}]"), issues);
        }
    }
}

fn check_number(schema: &Value, whole: bool, value: &mut Value, path: &str, issues: &mut Vec<Issue>) {
    let noun = if whole { message!("a whole number", "整数") } else { message!("a number", "数字") };
    let limits = (schema.get("minimum").and_then(Value::as_f64), schema.get("maximum").and_then(Value::as_f64));
    // Before the noun in Chinese, behind it in English.
    let range = match (limits.0.map(number), limits.1.map(number)) {
        (Some(low), Some(high)) => message!(" between {low} and {high}", " {low} 到 {high} 之间的"),
        (Some(low), None) => message!(" of at least {low}", "不小于 {low} 的"),
        (None, Some(high)) => message!(" of at most {high}", "不大于 {high} 的"),
        (None, None) => message!("", ""),
    };
    let given = value.as_f64().filter(|given| given.is_finite() && (!whole || given.fract() == 0.0));
    let Some(given) = given else {
        let given = brief(value);
        issues.push(Issue::new(path, message!("must be {noun}{range}, got {given}", "必须是{range}{noun}，实际为 {given}"; noun, range)));
        return;
    };
    if limits.0.is_some_and(|low| given < low) || limits.1.is_some_and(|high| given > high) {
        // The number is one: English says no more about it, Chinese needs the noun.
        let (given, noun) = (number(given), noun.zh);
        issues.push(Issue::new(path, message!("must be{range}, got {given}", "必须是{range}{noun}，实际为 {given}"; range)));
    } else if whole && value.as_u64().is_none() && given >= 0.0 {
        // `8.0` is a whole number in JSON, but not to serde.
        *value = Value::from(given as u64);
    }
}

fn number(value: f64) -> String {
    let size = value.abs();
    if value != 0.0 && !(1e-4..1e9).contains(&size) { format!("{value:e}") } else { format!("{value}") }
}

fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_string() } else { format!("{path}.{key}") }
}

/// A value as it was given, cut short; never the whole of a large document.
fn brief(value: &Value) -> String {
    match value {
        Value::String(text) => format!("{:?}", shorten(text)),
        Value::Array(items) if items.len() > 100 => shorten(&Value::from(&items[..100]).to_string()),
        _ => shorten(&value.to_string()),
    }
}
