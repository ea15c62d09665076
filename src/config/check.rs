//! Checks a JSON document against our schema and lists every problem at its exact path, which serde (one error, the first) cannot.

use super::Issue;
use super::schema::{choices, resolve, words};
use serde_json::{Map, Value};

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
            issues.push(Issue::new(path, format!("must be one of {}, got {}", words.join(", "), brief(value))));
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
        "boolean" if !value.is_boolean() => issues.push(Issue::new(path, format!("must be true or false, got {}", brief(value)))),
        "string" if !value.is_string() => issues.push(Issue::new(path, format!("must be a text, got {}", brief(value)))),
        _ => {}
    }
}

fn check_choice(root: &Value, choices: &[(&str, &Value)], value: &mut Value, path: &str, issues: &mut Vec<Issue>) {
    if let Value::String(tag) = value {
        let tag = tag.clone();
        *value = Value::Object(Map::from_iter([(tag, Value::Object(Map::new()))]));
    }
    let names = || choices.iter().map(|(tag, _)| *tag).collect::<Vec<_>>().join(", ");
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
                None => issues.push(Issue::new(path, format!("must be one of {}, got {tag:?}", names()))),
            }
        }
        Value::Object(object) => {
            let given = object.keys().cloned().collect::<Vec<_>>().join(", ");
            issues.push(Issue::new(path, format!("must hold exactly one of {}, got {} ({given})", names(), object.len())));
        }
        other => issues.push(Issue::new(path, format!("must be one of {}, got {}", names(), brief(other)))),
    }
}

fn check_object(root: &Value, schema: &Value, value: &mut Value, path: &str, issues: &mut Vec<Issue>) {
    let empty = Map::new();
    let properties = schema.get("properties").and_then(Value::as_object).unwrap_or(&empty);
    let Value::Object(object) = value else {
        issues.push(Issue::new(path, format!("must be an object, got {}", brief(value))));
        return;
    };
    for (key, content) in object.iter_mut() {
        match properties.get(key) {
            Some(schema) => check(root, schema, content, &join(path, key), issues),
            None if properties.is_empty() => issues.push(Issue::new(join(path, key), "unknown field: there are none here")),
            None => {
                let names = properties.keys().cloned().collect::<Vec<_>>().join(", ");
                issues.push(Issue::new(join(path, key), format!("unknown field, must be one of {names}")));
            }
        }
    }
    for key in schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str) {
        if !object.contains_key(key) {
            issues.push(Issue::new(join(path, key), "is missing"));
        }
    }
}

fn check_array(root: &Value, schema: &Value, value: &mut Value, path: &str, issues: &mut Vec<Issue>) {
    let Value::Array(items) = value else {
        issues.push(Issue::new(path, format!("must be a list, got {}", brief(value))));
        return;
    };
    let bound = |key: &str, none: u64| schema.get(key).and_then(Value::as_u64).unwrap_or(none);
    let (least, most) = (bound("minItems", 0), bound("maxItems", u64::MAX));
    if !(least..=most).contains(&(items.len() as u64)) {
        let most = if most == u64::MAX { "any number of".to_string() } else { most.to_string() };
        issues.push(Issue::new(path, format!("must have between {least} and {most} entries, got {}", items.len())));
        return;
    }
    if let Some(item_schema) = schema.get("items") {
        for (at, item) in items.iter_mut().enumerate() {
            check(root, item_schema, item, &format!("{path}[{at}]"), issues);
        }
    }
}

fn check_number(schema: &Value, whole: bool, value: &mut Value, path: &str, issues: &mut Vec<Issue>) {
    let noun = if whole { "a whole number" } else { "a number" };
    let limits = (schema.get("minimum").and_then(Value::as_f64), schema.get("maximum").and_then(Value::as_f64));
    let range = match limits {
        (Some(low), Some(high)) => format!(" between {} and {}", number(low), number(high)),
        (Some(low), None) => format!(" of at least {}", number(low)),
        (None, Some(high)) => format!(" of at most {}", number(high)),
        (None, None) => String::new(),
    };
    let given = value.as_f64().filter(|given| given.is_finite() && (!whole || given.fract() == 0.0));
    let Some(given) = given else {
        issues.push(Issue::new(path, format!("must be {noun}{range}, got {}", brief(value))));
        return;
    };
    if limits.0.is_some_and(|low| given < low) || limits.1.is_some_and(|high| given > high) {
        issues.push(Issue::new(path, format!("must be{range}, got {}", number(given))));
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
    let text = value.to_string();
    if text.chars().count() <= 60 { text } else { text.chars().take(57).chain("...".chars()).collect() }
}
