//! What a network takes is told in full, also where it is more than a browser's 32 bits count to, and refused before anything is held.

use descent::data::{Shape, Task};
use descent::learn::net::Net;
use descent::learn::{Family, Problem};
use serde_json::{Value, json};

fn problem(shape: Shape, rows: usize) -> Problem {
    let features = (0..shape.units().min(10)).map(|at| format!("f{at}")).collect();
    Problem { shape, ..Problem::flat(features, Task::Regression, rows, 1) }
}

fn net(settings: Value) -> Net {
    serde_json::from_value(settings).expect("settings")
}

#[test]
fn multiply_adds_and_bytes_beyond_32_bits() {
    let shape = Shape::Image { channels: 3, height: 120, width: 120 };
    let conv = json!({"conv2d": {"channels": 256, "kernel": 15, "padding": 7}});
    let net = net(json!({"layers": [conv, conv, {"flatten": {}}, {"dense": {"units": 256}}], "batch_size": 4096}));
    let plan = net.plan(&problem(shape, 5000)).expect("a plan");
    let costs = plan.costs.expect("they fit one another");
    let (pixels, taps, units) = (120_u64 * 120, 15_u64 * 15, 256_u64);
    let parameters = units * 3 * taps + units + units * units * taps + units + units * units * pixels + units + units + 1;
    assert_eq!(costs.parameters, parameters);
    assert_eq!(costs.multiply_adds, units * pixels * (3 * taps + units * taps) + units * pixels * units + units);
    assert_eq!(costs.parameter_bytes, 4 * parameters);
    // Two pictures of 256 channels and their flat copy, forward and backward.
    assert!(costs.activation_bytes > 2 * 3 * units * pixels * 4096 * 4, "{}", costs.activation_bytes);
    assert_eq!(plan.layers[3].parameters, units * units * pixels + units);
}

#[test]
fn attention_over_long_sequences() {
    let (steps, features) = (60_000, 16);
    let net = net(json!({"layers": [{"attention": {"heads": 16}}, {"last_step": {}}]}));
    let problem = problem(Shape::Sequence { steps, features }, 100);
    let costs = net.plan(&problem).expect("a plan").costs.expect("they fit one another");
    // Every head's weights alone are more than 2^32 floats a row.
    assert!(costs.activation_bytes > 4 * 32 * 16 * 60_000 * 60_000, "{}", costs.activation_bytes);
    assert_eq!(net.check(&problem).len(), 1);
}

#[test]
fn what_no_machine_holds_is_told_as_the_largest_number_that_a_page_counts_to() {
    let net = net(json!({"layers": [{"attention": {"heads": 16}}, {"last_step": {}}], "batch_size": 4096}));
    let problem = problem(Shape::Sequence { steps: 1_000_000, features: 16 }, 5000);
    let costs = net.plan(&problem).expect("a plan").costs.expect("they fit one another");
    assert_eq!(costs.activation_bytes, 1 << 53);
    assert_eq!(net.check(&problem).len(), 1);
}

#[test]
fn networks_that_need_more_than_there_is_are_refused_with_the_sum() {
    let wide = json!({"dense": {"units": 256}});
    let deep: Vec<Value> = vec![wide; 20];
    let flat = |rows| problem(Shape::Flat { units: 256 }, rows);
    let cases = [
        // (settings, rows, gigabytes or none)
        (json!({"layers": deep, "batch_size": 4096}), 60_000, None),
        (json!({"layers": deep, "optimizer": {"gradient_descent": {}}}), 2_000, None),
        (json!({"layers": deep, "optimizer": {"gradient_descent": {}}}), 60_000, Some("3.8 GB")),
        (json!({"layers": deep, "optimizer": {"lbfgs": {"history_size": 100}}}), 1_000, Some("GB")),
    ];
    for (settings, rows, expected) in cases {
        let issues = net(settings.clone()).check(&flat(rows));
        match expected {
            None => assert_eq!(issues, Vec::new(), "{settings}"),
            Some(part) => {
                let issue = issues.first().unwrap_or_else(|| panic!("{settings} was let through"));
                assert_eq!(issue.path, "layers", "{issue}");
                assert!(issue.message.en.contains(part) && issue.message.en.contains("there are 1.5 GB"), "{issue}");
                assert!(issue.message.zh.contains("GB"), "{issue}");
            }
        }
    }
}
