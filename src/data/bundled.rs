//! Data sets that come with Descent, as files of `bundled/`, beside the scripts that wrote them. They are in every program but the
//! page's engine (`build.rs`), which is given the file that an experiment needs before it opens it.

use super::csv::{Csv, Goal};
use super::{Files, Source, Table, Task};
use crate::config::{Issue, Message};
use crate::message;

/// (name, bytes) of each.
#[cfg(not(for_the_page))]
const EMBEDDED: &[(&str, &[u8])] = &[
    ("alice", include_bytes!("bundled/alice.txt")),
    ("breast_cancer", include_bytes!("bundled/breast_cancer.csv")),
    ("daodejing", include_bytes!("bundled/daodejing.txt")),
    ("diabetes", include_bytes!("bundled/diabetes.csv")),
    ("digits", include_bytes!("bundled/digits.bin")),
    ("digits-0-4", include_bytes!("bundled/digits-0-4.safetensors")),
    ("iris", include_bytes!("bundled/iris.csv")),
    ("shapes", include_bytes!("bundled/shapes.safetensors")),
    ("wine", include_bytes!("bundled/wine.csv")),
];
#[cfg(for_the_page)]
const EMBEDDED: &[(&str, &[u8])] = &[];

/// Weights that come with Descent: a file that is read by such a name is this one, unless there is another of the name. Each was trained from the document
/// beside it, and `cargo xtask weights` trains them again.
pub const WEIGHTS: [&str; 2] = ["digits-0-4", "shapes"];

/// The name among [`WEIGHTS`] that a path asks for.
pub fn weights(path: &str) -> Option<&'static str> {
    let name = path.strip_suffix(".safetensors")?;
    WEIGHTS.into_iter().find(|known| *known == name)
}

/// The bytes of the data set `name`, where they are in the program.
pub fn embedded(name: &str) -> Result<&'static [u8], Message> {
    EMBEDDED.iter().find(|(known, _)| *known == name).map(|(_, bytes)| *bytes).ok_or_else(|| {
        message!("its file could not be loaded: reload the page when you are connected", "无法载入其数据文件：请在联网后重新加载页面")
    })
}

/// The bundled table `name`, whose column `target` has these classes (as written there, and in Chinese), in this order.
pub fn classes(files: &dyn Files, name: &str, target: &str, classes: &[(&str, &str)]) -> Result<Table, Vec<Issue>> {
    let mut table = table(files, name, target, Goal::Classification)?;
    let Task::Classification(read) = &table.task else { unreachable!("asked for classes") };
    let place = |class: &String| classes.iter().position(|(known, _)| known == class);
    let places: Option<Vec<usize>> = read.iter().map(place).collect();
    let Some(places) = places.filter(|places| places.len() == classes.len()) else { return Err(damaged(read.join(", "))) };
    table.targets.iter_mut().for_each(|target| *target = places[*target as usize] as f32);
    table.task = Task::Classification(classes.iter().map(|(class, _)| class.to_string()).collect());
    table.titles = classes.iter().map(|(class, zh)| Message { en: class.replace('_', " "), zh: zh.to_string() }).collect();
    Ok(table)
}

/// The bundled table `name`, whose column `target` is a number.
pub fn numbers(files: &dyn Files, name: &str, target: &str) -> Result<Table, Vec<Issue>> {
    table(files, name, target, Goal::Regression)
}

fn table(files: &dyn Files, name: &str, target: &str, task: Goal) -> Result<Table, Vec<Issue>> {
    let file = Csv { path: name.into(), target: target.into(), task, ..Csv::default() };
    // What is wrong with it is no setting of the user's.
    file.load(0, &Bundled(files))
        .map_err(|issues| issues.into_iter().map(|issue| Issue { path: String::new(), remedy: None, ..issue }).collect())
}

fn damaged(what: String) -> Vec<Issue> {
    vec![Issue::new("", message!("its file is damaged: it has the classes {what}", "数据文件已损坏：其类别为 {what}"))]
}

/// Bundled files as if they were the user's.
struct Bundled<'a>(&'a dyn Files);

impl Files for Bundled<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, Message> {
        self.0.bundled(path).map(|bytes| bytes.into_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{Data, NoFiles};

    fn load(data: Data) -> Table {
        data.part().load(0, &NoFiles).unwrap()
    }

    fn sizes(table: &Table) -> Vec<usize> {
        let mut sizes = vec![0; table.task.outputs()];
        table.targets.iter().for_each(|&class| sizes[class as usize] += 1);
        sizes
    }

    /// What numpy says of `.data.shape`, `.data.sum()`, `bincount(.target)` and the last row of scikit-learn's copies.
    #[test]
    fn tables_are_those_of_scikit_learn() {
        let iris = load(Data::iris(Default::default()));
        let wine = load(Data::wine(Default::default()));
        let cancer = load(Data::breast_cancer(Default::default()));
        let diabetes = load(Data::diabetes(Default::default()));
        for (table, shape, sum, last) in [
            (&iris, (150, 4), 2078.7, [5.9, 3.0, 5.1]),
            (&wine, (178, 13), 159_975.296, [14.13, 4.1, 2.74]),
            (&cancer, (569, 30), 1_056_474.459_635_6, [7.76, 24.54, 47.92]),
            (&diabetes, (442, 10), 276_404.233_6, [36.0, 1.0, 19.6]),
        ] {
            assert_eq!(table.inputs.dim(), shape);
            let total: f64 = table.inputs.iter().map(|&value| f64::from(value)).sum();
            assert!((total - sum).abs() < 1e-7 * sum, "{total}");
            assert_eq!(table.inputs.row(shape.0 - 1).as_slice().unwrap()[..3], last);
        }
        assert_eq!((sizes(&iris), sizes(&wine), sizes(&cancer)), (vec![50, 50, 50], vec![59, 71, 48], vec![212, 357]));
        assert_eq!(diabetes.targets.iter().sum::<f32>(), 67_243.0);
        assert_eq!(
            (cancer.columns[0].as_str(), cancer.target.as_str(), cancer.titles[0].zh.as_str()),
            ("mean radius", "diagnosis", "恶性")
        );
    }
}
