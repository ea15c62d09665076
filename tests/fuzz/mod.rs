//! Cases that nobody thought of. A kind draws case after case from a seed; a case fails by a panic (arithmetic that overflows is one, in the profile of the
//! tests), by saying what is not so, or by going on for longer than [`LIMIT`]. `tests/fuzz.rs` runs a fixed number of each kind, `cargo xtask fuzz` goes on
//! for as long as it is let. What was found stays in `found/` and is replayed.

// Each program uses a part of this.
#![allow(dead_code)]

pub mod chance;
mod csv;
mod document;
mod draw;
mod files;
mod surface;
mod text;
mod weights;

use chance::Chance;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::panic::{self, AssertUnwindSafe};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, Once};
use std::time::{Duration, Instant};

/// A case that takes longer hangs: generous, because the machine may be busy.
const LIMIT: Duration = Duration::from_secs(300);

/// What is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Experiments, run for some updates.
    Documents,
    /// Documents of wrong types, and texts that are none.
    Texts,
    Surfaces,
    Csv,
    Weights,
}

/// What became of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    Refused,
    Costly,
    Ran,
}

impl Kind {
    pub const ALL: [Kind; 5] = [Kind::Documents, Kind::Texts, Kind::Surfaces, Kind::Csv, Kind::Weights];

    pub fn name(self) -> &'static str {
        match self {
            Kind::Documents => "documents",
            Kind::Texts => "texts",
            Kind::Surfaces => "surfaces",
            Kind::Csv => "csv",
            Kind::Weights => "weights",
        }
    }

    /// What case `number` is made of.
    fn draw(self, chance: &mut Chance) -> Vec<u8> {
        match self {
            Kind::Documents => document::drawn(chance).into_bytes(),
            Kind::Texts => text::drawn(chance).into_bytes(),
            Kind::Surfaces => surface::drawn(chance).into_bytes(),
            Kind::Csv => csv::drawn(chance),
            Kind::Weights => weights::drawn(chance),
        }
    }

    fn attempt(self, case: &[u8], chance: &mut Chance) -> Result<Ended, String> {
        let text = || std::str::from_utf8(case).map_err(|error| error.to_string());
        match self {
            Kind::Documents => document::attempt(text()?, chance).map(ended),
            Kind::Texts => text::attempt(text()?, chance),
            Kind::Surfaces => surface::attempt(text()?),
            Kind::Csv => csv::attempt(case, chance),
            Kind::Weights => weights::attempt(case, chance),
        }
    }
}

fn ended(came: document::Came) -> Ended {
    match came {
        document::Came::Refused => Ended::Refused,
        document::Came::Costly => Ended::Costly,
        document::Came::Ran => Ended::Ran,
    }
}

/// A case that failed.
#[derive(Clone, Debug)]
pub struct Finding {
    pub kind: Kind,
    pub seed: u32,
    pub number: u64,
    /// What was wrong, the place of a panic first.
    pub what: String,
    /// The case itself.
    pub case: Vec<u8>,
}

thread_local! {
    static PANIC: RefCell<String> = const { RefCell::new(String::new()) };
    static CATCHING: Cell<bool> = const { Cell::new(false) };
}

/// Panics of cases are told to whoever caught them, not to the terminal; others are told as ever.
pub fn quiet() {
    static ONCE: Once = Once::new();
    ONCE.call_once(hook);
}

fn hook() {
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if !CATCHING.get() {
            return before(info);
        }
        let place = info.location().map_or(String::new(), |place| format!("{}:{}: ", place.file(), place.line()));
        let message = info.payload().downcast_ref::<&str>().map(|text| text.to_string());
        let message = message.or_else(|| info.payload().downcast_ref::<String>().cloned()).unwrap_or_default();
        PANIC.set(format!("{place}{message}"));
    }));
}

fn caught<T>(work: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    CATCHING.set(true);
    let done = panic::catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(PANIC.with_borrow(String::clone)));
    CATCHING.set(false);
    done
}

/// One case.
pub fn case(kind: Kind, seed: u32, number: u64) -> Result<Ended, Finding> {
    let mut chance = Chance::of(kind.name(), seed, number);
    let case = kind.draw(&mut chance);
    caught(|| kind.attempt(&case, &mut chance)).map_err(|what| Finding { kind, seed, number, what, case })
}

/// A document that was found once, as often as it takes to do everything with it.
pub fn found(document: &str) -> Result<(), String> {
    (0..12).try_for_each(|time| {
        let mut chance = Chance::of("found", 0, time);
        caught(|| document::replay(document, &mut chance)).map(|_| ())
    })
}

/// How many cases ended in which way.
#[derive(Clone, Copy, Debug, Default)]
pub struct Count {
    pub refused: u64,
    pub costly: u64,
    pub ran: u64,
}

/// What `run` is asked for.
pub struct Plan {
    pub kind: Kind,
    pub seed: u32,
    pub from: u64,
    pub count: u64,
    pub threads: usize,
}

/// The case that a thread is at, and since when.
type Under = Mutex<Option<(u64, Instant)>>;

/// Runs cases on some threads until all are done or `tell`, which hears of findings as they come, says that it is enough. Returns what was counted.
pub fn run(plan: &Plan, tell: impl Fn(Finding) -> bool + Send + Sync) -> Count {
    quiet();
    let (next, enough) = (AtomicU64::new(plan.from), AtomicBool::new(false));
    let total = Mutex::new(Count::default());
    let end = plan.from.saturating_add(plan.count);
    // What each thread is at, for the watch.
    let at: Arc<Vec<Under>> = Arc::new((0..plan.threads).map(|_| Mutex::new(None)).collect());
    let done = Arc::new(AtomicBool::new(false));
    let watch = {
        let (at, done, kind, seed) = (at.clone(), done.clone(), plan.kind, plan.seed);
        std::thread::spawn(move || {
            while !done.load(Ordering::Relaxed) {
                std::thread::park_timeout(Duration::from_millis(500));
                for place in at.iter() {
                    if let Some((number, since)) = *place.lock().expect("nobody panics with it")
                        && since.elapsed() > LIMIT
                    {
                        let case = kind.draw(&mut Chance::of(kind.name(), seed, number));
                        let (name, case) = (kind.name(), String::from_utf8_lossy(&case));
                        eprintln!("{name} {number} of seed {seed} takes longer than {} s\n{case}", LIMIT.as_secs());
                        std::process::exit(1);
                    }
                }
            }
        })
    };
    std::thread::scope(|scope| {
        for place in at.iter() {
            scope.spawn(|| {
                let mut own = Count::default();
                while !enough.load(Ordering::Relaxed) {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= end {
                        break;
                    }
                    *place.lock().expect("nobody panics with it") = Some((number, Instant::now()));
                    match case(plan.kind, plan.seed, number) {
                        Ok(Ended::Refused) => own.refused += 1,
                        Ok(Ended::Costly) => own.costly += 1,
                        Ok(Ended::Ran) => own.ran += 1,
                        Err(finding) => {
                            if tell(finding) {
                                enough.store(true, Ordering::Relaxed);
                            }
                        }
                    }
                    *place.lock().expect("nobody panics with it") = None;
                }
                let mut total = total.lock().expect("nobody panics with it");
                total.refused += own.refused;
                total.costly += own.costly;
                total.ran += own.ran;
            });
        }
    });
    done.store(true, Ordering::Relaxed);
    watch.thread().unpark();
    watch.join().ok();
    total.into_inner().expect("nobody panics with it")
}

/// A document as small as it fails in the same way: one thing after the other is taken out.
pub fn smaller(finding: &Finding) -> String {
    let text = String::from_utf8_lossy(&finding.case).into_owned();
    if !matches!(finding.kind, Kind::Documents) {
        return text;
    }
    let fails = |text: &str| {
        let mut chance = Chance::of(finding.kind.name(), finding.seed, finding.number);
        // The stream has to stand where it stood.
        finding.kind.draw(&mut chance);
        caught(|| document::attempt(text, &mut chance)).err().is_some_and(|what| place(&what) == place(&finding.what))
    };
    let mut document: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
    let start = Instant::now();
    while let Some(less) = draw::without_one(&document).into_iter().find(|less| start.elapsed().as_secs() < 20 && fails(&less.to_string()))
    {
        document = less;
    }
    document.to_string()
}

/// What two findings of the same fault have in common.
pub fn place(what: &str) -> String {
    let digits = |letter: char| letter.is_ascii_digit();
    let head: String = what.split_whitespace().take(6).collect::<Vec<_>>().join(" ");
    match what.split_once(".rs:") {
        Some((file, rest)) => format!("{file}.rs:{}", rest.split(':').next().unwrap_or_default()),
        None => head.replace(digits, ""),
    }
}

/// Findings by what they have in common, with the first of each.
#[derive(Default)]
pub struct Findings(BTreeMap<String, (u64, Option<Finding>)>);

impl Findings {
    /// Counts a finding; true where it is the first of its kind.
    pub fn add(&mut self, finding: &Finding) -> bool {
        let entry = self.0.entry(place(&finding.what)).or_default();
        entry.0 += 1;
        entry.1.get_or_insert_with(|| finding.clone());
        entry.0 == 1
    }

    pub fn all(&self) -> impl Iterator<Item = (&str, u64)> {
        self.0.iter().map(|(place, (count, _))| (place.as_str(), *count))
    }
}
