//! `Layout`: what the input columns of a file's row are together. They stay in their order, which is that of [`Shape`].

use crate::config::message::shorten;
use crate::config::{Issue, Remedy, counted};
use crate::data::table::{Kind, Rests};
use crate::data::{Shape, Table, Task};
use crate::message;
use ndarray::Array2;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Layout of a row | 行的结构
///
/// What the input columns of a row are together. | 一行的各输入列合起来是什么。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Layout {
    /// Numbers | 数值
    ///
    /// Numbers side by side, each with a meaning of its own. | 并列的数，各有各的含义。
    Numbers(Numbers),
    /// Image | 图像
    ///
    /// The pixels of a picture, row by row from the top left; the whole of one channel before the next. | 一幅图像的像素，从左上角起逐行排列；一个通道全部结束后再到下一个。
    Image(Picture),
    /// Sequence | 序列
    ///
    /// Steps one after the other, each with all of its features. | 逐步排列，每一步包含它的全部特征。
    Sequence(Steps),
    /// Windows over a series | 序列上的滑动窗口
    ///
    /// Rows follow each other in time: each becomes the last rows before it, and its target lies ahead. | 各行按时间先后排列：每一行变成它之前的若干行，目标位于其后。
    Windows(Windows),
}

impl Default for Layout {
    fn default() -> Self {
        Layout::Numbers(Numbers {})
    }
}

/// Numbers | 数值
///
/// Numbers side by side, each with a meaning of its own. | 并列的数，各有各的含义。
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Numbers {}

/// Image | 图像
///
/// The pixels of a picture, row by row from the top left; the whole of one channel before the next. | 一幅图像的像素，从左上角起逐行排列；一个通道全部结束后再到下一个。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Picture {
    /// Channels | 通道数
    ///
    /// 1 for shades of grey, 3 for red, green and blue. | 灰度图为 1，红绿蓝彩图为 3。
    #[schemars(range(min = 1, max = 16), extend("x-term" = "image"))]
    pub channels: usize,
    /// Height | 高度
    ///
    /// Pixels from top to bottom; the width follows from the number of columns. | 从上到下的像素数；宽度由列数得出。
    #[schemars(range(min = 1, max = 256))]
    pub height: usize,
}

impl Default for Picture {
    fn default() -> Self {
        Picture { channels: 1, height: 28 }
    }
}

/// Sequence | 序列
///
/// Steps one after the other, each with all of its features. | 逐步排列，每一步包含它的全部特征。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Steps {
    /// Features | 特征数
    ///
    /// Numbers that each step has; the number of steps follows from that of columns. | 每一步有多少个数；步数由列数得出。
    #[schemars(range(min = 1, max = 256), extend("x-term" = "sequence"))]
    pub features: usize,
}

impl Default for Steps {
    fn default() -> Self {
        Steps { features: 1 }
    }
}

/// Windows over a series | 序列上的滑动窗口
///
/// Rows follow each other in time: each becomes the last rows before it, and its target lies ahead. | 各行按时间先后排列：每一行变成它之前的若干行，目标位于其后。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "series"))]
pub struct Windows {
    /// Lag | 回看步数
    ///
    /// How many rows the model sees. | 模型能看到多少行。
    #[schemars(range(min = 1, max = 256), extend("x-term" = "forecast"))]
    pub lag: usize,
    /// Horizon | 预测步长
    ///
    /// How many rows ahead the target lies. | 目标在多少行之后。
    #[schemars(range(min = 1, max = 256), extend("x-term" = "forecast"))]
    pub horizon: usize,
}

impl Default for Windows {
    fn default() -> Self {
        Windows { lag: 24, horizon: 1 }
    }
}

/// Numbers that all windows have at most, together.
const MOST: usize = 1 << 26;

impl Windows {
    /// The windows over a table in time. A target that is a number is a feature of the past, too.
    fn over(&self, table: Table) -> Result<Table, Issue> {
        let (rows, Windows { lag, horizon }) = (table.rows(), self.clone());
        let count = (rows + 1).saturating_sub(lag + horizon);
        if count < FEWEST {
            let needed = lag + horizon + FEWEST - 1;
            let (rows_are, lagged) = (counted(rows, "row is", "rows are"), counted(lag, "row", "rows"));
            let message = message!(
                "{rows_are} too few for windows of {lagged} and a target {horizon} ahead: that needs at least {needed}",
                "{rows} 行不足以组成 {lag} 行的窗口并预测 {horizon} 行之后：至少需要 {needed} 行"
            );
            // Shorter windows, over the same horizon where that is enough.
            let longest = |horizon: usize| (rows + 1).saturating_sub(horizon + FEWEST);
            let (most, ahead) = if longest(horizon) > 0 { (longest(horizon), horizon) } else { (longest(1), 1) };
            return Err(Issue::new("windows.lag", message).with(if most > 0 { shorter(most.min(lag), ahead) } else { side_by_side() }));
        }
        let mut names = table.columns.clone();
        let own = table.task == Task::Regression;
        if own {
            names.push(table.target.clone());
        }
        let (features, width) = (names.len(), names.len() * lag);
        if count * width > MOST {
            let (lagged, columns) = (counted(lag, "row", "rows"), counted(features, "column", "columns"));
            let message = message!(
                "{count} windows of {lagged} with {columns} are more than {MOST} numbers",
                "{count} 个窗口、每个 {lag} 行 {features} 列，超过 {MOST} 个数"
            );
            // Shorter windows are more: as many as there are rows at most.
            let most = MOST / (rows * features);
            return Err(Issue::new("windows.lag", message).with(if most > 0 { shorter(most.min(lag), horizon) } else { side_by_side() }));
        }
        let mut inputs = Vec::with_capacity(count * width);
        for start in 0..count {
            for row in start..start + lag {
                inputs.extend(table.inputs.row(row));
                inputs.extend(own.then_some(table.targets[row]));
            }
        }
        let ahead: Vec<usize> = (0..count).map(|start| start + lag + horizon - 1).collect();
        let targets: Vec<f32> = ahead.iter().map(|&row| table.targets[row]).collect();
        let mut rests = Rests { targets: table.rests.select(&ahead).targets, ..Rests::default() };
        let own_rests = (own && !table.rests.targets.is_empty()).then_some((table.columns.len(), &table.rests.targets));
        for (column, of) in table.rests.inputs.iter().map(|(column, of)| (*column, of)).chain(own_rests) {
            (0..lag).for_each(|step| drop(rests.inputs.insert(step * features + column, of[step..step + count].to_vec())));
        }
        let at = |step: usize| if step + 1 == lag { "t".to_string() } else { format!("t-{}", lag - 1 - step) };
        let columns = (0..lag).flat_map(|step| names.iter().map(move |name| format!("{name} {}", at(step)))).collect();
        let inputs = Array2::from_shape_vec((count, width), inputs).expect("a row has as many numbers as its window");
        let shape = Shape::Sequence { steps: lag, features };
        // A window counts what the row counts that is to be foretold.
        let weights = table.weights.as_ref().map(|weights| ahead.iter().map(|&row| weights[row]).collect());
        let titles = table.titles;
        Ok(Table { shape, rests, ordered: true, titles, weights, ..Table::new(inputs, targets, columns, &table.target, table.task) })
    }
}

/// Windows that can be split into three parts and still teach something.
const FEWEST: usize = 10;

impl Layout {
    /// The rows of a file as they are laid out, or what does not fit. Paths are relative to the layout.
    pub fn arrange(&self, mut table: Table) -> Result<Table, Issue> {
        if let (false, Some(at)) = (matches!(self, Layout::Numbers(_)), table.kinds.iter().position(|kind| *kind != Kind::Number)) {
            let name = shorten(&table.columns[at]);
            let message = message!("needs numbers, and the column {name:?} holds words", "需要数值，而列 {name:?} 是文字");
            return Err(Issue::new("", message).with(side_by_side()));
        }
        if let Layout::Windows(windows) = self {
            return windows.over(table);
        }
        table.shape = self.shape(table.columns.len())?;
        Ok(table)
    }

    /// The shape of so many columns, or what does not divide them. Paths are relative to the layout.
    fn shape(&self, columns: usize) -> Result<Shape, Issue> {
        match *self {
            Layout::Numbers(_) | Layout::Windows(_) => Ok(Shape::Flat { units: columns }),
            Layout::Image(Picture { channels, height }) if columns.is_multiple_of(channels * height) => {
                Ok(Shape::Image { channels, height, width: columns / (channels * height) })
            }
            Layout::Image(Picture { channels, height }) => {
                let (inputs, planes) = (counted(columns, "input column", "input columns"), counted(channels, "channel", "channels"));
                let message = message!(
                    "{inputs} cannot be the pixels of {planes} of height {height}: that needs a multiple of {channels} · {height}",
                    "{columns} 个输入列无法组成 {channels} 个高度为 {height} 的通道：列数须为 {channels} · {height} 的倍数"
                );
                Err(Issue::new("image.height", message).with(tall(columns, channels)))
            }
            Layout::Sequence(Steps { features }) if columns.is_multiple_of(features) => {
                Ok(Shape::Sequence { steps: columns / features, features })
            }
            Layout::Sequence(Steps { features }) => {
                let (inputs, each) = (counted(columns, "input column", "input columns"), counted(features, "feature", "features"));
                let message = message!(
                    "{inputs} cannot be steps of {each}: that needs a multiple of {features}",
                    "{columns} 个输入列无法组成每步 {features} 个特征的序列：列数须为 {features} 的倍数"
                );
                let title = message!("Take one feature a step", "每步一个特征");
                Err(Issue::new("sequence.features", message).with(Remedy::set(title, "sequence.features", 1)))
            }
        }
    }
}

/// Columns that are nothing together.
fn side_by_side() -> Remedy {
    let title = message!("Take the columns as numbers side by side", "把各列视为并列的数");
    Remedy::set(title, "", serde_json::json!(Layout::default()))
}

fn shorter(lag: usize, horizon: usize) -> Remedy {
    let lagged = counted(lag, "row", "rows");
    let title = message!("Take windows of {lagged}", "使用 {lag} 行的窗口");
    Remedy::set(title, "windows", serde_json::json!(Windows { lag, horizon }))
}

/// A height that divides the pixels of a channel, as near to a square as there is one.
fn tall(columns: usize, channels: usize) -> Remedy {
    if columns == 0 || !columns.is_multiple_of(channels) {
        return side_by_side();
    }
    let pixels = columns / channels;
    let height = (1..=pixels.isqrt().min(256)).rev().find(|height| pixels.is_multiple_of(*height)).unwrap_or(1);
    Remedy::set(message!("Take a height of {height}", "高度取 {height}"), "image.height", height)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_become_shapes_or_a_problem_with_both_numbers() {
        let image = |channels, height| Layout::Image(Picture { channels, height });
        assert_eq!(Layout::default().shape(7), Ok(Shape::Flat { units: 7 }));
        assert_eq!(image(1, 28).shape(784), Ok(Shape::Image { channels: 1, height: 28, width: 28 }));
        assert_eq!(image(3, 2).shape(24), Ok(Shape::Image { channels: 3, height: 2, width: 4 }));
        assert_eq!(Layout::Sequence(Steps { features: 2 }).shape(10), Ok(Shape::Sequence { steps: 5, features: 2 }));
        let issue = image(3, 5).shape(784).unwrap_err();
        assert!(
            issue.path == "image.height" && issue.message.en.starts_with("784 input columns") && issue.message.en.ends_with("of 3 · 5")
        );
        assert_eq!(Layout::Sequence(Steps { features: 3 }).shape(10).unwrap_err().path, "sequence.features");
    }
}
