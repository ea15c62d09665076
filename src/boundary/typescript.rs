//! Writes `www/boundary.d.ts`: what `JsonSchema` says of the types that cross, as TypeScript. The schemas know what serde does with a field (renamed, flattened,
//! left out where it is none), so that nobody says it a second time, and none of this is in the wasm. Arrays of numbers and documents are `x-typescript`
//! in a schema, which stands for itself.

use super::augmented::Augmented;
use super::frame::{Frame, MapMark, Request};
use super::points::Points;
use super::race::Race;
use super::replies::{Begun, Judged, Overviewed, Rates, Refused};
use crate::config::Issue;
use crate::data::{Data, NoFiles};
use crate::job::landscape;
use crate::job::ran::Ran;
use crate::learn::Settings;
use crate::learn::inside::{Plan, Time};
use crate::metric::Quantity;
use crate::select::techniques::Without;
use crate::session::{Known, Progress};
use crate::train::{Experiment, Revealed, Run, range_test};
use crate::trust::alike::Alike;
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// Where the types stand.
const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/www/boundary.d.ts");

const HEAD: &str = "/**
 * What crosses between the engine and the page. Generated from Rust (`src/boundary/typescript.rs`), never changed by hand:
 * `DESCENT_WRITE=1 cargo test --lib boundary::` writes it anew.
 */

/** A document, or a part of one: what it may be says its schema. */
export type Document = any;

/** A JSON Schema of documents, or a part of one. */
export type Schema = any;

/** What was asked for, or what is wrong with the document: `issues` tells which. */
export type Or<Found, Issues extends { issues: Issue[] } = Refused> = (Found & { issues?: undefined }) | Issues;
";

/// Everything that the engine answers with, or is asked with; what they are made of follows.
fn definitions() -> BTreeMap<String, Value> {
    let mut answers = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let mut add = |add: fn(&mut SchemaGenerator)| add(&mut answers);
    add(of::<Frame>);
    add(of::<Points>);
    add(of::<Augmented>);
    add(of::<Rates>);
    add(of::<Overviewed>);
    add(of::<Race>);
    add(of::<Judged>);
    add(of::<Begun>);
    add(of::<Refused>);
    add(of::<Issue>);
    add(of::<Plan>);
    add(of::<Time>);
    add(of::<Without>);
    add(of::<Alike>);
    add(of::<Revealed>);
    add(of::<Quantity>);
    add(of::<crate::job::Plan>);
    add(of::<Known>);
    add(of::<Progress>);
    // What pieces of jobs came to.
    add(of::<Ran>);
    add(of::<range_test::Found>);
    add(of::<landscape::Told>);
    let mut asked = SchemaSettings::draft2020_12().into_generator();
    of::<Request>(&mut asked);
    let mut all = BTreeMap::new();
    let view = view(&mut answers);
    let mut told = answers.take_definitions(true);
    told.insert("View".into(), view);
    told.values_mut().for_each(without_null);
    for (name, schema) in told.into_iter().chain(asked.take_definitions(true)) {
        let other = all.insert(name.clone(), schema.clone());
        assert!(other.is_none_or(|other| declared(&name, &other) == declared(&name, &schema)), "{name} is two things");
    }
    all
}

/// What every family draws, in rows that suit it: the data of its drawing, with the drawing's kind and the marks beside it.
fn view(generator: &mut SchemaGenerator) -> Value {
    let marks = generator.subschema_for::<Vec<MapMark>>();
    let mut kinds = BTreeMap::new();
    for family in Settings::TAGS {
        let documents = Data::TAGS.iter().map(|data| format!(r#"{{"learner": "{family}", "data": "{data}"}}"#));
        let run = documents.filter_map(|document| Run::new(Experiment::parse(&document).ok()?, &NoFiles).ok()).next();
        let run = run.unwrap_or_else(|| panic!("{family} suits no data set"));
        let view = run.learner().view(1);
        kinds.insert(view.kind, (view.schema)(generator));
    }
    let of = |(kind, data): (&str, Schema)| json!({"allOf": [{"type": "object", "properties": {"kind": {"const": kind}, "marks": marks}, "required": ["kind", "marks"]}, data]});
    json!({"description": "What a learner shows of itself: the drawing's kind (its file in `www/views/kinds/`), marks on the map, and what the drawing takes.", "anyOf": kinds.into_iter().map(of).collect::<Vec<_>>()})
}

/// A field that is left out where there is none of it is never null.
fn without_null(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            let required: Vec<Value> = object.get("required").and_then(Value::as_array).cloned().unwrap_or_default();
            for (name, field) in object.get_mut("properties").and_then(Value::as_object_mut).into_iter().flatten() {
                if required.iter().any(|one| one == name.as_str()) {
                    continue;
                }
                if let Some(types) = field.get_mut("type").and_then(Value::as_array_mut) {
                    types.retain(|one| one != "null");
                }
                if let Some(choices) = field.get_mut("anyOf").and_then(Value::as_array_mut) {
                    choices.retain(|one| one.get("type").is_none_or(|kind| kind != "null"));
                }
            }
            object.values_mut().for_each(without_null);
        }
        Value::Array(items) => items.iter_mut().for_each(without_null),
        _ => {}
    }
}

fn of<T: JsonSchema>(generator: &mut SchemaGenerator) {
    generator.subschema_for::<T>();
}

/// The file: every type, by name, that is reachable from one that crosses.
fn file() -> String {
    let definitions = definitions();
    definitions.iter().fold(HEAD.to_string(), |file, (name, schema)| file + "\n" + &declared(name, schema))
}

fn declared(name: &str, schema: &Value) -> String {
    let comment = comment(schema, "");
    if is_object(schema) {
        format!("{comment}export interface {name} {}\n", typed(schema, ""))
    } else {
        format!("{comment}export type {name} = {};\n", typed(schema, ""))
    }
}

/// The English words of a description, as a comment.
fn comment(schema: &Value, indent: &str) -> String {
    let Some(text) = schema.get("description").and_then(Value::as_str) else { return String::new() };
    let parts =
        text.split("\n\n").map(|part| part.split(" | ").next().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" "));
    let text = parts.map(|part| if part.ends_with(['.', '!', '?']) { part } else { part + "." }).collect::<Vec<_>>().join(" ");
    format!("{indent}/** {} */\n", text.replace("*/", "* /"))
}

fn is_object(schema: &Value) -> bool {
    schema.get("properties").is_some() && schema.get("x-typescript").is_none()
}

/// The type that a schema describes; lines of an object are indented by `indent`.
fn typed(schema: &Value, indent: &str) -> String {
    let Value::Object(schema) = schema else { return "unknown".into() };
    if let Some(said) = schema.get("x-typescript") {
        let said = said.as_str().expect("a type is a text");
        let may_lack = schema.get("type").and_then(Value::as_array).is_some_and(|types| types.iter().any(|one| one == "null"));
        return if may_lack { format!("{said} | null") } else { said.into() };
    }
    if let Some(path) = schema.get("$ref").and_then(Value::as_str) {
        return path.rsplit('/').next().unwrap_or_default().into();
    }
    if let Some(constant) = schema.get("const") {
        return constant.to_string().replace('"', "'");
    }
    if let Some(words) = schema.get("enum").and_then(Value::as_array) {
        return either(words.iter().map(|word| word.to_string().replace('"', "'")));
    }
    if let Some(choices) = ["oneOf", "anyOf"].iter().find_map(|key| schema.get(*key)?.as_array()) {
        let chosen = either(choices.iter().map(|choice| typed(choice, indent)));
        return if schema.contains_key("properties") { format!("{} & ({chosen})", fields(schema, indent)) } else { chosen };
    }
    if let Some(parts) = schema.get("allOf").and_then(Value::as_array) {
        return parts.iter().map(|part| typed(part, indent)).collect::<Vec<_>>().join(" & ");
    }
    match schema.get("type") {
        Some(Value::Array(types)) => either(types.iter().map(|name| {
            let mut one = schema.clone();
            one.insert("type".into(), name.clone());
            typed(&Value::Object(one), indent)
        })),
        Some(Value::String(name)) => match name.as_str() {
            "object" => fields(schema, indent),
            "array" => list(schema, indent),
            "integer" => "number".into(),
            name => name.into(),
        },
        _ => "unknown".into(),
    }
}

/// Each type once, in the order in which they come.
fn either(types: impl Iterator<Item = String>) -> String {
    let mut seen = BTreeSet::new();
    types.filter(|one| seen.insert(one.clone())).collect::<Vec<_>>().join(" | ")
}

fn list(schema: &Map<String, Value>, indent: &str) -> String {
    if let Some(items) = schema.get("prefixItems").and_then(Value::as_array) {
        return format!("[{}]", items.iter().map(|item| typed(item, indent)).collect::<Vec<_>>().join(", "));
    }
    let item = schema.get("items").map_or("unknown".into(), |item| typed(item, indent));
    let bound = |name: &str| schema.get(name).and_then(Value::as_u64);
    match (bound("minItems"), bound("maxItems")) {
        (Some(least), Some(most)) if least == most && most <= 8 => format!("[{}]", vec![item; most as usize].join(", ")),
        _ if item.contains(" | ") || item.contains(" & ") => format!("({item})[]"),
        _ => format!("{item}[]"),
    }
}

fn fields(schema: &Map<String, Value>, indent: &str) -> String {
    let required: BTreeSet<&str> =
        schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
    let within = format!("{indent}  ");
    let more = schema.get("additionalProperties").filter(|more| **more != Value::Bool(false));
    let Some(properties) = schema.get("properties").and_then(Value::as_object).filter(|fields| !fields.is_empty()) else {
        return more.map_or("{}".into(), |more| format!("Record<string, {}>", typed(more, indent)));
    };
    let mut out = String::from("{\n");
    for (name, field) in properties {
        let may_lack = if required.contains(name.as_str()) { "" } else { "?" };
        writeln!(out, "{}{within}{name}{may_lack}: {};", comment(field, &within), typed(field, &within)).expect("a text takes all");
    }
    if more.is_some() {
        // Which fields there are, the type does not know.
        writeln!(out, "{within}[field: string]: any;").expect("a text takes all");
    }
    out + indent + "}"
}

#[test]
fn the_types_of_the_page_are_those_of_the_engine() {
    let due = file();
    if std::env::var_os("DESCENT_WRITE").is_some() {
        std::fs::write(FILE, &due).unwrap();
    }
    let there = std::fs::read_to_string(FILE).unwrap_or_default();
    let differs = due.lines().zip(there.lines().chain(std::iter::repeat(""))).find(|(due, there)| due != there);
    assert!(due == there, "www/boundary.d.ts is not what crosses: {differs:?}. DESCENT_WRITE=1 cargo test --lib boundary:: writes it anew");
}

/// A name that schemars had to number stands for two types of one name, of which nobody knows which is which.
#[test]
fn every_type_has_a_name_of_its_own() {
    for name in definitions().keys() {
        assert!(name.chars().all(char::is_alphabetic), "{name}");
    }
}

/// In what the page's types import a name that is nowhere would be `any`, in silence.
#[test]
fn what_calls_are_declared_with_is_declared() {
    let sources =
        [include_str!("../wasm.rs"), include_str!("../wasm/jobs.rs"), include_str!("../wasm/surface.rs"), include_str!("../wasm/typed.rs")];
    let definitions = definitions();
    let mut seen = 0;
    for source in sources {
        let untyped = source.lines().find(|line| line.trim_start().starts_with("pub fn") && line.contains("-> JsValue"));
        assert_eq!(untyped, None, "a call is declared with its type: see wasm/typed.rs");
        for (at, _) in source.match_indices("Boundary.") {
            let name: String = source[at + "Boundary.".len()..].chars().take_while(|letter| letter.is_alphanumeric()).collect();
            assert!(name == "Or" || definitions.contains_key(&name), "{name} is declared nowhere");
            seen += 1;
        }
    }
    assert!(seen > 10, "{seen} names");
}
