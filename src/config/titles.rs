//! What the form calls an entry of a registry. Messages say that in place of the tag: who fills in a form has never seen a tag.

use super::Message;
use super::schema::{choices, resolve};
use serde_json::Value;

/// The titles of a registry's entries, in the order of `tags`, from the doc comments of their structs.
#[cfg(not(for_the_page))]
pub fn of<T: schemars::JsonSchema>(tags: &[&str]) -> Vec<Message> {
    let schema = super::schema::schema_of::<T>();
    family(&schema, &schema, tags).expect("the schema of a registry holds its entries")
}

/// As `build.rs` says; a test holds that both come to the same.
#[cfg(for_the_page)]
pub fn of<T>(tags: &[&str]) -> Vec<Message> {
    let schemas = [super::schema::experiment(), super::schema::surface()];
    schemas.into_iter().find_map(|schema| family(schema, schema, tags)).expect("every registry is in one of the schemas")
}

/// The titles of the choice somewhere in `schema` whose tags are `tags`.
pub fn family(root: &Value, schema: &Value, tags: &[&str]) -> Option<Vec<Message>> {
    let found = choices(schema);
    if found.iter().map(|(tag, _)| tag).eq(tags) {
        return found.iter().map(|(_, content)| title(resolve(root, content))).collect();
    }
    match schema {
        Value::Object(object) => object.values().find_map(|value| family(root, value, tags)),
        Value::Array(items) => items.iter().find_map(|value| family(root, value, tags)),
        _ => None,
    }
}

fn title(schema: &Value) -> Option<Message> {
    let text = |key: &str| schema.get(key).and_then(Value::as_str).map(String::from);
    let en = text("title")?;
    Some(Message { zh: text("x-title-zh").unwrap_or_else(|| en.clone()), en })
}

#[cfg(test)]
mod tests {
    use crate::data::Data;
    use crate::learn::net::layers::LayerConfig;
    use crate::learn::net::optimizer::OptimizerConfig;
    use crate::surface::SurfaceConfig;

    #[test]
    fn an_entry_is_called_what_the_form_calls_it() {
        let called = |title: super::Message| (title.en, title.zh);
        let layer = LayerConfig::all().into_iter().find(|layer| layer.name() == "max_pool").unwrap();
        assert_eq!(called(layer.title()), ("Max pooling".into(), "最大池化".into()));
        let title = |name: &str| OptimizerConfig::all().into_iter().find(|optimizer| optimizer.name() == name).unwrap().title();
        assert_eq!(called(title("lbfgs")), ("L-BFGS".into(), "L-BFGS".into()));
        assert_eq!(title("schedule_free_adamw").zh, "Schedule-Free AdamW（免学习率调度）");
    }

    #[test]
    fn a_whole_schema_has_the_titles_that_a_registry_alone_has() {
        let experiment = crate::train::experiment::schema();
        let surface = crate::surface::document::schema();
        let data: Vec<_> = Data::all().iter().map(|entry| entry.title()).collect();
        assert_eq!(super::family(experiment, experiment, Data::TAGS), Some(data));
        let layers: Vec<_> = LayerConfig::all().iter().map(|entry| entry.title()).collect();
        assert_eq!(super::family(experiment, experiment, LayerConfig::TAGS), Some(layers));
        let surfaces: Vec<_> = SurfaceConfig::all().iter().map(|entry| entry.title()).collect();
        assert_eq!(super::family(surface, surface, SurfaceConfig::TAGS), Some(surfaces));
    }
}
