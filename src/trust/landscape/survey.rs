//! What is asked of a landscape: which plane, on which rows, how fine.

use crate::config::Nothing;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Loss landscape | 损失地形
///
/// The loss on a plane through the present weights. | 过当前权重的一个平面上的损失。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-panel" = "landscape"))]
pub struct Survey {
    /// Directions | 方向
    ///
    /// Which plane of the many through the present weights. | 过当前权重的平面有无数个，选哪一个。
    #[schemars(extend("x-term" = "loss-surface"))]
    pub directions: Directions,
    /// Measured on | 测量所用子集
    ///
    /// On which samples the loss is measured. | 在哪些样本上测量损失。
    pub part: PartOf,
    /// Steps to each side | 每侧步数
    ///
    /// How fine the picture is: 15 measure the loss at 31 × 31 places. | 图有多细：15 表示在 31 × 31 个位置测量损失。
    #[schemars(range(min = 5, max = 30))]
    pub steps: usize,
    /// Max samples | 最多样本数
    ///
    /// So many samples at most, evenly picked: fewer are quicker. | 最多用这么多个样本，均匀选取：越少越快。
    #[schemars(range(min = 50, max = 20000), extend("x-scale" = "log"))]
    pub rows: usize,
}

impl Default for Survey {
    fn default() -> Self {
        Survey { directions: Directions::default(), part: PartOf::Train, steps: 15, rows: 2000 }
    }
}

/// Directions | 方向
///
/// Which plane of the many through the present weights. | 过当前权重的平面有无数个，选哪一个。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Directions {
    /// Along the trajectory | 沿训练轨迹
    ///
    /// The plane of the first two principal components (PCA) of the runs' trajectories. | 各次运行轨迹的前两个主成分（PCA）所张成的平面。
    #[schemars(extend("x-term" = "trajectory"))]
    Trajectory(Nothing),
    /// Random | 随机
    ///
    /// Two random directions, filter-normalised: each unit's share is as long as the unit's own weights. | 两个随机方向，经滤波器归一化：每个神经元的部分与其自身权重一样长。
    #[schemars(extend("x-term" = "filter-normalisation"))]
    Random(RandomPlane),
}

impl Default for Directions {
    fn default() -> Self {
        Directions::Trajectory(Nothing {})
    }
}

/// Random directions | 随机方向
///
/// Two random directions, filter-normalised: each unit's share is as long as the unit's own weights. | 两个随机方向，经滤波器归一化：每个神经元的部分与其自身权重一样长。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RandomPlane {
    /// Extent | 范围
    ///
    /// How far to each side: 1 is as far as every unit's weights are long. | 向每侧走多远：1 表示与每个神经元的权重一样长。
    #[schemars(range(min = 0.05, max = 5.0), extend("x-scale" = "log", "x-term" = "filter-normalisation"))]
    pub reach: f64,
    /// Seed | 随机种子
    ///
    /// Another seed, other directions. | 换一个随机种子，换一组方向。
    #[schemars(range(min = 0, max = 4294967295_u32), extend("x-term" = "seed"))]
    pub seed: u32,
}

impl Default for RandomPlane {
    fn default() -> Self {
        RandomPlane { reach: 1.0, seed: 0 }
    }
}

/// Measured on | 测量所用子集
///
/// On which samples the loss is measured. | 在哪些样本上测量损失。
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PartOf {
    /// Training | 训练
    ///
    /// What is being minimised. | 正在被最小化的损失。
    Train,
    /// Validation | 验证
    ///
    /// What was held out. | 留出的数据。
    #[schemars(extend("x-term" = "validation"))]
    Validation,
}
