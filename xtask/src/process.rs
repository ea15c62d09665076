//! Running other programs.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

/// Done, or what went wrong.
pub type Outcome = Result<(), String>;

/// Runs a program whose output is what the user asked for.
pub fn run<S: AsRef<OsStr>>(program: &str, arguments: impl IntoIterator<Item = S>) -> Outcome {
    run_with(program, arguments, &[])
}

/// The same with more environment variables.
pub fn run_with<S: AsRef<OsStr>>(program: &str, arguments: impl IntoIterator<Item = S>, variables: &[(&str, &str)]) -> Outcome {
    start(Command::new(program).args(arguments).envs(variables.iter().copied()))
}

/// Runs a program on the way there: what it prints goes to standard error, so that standard output is the result alone.
pub fn step<S: AsRef<OsStr>>(program: &str, arguments: impl IntoIterator<Item = S>) -> Outcome {
    step_with(program, arguments, &[])
}

/// The same with more environment variables.
pub fn step_with<S: AsRef<OsStr>>(program: &str, arguments: impl IntoIterator<Item = S>, variables: &[(&str, &str)]) -> Outcome {
    start(Command::new(program).args(arguments).envs(variables.iter().copied()).stdout(std::io::stderr()))
}

/// Runs a program, prints what it prints, and hands every line of it to `hear`.
pub fn run_heard<S: AsRef<OsStr>>(
    program: &str,
    arguments: impl IntoIterator<Item = S>,
    variables: &[(&str, &str)],
    hear: &mut dyn FnMut(&str),
) -> Outcome {
    let mut command = Command::new(program);
    command.args(arguments).envs(variables.iter().copied()).stdout(Stdio::piped());
    let shown = announce(&command);
    let mut child = command.spawn().map_err(|error| format!("cannot start {shown}: {error}"))?;
    for line in BufReader::new(child.stdout.take().expect("it is piped")).split(b'\n') {
        let line = line.map_err(|error| format!("{shown}: {error}"))?;
        let line = String::from_utf8_lossy(&line);
        println!("{line}");
        hear(&line);
    }
    ended(child.wait(), &shown)
}

fn start(command: &mut Command) -> Outcome {
    let shown = announce(command);
    ended(command.status(), &shown)
}

fn announce(command: &Command) -> String {
    let shown = format!("{command:?}").replace('"', "");
    eprintln!("→ {shown}");
    shown
}

fn ended(status: std::io::Result<std::process::ExitStatus>, shown: &str) -> Outcome {
    let status = status.map_err(|error| format!("cannot start {shown}: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("failed ({status}): {shown}")) }
}

/// What a program prints, if it succeeds.
pub fn output(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_string())
}

/// True where the program is on the PATH.
pub fn present(program: &str) -> bool {
    where_is(program).is_some()
}

/// Where the program is, if it is on the PATH.
pub fn where_is(program: &str) -> Option<String> {
    output("sh", &["-c", &format!("command -v {program}")])
}
