//! Augmentations against PyTorch (`golden/augment_reference.py`), NumPy, SciPy and scikit-learn (`golden/augment_rows_reference.py`), for
//! parameters that are given: what is random is checked in each augmentation's own file.

use descent::data::Task;
use descent::data::augment::picture::{Picture, blend};
use descent::data::augment::{contrast, rotate, series, time_warp, window_slice, zoom};
use descent::learn::net::loss::{Batch, LossConfig, mixed};
use descent::learn::{Mixed, Weighing};
use descent::math::kdtree::{KdTree, Nearest, Stretch};
use serde::Deserialize;

#[derive(Deserialize)]
struct Golden {
    images: Vec<Image>,
    mixes: Vec<Mix>,
}

#[derive(Deserialize)]
struct Image {
    shape: [usize; 3],
    image: Vec<f32>,
    rotated: Vec<(f64, Vec<f32>)>,
    zoomed: Vec<(f64, Vec<f32>)>,
    brightened: Vec<(f32, Vec<f32>)>,
    contrasted: Vec<(f32, Vec<f32>)>,
}

#[derive(Deserialize)]
struct Mix {
    loss: LossConfig,
    classes: usize,
    weights: Vec<f64>,
    raw: Vec<f32>,
    targets: Vec<f32>,
    others: Vec<f32>,
    shares: Vec<f32>,
    value: f64,
    gradient: Vec<f32>,
}

#[derive(Deserialize)]
struct GoldenRows {
    curves: Vec<Curve>,
    warps: Vec<Warp>,
    slices: Vec<Slice>,
    neighbours: Vec<Neighbours>,
}

#[derive(Deserialize)]
struct Curve {
    values: Vec<f64>,
    steps: usize,
    curve: Vec<f64>,
}

#[derive(Deserialize)]
struct Warp {
    steps: usize,
    features: usize,
    series: Vec<f32>,
    lengths: Vec<f64>,
    warped: Vec<f32>,
}

#[derive(Deserialize)]
struct Slice {
    features: usize,
    series: Vec<f32>,
    first: usize,
    length: usize,
    stretched: Vec<f32>,
}

#[derive(Deserialize)]
struct Neighbours {
    units: usize,
    k: usize,
    rows: Vec<f32>,
    nearest: Vec<u32>,
}

fn golden() -> Golden {
    serde_json::from_str(include_str!("../golden/augment.json")).expect("golden numbers")
}

fn rows() -> GoldenRows {
    serde_json::from_str(include_str!("../golden/augment_rows.json")).expect("golden numbers")
}

fn close(what: &str, got: &[f32], expected: &[f32]) {
    assert_eq!(got.len(), expected.len(), "{what}");
    for (at, (got, expected)) in got.iter().zip(expected).enumerate() {
        assert!((got - expected).abs() < 1e-5, "{what}, number {at}: {got}, the reference has {expected}");
    }
}

#[test]
fn images_turn_grow_and_change_their_light_as_torchvision_has_it() {
    for Image { shape: [channels, height, width], image, rotated, zoomed, brightened, contrasted } in golden().images {
        let picture = Picture { channels, height, width };
        let transformed = |inverse: [f32; 4]| {
            let mut to = vec![f32::NAN; image.len()];
            picture.transform(inverse, &image, &mut to);
            to
        };
        for (degrees, expected) in rotated {
            close(&format!("{channels}×{height}×{width} by {degrees}°"), &transformed(rotate::inverse(degrees)), &expected);
        }
        for (factor, expected) in zoomed {
            close(&format!("{channels}×{height}×{width} times {factor}"), &transformed(zoom::inverse(factor)), &expected);
        }
        for (factors, other, what) in [(brightened, 0.0, "brightness"), (contrasted, contrast::mean(picture, &image), "contrast")] {
            for (factor, expected) in factors {
                let mut to = image.clone();
                blend(&mut to, other, factor);
                close(&format!("{what} times {factor}"), &to, &expected);
            }
        }
    }
}

#[test]
fn losses_of_mixed_rows_are_those_of_pytorch() {
    for Mix { loss, classes, weights, raw, targets, others, shares, value, gradient } in golden().mixes {
        let task = Task::Classification((0..classes).map(|class| class.to_string()).collect());
        let (outputs, rows, lanes) = (loss.part().outputs(&task), targets.len(), 8);
        let mut laid = vec![0.7; outputs * lanes];
        (0..rows * outputs).for_each(|at| laid[at % outputs * lanes + at / outputs] = raw[at]);
        let batch = Batch { raw: &laid, targets: &targets, lanes, task: &task, weights: Weighing { classes: &weights, rows: &[] } };
        let mix = Mixed { targets: &others, shares: &shares };
        let name = format!("{} on {classes} classes, weights {weights:?}", loss.name());
        let got = mixed::total(loss.part(), batch, mix) / mixed::weight_sum(batch, mix);
        assert!((got - value).abs() < 1e-6, "{name}: {got}, PyTorch has {value}");
        let (mut to, mut spare) = (vec![f32::NAN; outputs * lanes], vec![f32::NAN; outputs * lanes]);
        mixed::gradient(loss.part(), batch, mix, &mut to, &mut spare);
        let back: Vec<f32> = (0..rows * outputs).map(|at| to[at % outputs * lanes + at / outputs]).collect();
        close(&name, &back, &gradient);
        let padding = to.chunks(lanes).flat_map(|output| &output[rows..]);
        assert!(padding.into_iter().all(|&value| value == 0.0), "{name}: padding moves");
    }
}

#[test]
fn smooth_curves_are_scipys() {
    for Curve { values, steps, curve } in rows().curves {
        let mut to = vec![f64::NAN; steps];
        series::spline(&values, (steps - 1) as f64, &mut to);
        to.iter().zip(&curve).for_each(|(got, expected)| assert!((got - expected).abs() < 1e-7, "{}: {got} {expected}", values.len()));
    }
}

#[test]
fn sequences_are_read_between_their_steps_as_numpy_does() {
    for Warp { steps, features, series: values, mut lengths, warped } in rows().warps {
        time_warp::places(&mut lengths);
        let mut to = vec![f32::NAN; steps * features];
        to.chunks_mut(features).zip(&lengths).for_each(|(to, &place)| series::between(&values, features, place, to));
        close("a warped series", &to, &warped);
    }
    for Slice { features, series, first, length, stretched } in rows().slices {
        let mut to = vec![f32::NAN; series.len()];
        window_slice::stretch(&series, features, first, length, &mut to);
        close(&format!("{length} steps from {first}"), &to, &stretched);
    }
}

#[test]
fn neighbours_are_those_of_scikit_learn() {
    for Neighbours { units, k, rows, nearest } in rows().neighbours {
        let tree = KdTree::new(&rows, units, (0..(rows.len() / units) as u32).collect());
        let mut near = Nearest::default();
        for (at, expected) in nearest.chunks(k).enumerate() {
            near.clear(k);
            tree.search(&rows[at * units..][..units], Stretch::NONE, Some(at as u32), &mut near);
            assert_eq!(near.found().iter().map(|(_, row)| *row).collect::<Vec<_>>(), expected, "of row {at}");
        }
    }
}
