//! Freezing layers and learning rates of their own: PyTorch's parameter groups. A frozen layer is skipped (`requires_grad = False`): its gradient
//! counts as zero, it does not decay, its moments stay, its updates are not counted, so that an optimizer that corrects its moments begins anew when it
//! thaws. What is not learned by gradient goes on, as in PyTorch: running statistics of batch normalisation, dropout. A rate factor multiplies the
//! layer's learning rate after the schedule.
//!
//! Layers that lie side by side and are treated alike are one group, over which the optimizer runs once; without rules there is one group.

use crate::config::{Issue, Message, Nothing};
use crate::learn::net::optimizer::Block;
use crate::learn::net::stack::{Place, Stack};
use crate::message;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::ops::{Range, RangeInclusive};

/// Layer rule | 层规则
///
/// How some layers are trained otherwise than the rest. | 某些层与其他层不同的训练方式。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Tuning {
    /// Freeze | 冻结
    ///
    /// Leaves the weights of some layers as they are. | 让某些层的权重保持不变。
    Freeze(Freeze),
    /// Own learning rate | 单独的学习率
    ///
    /// Trains some layers with larger or smaller steps. | 用更大或更小的步长训练某些层。
    Rate(Rate),
}

/// Freeze | 冻结
///
/// Leaves the weights of some layers as they are. | 让某些层的权重保持不变。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "freezing"))]
pub struct Freeze {
    /// First layer | 第一层
    ///
    /// Number of the first layer; the first hidden layer is 1, the output layer comes last. | 起始层的编号；第一个隐藏层为 1，输出层在最后。
    #[schemars(range(min = 1, max = 21), extend("x-live" = true))]
    pub first: usize,
    /// Last layer | 最后一层
    ///
    /// Number of the last layer of the rule, which may be the first one too. | 规则所到的最后一层的编号，可与第一层相同。
    #[schemars(range(min = 1, max = 21), extend("x-live" = true))]
    pub last: usize,
    /// Until | 直到
    ///
    /// When the layers begin to learn. | 这些层何时开始学习。
    #[schemars(extend("x-live" = true))]
    pub until: Until,
}

impl Default for Freeze {
    fn default() -> Self {
        Freeze { first: 1, last: 1, until: Until::default() }
    }
}

/// Until | 直到
///
/// When the layers begin to learn. | 这些层何时开始学习。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Until {
    /// The end | 结束
    ///
    /// They never learn. | 始终不学习。
    End(Nothing),
    /// An update | 某次更新
    ///
    /// They learn once so many updates are done. | 完成若干次更新之后开始学习。
    Update(At),
}

impl Default for Until {
    fn default() -> Self {
        Until::End(Nothing {})
    }
}

/// An update | 某次更新
///
/// They learn once so many updates are done. | 完成若干次更新之后开始学习。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct At {
    /// Updates | 更新次数
    ///
    /// So many updates leave the layers alone; the next one trains them. | 前若干次更新不改动这些层，从下一次起训练它们。
    #[schemars(range(min = 1, max = 1000000000), extend("x-scale" = "log", "x-live" = true, "x-term" = "update"))]
    pub updates: u64,
}

impl Default for At {
    fn default() -> Self {
        At { updates: 500 }
    }
}

/// Own learning rate | 单独的学习率
///
/// Trains some layers with larger or smaller steps. | 用更大或更小的步长训练某些层。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Rate {
    /// First layer | 第一层
    ///
    /// Number of the first layer; the first hidden layer is 1, the output layer comes last. | 起始层的编号；第一个隐藏层为 1，输出层在最后。
    #[schemars(range(min = 1, max = 21), extend("x-live" = true))]
    pub first: usize,
    /// Last layer | 最后一层
    ///
    /// Number of the last layer of the rule, which may be the first one too. | 规则所到的最后一层的编号，可与第一层相同。
    #[schemars(range(min = 1, max = 21), extend("x-live" = true))]
    pub last: usize,
    /// Multiplier | 倍数
    ///
    /// Their learning rate is this many times that of the others. | 它们的学习率是其他层的多少倍。
    #[schemars(range(min = 0.0001, max = 100.0), extend("x-scale" = "log", "x-live" = true, "x-term" = "learning-rate"))]
    pub factor: f64,
}

impl Default for Rate {
    fn default() -> Self {
        Rate { first: 1, last: 1, factor: 0.1 }
    }
}

impl Tuning {
    fn name(&self) -> &'static str {
        match self {
            Tuning::Freeze(_) => "freeze",
            Tuning::Rate(_) => "rate",
        }
    }

    /// First and last layer, as they are counted for people.
    fn ends(&self) -> (usize, usize) {
        match self {
            Tuning::Freeze(freeze) => (freeze.first, freeze.last),
            Tuning::Rate(rate) => (rate.first, rate.last),
        }
    }

    fn layers(&self) -> RangeInclusive<usize> {
        let (first, last) = self.ends();
        first..=last
    }
}

/// After how many updates a module thaws; 0 where it is not frozen.
fn frozen_until(rules: &[Tuning], module: usize) -> u64 {
    let until = rules.iter().filter_map(|rule| match rule {
        Tuning::Freeze(freeze) if rule.layers().contains(&(module + 1)) => Some(match &freeze.until {
            Until::End(_) => u64::MAX,
            Until::Update(at) => at.updates,
        }),
        _ => None,
    });
    until.max().unwrap_or(0)
}

fn factor(rules: &[Tuning], module: usize) -> f64 {
    let factors = rules.iter().filter_map(|rule| match rule {
        Tuning::Rate(rate) if rule.layers().contains(&(module + 1)) => Some(rate.factor),
        _ => None,
    });
    factors.product()
}

/// Tensors that are treated alike.
pub struct Group {
    /// Where they are in the flat vector of parameters.
    pub range: Range<usize>,
    /// The same tensors, with ranges that begin at the group's.
    pub blocks: Vec<Block>,
    /// Multiplies the learning rate.
    pub rate: f64,
    /// Updates that they sat out.
    pub idle: u64,
    frozen: bool,
    modules: Range<usize>,
}

/// All tensors in groups, as they are until something thaws.
pub struct Groups {
    list: Vec<Group>,
    /// After so many updates something thaws.
    pub thaw: u64,
    /// The last parameter that is trained.
    pub last: usize,
}

impl Groups {
    /// The groups after `done` updates; `idle` tells how many of them each module sat out.
    pub fn new(rules: &[Tuning], places: &[Place], blocks: &[Block], done: u64, idle: &[u64]) -> Self {
        let mut groups = Groups { list: Vec::new(), thaw: u64::MAX, last: 0 };
        for (place, block) in places.iter().zip(blocks) {
            let (until, rate, idle) = (frozen_until(rules, place.module), factor(rules, place.module), idle[place.module]);
            let frozen = done < until;
            if frozen {
                groups.thaw = groups.thaw.min(until);
            } else {
                groups.last = block.range.end - 1;
            }
            let alike = |group: &Group| (group.frozen, group.rate, group.idle) == (frozen, rate, idle);
            if !groups.list.last().is_some_and(alike) {
                let (range, modules) = (block.range.start..block.range.start, place.module..place.module);
                groups.list.push(Group { range, blocks: Vec::new(), rate, idle, frozen, modules });
            }
            let group = groups.list.last_mut().expect("one was made");
            let start = group.range.start;
            group.blocks.push(Block { range: block.range.start - start..block.range.end - start, ..block.clone() });
            group.range.end = block.range.end;
            group.modules.end = place.module + 1;
        }
        groups
    }

    /// Those that an update changes.
    pub fn trained(&self) -> impl Iterator<Item = &Group> {
        self.list.iter().filter(|group| !group.frozen)
    }

    /// Those that sit it out.
    pub fn resting(&self) -> impl Iterator<Item = &Group> {
        self.list.iter().filter(|group| group.frozen)
    }

    /// True where a module sits updates out.
    pub fn frozen(&self, module: usize) -> bool {
        self.list.iter().any(|group| group.frozen && group.modules.contains(&module))
    }

    /// The gradient of what is frozen counts as zero, and its update is not counted.
    pub fn rest(&self, gradient: &mut [f32], idle: &mut [u64]) {
        for group in self.resting() {
            gradient[group.range.clone()].fill(0.0);
            idle[group.modules.clone()].iter_mut().for_each(|updates| *updates += 1);
        }
    }
}

/// What is wrong with the rules for this stack, whose last layer is the output; paths begin at `tuning`.
pub fn check(rules: &[Tuning], stack: &Stack) -> Vec<Issue> {
    let (count, mut issues) = (stack.modules().len(), Vec::new());
    let learns = |module: usize| stack.places().iter().any(|place| place.module == module);
    for (at, rule) in rules.iter().enumerate() {
        let (first, last) = rule.ends();
        let mut wrong = |field: &str, message: Message| issues.push(Issue::new(format!("tuning[{at}].{}.{field}", rule.name()), message));
        for (field, given) in [("first", first), ("last", last)] {
            if given > count {
                wrong(
                    field,
                    message!("must be at most {count}, the output layer, got {given}", "不能大于 {count}（输出层），实际为 {given}"),
                );
            }
        }
        if first > last {
            wrong("last", message!("must not be below the first layer, {first}, got {last}", "不能小于第一层 {first}，实际为 {last}"));
        } else if last <= count && !rule.layers().any(|layer| learns(layer - 1)) {
            wrong("first", message!("nothing from layer {first} to layer {last} has weights", "第 {first} 层到第 {last} 层都没有权重"));
        }
        let earlier = rules[..at].iter().filter(|earlier| earlier.name() == rule.name());
        if let Some(layer) = earlier.flat_map(|earlier| earlier.layers()).filter(|layer| rule.layers().contains(layer)).min() {
            wrong("first", message!("a rule above already says this of layer {layer}", "上面的规则已对第 {layer} 层作了规定"));
        }
    }
    let ever = |module: usize| frozen_until(rules, module) < u64::MAX;
    if !rules.is_empty() && !(0..count).any(|module| learns(module) && ever(module)) {
        issues.push(Issue::new(
            "tuning",
            message!("all layers are frozen to the end: nothing would learn", "所有层都冻结到结束：什么也学不到"),
        ));
    }
    issues
}
