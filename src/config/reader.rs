//! A JSON value as serde reads it, where structures are objects and nothing else. serde's own reader takes lists for them as well, and every structure's
//! code for that would be in the wasm, a tenth of all of it, though no schema allows it.

use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{DeserializeSeed, Deserializer, EnumAccess, Error as _, IntoDeserializer, Unexpected, VariantAccess, Visitor};
use serde_json::{Error, Map, Value};

/// Reads a value once.
#[derive(Clone, Copy)]
pub struct Reader<'de>(pub &'de Value);

impl<'de> IntoDeserializer<'de, Error> for Reader<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

fn fields<'de>(map: &'de Map<String, Value>) -> impl Iterator<Item = (&'de str, Reader<'de>)> {
    map.iter().map(|(key, value)| (key.as_str(), Reader(value)))
}

/// What a value is, for an error.
fn unexpected(value: &Value) -> Unexpected<'_> {
    match value {
        Value::Null => Unexpected::Unit,
        Value::Bool(flag) => Unexpected::Bool(*flag),
        Value::Number(_) => Unexpected::Other("number"),
        Value::String(text) => Unexpected::Str(text),
        Value::Array(_) => Unexpected::Seq,
        Value::Object(_) => Unexpected::Map,
    }
}

impl<'de> Deserializer<'de> for Reader<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(flag) => visitor.visit_bool(*flag),
            Value::Number(_) => self.0.deserialize_any(visitor),
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::Array(_) => self.deserialize_seq(visitor),
            Value::Object(_) => self.deserialize_map(visitor),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.0.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let Value::Array(items) = self.0 else { return Err(Error::invalid_type(unexpected(self.0), &visitor)) };
        visitor.visit_seq(SeqDeserializer::new(items.iter().map(Reader)))
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(self, _: &'static str, _: usize, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let Value::Object(map) = self.0 else { return Err(Error::invalid_type(unexpected(self.0), &visitor)) };
        visitor.visit_map(MapDeserializer::new(fields(map)))
    }

    fn deserialize_struct<V: Visitor<'de>>(self, _: &'static str, _: &'static [&'static str], visitor: V) -> Result<V::Value, Error> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(self, _: &'static str, _: &'static [&'static str], visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::String(tag) => visitor.visit_enum(Variant { tag, value: None }),
            Value::Object(map) if map.len() == 1 => {
                let (tag, value) = map.iter().next().expect("one");
                visitor.visit_enum(Variant { tag, value: Some(value) })
            }
            other => Err(Error::invalid_type(unexpected(other), &"a word, or an object with one field")),
        }
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct identifier ignored_any
    }
}

/// A choice: a word, or an object whose only field is the word.
struct Variant<'de> {
    tag: &'de str,
    value: Option<&'de Value>,
}

impl<'de> EnumAccess<'de> for Variant<'de> {
    type Error = Error;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Error> {
        Ok((seed.deserialize(IntoDeserializer::<Error>::into_deserializer(self.tag))?, self))
    }
}

impl<'de> VariantAccess<'de> for Variant<'de> {
    type Error = Error;

    fn unit_variant(self) -> Result<(), Error> {
        match self.value {
            None => Ok(()),
            Some(value) => Err(Error::invalid_type(unexpected(value), &"a word alone")),
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Error> {
        match self.value {
            Some(value) => seed.deserialize(Reader(value)),
            None => Err(Error::invalid_type(Unexpected::UnitVariant, &"an object with one field")),
        }
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        Reader(self.value.unwrap_or(&Value::Null)).deserialize_seq(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], visitor: V) -> Result<V::Value, Error> {
        Reader(self.value.unwrap_or(&Value::Null)).deserialize_map(visitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Nothing;
    use crate::train::Experiment;
    use serde::Deserialize;
    use serde_json::json;

    #[test]
    fn documents_are_read_as_serde_reads_them() {
        for document in [
            json!({}),
            json!({"learner": {"tree": {"max_depth": 3}}, "seed": 7}),
            json!({"learner": {"net": {"layers": [{"dense": {"units": 3}}, {"dropout": {}}], "optimizer": {"sgd": {"momentum": 0.5}}}}}),
            json!({"data": {"own": {"points": [[0.5, 1, 0.0], [1, 2, 1]]}}, "prepare": {"steps": [{"scale": {"columns": ["x"]}}]}}),
            json!({"learner": {"net": {"transfer": {"file": {"path": "weights.safetensors", "which": {"first": {"layers": 1}}}}}}}),
        ] {
            let (own, serde) = (Experiment::deserialize(Reader(&document)), Experiment::deserialize(&document));
            match (own, serde) {
                (Ok(own), Ok(serde)) => assert_eq!(own, serde, "{document}"),
                (own, serde) => assert_eq!(own.unwrap_err().to_string(), serde.unwrap_err().to_string(), "{document}"),
            }
        }
    }

    #[test]
    fn a_list_is_no_structure_and_wrong_kinds_are_named() {
        assert!(Nothing::deserialize(&json!([])).is_ok());
        assert!(Nothing::deserialize(Reader(&json!([]))).is_err());
        let said = |value: Value| Experiment::deserialize(Reader(&value)).unwrap_err().to_string();
        assert!(said(json!({"seed": "seven"})).contains("string \"seven\""), "{}", said(json!({"seed": "seven"})));
        assert!(said(json!({"learner": {"net": {}, "tree": {}}})).contains("one field"));
        assert!(said(json!({"learner": "forest"})).contains("unknown variant `forest`"));
    }
}
