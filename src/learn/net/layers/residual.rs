//! y = F(x) + S(x): a stack of layers F and a way around it S, which is x itself where F keeps the shape, and otherwise a linear map of it without bend: a
//! `Linear` (at every step of a sequence), or a 1×1 `Conv2d` with F's stride; ∂x = ∂F(x) + ∂S(x) (He et al. 2016, eq. 1 and 2, without an
//! activation behind the sum). In PyTorch a module with `self.body = Sequential(…)` and, where there is one, `self.shortcut`.

use super::conv2d::Conv2d;
use super::dense::Dense;
use super::pointwise::Pointwise;
use super::{Backward, Forward, Layer, LayerConfig, Module, Parameter, Within, floats};
use crate::config::Message;
use crate::data::Shape;
use crate::learn::net::activation::ActivationConfig;
use crate::learn::net::nested::Nested;
use crate::message;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Blocks that may stand in one another.
const DEEPEST: usize = 3;

/// Residual block | 残差块
///
/// Layers that learn what to add to their input, which also goes around them: very deep networks stay trainable. | 块内的层学习在输入上加什么，输入同时从旁边绕过：很深的网络也能训练。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-group" = "basic", "x-term" = "residual"))]
pub struct Residual {
    /// Layers inside | 内部各层
    ///
    /// Their output is added to the input of the block; where the shape changes, a linear map fits the input to it. | 其输出与残差块的输入相加；形状改变时，用线性映射使输入与之相配。
    #[schemars(length(min = 1, max = 10), extend("x-term" = "residual"))]
    pub layers: Vec<LayerConfig>,
}

impl Default for Residual {
    fn default() -> Self {
        // Not the registry's default, which is looked up among all defaults, this one included.
        Residual { layers: vec![LayerConfig::dense(Dense::default())] }
    }
}

impl Residual {
    /// Blocks in one another, this one included.
    fn depth(&self) -> usize {
        let inside = self.layers.iter().map(|layer| if let LayerConfig::residual(block) = layer { block.depth() } else { 0 });
        1 + inside.max().unwrap_or(0)
    }

    /// The modules inside; or the place of the layer that does not fit, what enters there, and what it needs.
    fn body(&self, input: &Shape) -> Result<Vec<Box<dyn Module>>, (usize, Shape, Message)> {
        let (mut modules, mut shape): (Vec<Box<dyn Module>>, _) = (Vec::new(), *input);
        for (at, layer) in self.layers.iter().enumerate() {
            let module = layer.part().module(&shape).map_err(|needs| (at, shape, needs))?;
            shape = module.output();
            modules.push(module);
        }
        Ok(modules)
    }
}

impl Layer for Residual {
    fn module(&self, input: &Shape) -> Result<Box<dyn Module>, Message> {
        let depth = self.depth();
        if depth > DEEPEST {
            return Err(message!(
                "needs at most {DEEPEST} blocks in one another and gets {depth}",
                "最多嵌套 {DEEPEST} 层残差块，得到的却是 {depth} 层"
            ));
        }
        let modules = self.body(input).map_err(|(at, _, needs)| {
            let (number, name) = (at + 1, self.layers[at].title());
            message!("holds a layer {number} ({name}) that {needs}", "中的第 {number} 层（{name}）{needs}"; name, needs)
        })?;
        let output = modules.last().map_or(*input, |module| module.output());
        let shortcut = shortcut(input, &output)?;
        let body = Nested::new(*input, modules).ok_or_else(|| message!("needs at least one layer inside", "内部至少需要一层"))?;
        Ok(Box::new(ResidualModule { input: *input, body, shortcut }))
    }

    fn flattens(&self) -> bool {
        self.layers.first().is_some_and(|layer| layer.part().flattens())
    }

    fn within(&self) -> &[LayerConfig] {
        &self.layers
    }

    fn fault(&self, input: &Shape) -> String {
        match self.body(input) {
            Err((at, shape, _)) => format!(".residual.layers[{at}]{}", self.layers[at].part().fault(&shape)),
            Ok(_) => String::new(),
        }
    }
}

/// Strides that a convolution may have.
const MOST_STRIDE: usize = 15;

/// No projection leads from one shape to the other.
fn unlike(input: &Shape, output: &Shape) -> Message {
    message!(
        "cannot add what enters ({input}) to what its layers make of it ({output})",
        "无法把输入（{input}）与内部各层的输出（{output}）相加"
    )
}

/// The way around: none where the input itself can be added.
fn shortcut(input: &Shape, output: &Shape) -> Result<Option<Box<dyn Module>>, Message> {
    let activation = ActivationConfig::linear(Default::default());
    let module = match (*input, *output) {
        _ if input == output => return Ok(None),
        (Shape::Flat { .. }, Shape::Flat { units }) => Dense { units, activation }.module(input)?,
        (Shape::Sequence { steps: before, .. }, Shape::Sequence { steps, features }) if before == steps => {
            Pointwise { units: features, activation }.module(input)?
        }
        // A 1×1 convolution with the stride that leads from one size to the other (He et al. 2016, option B).
        (Shape::Image { height, width, .. }, Shape::Image { channels, height: high, width: wide }) => {
            let leads = |&stride: &usize| (height - 1) / stride + 1 == high && (width - 1) / stride + 1 == wide;
            let Some(stride) = (1..=MOST_STRIDE).find(leads) else { return Err(unlike(input, output)) };
            Conv2d { channels, kernel: 1, stride, padding: 0, activation }.module(input)?
        }
        _ => return Err(unlike(input, output)),
    };
    Ok(Some(module))
}

struct ResidualModule {
    input: Shape,
    body: Nested,
    /// Without a bend: its gradients do not need its output, which is nowhere.
    shortcut: Option<Box<dyn Module>>,
}

impl Module for ResidualModule {
    fn output(&self) -> Shape {
        self.body.output()
    }

    fn span(&self) -> usize {
        1
    }

    fn parameters(&self) -> Vec<Parameter> {
        let under = |prefix: &str, parameters: Vec<Parameter>| -> Vec<Parameter> {
            parameters.into_iter().map(|parameter| Parameter { name: format!("{prefix}.{}", parameter.name), ..parameter }).collect()
        };
        let mut parameters = under("body", self.body.parameters());
        parameters.extend(self.shortcut.iter().flat_map(|shortcut| under("shortcut", shortcut.parameters())));
        parameters
    }

    fn running(&self) -> Vec<Parameter> {
        self.body.running().into_iter().map(|part| Parameter { name: format!("body.{}", part.name), ..part }).collect()
    }

    fn multiply_adds(&self) -> u64 {
        self.body.multiply_adds() + self.shortcut.as_ref().map_or(0, |shortcut| shortcut.multiply_adds())
    }

    /// What the body keeps, its output, what the shortcut keeps.
    fn kept(&self, lanes: usize) -> u64 {
        self.body.kept(lanes) + floats(self.output().units(), lanes) + self.shortcut.as_ref().map_or(0, |shortcut| shortcut.kept(lanes))
    }

    /// A second ∂L/∂output, with a shortcut a second ∂L/∂input, and what body and shortcut need for themselves.
    fn scratch(&self, lanes: usize) -> u64 {
        let shortcut = self.shortcut.as_ref().map_or(0, |shortcut| shortcut.scratch(lanes));
        floats(self.output().units() + self.second_input(), lanes) + self.body.scratch(lanes).max(shortcut)
    }

    fn within(&self, lanes: usize) -> Vec<Within<'_>> {
        self.body.within(lanes)
    }

    fn forward(&self, pass: Forward) {
        let Forward { parameters, input, output, kept, lanes, rows, mut mode } = pass;
        let (of_body, of_shortcut) = parameters.split_at(self.body.parameter_count());
        let (kept, rest) = kept.split_at_mut(self.body.kept(lanes) as usize);
        let (made, rest) = rest.split_at_mut(self.output().units() * lanes);
        let statistics = self.body.running_count();
        self.body.forward(Forward { parameters: of_body, input, output: made, kept, lanes, rows, mode: mode.part(0..statistics) });
        match &self.shortcut {
            None => output.iter_mut().zip(&*made).zip(input).for_each(|((to, made), input)| *to = made + input),
            Some(shortcut) => {
                let mode = mode.part(statistics..statistics);
                shortcut.forward(Forward { parameters: of_shortcut, input, output: &mut *output, kept: rest, lanes, rows, mode });
                add(output, made);
            }
        }
    }

    fn backward(&self, pass: Backward) {
        let Backward { parameters, input, output, kept, d_output, d_parameters, mut d_input, lanes, rows, scratch } = pass;
        let count = self.body.parameter_count();
        let (of_body, of_shortcut) = parameters.split_at(count);
        let (d_of_body, d_of_shortcut) = d_parameters.split_at_mut(count);
        let (kept, rest) = kept.split_at(self.body.kept(lanes) as usize);
        let (made, kept_of_shortcut) = rest.split_at(self.output().units() * lanes);
        let (d_made, rest) = scratch.split_at_mut(made.len());
        let (second, scratch) = rest.split_at_mut(self.second_input() * lanes);
        d_made.copy_from_slice(&d_output[..made.len()]);
        self.body.backward(Backward {
            parameters: of_body,
            input,
            output: made,
            kept,
            d_output: d_made,
            d_parameters: d_of_body,
            d_input: d_input.as_deref_mut(),
            lanes,
            rows,
            scratch: &mut *scratch,
        });
        match (&self.shortcut, d_input) {
            (None, Some(d_input)) => add(d_input, d_output),
            (None, None) => {}
            (Some(shortcut), d_input) => {
                shortcut.backward(Backward {
                    parameters: of_shortcut,
                    input,
                    output,
                    kept: kept_of_shortcut,
                    d_output,
                    d_parameters: d_of_shortcut,
                    d_input: d_input.is_some().then_some(&mut *second),
                    lanes,
                    rows,
                    scratch,
                });
                if let Some(d_input) = d_input {
                    add(d_input, second);
                }
            }
        }
    }
}

impl ResidualModule {
    /// Units of the shortcut's own ∂L/∂input.
    fn second_input(&self) -> usize {
        if self.shortcut.is_some() { self.input.units() } else { 0 }
    }
}

/// `to += from`.
fn add(to: &mut [f32], from: &[f32]) {
    to.iter_mut().zip(from).for_each(|(to, from)| *to += from);
}
