//! Fuzzing without end: `fuzz [documents|texts|surfaces|csv|weights|all] [--seed N] [--from N] [--count N] [--threads N]`. Prints how many cases it has
//! run and each fault once, with the smallest document that shows it; `fuzz KIND --seed N --from N --count 1` runs a case again.

#[path = "../tests/fuzz/mod.rs"]
mod fuzz;

use fuzz::{Findings, Kind, Plan};
use std::process::ExitCode;
use std::sync::Mutex;
use std::time::Instant;

/// Cases between two lines about how far it is.
const STRETCH: u64 = 20_000;

const USAGE: &str = "usage: fuzz [documents|texts|surfaces|csv|weights|all] [--seed N] [--from N] [--count N] [--threads N]";

fn main() -> ExitCode {
    let (mut kinds, mut plan) = (Kind::ALL.to_vec(), Plan { kind: Kind::Documents, seed: 1, from: 0, count: u64::MAX, threads: 2 });
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut number = || arguments.next().and_then(|number| number.parse::<u64>().ok());
        let understood = match argument.as_str() {
            "--seed" => number().map(|number| plan.seed = number as u32),
            "--from" => number().map(|number| plan.from = number),
            "--count" => number().map(|number| plan.count = number),
            "--threads" => number().map(|number| plan.threads = (number as usize).max(1)),
            "all" => Some(()),
            name => Kind::ALL.into_iter().find(|kind| kind.name() == name).map(|kind| kinds = vec![kind]),
        };
        if understood.is_none() {
            eprintln!("{USAGE}");
            return ExitCode::FAILURE;
        }
    }
    let findings = Mutex::new(Findings::default());
    let (mut done, start) = (vec![(0, fuzz::Count::default()); kinds.len()], Instant::now());
    // A stretch of each kind in turn.
    while done.iter().any(|(count, _)| *count < plan.count) {
        for (kind, (count, total)) in kinds.iter().zip(&mut done) {
            let stretch = Plan { kind: *kind, from: plan.from + *count, count: STRETCH.min(plan.count - *count), ..plan };
            let counted = fuzz::run(&stretch, |finding| {
                if findings.lock().expect("nobody panics with it").add(&finding) {
                    let document = fuzz::smaller(&finding);
                    println!("FOUND {} {} of seed {}: {}\n{document}\n", kind.name(), finding.number, finding.seed, finding.what);
                }
                false
            });
            *count += stretch.count;
            total.refused += counted.refused;
            total.costly += counted.costly;
            total.ran += counted.ran;
            let fuzz::Count { refused, costly, ran } = *total;
            println!("{}: {count} drawn, {ran} ran, {refused} refused, {costly} too costly; {} s", kind.name(), start.elapsed().as_secs());
        }
    }
    let findings = findings.into_inner().expect("nobody panics with it");
    findings.all().for_each(|(place, count)| println!("{count} × {place}"));
    if findings.all().next().is_none() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
