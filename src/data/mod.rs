//! Where rows come from: generators and files (one file each, one line below), splits, and what is done to rows before a learner sees them.

pub mod augment;
pub mod bundled;
pub mod clean;
pub mod damage;
pub mod encoding;
pub mod feature;
pub mod layout;
pub mod overview;
pub mod prepare;
pub mod shape;
pub mod slice;
pub mod split;
pub mod table;

use crate::config::message::shorten;
use crate::config::{Issue, Message, Remedy};
use crate::math::random;
use crate::{message, registry};
pub use shape::Shape;
use std::borrow::Cow;
pub use table::{Table, Task};

/// Files that an experiment may name: the file system in a terminal, what the user dropped on the page in a browser.
pub trait Files {
    /// The bytes of `path`, or a message for the user.
    fn read(&self, path: &str) -> Result<Vec<u8>, Message>;

    /// The bytes of a data set that comes with Descent, or a message for the user; see [`bundled`].
    fn bundled(&self, name: &str) -> Result<Cow<'_, [u8]>, Message> {
        bundled::embedded(name).map(Cow::Borrowed)
    }

    /// The encoding that a file was in before it was UTF-8, where that is known.
    fn encoding(&self, _path: &str) -> Option<encoding::Told> {
        None
    }

    /// Hears how much of a file of the user's has become rows, from 0 to 1, because a large one takes seconds.
    fn progress(&self, _share: f64) {}
}

/// No files at all.
pub struct NoFiles;
impl Files for NoFiles {
    fn read(&self, path: &str) -> Result<Vec<u8>, Message> {
        let path = shorten(path);
        Err(message!("no file {path:?} is loaded", "未载入文件 {path:?}"))
    }
}

/// A source of rows.
pub trait Source {
    /// All rows, in a fixed order. Randomness comes from streams of `seed` named `data/…`. Issues have paths relative to the
    /// source's own settings (`path`, `target`).
    fn load(&self, seed: u32, files: &dyn Files) -> Result<Table, Vec<Issue>>;

    /// How a file of the user's is read, whatever is wrong with it; none for rows from elsewhere and where there is no file.
    fn reading(&self, _files: &dyn Files) -> Option<csv::reading::Reading> {
        None
    }

    /// Takes the weights from its rows, which are in `table`; none where they come without.
    fn without_weights(&self, _table: &Table) -> Option<Remedy> {
        None
    }

    /// The name of the data set that it needs by [`Files::bundled`], if any.
    fn bundled(&self) -> Option<&'static str> {
        None
    }

    /// The part of both axes that a map always shows, whatever rows there are; none where the rows themselves tell.
    fn frame(&self) -> Option<[f32; 2]> {
        None
    }
}

registry! {
    /// Data | 数据
    ///
    /// The samples to learn from. | 用来学习的样本。
    pub enum Data: Source = spiral {
        spiral::Spiral,
        circle::Circle,
        xor::Xor,
        gaussians::Gaussians,
        moons::Moons,
        checkerboard::Checkerboard,
        blobs::Blobs,
        rings::Rings,
        arms::Arms,
        plane::Plane,
        waves::Waves,
        curve::Curve,
        iris::Iris,
        wine::Wine,
        breast_cancer::BreastCancer,
        diabetes::Diabetes,
        digits::Digits,
        shapes::Shapes,
        series::Series,
        signals::Signals,
        tokens::Tokens,
        text::Text,
        drawn::Drawn,
        csv::Csv,
    }
}

/// What helps where the rows of a source cannot be had by any setting: others that are always there.
pub fn sample() -> Remedy {
    Remedy::set_in_document(message!("Use a sample data set", "使用示例数据集"), "data", serde_json::json!({ "moons": {} }))
}

/// The point at `radius` and `angle` (radians, clockwise from the y axis, as in TensorFlow Playground).
fn polar(radius: f64, angle: f64) -> [f32; 2] {
    [(radius * libm::sin(angle)) as f32, (radius * libm::cos(angle)) as f32]
}

/// `point`, moved by at most `reach` along each axis. Draws twice whatever the reach, so that noise does not change which points are drawn.
fn nudge(stream: &mut random::Stream, point: [f32; 2], reach: f32) -> [f32; 2] {
    point.map(|value| value + reach * random::uniform(stream, -1.0, 1.0))
}

/// Names of the columns of an image of one channel, as scikit-learn has them: row, then column, from 0.
fn pixels(height: usize, width: usize) -> Vec<String> {
    (0..height * width).map(|at| format!("pixel_{}_{}", at / width, at % width)).collect()
}

/// Names of the columns of a sequence.
fn steps(count: usize) -> Vec<String> {
    (1..=count).map(|step| format!("t{step}")).collect()
}

/// Normal noise of this deviation on every number. It has its own stream: how much there is changes nothing else that is drawn.
fn add_noise(seed: u32, deviation: f64, values: &mut [f32]) {
    if deviation > 0.0 {
        let mut stream = random::stream(seed, "data/noise");
        values.iter_mut().for_each(|value| *value += deviation as f32 * random::normal(&mut stream));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{check, schema};
    use serde_json::{Value, json};

    /// Every registered source that draws its rows: as many as it is asked for, with as much noise.
    fn generators() -> Vec<Data> {
        let given = |data: &Data| ["drawn", "csv"].contains(&data.name()) || data.part().bundled().is_some();
        Data::all().into_iter().filter(|data| !given(data)).collect()
    }

    /// A source with some of its settings changed.
    fn with(data: &Data, settings: &[(&str, Value)]) -> Data {
        let mut document = serde_json::to_value(data).unwrap();
        for (key, value) in settings {
            document[data.name()][key] = value.clone();
        }
        serde_json::from_value(document).unwrap()
    }

    fn load(data: &Data, seed: u32) -> Table {
        data.part().load(seed, &NoFiles).unwrap()
    }

    #[test]
    fn the_seed_alone_decides_the_rows() {
        for data in generators() {
            assert_eq!(load(&data, 1), load(&data, 1), "{}", data.name());
            assert_ne!(load(&data, 1), load(&data, 2), "{}", data.name());
        }
    }

    #[test]
    fn counts_names_and_ranges() {
        for data in generators() {
            assert_eq!(load(&data, 1).rows(), 500, "the default of {}", data.name());
            for samples in [20, 21, 333, 20_000] {
                for noise in [0.0, 0.1, 0.5] {
                    let table = load(&with(&data, &[("samples", samples.into()), ("noise", noise.into())]), 1);
                    let case = format!("{} with {samples} samples and noise {noise}", data.name());
                    assert_eq!(
                        (table.rows(), table.inputs.nrows(), table.inputs.ncols()),
                        (samples, samples, table.columns.len()),
                        "{case}"
                    );
                    assert!(table.targets.iter().all(|target| target.is_finite()), "{case}");
                    // Normal clouds have no bound, so theirs is one that 20 000 draws stay within.
                    let bound = if noise > 0.1 { 12.0 } else { 7.5 };
                    assert!(table.inputs.iter().all(|value| value.abs() <= bound), "{case}");
                }
            }
        }
    }

    #[test]
    fn rows_are_what_their_shape_says() {
        let noisy = generators().into_iter().map(|data| with(&data, &[("noise", 0.5.into())]));
        for data in noisy.chain([Data::digits(Default::default())]) {
            let (table, name) = (load(&data, 1), data.name());
            assert_eq!(table.shape.units(), table.columns.len(), "{name}");
            let classes = if let Task::Classification(classes) = &table.task { classes.len() } else { 0 };
            assert!([0, classes].contains(&table.titles.len()), "{name}: a title for each class or for none");
            let vocabulary = if let Shape::Tokens { vocabulary, .. } = table.shape { vocabulary } else { 0 };
            assert_eq!(table.symbols.len(), vocabulary, "{name}");
            if vocabulary > 0 {
                assert!(table.inputs.iter().all(|value| value.fract() == 0.0 && (0.0..vocabulary as f32).contains(value)), "{name}");
            }
        }
    }

    #[test]
    fn classes_differ_in_size_by_one_row_at_most() {
        for data in generators() {
            for samples in [20, 23, 500] {
                let table = load(&with(&data, &[("samples", samples.into())]), 1);
                let Task::Classification(classes) = &table.task else { continue };
                let mut sizes = vec![0_usize; classes.len()];
                table.targets.iter().for_each(|&target| sizes[target as usize] += 1);
                let (least, most) = (sizes.iter().min().unwrap(), sizes.iter().max().unwrap());
                assert!(most - least <= 1 && *least > 0, "{}: {sizes:?}", data.name());
            }
        }
    }

    #[test]
    fn sources_stand_together_in_groups_and_the_default_first() {
        let schema = schema::schema_of::<Data>();
        let groups: Vec<&str> = schema::choices(&schema)
            .into_iter()
            .map(|(name, content)| schema::resolve(&schema, content)["x-group"].as_str().unwrap_or_else(|| panic!("{name} has no group")))
            .collect();
        assert_eq!(Data::all()[0].name(), Data::default().name());
        let mut once = groups.clone();
        once.dedup();
        let listed = once.len();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), listed, "a group in two places: {groups:?}");
    }

    #[test]
    fn every_default_passes_the_schema_and_every_word_has_both_languages() {
        let schema = schema::schema_of::<Data>();
        for data in Data::all() {
            let mut issues = Vec::new();
            check::check(&schema, &schema, &mut serde_json::to_value(&data).unwrap(), "data", &mut issues);
            assert_eq!(issues, [], "{}", data.name());
        }
        let mut issues = Vec::new();
        check::check(&schema, &schema, &mut json!({"circle": {"samples": 19, "noise": 0.51, "radius": 1}}), "data", &mut issues);
        let paths: Vec<&str> = issues.iter().map(|issue| issue.path.as_str()).collect();
        assert_eq!(paths, ["data.circle.samples", "data.circle.noise", "data.circle.radius"]);
        for (name, definition) in schema["$defs"].as_object().unwrap() {
            let fields = definition.get("properties").and_then(Value::as_object).into_iter().flat_map(|fields| fields.values());
            let words = definition.get("oneOf").and_then(Value::as_array).into_iter().flatten();
            for described in fields.chain(words).chain([definition]) {
                for key in ["title", "x-title-zh", "description", "x-description-zh"] {
                    assert!(described[key].as_str().is_some_and(|text| !text.is_empty()), "{name}: {key} of {described}");
                }
            }
        }
    }
}
