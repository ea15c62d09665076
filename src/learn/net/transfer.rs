//! Weights to begin with, from a safetensors file that this program or PyTorch wrote: transfer learning. Tensors are found by PyTorch's names, which
//! count places in `Sequential`, and must have the network's shapes; nothing is reshaped or left out in silence. What the file holds besides is
//! ignored. Layers that are not loaded begin as they would without a file.

use super::stack::{Place, Stack};
use crate::config::message::{shorten, shorten_to};
use crate::config::{Issue, Message, Nothing, counted};
use crate::learn::Problem;
use crate::message;
use safetensors::SafeTensors;
use safetensors::tensor::{Dtype, TensorView};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The largest file, in bytes.
const LARGEST_FILE: usize = 64 << 20;
/// The largest header, in bytes: that of ten thousands of tensors. A larger one takes seconds to read.
const LARGEST_HEADER: u64 = 4 << 20;
/// Tensors of a file that are listed.
const SHOWN: usize = 40;

/// Initial weights | 起始权重
///
/// With which weights the network begins. | 网络从怎样的权重开始。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Transfer {
    /// Fresh weights | 全新权重
    ///
    /// All weights are drawn by the initialiser. | 所有权重都由初始化方法抽取。
    Fresh(Nothing),
    /// Weights from a file | 文件中的权重
    ///
    /// Some or all layers begin with weights that were saved before. | 部分或全部层从以前保存的权重开始。
    File(SavedWeights),
}

impl Default for Transfer {
    fn default() -> Self {
        Transfer::Fresh(Nothing {})
    }
}

/// Weights from a file | 文件中的权重
///
/// Some or all layers begin with weights that were saved before. | 部分或全部层从以前保存的权重开始。
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "transfer-learning"))]
pub struct SavedWeights {
    /// File | 文件
    ///
    /// Path of a safetensors file; in the page, the name of a file that was chosen. At most 64 MB. | safetensors 文件的路径；在网页中为所选文件的名称。最大 64 MB。
    #[schemars(extend("x-file" = ".safetensors", "x-largest-bytes" = LARGEST_FILE))]
    pub path: String,
    /// Which | 加载哪些
    ///
    /// Which weights are taken from the file; the others are fresh. | 从文件中取哪些权重；其余为全新权重。
    #[schemars(extend("x-term" = "transfer-learning"))]
    pub which: Which,
}

/// Which | 加载哪些
///
/// Which weights are taken from the file; the others are fresh. | 从文件中取哪些权重；其余为全新权重。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Which {
    /// All layers | 所有层
    ///
    /// The whole network as it was saved. | 与保存时相同的整个网络。
    All(Nothing),
    /// The first layers | 前几层
    ///
    /// The layers next to the inputs, which see what is common to many tasks. | 靠近输入的层，它们看到的东西为许多任务所共有。
    First(First),
    /// Named tensors | 指定张量
    ///
    /// Single tensors by their names. | 按名称指定单个张量。
    Named(Named),
}

impl Default for Which {
    fn default() -> Self {
        Which::All(Nothing {})
    }
}

/// The first layers | 前几层
///
/// The layers next to the inputs, which see what is common to many tasks. | 靠近输入的层，它们看到的东西为许多任务所共有。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct First {
    /// Layers | 层数
    ///
    /// How many layers, counted from the inputs; the output layer is the last. | 从输入数起加载多少层；输出层是最后一层。
    #[schemars(range(min = 1, max = 21), extend("x-term" = "transfer-learning"))]
    pub layers: usize,
}

impl Default for First {
    fn default() -> Self {
        First { layers: 1 }
    }
}

/// Named tensors | 指定张量
///
/// Single tensors by their names. | 按名称指定单个张量。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Named {
    /// Tensors | 张量
    ///
    /// Their names, such as 0.weight and 0.bias; the same in the file and in the network. | 它们的名称，例如 0.weight 与 0.bias；文件与网络中相同。
    #[schemars(length(min = 1, max = 100))]
    pub tensors: Vec<String>,
}

impl Default for Named {
    fn default() -> Self {
        Named { tensors: vec!["0.weight".into()] }
    }
}

/// 16 × 2.
fn shape(sides: &[usize]) -> String {
    sides.iter().map(|side| side.to_string()).collect::<Vec<_>>().join(" × ")
}

/// The value of an IEEE half: sign, five bits of exponent, ten of fraction.
fn half(bits: u16) -> f32 {
    let (exponent, fraction) = (i32::from(bits >> 10 & 31), f32::from(bits & 0x3ff));
    let size = match exponent {
        0 => fraction * f32::from_bits((127 - 24) << 23),
        31 if fraction == 0.0 => f32::INFINITY,
        31 => f32::NAN,
        _ => (1024.0 + fraction) * f32::from_bits(((127 + exponent - 25) as u32) << 23),
    };
    if bits >> 15 == 1 { -size } else { size }
}

/// A tensor's numbers; none for a type that does not hold fractions.
fn numbers(view: &TensorView) -> Option<Vec<f32>> {
    fn all<const N: usize>(bytes: &[u8], number: impl Fn([u8; N]) -> f32) -> Option<Vec<f32>> {
        Some(bytes.as_chunks::<N>().0.iter().map(|bytes| number(*bytes)).collect())
    }
    match view.dtype() {
        Dtype::F32 => all(view.data(), f32::from_le_bytes),
        Dtype::F64 => all(view.data(), |bytes| f64::from_le_bytes(bytes) as f32),
        Dtype::F16 => all(view.data(), |bytes| half(u16::from_le_bytes(bytes))),
        Dtype::BF16 => all(view.data(), |bytes| f32::from_bits(u32::from(u16::from_le_bytes(bytes)) << 16)),
        _ => None,
    }
}

/// What a file holds: `0.weight (16 × 2), 0.bias (16)`, in the order of the layers.
fn contents(file: &SafeTensors) -> Message {
    let mut tensors: Vec<(String, String)> =
        file.tensors().into_iter().map(|(name, view)| (shorten(&name), shorten(&shape(view.shape())))).collect();
    // "10.weight" comes after "2.weight".
    tensors.sort_by_key(|(name, _)| (name.split('.').next().and_then(|place| place.parse::<u64>().ok()), name.clone()));
    let more = tensors.len().saturating_sub(SHOWN);
    let names = Message::list(tensors.iter().take(SHOWN).map(|(name, shape)| format!("{name} ({shape})")));
    if more > 0 { message!("{names} and {more} more", "{names}，另有 {more} 个"; names) } else { names }
}

impl Transfer {
    /// The file that is named, and the path of the setting that names it.
    pub fn file(&self) -> Option<(&'static str, &str)> {
        match self {
            Transfer::File(SavedWeights { path, .. }) if !path.is_empty() => Some(("transfer.file.path", path)),
            _ => None,
        }
    }

    /// Everything that does not fit, at once. A file that could not be read is named by whoever read it.
    pub fn check(&self, stack: &Stack, problem: &Problem) -> Vec<Issue> {
        let Transfer::File(SavedWeights { path, which }) = self else { return Vec::new() };
        let mut issues = Vec::new();
        let layers = stack.modules().len();
        match which {
            Which::First(first) if first.layers > layers => {
                let given = first.layers;
                let has = counted(layers, "layer", "layers");
                let message = message!("the network has {has}, got {given}", "网络有 {layers} 层，实际为 {given}");
                issues.push(Issue::new("transfer.file.which.first.layers", message));
            }
            Which::Named(named) => {
                let known = Message::list(tensors(stack).map(|place| &place.name));
                for (at, name) in named.tensors.iter().enumerate().filter(|(_, name)| !tensors(stack).any(|place| place.name == **name)) {
                    let name = shorten(name);
                    let message = message!(
                        "the network has no tensor {name:?}, must be one of {known}",
                        "网络没有张量 {name:?}，必须是 {known} 之一"; known
                    );
                    issues.push(Issue::new(format!("transfer.file.which.named.tensors[{at}]"), message));
                }
            }
            _ => {}
        }
        let mut wrong = |message| issues.push(Issue::new("transfer.file.path", message));
        if path.is_empty() {
            wrong(message!("is empty: choose a safetensors file", "为空：请选择一个 safetensors 文件"));
            return issues;
        }
        let Some(bytes) = problem.files.get(path) else { return issues };
        if bytes.len() > LARGEST_FILE {
            let (most, size) = (LARGEST_FILE >> 20, bytes.len() as f64 / f64::from(1 << 20));
            wrong(message!("the file may have at most {most} MB, got {size:.1} MB", "文件最大 {most} MB，实际为 {size:.1} MB"));
            return issues;
        }
        // The file begins with how long its header is.
        let header = bytes.first_chunk().map_or(0, |length| u64::from_le_bytes(*length));
        if header > LARGEST_HEADER {
            wrong(message!(
                "is not a safetensors file: its header may have at most {LARGEST_HEADER} bytes, got {header}",
                "不是 safetensors 文件：文件头最多 {LARGEST_HEADER} 字节，实际为 {header}"
            ));
            return issues;
        }
        let file = match SafeTensors::deserialize(bytes) {
            Ok(file) => file,
            Err(error) => {
                let error = shorten_to(&error.to_string(), 200);
                wrong(message!("is not a safetensors file: {error}", "不是 safetensors 文件：{error}"));
                return issues;
            }
        };
        let mut strange = false;
        for place in which.places(stack) {
            let (name, needed) = (&place.name, shape(&place.parameter.shape));
            let Ok(view) = file.tensor(name) else {
                wrong(message!("the file has no tensor {name} ({needed})", "文件中没有张量 {name}（{needed}）"));
                strange = true;
                continue;
            };
            if view.shape() != place.parameter.shape {
                let given = shorten(&shape(view.shape()));
                wrong(message!(
                    "{name} is {given} in the file, and {needed} in the network",
                    "{name} 在文件中为 {given}，在网络中为 {needed}"
                ));
                strange = true;
                continue;
            }
            match numbers(&view) {
                None => {
                    let kind = view.dtype();
                    wrong(message!(
                        "{name} is stored as {kind:?}, must be F32, F64, F16 or BF16",
                        "{name} 以 {kind:?} 存储，必须是 F32、F64、F16 或 BF16"
                    ));
                }
                Some(values) if values.iter().any(|value| !value.is_finite()) => {
                    wrong(message!("{name} holds a number that is not finite", "{name} 中有一个不是有限数"));
                }
                Some(_) => {}
            }
        }
        if strange {
            let held = contents(&file);
            wrong(message!("the file holds {held}", "文件中有 {held}"; held));
        }
        issues
    }

    /// Puts what the file holds into the network's fresh weights and statistics. Call `check` first.
    pub fn load(&self, stack: &Stack, problem: &Problem, parameters: &mut [f32], running: &mut [f32]) {
        let Transfer::File(SavedWeights { path, which }) = self else { return };
        let bytes = problem.files.get(path).expect("checked before: the file is there");
        let file = SafeTensors::deserialize(bytes).expect("checked before: it can be read");
        let parts = [(stack.places(), parameters), (stack.running(), running)];
        for (places, values) in parts {
            for place in places.iter().filter(|place| which.takes(place)) {
                let view = file.tensor(&place.name).expect("checked before: the tensor is there");
                values[place.range.clone()].copy_from_slice(&numbers(&view).expect("checked before: it holds numbers"));
            }
        }
    }
}

/// Everything of a network that a file can hold.
fn tensors(stack: &Stack) -> impl Iterator<Item = &Place> {
    stack.places().iter().chain(stack.running())
}

impl Which {
    fn takes(&self, place: &Place) -> bool {
        match self {
            Which::All(_) => true,
            Which::First(First { layers }) => place.module < *layers,
            Which::Named(Named { tensors }) => tensors.contains(&place.name),
        }
    }

    fn places<'a>(&'a self, stack: &'a Stack) -> impl Iterator<Item = &'a Place> {
        tensors(stack).filter(|place| self.takes(place))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_what_ieee_says() {
        let cases = [
            (0x0000, 0.0),
            (0x0001, 2.0_f32.powi(-24)),
            (0x03ff, 1023.0 * 2.0_f32.powi(-24)),
            (0x0400, 2.0_f32.powi(-14)),
            (0x3555, 0.333_251_95),
            (0x3c00, 1.0),
            (0xc000, -2.0),
            (0x7bff, 65504.0),
            (0xfc00, f32::NEG_INFINITY),
        ];
        for (bits, expected) in cases {
            assert_eq!(half(bits), expected, "{bits:#06x}");
        }
        assert!(half(0x7e00).is_nan());
    }
}
