//! Kernels: scalar products of two rows in a space that is never visited. Names, formulas and defaults are scikit-learn's; rows are 32-bit numbers, what is
//! made of them is computed in 64 bits, in the same order on every target.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Kernel | 核函数
///
/// How alike two samples are, which decides the shapes that the border may take. | 两个样本有多相似，它决定边界可以取哪些形状。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kernel {
    /// Linear | 线性
    ///
    /// x·z: the border is a straight line, or a plane. | x·z：边界是一条直线（或一个平面）。
    Linear(LinearKernel),
    /// RBF | 高斯核（RBF）
    ///
    /// exp(−γ‖x − z‖²): every support vector has a hill around it. | exp(−γ‖x − z‖²)：每个支持向量周围有一座小山。
    Rbf(RbfKernel),
    /// Polynomial | 多项式
    ///
    /// (γ x·z + r)^d: products of up to d features. | (γ x·z + r)^d：最多 d 个特征的乘积。
    Poly(PolyKernel),
    /// Sigmoid kernel | Sigmoid 核
    ///
    /// tanh(γ x·z + r): no scalar product for most γ and r, and so no surely best border. | tanh(γ x·z + r)：对大多数 γ 和 r 不是内积，因此不保证存在唯一的最优边界。
    Sigmoid(SigmoidKernel),
}

impl Default for Kernel {
    fn default() -> Self {
        Kernel::Rbf(RbfKernel::default())
    }
}

/// Linear | 线性
///
/// x·z: the border is a straight line, or a plane. | x·z：边界是一条直线（或一个平面）。
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct LinearKernel {}

/// RBF | 高斯核（RBF）
///
/// exp(−γ‖x − z‖²): every support vector has a hill around it. | exp(−γ‖x − z‖²)：每个支持向量周围有一座小山。
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RbfKernel {
    /// Gamma (γ) | 伽马（γ）
    ///
    /// The larger, the narrower the hills: a large γ learns single samples by heart. | γ 越大，小山越窄：过大时会把单个样本死记硬背。
    pub gamma: Gamma,
}

/// Polynomial | 多项式
///
/// (γ x·z + r)^d: products of up to d features. | (γ x·z + r)^d：最多 d 个特征的乘积。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct PolyKernel {
    /// Degree (d) | 次数（d）
    ///
    /// How many features may be multiplied. | 最多可以有多少个特征相乘。
    #[schemars(range(min = 0, max = 10), extend("x-depth" = "starter"))]
    pub degree: u32,
    /// Gamma (γ) | 伽马（γ）
    ///
    /// What the scalar product is multiplied with. | 内积所乘的系数。
    pub gamma: Gamma,
    /// Independent term (r) | 常数项（r）
    ///
    /// With 0 only products of exactly d features count. | 为 0 时只计入恰好 d 个特征的乘积。
    #[schemars(range(min = -100.0, max = 100.0))]
    pub coef0: f64,
}

impl Default for PolyKernel {
    fn default() -> Self {
        PolyKernel { degree: 3, gamma: Gamma::default(), coef0: 0.0 }
    }
}

/// Sigmoid kernel | Sigmoid 核
///
/// tanh(γ x·z + r): no scalar product for most γ and r, and so no surely best border. | tanh(γ x·z + r)：对大多数 γ 和 r 不是内积，因此不保证存在唯一的最优边界。
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct SigmoidKernel {
    /// Gamma (γ) | 伽马（γ）
    ///
    /// What the scalar product is multiplied with. | 内积所乘的系数。
    pub gamma: Gamma,
    /// Independent term (r) | 常数项（r）
    ///
    /// What is added to the product. | 加到乘积上的数。
    #[schemars(range(min = -100.0, max = 100.0))]
    pub coef0: f64,
}

/// Gamma (γ) | 伽马（γ）
///
/// What distances or products are multiplied with. | 距离或乘积所乘的系数。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Gamma {
    /// By variance | 按方差（scale）
    ///
    /// 1 / (features × variance of all training values). | 1 /（特征数 × 全部训练数值的方差）。
    Scale(ScaleGamma),
    /// By features | 按特征数（auto）
    ///
    /// 1 / features. | 1 / 特征数。
    Auto(AutoGamma),
    /// A given number | 给定数值
    ///
    /// A number of one's own. | 自己给定一个数。
    Given(GivenGamma),
}

impl Default for Gamma {
    fn default() -> Self {
        Gamma::Scale(ScaleGamma {})
    }
}

/// By variance | 按方差（scale）
///
/// 1 / (features × variance of all training values). | 1 /（特征数 × 全部训练数值的方差）。
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ScaleGamma {}

/// By features | 按特征数（auto）
///
/// 1 / features. | 1 / 特征数。
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct AutoGamma {}

/// A given number | 给定数值
///
/// A number of one's own. | 自己给定一个数。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct GivenGamma {
    /// γ | γ
    ///
    /// Twice as much makes hills of an RBF √2 times narrower. | 加倍会使 RBF 的小山变窄为 1/√2。
    #[schemars(range(min = 1e-6, max = 1e4), extend("x-scale" = "log", "x-depth" = "starter"))]
    pub value: f64,
}

impl Default for GivenGamma {
    fn default() -> Self {
        GivenGamma { value: 1.0 }
    }
}

impl Gamma {
    /// The number, for training rows `values` (`[rows, width]`). Where they do not vary, `scale` is 1, as in scikit-learn.
    fn number(&self, values: &[f32], width: usize) -> f64 {
        match self {
            Gamma::Scale(_) => {
                let count = values.len() as f64;
                let mean = values.iter().map(|&value| f64::from(value)).sum::<f64>() / count;
                let variance = values.iter().map(|&value| (f64::from(value) - mean) * (f64::from(value) - mean)).sum::<f64>() / count;
                if variance > 0.0 { 1.0 / (width as f64 * variance) } else { 1.0 }
            }
            Gamma::Auto(_) => 1.0 / width as f64,
            Gamma::Given(given) => given.value,
        }
    }
}

impl Kernel {
    /// The function that it is for these training rows (`[rows, width]`).
    pub fn function(&self, values: &[f32], width: usize) -> Function {
        match self {
            Kernel::Linear(_) => Function::Linear,
            Kernel::Rbf(rbf) => Function::Rbf { gamma: rbf.gamma.number(values, width) },
            Kernel::Poly(poly) => Function::Poly { gamma: poly.gamma.number(values, width), coef0: poly.coef0, degree: poly.degree },
            Kernel::Sigmoid(sigmoid) => Function::Sigmoid { gamma: sigmoid.gamma.number(values, width), coef0: sigmoid.coef0 },
        }
    }
}

/// A kernel with all its numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "KernelFunction")]
pub enum Function {
    /// x·z
    #[default]
    Linear,
    /// exp(−γ‖x − z‖²)
    Rbf {
        /// γ
        gamma: f64,
    },
    /// (γ x·z + r)^d
    Poly {
        /// γ
        gamma: f64,
        /// r
        coef0: f64,
        /// d
        degree: u32,
    },
    /// tanh(γ x·z + r)
    Sigmoid {
        /// γ
        gamma: f64,
        /// r
        coef0: f64,
    },
}

impl Function {
    /// Of two rows of the same width.
    #[inline]
    pub fn of(&self, x: &[f32], z: &[f32]) -> f64 {
        match *self {
            Function::Linear => product(x, z),
            Function::Rbf { gamma } => libm::exp(-gamma * distance(x, z)),
            Function::Poly { gamma, coef0, degree } => power(gamma * product(x, z) + coef0, degree),
            Function::Sigmoid { gamma, coef0 } => libm::tanh(gamma * product(x, z) + coef0),
        }
    }
}

/// Σ f(xₖ, zₖ), in four sums: as fast as the lanes are, and the same bits everywhere.
#[inline(always)]
fn sum(x: &[f32], z: &[f32], f: impl Fn(f64, f64) -> f64) -> f64 {
    let ((x, x_rest), (z, z_rest)) = (x.as_chunks::<4>(), z.as_chunks::<4>());
    let mut sums = [0.0; 4];
    for (x, z) in x.iter().zip(z) {
        for lane in 0..4 {
            sums[lane] += f(f64::from(x[lane]), f64::from(z[lane]));
        }
    }
    let rest: f64 = x_rest.iter().zip(z_rest).map(|(&x, &z)| f(f64::from(x), f64::from(z))).sum();
    (sums[0] + sums[1]) + (sums[2] + sums[3]) + rest
}

/// x·z
#[inline]
fn product(x: &[f32], z: &[f32]) -> f64 {
    sum(x, z, |x, z| x * z)
}

/// ‖x − z‖²
#[inline]
fn distance(x: &[f32], z: &[f32]) -> f64 {
    sum(x, z, |x, z| (x - z) * (x - z))
}

/// By squaring, as libsvm does it: a whole power needs no logarithm, and a negative number has one too.
fn power(base: f64, degree: u32) -> f64 {
    let (mut square, mut left, mut result) = (base, degree, 1.0);
    while left > 0 {
        if left % 2 == 1 {
            result *= square;
        }
        square *= square;
        left /= 2;
    }
    result
}

/// Training rows as kernels see them: `[rows, width]`, row-major.
#[derive(Clone, Copy, Debug)]
pub struct Points<'a> {
    /// Their numbers.
    pub values: &'a [f32],
    /// Numbers a row has.
    pub width: usize,
}

impl<'a> Points<'a> {
    /// One row.
    #[inline]
    pub fn row(&self, row: u32) -> &'a [f32] {
        &self.values[row as usize * self.width..][..self.width]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kernels_are_their_formulas() {
        let (x, z) = ([1.0_f32, -2.0, 0.5, 3.0, 0.25], [0.5_f32, 1.0, -1.0, 2.0, 4.0]);
        // x·z = 0.5 − 2 − 0.5 + 6 + 1; ‖x − z‖² = 0.25 + 9 + 2.25 + 1 + 14.0625
        let near = |a: f64, b: f64| (a - b).abs() < 1e-15 * b.abs();
        assert_eq!(Function::Linear.of(&x, &z), 5.0);
        assert!(near(Function::Rbf { gamma: 0.1 }.of(&x, &z), libm::exp(-2.65625)));
        assert!(near(Function::Poly { gamma: 0.5, coef0: -3.0, degree: 3 }.of(&x, &z), -0.125));
        assert_eq!(Function::Poly { gamma: 0.5, coef0: -3.0, degree: 0 }.of(&x, &z), 1.0);
        assert!(near(Function::Sigmoid { gamma: 0.1, coef0: -1.0 }.of(&x, &z), libm::tanh(-0.5)));
    }

    #[test]
    fn gamma_is_scikit_learns() {
        // 1 / (2 · X.var()) of [[1, 2], [3, 6]]: variance 3.5.
        let values = [1.0, 2.0, 3.0, 6.0];
        assert_eq!(Gamma::default().number(&values, 2), 1.0 / 7.0);
        assert_eq!(Gamma::Auto(AutoGamma {}).number(&values, 2), 0.5);
        assert_eq!(Gamma::default().number(&[4.0; 4], 2), 1.0);
    }
}
