//! No allocation on the training path: buffers are sized when a network is built, and two epochs later an update allocates nothing.

// It counts by an allocator that every test of a program would share.
#![cfg(not(target_arch = "wasm32"))]

use descent::data::{Shape, Task};
use descent::learn::net::{
    Net, Network, activation::ActivationConfig, layers::LayerConfig, loss::LossConfig, optimizer::OptimizerConfig, schedule::ScheduleConfig,
};
use descent::learn::{Family, Learner, Mixed, Problem, Rows};
use ndarray::Array2;
use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

/// The system's allocator, which counts what this thread asks of it.
struct Counting;

thread_local! {
    // Without a destructor or a lazy start: reading it allocates nothing.
    static ASKED: Cell<usize> = const { Cell::new(0) };
}

fn count() {
    ASKED.with(|asked| asked.set(asked.get() + 1));
}

// Each call goes on to the system's allocator with the same arguments, so its contract is the caller's.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count();
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count();
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count();
        unsafe { System.realloc(pointer, layout, size) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Rows and a batch size that leave a smaller batch at the end of each epoch.
const ROWS: usize = 22;
const BATCH: usize = 8;

fn task(classes: usize) -> Task {
    match classes {
        0 => Task::Regression,
        _ => Task::Classification((0..classes).map(|class| class.to_string()).collect()),
    }
}

/// Allocations of three epochs of updates after two; none where the settings do not fit such rows.
fn allocations(settings: &Net, shape: Shape, classes: usize, mixed: bool) -> Option<usize> {
    let features = (0..shape.units()).map(|at| at.to_string()).collect();
    let problem = Problem { shape, ..Problem::flat(features, task(classes), ROWS, 3) };
    let settings = Net { batch_size: BATCH, ..settings.clone() };
    if !settings.check(&problem).is_empty() {
        return None;
    }
    let inputs = Array2::from_shape_fn((ROWS, shape.units()), |(row, column)| match shape {
        Shape::Tokens { vocabulary, .. } => ((row * 7 + column * 3) % vocabulary) as f32,
        _ => ((row * shape.units() + column) as f32 * 1.7).sin(),
    });
    let targets: Vec<f32> = (0..ROWS).map(|row| if classes == 0 { (row as f32).cos() } else { (row % classes) as f32 }).collect();
    let others: Vec<f32> = targets.iter().rev().copied().collect();
    // What is mixed counts differently, too.
    let weights: Vec<f32> = (0..ROWS).map(|row| (row % 3) as f32).collect();
    let weights = mixed.then_some(&weights[..]);
    let mixed = mixed.then_some(Mixed { targets: &others, shares: &[0.3; ROWS] });
    let rows = Rows { mixed, weights, ..Rows::new(inputs.view(), &targets) };
    let mut network = Network::new(settings, &problem);
    let mut epochs = |count: usize| {
        let mut left = count;
        while left > 0 {
            left -= usize::from(network.tick(rows).boundary);
        }
    };
    epochs(2);
    let before = ASKED.with(Cell::get);
    epochs(3);
    Some(ASKED.with(Cell::get) - before)
}

fn assert_none(what: impl std::fmt::Display, settings: &Net, shape: Shape, classes: usize) {
    let asked = allocations(settings, shape, classes, false);
    assert!(asked.is_some(), "{what}: {:?}", settings);
    assert_eq!(asked, Some(0), "{what} allocates");
}

const FLAT: Shape = Shape::Flat { units: 3 };

#[test]
fn the_counter_counts() {
    let before = ASKED.with(Cell::get);
    let numbers = std::hint::black_box(vec![1_u8; 100]);
    assert_eq!(ASKED.with(Cell::get) - before, 1, "{}", numbers.len());
}

#[test]
fn rows_of_two_classes_that_count_differently_allocate_nothing() {
    for classes in [2, 4] {
        assert_eq!(allocations(&Net::default(), FLAT, classes, true), Some(0), "{classes} classes");
    }
}

#[test]
fn no_layer_allocates() {
    let shapes = [
        FLAT,
        Shape::Image { channels: 2, height: 6, width: 5 },
        Shape::Sequence { steps: 5, features: 3 },
        Shape::Tokens { steps: 6, vocabulary: 5 },
    ];
    for layer in LayerConfig::all() {
        let mut fits = false;
        for shape in shapes {
            let Ok(module) = layer.part().module(&shape) else { continue };
            fits = true;
            let mut layers = vec![layer.clone()];
            if !matches!(module.output(), Shape::Flat { .. }) {
                layers.push(LayerConfig::flatten(Default::default()));
            }
            assert_none(format!("{} on {shape:?}", layer.name()), &Net { layers, ..Net::default() }, shape, 3);
        }
        assert!(fits, "{} takes no kind of row", layer.name());
    }
}

#[test]
fn no_activation_allocates() {
    for activation in ActivationConfig::all() {
        let json = serde_json::json!({"dense": {"units": 70, "activation": activation}});
        let layers = vec![serde_json::from_value(json).expect("a layer")];
        assert_none(activation.name(), &Net { layers, ..Net::default() }, FLAT, 3);
    }
}

#[test]
fn no_loss_allocates() {
    for loss in LossConfig::all() {
        let mut fits = false;
        for classes in [0, 2, 4] {
            for weights in ["equal", "balanced"] {
                if loss.part().suits(&task(classes)).is_err() || (classes == 0 && weights != "equal") {
                    continue;
                }
                fits = true;
                let json = serde_json::json!({"loss": loss, "class_weights": {weights: {}}});
                let settings: Net = serde_json::from_value(json).expect("a network");
                assert_none(format!("{} on {classes} classes, {weights}", loss.name()), &settings, FLAT, classes);
            }
        }
        assert!(fits, "{} suits no task", loss.name());
    }
}

#[test]
fn no_optimizer_allocates() {
    for optimizer in OptimizerConfig::all() {
        let settings = Net { optimizer: optimizer.clone(), ..Net::default() };
        // Some are for one kind of loss alone.
        let asked: Vec<usize> = [0, 2, 3].into_iter().filter_map(|classes| allocations(&settings, FLAT, classes, false)).collect();
        assert!(!asked.is_empty(), "{} suits no task", optimizer.name());
        assert!(asked.iter().all(|&asked| asked == 0), "{} allocates: {asked:?}", optimizer.name());
    }
}

#[test]
fn no_schedule_allocates() {
    for schedule in ScheduleConfig::all() {
        let mut settings = Net { schedule: schedule.clone(), ..Net::default() };
        settings.warmup.updates = 10;
        assert_none(schedule.name(), &settings, FLAT, 3);
    }
}

#[test]
fn nothing_that_is_done_around_a_step_allocates() {
    for controls in [
        r#"{"l1": 0.001, "l2": 0.01, "weight_decay": 0.1, "clip": {"norm": {"limit": 0.5}}, "average": {"ema": {"decay": 0.9}}}"#,
        r#"{"clip": {"value": {"limit": 0.01}}, "max_norm": {"units": {"limit": 1}}, "average": {"ema": {"warm_up": true}}}"#,
        r#"{"tuning": [{"freeze": {"first": 2, "last": 2, "until": {"end": {}}}}, {"rate": {"first": 1, "last": 1, "factor": 0.5}}]}"#,
    ] {
        assert_none(controls, &serde_json::from_str(controls).expect("a network"), FLAT, 3);
    }
}
