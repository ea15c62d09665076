//! `registry!`: from one line an entry to modules, a serde enum, a list and a builder.
//!
//! An entry `adam::Adam` means: the file `adam.rs` beside the registry holds a struct `Adam` that implements the
//! registry's trait. Its tag in the experiment document is the name of the file (`{"adam": {…}}`). Adding one is a new file and
//! its line, nothing else: the schema, the form, the check and the tests find it through the enum made here.

/// Declares the modules and the externally tagged enum of a family of interchangeable parts.
///
/// `pub enum Choice: Trait = default_module::Default { module::Struct, … }` gives `Choice` with `serde`, `JsonSchema`,
/// `Default`, `Choice::all()` (each with its defaults), `name()` and `part()` (the entry as `&dyn Trait`).
#[macro_export]
macro_rules! registry {
    ($(#[$meta:meta])* pub enum $name:ident : $trait:path = $default:ident { $($module:ident :: $entry:ident),+ $(,)? }) => {
        $(pub mod $module;)+

        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
        // A choice is made once a run; boxing the largest would only be in the way.
        #[allow(non_camel_case_types, clippy::large_enum_variant)]
        pub enum $name {
            $(#[allow(missing_docs)] $module($module::$entry),)+
        }

        impl Default for $name {
            fn default() -> Self {
                Self::all().into_iter().find(|part| part.name() == stringify!($default)).expect("the default is registered")
            }
        }

        impl $name {
            /// Every entry with its defaults, in the order of the registry.
            pub fn all() -> Vec<Self> {
                vec![$(Self::$module(Default::default())),+]
            }

            /// The entry's tag in the experiment document.
            pub fn name(&self) -> &'static str {
                match self { $(Self::$module(_) => stringify!($module)),+ }
            }

            /// The entry as the trait it implements.
            pub fn part(&self) -> &dyn $trait {
                match self { $(Self::$module(part) => part),+ }
            }
        }
    };
}
