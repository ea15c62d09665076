//! Does a job where it stands, on as many threads as are wanted: what the headless runner does.

use super::{Document, Outcome, Outcomes, Plan};
use crate::data::Files;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Milliseconds of a piece between two words about it.
const SLICE: f64 = 200.0;

/// What is told while a job is done.
pub enum News<'a> {
    /// How much is done, from 0 to 1, and the seconds that are left if the rest goes as fast.
    Progress { share: f64, left: Option<f64> },
    /// A piece has come to something.
    Piece { plan: &'a Plan, at: usize, outcome: &'a Outcome },
}

/// Does all pieces on so many threads. The last plan, and what became of its pieces: the same whatever `workers` is, but for what a clock says.
pub fn all(document: &Document, files: &(dyn Files + Sync), workers: usize, hear: &mut (dyn FnMut(News) + Send)) -> (Plan, Outcomes) {
    let start = Instant::now();
    let mut done = Outcomes::new();
    loop {
        let plan = document.plan(files, &done);
        let missing: Vec<usize> = plan.missing(&done).collect();
        if missing.is_empty() {
            return (plan, done);
        }
        let total = plan.pieces.len() as f64;
        let (next, before) = (AtomicUsize::new(0), done.len() as f64);
        let heard = Mutex::new((hear as &mut (dyn FnMut(News) + Send), Outcomes::new(), vec![0.0; missing.len()], Instant::now()));
        std::thread::scope(|scope| {
            for _ in 0..workers.clamp(1, missing.len()) {
                scope.spawn(|| {
                    while let Some((slot, &at)) =
                        Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|slot| Some((slot, missing.get(slot)?)))
                    {
                        let tell = |share: f64, outcome: Option<Outcome>| {
                            let mut heard = heard.lock().expect("no listener panics");
                            let (hear, found, shares, last) = &mut *heard;
                            shares[slot] = share;
                            if let Some(outcome) = outcome {
                                hear(News::Piece { plan: &plan, at, outcome: &outcome });
                                found.insert(at, outcome);
                            } else if last.elapsed() < Duration::from_millis(SLICE as u64) {
                                return;
                            }
                            *last = Instant::now();
                            let share = (before + shares.iter().sum::<f64>()) / total;
                            let seconds = start.elapsed().as_secs_f64();
                            hear(News::Progress { share, left: (share > 0.0).then(|| seconds * (1.0 - share) / share) });
                        };
                        let outcome = match document.begin(&plan.pieces[at], files) {
                            Err(issues) => Outcome::refused(&issues),
                            Ok(mut task) => {
                                let mut now = || start.elapsed().as_secs_f64() * 1000.0;
                                while !task.advance(SLICE, &mut now) {
                                    tell(task.share(), None);
                                }
                                Outcome::Done(task.found())
                            }
                        };
                        tell(1.0, Some(outcome));
                    }
                });
            }
        });
        let (_, found, ..) = heard.into_inner().expect("no listener panics");
        done.extend(found);
    }
}
