//! The JSON Schema of the experiment document, in two languages.
//!
//! Doc comments of settings read `Title | 标题`, blank line, `Description. | 说明。`; here they become `title`, `x-title-zh`,
//! `description` and `x-description-zh`, so that a part's words stand in the part's own file.

use schemars::{JsonSchema, generate::SchemaSettings};
use serde_json::{Map, Value};
#[cfg(for_the_page)]
use std::sync::OnceLock;

/// The schema of `T`, with bilingual titles.
pub fn schema_of<T: JsonSchema>() -> Value {
    let mut schema = SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<T>().to_value();
    split_words(&mut schema);
    schema
}

/// The schema of the experiment as a file, as `build.rs` says; a test in wasm compares it with the derived one.
#[cfg(for_the_page)]
pub fn experiment() -> &'static Value {
    static SCHEMA: OnceLock<Value> = OnceLock::new();
    SCHEMA.get_or_init(|| read(include_str!(concat!(env!("DESCENT_SCHEMAS"), "/experiment.json"))))
}

/// The schema of a race on a surface, without the definitions that the experiment's has as well.
#[cfg(for_the_page)]
pub fn surface() -> &'static Value {
    static SCHEMA: OnceLock<Value> = OnceLock::new();
    SCHEMA.get_or_init(|| read(include_str!(concat!(env!("DESCENT_SCHEMAS"), "/surface.json"))))
}

/// The schema of the jobs.
#[cfg(for_the_page)]
pub fn jobs() -> &'static Value {
    static SCHEMA: OnceLock<Value> = OnceLock::new();
    SCHEMA.get_or_init(|| read(include_str!(concat!(env!("DESCENT_SCHEMAS"), "/jobs.json"))))
}

#[cfg(for_the_page)]
fn read(text: &str) -> Value {
    serde_json::from_str(text).expect("the file is a JSON Schema")
}

/// Follows `$ref` to its definition.
pub fn resolve<'a>(root: &'a Value, schema: &'a Value) -> &'a Value {
    match schema.get("$ref").and_then(Value::as_str).and_then(|path| root.pointer(path.trim_start_matches('#'))) {
        Some(target) => resolve(root, target),
        None => schema,
    }
}

/// The choices of an externally tagged enum: (tag, schema of its content).
pub fn choices(schema: &Value) -> Vec<(&str, &Value)> {
    let Some(options) = schema.get("oneOf").and_then(Value::as_array) else { return Vec::new() };
    options
        .iter()
        .filter_map(|option| option.get("properties")?.as_object()?.iter().next())
        .map(|(tag, content)| (tag.as_str(), content))
        .collect()
}

/// The words of a unit enum.
pub fn words(schema: &Value) -> Vec<&str> {
    let listed = schema.get("enum").and_then(Value::as_array).into_iter().flatten();
    let options = schema.get("oneOf").and_then(Value::as_array).into_iter().flatten();
    let constants = options
        .flat_map(|option| option.get("const").into_iter().chain(option.get("enum").and_then(Value::as_array).into_iter().flatten()));
    listed.chain(constants).filter_map(Value::as_str).collect()
}

fn split_words(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            object.values_mut().for_each(split_words);
            split_description(object);
        }
        Value::Array(items) => items.iter_mut().for_each(split_words),
        _ => {}
    }
}

fn split_description(object: &mut Map<String, Value>) {
    let Some(text) = object.get("description").and_then(Value::as_str).map(str::to_string) else { return };
    if !text.contains(" | ") {
        return;
    }
    let (title, description) = text.split_once("\n\n").unwrap_or((&text, ""));
    let mut put = |keys: [&str; 2], text: &str| {
        let joined = text.split('\n').map(str::trim).collect::<Vec<_>>().join(" ");
        let (english, chinese) = joined.split_once(" | ").unwrap_or((&joined, ""));
        for (key, words) in keys.into_iter().zip([english, chinese]) {
            if words.is_empty() {
                object.remove(key);
            } else {
                object.insert(key.into(), words.trim().into());
            }
        }
    };
    put(["description", "x-description-zh"], description);
    put(["title", "x-title-zh"], title);
}
