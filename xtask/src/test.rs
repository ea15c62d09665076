//! Every test, in the order in which they fail fastest.

use crate::process::{Outcome, output, present, run, run_heard, where_is};
use crate::{build, install, lint};
use std::thread::{self, JoinHandle};
use std::time::Instant;

/// A group's own work; it hands over what its tests took.
type Group = fn(&mut Times) -> Outcome;

const GROUPS: [(&str, Group); 4] = [("lint", |_| lint::all()), ("native", native), ("wasm", wasm), ("page", page)];

/// Examples have no tests.
const NATIVE: [&str; 3] = ["test", "--lib", "--tests"];

/// So many of the slowest tests are named.
const SLOWEST: usize = 15;

/// All groups, or the one that is named, which is then run to the last of its tests; `--times` names the slowest as well.
pub fn all(arguments: &[String]) -> Outcome {
    let detailed = arguments.iter().any(|argument| argument == "--times");
    let only = arguments.iter().map(String::as_str).find(|argument| *argument != "--times");
    if let Some(name) = only
        && !GROUPS.iter().any(|(group, _)| *group == name)
    {
        return Err(format!("unknown group {name:?}: lint, native, wasm or page"));
    }
    // The page is built on one core for minutes: meanwhile other groups have the others.
    let mut site = only.is_none().then(site).transpose()?;
    let mut taken = Vec::new();
    let mut outcome = Ok(());
    for (name, group) in GROUPS {
        if outcome.is_ok() && only.is_none_or(|only| only == name) {
            println!("\n── {name} ──");
            let (start, mut times) =
                (Instant::now(), Times { detailed, short: only.is_none(), site: site.take_if(|_| name == "page"), ..Times::default() });
            outcome = group(&mut times);
            taken.push((name, start.elapsed().as_secs_f64(), times));
        }
    }
    println!("\n── times ──");
    for (name, seconds, times) in taken {
        println!("{seconds:>7.1} s  {name}");
        times.print();
    }
    outcome
}

/// Begins to build the page; what it needs is there before groups that need it as well begin.
fn site() -> Result<JoinHandle<Outcome>, String> {
    install::target()?;
    install::packages()?;
    build::tools()?;
    Ok(thread::spawn(|| build::site(true)))
}

/// What a group is given, and what its single tests took, in seconds.
#[derive(Default)]
struct Times {
    detailed: bool,
    /// All groups are run, within half an hour: what takes longest is left to the group by itself.
    short: bool,
    /// The page, where it is being built.
    site: Option<JoinHandle<Outcome>>,
    found: Vec<(f64, String)>,
}

impl Times {
    /// Runs a group's program; where times are asked for, reads them in what it prints.
    fn run(&mut self, program: &str, arguments: &[&str], variables: &[(&str, &str)]) -> Outcome {
        run_heard(program, arguments, variables, &mut |line| self.found.extend(timed(line).filter(|_| self.detailed)))
    }

    /// Runs it in two surroundings at the same time, for one that uses one core.
    fn run_twice(&mut self, program: &str, arguments: &[&str], variables: [&[(&str, &str)]; 2]) -> Outcome {
        let alone = || Times { detailed: self.detailed, ..Times::default() };
        let (mut first, mut second) = (alone(), alone());
        let (one, other) = thread::scope(|scope| {
            let other = scope.spawn(|| second.run(program, arguments, variables[1]));
            (first.run(program, arguments, variables[0]), other.join())
        });
        self.found.extend(first.found.into_iter().chain(second.found));
        one?;
        other.map_err(|_| format!("what ran {program} panicked"))?
    }

    fn print(mut self) {
        self.found.sort_by(|a, b| b.0.total_cmp(&a.0));
        for (seconds, name) in self.found.iter().take(SLOWEST) {
            println!("{seconds:>17.2} s  {name}");
        }
    }
}

/// The time that a line tells: `test a::b ... ok <1.234s>` of Rust's harness, `✓ 1 [chromium] › a.spec.js:1:1 › title (1.2s)` of Playwright's.
fn timed(line: &str) -> Option<(f64, String)> {
    let line = line.trim();
    let (name, time) = match line.strip_suffix('>') {
        Some(line) => line.rsplit_once('<')?,
        None => line.strip_suffix(')')?.rsplit_once('(')?,
    };
    let unit = time.find(|letter: char| letter != '.' && !letter.is_ascii_digit())?;
    let factor = match &time[unit..] {
        "ms" => 0.001,
        "s" => 1.0,
        "m" => 60.0,
        _ => return None,
    };
    Some((time[..unit].parse::<f64>().ok()? * factor, name.trim().to_string()))
}

/// Rust's harness tells times only where unstable options are allowed: a runner allows it for the tests, not for what builds them.
fn native(times: &mut Times) -> Outcome {
    run("cargo", ["test", "--quiet", "--profile", "xtask", "-p", "xtask"])?;
    if !times.detailed {
        return run("cargo", NATIVE);
    }
    let version = output("rustc", &["-vV"]).ok_or("rustc does not say what it is")?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).ok_or("rustc does not say where it runs")?;
    let runner = format!("target.{host}.runner=[\"env\", \"RUSTC_BOOTSTRAP=1\"]");
    let told = ["--config", &runner, "--", "-Zunstable-options", "--report-time"];
    times.run("cargo", &[&NATIVE[..], &told].concat(), &[])
}

/// The engine's tests as wasm, in Node and in Chromium: by `wasm-pack` where it is installed, else by what it would run.
fn wasm(times: &mut Times) -> Outcome {
    install::target()?;
    install::packages()?;
    install::browsers(&[install::CHROMIUM, install::CHROMEDRIVER])?;
    let tools = build::tools()?;
    let runner = format!("{tools}/wasm-bindgen-test-runner");
    // wasm-pack compiles a wasm-bindgen where it finds none of the right version.
    let path = format!("{tools}:{}", std::env::var("PATH").unwrap_or_default());
    let ours = [("PATH", path.as_str()), ("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner.as_str())];
    let and = |name: &'static str| [&ours[..], &[(name, "1")]].concat();
    let cargo = ["test", "--target", "wasm32-unknown-unknown"];
    let Some(driver) = where_is("chromedriver") else {
        let part: &[&str] = if times.short { &["--test", "engine"] } else { &[] };
        times.run("cargo", &[&cargo[..], part].concat(), &and("WASM_BINDGEN_TEST_ONLY_NODE"))?;
        // No driver is to be had: the runner serves its page, and Playwright opens it.
        return times.run("node", &["tests/wasm_browser.mjs"], &ours);
    };
    if times.short {
        // The modules' own tests take longest to compile; `cargo xtask test lint` sees that they do. One program runs in both: in a browser it is the same
        // as `wasm_browser`, which says of itself where it runs.
        let engine = [&cargo[..], &["--test", "engine"]].concat();
        return times.run_twice("cargo", &engine, [&ours, &and("WASM_BINDGEN_USE_DEDICATED_WORKER")]);
    }
    if present("wasm-pack") {
        times.run("wasm-pack", &["test", "--node"], &ours)?;
        times.run("wasm-pack", &["test", "--headless", "--chrome", "--chromedriver", &driver], &ours)?;
    } else {
        times.run("cargo", &cargo, &and("WASM_BINDGEN_TEST_ONLY_NODE"))?;
        times.run("cargo", &cargo, &and("WASM_BINDGEN_TEST_ONLY_WEB"))?;
    }
    // The modules' own tests are one program, which the two have run in Node.
    times.run("cargo", &[&cargo[..], &["--lib"]].concat(), &and("WASM_BINDGEN_USE_DEDICATED_WORKER"))
}

/// Types, schemas and lessons, then the built page in a real browser.
fn page(times: &mut Times) -> Outcome {
    install::packages()?;
    install::browsers(&[install::HEADLESS, install::FIREFOX])?;
    match times.site.take() {
        Some(site) => site.join().map_err(|_| "the build of the page panicked")??,
        None => build::site(true)?,
    }
    run("npx", ["tsc", "--noEmit"])?;
    run("node", ["tests/schemas.mjs"])?;
    run("node", ["tests/lessons.mjs"])?;
    run("node", ["tests/links.mjs"])?;
    let short: &[_] = if times.short { &[("DESCENT_SHORT", "1")] } else { &[] };
    times.run("npx", &["playwright", "test"], short)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_where_harnesses_tell_them() {
        let cases = [
            ("test layers::back ... ok <1.250s>", Some((1.25, "test layers::back ... ok"))),
            ("  ✓  3 [chromium] › a.spec.js:1:1 › says (so) (1.5m)", Some((90.0, "✓  3 [chromium] › a.spec.js:1:1 › says (so)"))),
            ("  ✓  3 [firefox] › a.spec.js:1:1 › says (250ms)", Some((0.25, "✓  3 [firefox] › a.spec.js:1:1 › says"))),
            ("test layers::back ... ok", None),
            ("     Running unittests src/lib.rs (target/debug/deps/descent-1s)", None),
            ("()", None),
        ];
        for (line, expected) in cases {
            assert_eq!(timed(line), expected.map(|(seconds, name)| (seconds, name.to_string())), "{line}");
        }
    }
}
