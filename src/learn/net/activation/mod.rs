//! Activations: elementwise functions of a layer's sums, forward and backward side by side.

use super::layers::Module;
use super::layers::dense::DenseModule;
use crate::math::{dense, elementary};
use crate::registry;
use wide::f32x4;

/// Layers compiled for one function: a small network's pass is one call a layer, not two.
pub trait Compiled {
    /// A dense layer of `units` over `inputs` units, this function included.
    fn dense(&self, inputs: usize, units: usize) -> Box<dyn Module>;
}

impl<A: Activation + Clone + 'static> Compiled for A {
    fn dense(&self, inputs: usize, units: usize) -> Box<dyn Module> {
        Box::new(DenseModule { inputs, units, activation: self.clone() })
    }
}

/// An elementwise function a = f(z): three formulas; the passes over slices follow, each compiled for its own function.
pub trait Activation: Compiled {
    /// f(z), four values at a time.
    fn value(&self, z: f32x4) -> f32x4;

    /// f′(z), where `a = f(z)` is given as well, because most derivatives are simplest in it.
    fn slope(&self, z: f32x4, a: f32x4) -> f32x4;

    /// f″(z), likewise; 0 at a kink.
    fn curvature(&self, z: f32x4, a: f32x4) -> f32x4;

    /// False where `slope` is right as well with `a` in the place of `z`: then nobody has to keep `z`.
    fn needs_sum(&self) -> bool {
        true
    }

    /// `z` becomes `f(z)`. The length is a multiple of four.
    fn apply(&self, values: &mut [f32]) {
        elementary::apply(values, |z| self.value(z));
    }

    /// `a = f(z)`. Slices have one length, a multiple of four.
    fn forward(&self, z: &[f32], a: &mut [f32]) {
        elementary::map(z, a, |z| self.value(z));
    }

    /// `d` goes from ∂L/∂a to ∂L/∂z.
    fn backward(&self, z: &[f32], a: &[f32], d: &mut [f32]) {
        elementary::scale(d, z, a, |z, a| self.slope(z, a));
    }

    /// `r` goes from Rz to Ra = f′(z) Rz; see `layers/tangent.rs`.
    fn tangent_forward(&self, z: &[f32], a: &[f32], r: &mut [f32]) {
        self.backward(z, a, r);
    }

    /// `d` goes from ∂L/∂a to ∂L/∂z = f′ ∂L/∂a, and `rd` to R(∂L/∂z) = f′ R(∂L/∂a) + f″ Rz ∂L/∂a.
    fn tangent_backward(&self, z: &[f32], a: &[f32], rz: &[f32], d: &mut [f32], rd: &mut [f32]) {
        elementary::bend(d, rd, [z, a, rz], |z, a| (self.slope(z, a), self.curvature(z, a)));
    }

    /// A dense layer and this function, fused where that is quicker.
    #[inline(always)]
    fn dense_forward(&self, layer: dense::Forward)
    where
        Self: Sized,
    {
        dense::forward(layer, |z| self.value(z));
    }

    /// The gradients of `dense_forward`.
    #[inline(always)]
    fn dense_backward(&self, layer: dense::Backward)
    where
        Self: Sized,
    {
        dense::backward(layer, |z, a| self.slope(z, a));
    }
}

registry! {
    /// Activation | 激活函数
    ///
    /// The bend that lets layers express more than a straight line. | 让网络能表达直线以外形状的非线性函数。
    pub enum ActivationConfig: Activation = tanh {
        linear::Linear,
        sigmoid::Sigmoid,
        tanh::Tanh,
        relu::Relu,
        leaky_relu::LeakyRelu,
        elu::Elu,
        swish::Swish,
        gelu::Gelu,
        softplus::Softplus,
    }
}
