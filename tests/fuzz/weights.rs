//! safetensors files, broken at their length, their header and their numbers.

use super::Ended;
use super::chance::Chance;
use super::document::told;
use super::files;
use descent::config::Nothing;
use descent::data::Task;
use descent::learn::net::Net;
use descent::learn::net::layers::LayerConfig;
use descent::learn::net::transfer::{First, Named, SavedWeights, Transfer, Which};
use descent::learn::{Family, Problem};

const NAMES: [&str; 8] = ["0.weight", "0.bias", "1.weight", "1.bias", "<img src=x onerror=alert(1)>", "", "__metadata__", "列"];
const TYPES: [&str; 10] = ["F32", "F64", "F16", "BF16", "I64", "U8", "BOOL", "F8_E4M3", "f32", "X"];
const SIDES: [u64; 9] = [0, 1, 2, 4, 8, 1 << 32, u64::MAX, 1 << 62, 3];

pub fn drawn(chance: &mut Chance) -> Vec<u8> {
    let mut file = match chance.below(4) {
        0 => files::all().iter().find(|(name, _)| name.ends_with("safetensors")).expect("one of them").1.clone(),
        _ => {
            let entries = (0..chance.below(6)).map(|_| {
                let shape: Vec<String> = (0..chance.few(4)).map(|_| chance.pick(&SIDES).to_string()).collect();
                let (from, to) = (*chance.pick(&SIDES), *chance.pick(&SIDES));
                let (name, kind) = (*chance.pick(&NAMES), *chance.pick(&TYPES));
                match chance.below(12) {
                    0 => format!(r#"{name:?}:{{"dtype":"{kind}","shape":[2,2]}}"#),
                    1 => format!("{name:?}:[]"),
                    _ => format!(r#"{name:?}:{{"dtype":"{kind}","shape":[{}],"data_offsets":[{from},{to}]}}"#, shape.join(",")),
                }
            });
            let header = format!("{{{}}}", entries.collect::<Vec<_>>().join(","));
            let length = if chance.once_in(6) { *chance.pick(&SIDES) } else { header.len() as u64 };
            let body: Vec<u8> = (0..chance.below(48)).map(|_| chance.below(256) as u8).collect();
            [&length.to_le_bytes()[..], header.as_bytes(), &body].concat()
        }
    };
    for _ in 0..chance.few(5) {
        if file.is_empty() {
            break;
        }
        let at = chance.below(file.len());
        match chance.below(5) {
            0 => file.truncate(at),
            1 => file.insert(at, chance.below(256) as u8),
            _ => file[at] = chance.below(256) as u8,
        }
    }
    file
}

pub fn attempt(bytes: &[u8], chance: &mut Chance) -> Result<Ended, String> {
    let which = match chance.below(3) {
        0 => Which::All(Nothing {}),
        1 => Which::First(First { layers: 1 + chance.below(3) }),
        _ => Which::Named(Named { tensors: vec![chance.pick(&NAMES).to_string()] }),
    };
    let dense = LayerConfig::all().into_iter().find(|layer| layer.name() == "dense").expect("it is registered");
    let LayerConfig::dense(mut dense) = dense else { return Err("dense is not dense".into()) };
    dense.units = 4;
    let transfer = Transfer::File(SavedWeights { path: "w.safetensors".into(), which });
    let net = Net { layers: vec![LayerConfig::dense(dense)], transfer, ..Net::default() };
    let names = ["x", "y"].map(String::from).to_vec();
    let mut problem = Problem::flat(names, Task::Classification(vec!["a".into(), "b".into()]), 20, 1);
    problem.files.keep("w.safetensors", bytes.to_vec());
    let issues = net.check(&problem);
    if !issues.is_empty() {
        told(&issues, "check")?;
        return Ok(Ended::Refused);
    }
    let learner = net.build(&problem);
    match learner.non_finite() {
        Some(name) => Err(format!("{name} was loaded, and is not finite")),
        None => Ok(Ended::Ran),
    }
}
