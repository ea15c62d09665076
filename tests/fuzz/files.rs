//! Files that documents may name.

use descent::data::NoFiles;
use descent::session::Session;
use descent::ship::tensors;
use descent::train::{Experiment, Run};
use std::sync::OnceLock;

/// Files of the user's, as they come: numbers, words, gaps, many columns, a network's weights.
pub fn all() -> &'static [(&'static str, Vec<u8>)] {
    static FILES: OnceLock<Vec<(&'static str, Vec<u8>)>> = OnceLock::new();
    FILES.get_or_init(|| {
        let lines = |head: &str, row: &dyn Fn(usize) -> String| {
            let rows: Vec<String> = (0..40).map(row).collect();
            format!("{head}\n{}\n", rows.join("\n")).into_bytes()
        };
        let wide = (0..24).map(|at| format!("t{at}")).collect::<Vec<_>>().join(",");
        vec![
            ("numbers.csv", lines("a,b,c", &|at| format!("{},{},{}", at % 7, at as f64 / 3.0, (at * at) as f64 * 0.37))),
            ("words.csv", lines("a,kind,c", &|at| format!("{},{},{}", ["u", "v", "w"][at % 3], at % 5, ["yes", "no"][at / 7 % 2]))),
            (
                "gaps.csv",
                lines("x,y,kind", &|at| {
                    format!("{},{},{}", if at % 4 == 0 { String::new() } else { at.to_string() }, -(at as f64), at % 3)
                }),
            ),
            (
                "wide.csv",
                lines(&format!("{wide},class"), &|at| {
                    let cells = (0..24).map(|column| ((at * 7 + column * 3) % 11).to_string()).collect::<Vec<_>>().join(",");
                    format!("{cells},{}", ["=a", "-b"][at % 2])
                }),
            ),
            ("weights.safetensors", {
                let document = r#"{"learner": {"net": {"layers": [{"dense": {"units": 4}}]}}}"#;
                let run = Run::new(Experiment::parse(document).expect("valid"), &NoFiles).unwrap_or_else(|issues| panic!("{issues:?}"));
                tensors::safetensors(&run.tensors())
            }),
        ]
    })
}

/// Gives them to a session.
pub fn attach(session: &mut Session) {
    all().iter().for_each(|(name, bytes)| session.attach(name, bytes.clone()));
}
