use super::race::Standing;
use super::*;
use crate::config::Issue;
use crate::learn::net::optimizer::OptimizerConfig;
use crate::learn::net::optimizer::search::Needs;
use crate::math::random;
use serde_json::json;

/// Every surface as it is by default, and ravines that are turned and steep.
fn surfaces() -> Vec<SurfaceConfig> {
    let ravine = |condition, angle| SurfaceConfig::ravine(ravine::Ravine { condition, angle });
    SurfaceConfig::all().into_iter().chain([ravine(300.0, 30.0), ravine(7.0, -90.0)]).collect()
}

/// Places all over a surface's frame.
fn places(surface: &dyn Surface) -> Vec<Place> {
    let (mut stream, [x0, x1, y0, y1]) = (random::stream(1, "test"), surface.frame());
    let mut within = |low: f64, high: f64| f64::from(random::uniform(&mut stream, low as f32, high as f32));
    (0..60).map(|_| [within(x0, x1), within(y0, y1)]).collect()
}

fn race(document: serde_json::Value) -> SurfaceRace {
    let mut race = SurfaceRace::new(&Contest::parse(&document.to_string()).expect("a race"));
    race.run();
    race
}

#[test]
fn gradients_and_hessians_are_those_of_the_values() {
    let h = 1e-5;
    for config in surfaces() {
        let surface = config.part();
        for at in places(surface) {
            let along = |axis: usize, by: f64| {
                let mut to = at;
                to[axis] += by;
                to
            };
            let gradient = surface.gradient(at);
            let hessian = surface.hessian(at);
            let size = 1.0 + surface.value(at).abs() + hessian.iter().fold(0.0, |most: f64, value| most.max(value.abs()));
            for (axis, given) in gradient.into_iter().enumerate() {
                let slope = (surface.value(along(axis, h)) - surface.value(along(axis, -h))) / (2.0 * h);
                assert!((given - slope).abs() < 1e-7 * size, "{} {at:?}: {gradient:?}, {slope}", config.name());
                for other in 0..2 {
                    let bend = (surface.gradient(along(axis, h))[other] - surface.gradient(along(axis, -h))[other]) / (2.0 * h);
                    assert!((hessian[axis + other] - bend).abs() < 1e-7 * size, "{} {at:?}: {hessian:?}, {bend}", config.name());
                }
            }
        }
    }
}

#[test]
fn a_schedule_that_listens_hears_the_height_and_no_metric() {
    let document = |metric: &str| json!({"racers": [{"optimizer": {"adam": {}}, "schedule": {"reduce_on_plateau": {"metric": metric}}}]});
    assert!(Contest::parse(&document("loss").to_string()).is_ok());
    let issues = Contest::parse(&document("accuracy").to_string()).unwrap_err();
    assert_eq!(issues.len(), 1);
    assert_eq!(issues[0].path, "racers[0].schedule.reduce_on_plateau.metric");
}

#[test]
fn sums_of_squares_are_the_surface() {
    for config in surfaces() {
        let surface = config.part();
        for at in places(surface) {
            let Some(terms) = surface.squares(at) else { continue };
            let value: f64 = terms.iter().map(|term| term.weight * term.distance * term.distance).sum();
            assert!((value - surface.value(at)).abs() <= 1e-12 * (1.0 + value), "{}", config.name());
            let gradient = surface.gradient(at);
            for (axis, given) in gradient.into_iter().enumerate() {
                let slope: f64 = terms.iter().map(|term| 2.0 * term.weight * term.distance * term.slope[axis]).sum();
                assert!((slope - given).abs() <= 1e-10 * (1.0 + slope.abs()), "{}", config.name());
            }
        }
    }
}

#[test]
fn minima_are_lowest_in_the_frame_and_all_alike() {
    for config in surfaces() {
        let surface = config.part();
        let lowest = surface.value(surface.minima()[0]);
        assert!(field(surface, 101).iter().all(|&value| f64::from(value) >= lowest - 1e-6), "{}", config.name());
        let [x0, x1, y0, y1] = surface.frame();
        assert!((x1 - x0 - (y1 - y0)).abs() < 1e-12, "{}: a round bowl is drawn round", config.name());
        for at in surface.minima() {
            assert!((surface.value(at) - lowest).abs() < 1e-12, "{} {at:?}", config.name());
            assert!(surface.gradient(at).iter().all(|slope| slope.abs() < 1e-12), "{} {at:?}", config.name());
            let [a, b, c] = surface.hessian(at);
            assert!(a > 0.0 && a * c - b * b > 0.0, "{} {at:?} bends up in every direction", config.name());
            assert!(at[0] > x0 && at[0] < x1 && at[1] > y0 && at[1] < y1, "{} {at:?} is in the frame", config.name());
        }
        let [x, y] = surface.start();
        assert!(x > x0 && x < x1 && y > y0 && y < y1, "{}", config.name());
        assert!(surface.value([x, y]) > lowest + 0.01, "{}", config.name());
    }
}

#[test]
fn gradient_descent_on_a_quadratic_is_its_closed_form() {
    let (rate, condition) = (0.03_f64, 50.0_f64);
    let race = race(json!({
        "surface": {"ravine": {"condition": condition}}, "start": [-1.7, 0.8], "max_updates": 300, "tolerance": 1e-10,
        "racers": [{"optimizer": {"gradient_descent": {"learning_rate": rate}}}],
    }));
    let path = race.runners()[0].path();
    assert_eq!(path.len(), 2 * 301);
    for (update, at) in path.chunks_exact(2).enumerate() {
        let exact = [-1.7 * (1.0 - rate).powi(update as i32), 0.8 * (1.0 - rate * condition).powi(update as i32)];
        for (&got, exact) in at.iter().zip(exact) {
            assert!((f64::from(got) - exact).abs() < 1e-6, "update {update}: {got}, {exact}");
        }
    }
    assert_eq!(race.runners()[0].gradients().last(), Some(&300));
}

#[test]
fn too_large_a_rate_diverges_and_says_so() {
    // η > 2/κ.
    let race =
        race(json!({"surface": {"ravine": {"condition": 50}}, "racers": [{"optimizer": {"gradient_descent": {"learning_rate": 0.05}}}]}));
    let runner = &race.runners()[0];
    assert_eq!(runner.standing(), Standing::Diverged);
    assert!(runner.values().len() < 100 && race.update() as usize + 1 == runner.values().len());
}

#[test]
fn from_the_ridge_the_slope_leads_to_the_saddle_and_noise_away_from_it() {
    let on_the_ridge = |noise: f64| {
        race(
            json!({"surface": "saddle", "start": [1, 0], "noise": noise, "racers": [{"optimizer": {"gradient_descent": {"learning_rate": 0.1}}}]}),
        )
    };
    let still = on_the_ridge(0.0);
    assert_eq!(still.runners()[0].standing(), Standing::Running);
    assert!(still.runners()[0].path().chunks_exact(2).all(|at| at[1] == 0.0));
    assert_eq!(on_the_ridge(0.01).runners()[0].standing(), Standing::Arrived);
}

#[test]
fn usual_racers_stay_in_sight_and_one_arrives() {
    for surface in SurfaceConfig::all() {
        // Pits hold whoever follows the slope: that is what they are there for.
        let holds = matches!(surface, SurfaceConfig::rastrigin(_));
        let contest = Contest { racers: document::usual_racers(&surface), surface: surface.clone(), ..Contest::default() };
        assert_eq!(contest.check(), Vec::new());
        let mut race = SurfaceRace::new(&contest);
        race.run();
        let [x0, x1, y0, y1] = surface.part().frame().map(|edge| edge as f32);
        for runner in race.runners() {
            let outside = runner.path().chunks_exact(2).filter(|at| !(x0..x1).contains(&at[0]) || !(y0..y1).contains(&at[1])).count();
            assert!(outside <= 2, "{}: {outside} places are out of sight", surface.name());
        }
        let arrived = race.runners().iter().filter(|runner| runner.standing() == Standing::Arrived).count();
        assert!(if holds { arrived == 0 } else { arrived > 0 }, "{}: {arrived}", surface.name());
    }
}

#[test]
fn every_optimizer_runs_on_every_surface_and_repeats_itself_to_the_bit() {
    for surface in SurfaceConfig::all() {
        for optimizer in OptimizerConfig::all() {
            let squares = optimizer.part().search().is_some_and(|search| search.needs() == Needs::Residuals);
            if squares && surface.part().squares([0.0; 2]).is_none() {
                continue;
            }
            for noise in [0.0, 0.1] {
                let contest = Contest {
                    surface: surface.clone(),
                    racers: vec![Racer { optimizer: optimizer.clone(), ..Racer::default() }],
                    noise,
                    max_updates: 60,
                    ..Contest::default()
                };
                assert_eq!(contest.check(), Vec::new());
                let [first, second] = [0, 1].map(|_| {
                    let mut race = SurfaceRace::new(&contest);
                    race.run();
                    race.runners()[0].path().iter().map(|value| value.to_bits()).collect::<Vec<_>>()
                });
                assert_eq!(first, second);
                assert!(first.len() > 2, "{} {}", surface.name(), optimizer.name());
            }
        }
    }
}

#[test]
fn those_that_know_the_curvature_arrive_in_a_few_updates_and_pay_for_them() {
    let race = race(json!({"surface": "rosenbrock", "tolerance": 1e-8, "racers": [
        {"optimizer": "lbfgs"}, {"optimizer": "newton"}, {"optimizer": "levenberg_marquardt"},
    ]}));
    for runner in race.runners() {
        assert_eq!(runner.standing(), Standing::Arrived);
        let updates = runner.values().len() as u32 - 1;
        assert!(updates < 60 && runner.gradients()[updates as usize] > updates, "{updates} updates, {:?}", runner.gradients().last());
    }
}

#[test]
fn levenberg_and_marquardt_need_one_undamped_step_where_residuals_are_straight() {
    let race = race(json!({
        "surface": {"ravine": {"condition": 1000, "angle": 30}}, "racers": [{"optimizer": {"levenberg_marquardt": {"damping": 0}}}],
    }));
    assert_eq!((race.runners()[0].standing(), race.update()), (Standing::Arrived, 1));
}

#[test]
fn noise_is_the_same_for_all_racers_and_another_with_another_seed() {
    let path = |seed: u32, racers: usize| {
        let racer = json!({"optimizer": {"gradient_descent": {"learning_rate": 0.01}}});
        let race = race(json!({"noise": 1, "seed": seed, "max_updates": 50, "racers": vec![racer; racers]}));
        race.runners().last().expect("a racer").path().to_vec()
    };
    assert_eq!(path(1, 1), path(1, 3));
    assert_ne!(path(1, 1), path(2, 1));
}

#[test]
fn a_racer_that_arrived_stays_there() {
    let race = race(
        json!({"surface": "bowl", "racers": [{"optimizer": {"gradient_descent": {"learning_rate": 1}}}, {"optimizer": {"adam": {}}}]}),
    );
    let [quick, slow] = race.runners() else { panic!("two racers") };
    assert_eq!((quick.standing(), quick.values().len()), (Standing::Arrived, 2));
    assert!(slow.values().len() > 100);
}

#[test]
fn all_problems_are_named_at_their_exact_paths() {
    let issues = |document: &str| Contest::parse(document).expect_err(document);
    let paths = |document: &str| issues(document).into_iter().map(|Issue { path, .. }| path).collect::<Vec<_>>();
    assert_eq!(paths("{"), [""]);
    assert_eq!(
        paths(r#"{"surface": "hill", "noise": -1, "start": [1], "racers": [{"optimiser": "adam"}], "max_updates": 0, "extra": 1}"#),
        ["surface", "noise", "start", "racers[0].optimiser", "max_updates", "extra"]
    );
    assert_eq!(paths(r#"{"start": [1, 1000], "racers": []}"#), ["start[1]", "racers"]);
    assert_eq!(
        paths(
            r#"{"surface": {"ravine": {"condition": 0.5, "angle": 91}}, "racers": [{}, {"optimizer": {"adam": {"learning_rate": 11}}}]}"#
        ),
        ["surface.ravine.condition", "surface.ravine.angle", "racers[1].optimizer.adam.learning_rate"]
    );
    let crossed = issues(
        r#"{"surface": "saddle", "racers": [
            {"optimizer": "levenberg_marquardt"},
            {"optimizer": "newton", "schedule": "cosine"},
            {"optimizer": {"adam": {"learning_rate": 0.001}}, "schedule": {"cosine": {"eta_min": 0.01}}}]}"#,
    );
    let told: Vec<_> = crossed.iter().map(|issue| (issue.path.as_str(), issue.message.en.as_str())).collect();
    assert_eq!(told[0].0, "racers[0].optimizer");
    assert!(told[0].1.contains("“Levenberg–Marquardt”") && told[0].1.contains("“Saddle”"));
    assert_eq!(told[1].0, "racers[1].schedule");
    assert_eq!(told[2].0, "racers[2].schedule.cosine.eta_min");
    assert_eq!(told.len(), 3);
}
