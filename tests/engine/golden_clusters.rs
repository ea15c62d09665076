//! Toy generators against scikit-learn's (`golden/clusters_reference.py`): the same geometry without noise, the same spread with it, but for where the
//! page's plane has its middle and how large it is.

use descent::data::blobs::{Blobs, Form};
use descent::data::moons::Moons;
use descent::data::rings::Rings;
use descent::data::{NoFiles, Source, Table};
use serde_json::Value;

fn golden() -> Value {
    serde_json::from_str(include_str!("../golden/clusters.json")).unwrap()
}

fn pairs(value: &Value) -> Vec<[f64; 2]> {
    serde_json::from_value(value.clone()).unwrap()
}

/// Points of a class, in their order.
fn of_class(table: &Table, class: usize) -> Vec<[f64; 2]> {
    let rows = table.inputs.rows().into_iter().zip(&table.targets).filter(|(_, target)| **target == class as f32);
    rows.map(|(row, _)| [f64::from(row[0]), f64::from(row[1])]).collect()
}

/// The same points for each of two classes, once scikit-learn's are moved by `shift` and made `scale` times as large.
fn assert_same_shape(table: &Table, golden: &Value, shift: [f64; 2], scale: f64) {
    let (points, labels) = (pairs(&golden["points"]), golden["labels"].as_array().unwrap());
    for class in 0..2 {
        let theirs: Vec<[f64; 2]> = points.iter().zip(labels).filter(|(_, label)| **label == class).map(|(point, _)| *point).collect();
        let ours = of_class(table, class);
        assert_eq!(ours.len(), theirs.len());
        for (ours, theirs) in ours.iter().zip(&theirs) {
            for axis in 0..2 {
                assert!((ours[axis] - scale * (theirs[axis] + shift[axis])).abs() < 1e-5, "{ours:?} where {theirs:?} is due");
            }
        }
    }
}

#[test]
fn moons_are_make_moons() {
    let table = Moons { samples: 40, noise: 0.0 }.load(1, &NoFiles).unwrap();
    assert_same_shape(&table, &golden()["moons"], [-0.5, -0.25], 3.5);
}

#[test]
fn two_rings_are_make_circles() {
    let table = Rings { samples: 40, noise: 0.0, classes: 2 }.load(1, &NoFiles).unwrap();
    assert_same_shape(&table, &golden()["circles"], [0.0, 0.0], 4.0);
}

fn moments(points: &[[f64; 2]]) -> ([f64; 2], [[f64; 2]; 2]) {
    let mean = [0, 1].map(|axis| points.iter().map(|point| point[axis]).sum::<f64>() / points.len() as f64);
    let product =
        |a: usize, b: usize| points.iter().map(|point| (point[a] - mean[a]) * (point[b] - mean[b])).sum::<f64>() / points.len() as f64;
    (mean, [0, 1].map(|a| [0, 1].map(|b| product(a, b))))
}

#[test]
fn blobs_are_make_blobs_round_and_stretched() {
    let golden = golden();
    let centres = |name: &str| pairs(&golden["centres"][name]);
    // The seed turns ours: by the angle of the first one.
    let load = |shape| Blobs { samples: 20_000, noise: 0.1, classes: 4, shape }.load(5, &NoFiles).unwrap();
    let (round, stretched) = (load(Form::Round), load(Form::Stretched));
    let turn = {
        let ([x, y], _) = moments(&of_class(&round, 0));
        x.atan2(y)
    };
    let matrix = |[x, y]: [f64; 2]| [0.6 * x - 0.4 * y, -0.6 * x + 0.8 * y];
    for class in 0..4 {
        let [x, y] = centres("round")[class];
        let turned = [x * turn.cos() + y * turn.sin(), y * turn.cos() - x * turn.sin()];
        for (table, name, due) in [(&round, "round", turned), (&stretched, "stretched", matrix(turned))] {
            let (mean, covariance) = moments(&of_class(table, class));
            let expected = pairs(&golden["covariance"][name]);
            for a in 0..2 {
                assert!((mean[a] - due[a]).abs() < 0.04, "{name} {class}: {mean:?} where {due:?} is due");
                for b in 0..2 {
                    assert!((covariance[a][b] - expected[a][b]).abs() < 0.02, "{name} {class}: {covariance:?} where {expected:?} is due");
                }
            }
        }
    }
    // The matrix is scikit-learn's.
    for (from, to) in centres("round").into_iter().zip(centres("stretched")) {
        assert!((0..2).all(|axis| (matrix(from)[axis] - to[axis]).abs() < 1e-9));
    }
}
