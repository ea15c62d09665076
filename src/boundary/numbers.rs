//! Numbers by the thousand: typed arrays for the page, copied once. A plain list would be a JavaScript value for each of them.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};
use std::borrow::Cow;

/// A kind of numbers that leaves as a typed array of that name; elsewhere it is written as a list.
macro_rules! numbers {
    ($($(#[$doc:meta])* $name:ident: $number:ty = $array:ident, $typescript:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq)]
        pub struct $name<'a>(pub Cow<'a, [$number]>);

        impl From<Vec<$number>> for $name<'_> {
            fn from(values: Vec<$number>) -> Self {
                $name(values.into())
            }
        }

        impl<'a> From<&'a [$number]> for $name<'a> {
            fn from(values: &'a [$number]) -> Self {
                $name(values.into())
            }
        }

        impl Serialize for $name<'_> {
            #[cfg(target_arch = "wasm32")]
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                crate::wasm::handed_on(&js_sys::$array::from(&self.0[..]), serializer)
            }

            #[cfg(not(target_arch = "wasm32"))]
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.0.serialize(serializer)
            }
        }

        impl JsonSchema for $name<'_> {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "array", "x-typescript": $typescript })
            }
        }
    )*};
}

numbers! {
    /// Numbers of 32 bits.
    Floats: f32 = Float32Array, "Float32Array";
    /// Numbers of 64 bits.
    Doubles: f64 = Float64Array, "Float64Array";
    /// Counts and places.
    Words: u32 = Uint32Array, "Uint32Array";
    /// Small whole numbers.
    Bytes: u8 = Uint8Array, "Uint8Array";
}

/// Values by name, in this order: an object in the page.
#[derive(Clone, Debug, PartialEq)]
pub struct Named<'a, T>(pub Vec<(Cow<'a, str>, T)>);

impl<T: Serialize> Serialize for Named<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

impl<T: JsonSchema> JsonSchema for Named<'_, T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("Named{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let value = generator.subschema_for::<T>();
        json_schema!({ "type": "object", "additionalProperties": value })
    }
}
