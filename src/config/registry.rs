//! `registry!`: from one line an entry to modules, a serde enum, a list and a builder.
//!
//! An entry `adam::Adam` means: the file `adam.rs` beside the registry holds a struct `Adam` that implements the
//! registry's trait. Its tag in the experiment document is the name of the file (`{"adam": {…}}`). Adding one is a new file and
//! its line, nothing else: the schema, the form, the check and the tests find it through the enum made here.

/// Declares the modules and the externally tagged enum of a family of interchangeable parts.
///
/// `pub enum Choice: Trait = default_module::Default { module::Struct, … }` gives `Choice` with `serde`, `JsonSchema`,
/// `Default`, `Choice::all()` (each with its defaults), `name()`, `title()` (as the form shows it) and `part()` (the entry as `&dyn Trait`).
/// An entry in a folder of its kind says where: `#[path = "cluster/k_means.rs"] k_means::KMeans`.
#[macro_export]
macro_rules! registry {
    ($(#[$meta:meta])* pub enum $name:ident : $trait:path = $default:ident { $($(#[$place:meta])* $module:ident :: $entry:ident),+ $(,)? }) => {
        $($(#[$place])* pub mod $module;)+

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

            /// All tags, in the order of the registry.
            pub const TAGS: &'static [&'static str] = &[$(stringify!($module)),+];

            /// The entry's tag in the experiment document.
            pub fn name(&self) -> &'static str {
                match self { $(Self::$module(_) => stringify!($module)),+ }
            }

            /// What the form calls the entry of this tag, where there is one.
            pub fn title_of(tag: &str) -> Option<$crate::config::Message> {
                static TITLES: std::sync::OnceLock<Vec<$crate::config::Message>> = std::sync::OnceLock::new();
                let at = Self::TAGS.iter().position(|&known| known == tag)?;
                Some(TITLES.get_or_init(|| $crate::config::titles::of::<$name>(Self::TAGS))[at].clone())
            }

            /// What the form calls the entry.
            pub fn title(&self) -> $crate::config::Message {
                Self::title_of(self.name()).expect("a tag of this registry")
            }

            /// The entry as the trait it implements.
            pub fn part(&self) -> &dyn $trait {
                match self { $(Self::$module(part) => part),+ }
            }
        }
    };
}
