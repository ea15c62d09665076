//! xₜ = W[tokenₜ], a row of W for each token; ∂W[v] = Σ ∂xₜ over all places where the token is v. PyTorch's `Embedding` (weight
//! `[vocabulary, features]`, which begins with N(0, 1) whatever the initialiser).

use super::{Backward, Forward, Initial, Layer, Module, Parameter};
use crate::config::Message;
use crate::data::Shape;
use crate::message;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Embedding | 嵌入
///
/// Gives every token numbers of its own, which are learned. | 给每个词元一组可学习的数。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-group" = "sequence", "x-term" = "embedding"))]
pub struct Embedding {
    /// Features | 特征数
    ///
    /// How many numbers stand for one token. | 用多少个数表示一个词元。
    #[schemars(range(min = 1, max = 256), extend("x-depth" = "starter", "x-scale" = "log", "x-term" = "embedding"))]
    pub features: usize,
}

impl Default for Embedding {
    fn default() -> Self {
        Embedding { features: 8 }
    }
}

impl Layer for Embedding {
    fn module(&self, input: &Shape) -> Result<Box<dyn Module>, Message> {
        match *input {
            Shape::Tokens { steps, vocabulary } => Ok(Box::new(EmbeddingModule { steps, vocabulary, features: self.features })),
            _ => Err(message!("needs tokens and gets numbers ({input})", "需要词元，得到的却是数值（{input}）")),
        }
    }
}

struct EmbeddingModule {
    steps: usize,
    vocabulary: usize,
    features: usize,
}

impl EmbeddingModule {
    /// The token in a cell. Tables hold whole numbers below the vocabulary; whatever else comes becomes one of them.
    fn token(&self, cell: f32) -> usize {
        (cell as usize).min(self.vocabulary - 1)
    }
}

impl Module for EmbeddingModule {
    fn output(&self) -> Shape {
        Shape::Sequence { steps: self.steps, features: self.features }
    }

    fn span(&self) -> usize {
        1
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter { name: "weight".into(), shape: vec![self.vocabulary, self.features], initial: Initial::Normal }]
    }

    fn multiply_adds(&self) -> u64 {
        0
    }

    fn forward(&self, pass: Forward) {
        let Forward { parameters, input, output, lanes, .. } = pass;
        for (tokens, step) in input.chunks_exact(lanes).zip(output.chunks_exact_mut(self.features * lanes)).take(self.steps) {
            for (lane, &token) in tokens.iter().enumerate() {
                let row = &parameters[self.token(token) * self.features..][..self.features];
                step[lane..].iter_mut().step_by(lanes).zip(row).for_each(|(to, &weight)| *to = weight);
            }
        }
    }

    fn backward(&self, pass: Backward) {
        let Backward { input, d_output, d_parameters, d_input, lanes, rows, .. } = pass;
        d_parameters.fill(0.0);
        for (tokens, step) in input.chunks_exact(lanes).zip(d_output.chunks_exact(self.features * lanes)).take(self.steps) {
            for (lane, &token) in tokens[..rows].iter().enumerate() {
                let row = &mut d_parameters[self.token(token) * self.features..][..self.features];
                step[lane..].iter().step_by(lanes).zip(row).for_each(|(slope, to)| *to += slope);
            }
        }
        // A token is a name: there is no slope towards the next one.
        if let Some(d_input) = d_input {
            d_input.fill(0.0);
        }
    }
}
