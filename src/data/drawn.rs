//! Points that the user drew on the map. They stand in the experiment itself, so that an address replays them; the seed has no say in them.

use crate::config::{Issue, Message, Remedy, counted};
use crate::data::{Files, Source, Table};
use crate::message;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How far from the middle a point may lie along each axis.
const REACH: f64 = 6.0;
/// The margin of the map around that, for marks at the edge.
const MARGIN: f32 = 0.4;
/// The fewest points that can be split into three parts and still teach something.
const FEWEST: usize = 10;
/// The most points: an address has to hold them.
const MOST: usize = 2000;
const CLASSES: usize = 5;
/// Points that are listed of one problem.
const SHOWN: usize = 3;

/// Drawn points | 手绘数据点
///
/// Your own points: draw them on the map, a brush for each class. | 你自己的数据点：在图上绘制，每类一支画笔。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-group" = "own", "x-term" = "drawn"))]
pub struct Drawn {
    /// Points | 数据点
    ///
    /// x, y and class of each point: x and y from −6 to 6, the class 0 to 4. | 每个点的 x、y 与类别：x 和 y 在 −6 到 6 之间，类别为 0 到 4。
    #[schemars(length(max = MOST), extend("x-form" = "hidden"))]
    pub points: Vec<[f64; 3]>,
}

/// Two hooks, as a hand draws them: (x, y) of each class.
const HOOKS: [[[f64; 2]; 20]; 2] = [
    [
        [-4.3, -1.6],
        [-4.6, -0.7],
        [-4.1, 0.2],
        [-4.4, 1.1],
        [-3.7, 1.7],
        [-3.3, 2.6],
        [-2.5, 2.9],
        [-1.9, 3.7],
        [-1.0, 3.5],
        [-0.2, 4.0],
        [0.6, 3.6],
        [1.3, 3.4],
        [1.8, 2.6],
        [2.1, 1.9],
        [1.7, 1.1],
        [-3.1, 1.2],
        [-2.7, 2.1],
        [-1.4, 2.8],
        [0.1, 3.1],
        [1.1, 2.4],
    ],
    [
        [-1.6, -0.9],
        [-2.0, -1.7],
        [-1.5, -2.4],
        [-0.9, -3.1],
        [-0.3, -3.8],
        [0.6, -3.5],
        [1.3, -4.1],
        [2.2, -3.7],
        [2.9, -3.2],
        [3.7, -2.7],
        [4.0, -1.8],
        [4.6, -1.1],
        [4.2, -0.2],
        [4.5, 0.8],
        [4.0, 1.6],
        [-1.0, -1.5],
        [-0.4, -2.6],
        [1.7, -3.0],
        [3.1, -2.0],
        [3.8, -0.7],
    ],
];

impl Default for Drawn {
    fn default() -> Self {
        let class = |class: usize| HOOKS[class].iter().map(move |&[x, y]| [x, y, class as f64]);
        Drawn { points: class(0).chain(class(1)).collect() }
    }
}

impl Source for Drawn {
    fn load(&self, _seed: u32, _files: &dyn Files) -> Result<Table, Vec<Issue>> {
        let issues = self.issues();
        if !issues.is_empty() {
            return Err(issues);
        }
        // Classes without a point are none: those that there are keep their numbers as names.
        let used: Vec<usize> = (0..CLASSES).filter(|&class| self.points.iter().any(|point| point[2] as usize == class)).collect();
        let place = |class: f64| used.iter().position(|&known| known == class as usize).expect("it has a point");
        let (points, labels) = self.points.iter().map(|&[x, y, class]| ([x as f32, y as f32], place(class))).unzip();
        Ok(Table::plane_named(points, labels, used.iter().map(usize::to_string).collect()))
    }

    fn frame(&self) -> Option<[f32; 2]> {
        let edge = REACH as f32 + MARGIN;
        Some([-edge, edge])
    }
}

impl Drawn {
    fn issues(&self) -> Vec<Issue> {
        let mut issues = Vec::new();
        let mut wrong = 0;
        for (at, &[x, y, class]) in self.points.iter().enumerate() {
            let axis = [x, y].iter().position(|value| !(-REACH..=REACH).contains(value));
            let (part, message) = if let Some(axis) = axis {
                let given = [x, y][axis];
                (axis, message!("must be between -{REACH} and {REACH}, got {given}", "必须在 -{REACH} 到 {REACH} 之间，实际为 {given}"))
            } else if class.fract() != 0.0 || !(0.0..CLASSES as f64).contains(&class) {
                let last = CLASSES - 1;
                (
                    2,
                    message!(
                        "a class must be a whole number from 0 to {last}, got {class}",
                        "类别必须是 0 到 {last} 的整数，实际为 {class}"
                    ),
                )
            } else {
                continue;
            };
            wrong += 1;
            if wrong <= SHOWN {
                issues.push(Issue::new(format!("points[{at}][{part}]"), message).with(self.without_wrong()));
            }
        }
        if wrong > SHOWN {
            let more = wrong - SHOWN;
            let points = counted(more, "more point is", "more points are");
            let message = message!("{points} wrong in the same way", "另有 {more} 个点有同样的问题");
            issues.push(Issue::new("points", message).with(self.without_wrong()));
        }
        let count = self.points.len();
        if count < FEWEST {
            issues.push(Issue::new("points", self.too_few(count)).with(self.more()));
        } else if self.points.iter().all(|point| point[2] == self.points[0][2]) {
            let class = self.points[0][2];
            let message = message!(
                "all {count} points are of class {class}: draw points of a second class",
                "全部 {count} 个点都属于类别 {class}：请再画另一类的点"
            );
            issues.push(Issue::new("points", message).with(self.more()));
        }
        issues
    }

    /// The points that can be.
    fn without_wrong(&self) -> Remedy {
        let right = |point: &&[f64; 3]| {
            let [x, y, class] = **point;
            let within = |value: f64| (-REACH..=REACH).contains(&value);
            within(x) && within(y) && class.fract() == 0.0 && (0.0..CLASSES as f64).contains(&class)
        };
        let points: Vec<&[f64; 3]> = self.points.iter().filter(right).collect();
        Remedy::set(message!("Remove the points that cannot be", "删除无效的点"), "points", serde_json::json!(points))
    }

    /// The drawn points and the example's, as far as there is room.
    fn more(&self) -> Remedy {
        let mut points = Drawn::default().points;
        points.splice(0..0, self.points.iter().take(MOST - points.len()).copied());
        Remedy::set(message!("Add the example's points", "加入示例的点"), "points", serde_json::json!(points))
    }

    fn too_few(&self, count: usize) -> Message {
        message!(
            "at least {FEWEST} points are needed, got {count}: draw more on the map",
            "至少需要 {FEWEST} 个点，实际有 {count} 个：请在图上再画一些"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{NoFiles, Task};

    fn load(points: Vec<[f64; 3]>) -> Result<Table, Vec<String>> {
        Drawn { points }.load(1, &NoFiles).map_err(|issues| issues.iter().map(|issue| issue.to_string()).collect())
    }

    /// So many points of each class, in a row.
    fn row(classes: &[f64], each: usize) -> Vec<[f64; 3]> {
        (0..classes.len() * each).map(|at| [at as f64 / 100.0, -1.25, classes[at % classes.len()]]).collect()
    }

    #[test]
    fn points_come_as_they_were_drawn_whatever_the_seed() {
        let drawn = Drawn::default();
        let (table, other) = (drawn.load(1, &NoFiles).unwrap(), drawn.load(2, &NoFiles).unwrap());
        assert_eq!(table, other);
        assert_eq!(table.columns, ["x", "y"]);
        for (point, (row, &target)) in drawn.points.iter().zip(table.inputs.rows().into_iter().zip(&table.targets)) {
            assert_eq!(point.map(|value| value as f32), [row[0], row[1], target]);
        }
    }

    #[test]
    fn classes_without_a_point_are_none() {
        let table = load(row(&[4.0, 1.0], 5)).unwrap();
        assert_eq!(table.task, Task::Classification(vec!["1".into(), "4".into()]));
        assert_eq!(table.targets, [1.0, 0.0].repeat(5));
    }

    #[test]
    fn what_is_wrong_is_named_with_its_place() {
        let with = |points: &[[f64; 3]]| row(&[0.0, 1.0], 5).into_iter().chain(points.iter().copied()).collect::<Vec<_>>();
        assert_eq!(load(row(&[0.0, 1.0], 5)).unwrap().rows(), 10);
        assert_eq!(load(row(&[0.0, 1.0, 2.0], 3)).unwrap_err(), ["points: at least 10 points are needed, got 9: draw more on the map"]);
        assert_eq!(load(Vec::new()).unwrap_err(), ["points: at least 10 points are needed, got 0: draw more on the map"]);
        assert_eq!(load(row(&[3.0], 12)).unwrap_err(), ["points: all 12 points are of class 3: draw points of a second class"]);
        assert_eq!(
            load(with(&[[6.0, -6.0, 4.0], [6.01, 0.0, 0.0], [0.0, -7.0, 0.0], [0.0, 0.0, 5.0], [0.0, 0.0, 0.5], [0.0, 9.0, 1.0]]))
                .unwrap_err(),
            [
                "points[11][0]: must be between -6 and 6, got 6.01",
                "points[12][1]: must be between -6 and 6, got -7",
                "points[13][2]: a class must be a whole number from 0 to 4, got 5",
                "points: 2 more points are wrong in the same way",
            ]
        );
    }
}
