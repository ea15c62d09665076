//! What crosses between the engine and JavaScript: types, problems, errors and panics, as a page meets them.
#![cfg(target_arch = "wasm32")]

use descent::wasm::Session;
use js_sys::{Array, Float32Array, Function, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};

/// A session in which this experiment is open.
fn open(json: &str) -> Session {
    let mut session = Session::new();
    let issues = Array::from(&session.open(json));
    assert_eq!(issues.length(), 0, "{json}: {issues:?}");
    session
}

fn field(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or_else(|_| panic!("{object:?} has no fields, so no {name}"))
}

fn number(object: &JsValue, name: &str) -> f64 {
    field(object, name).as_f64().unwrap_or_else(|| panic!("{name} is no number: {:?}", field(object, name)))
}

/// A value that JavaScript wrote, and what `body` makes of it, or throws.
fn javascript(body: &str, value: &JsValue) -> Result<JsValue, JsValue> {
    Function::new_with_args("it", body).call1(&JsValue::NULL, value)
}

/// The message of what is thrown, which has to be an `Error`.
fn thrown(body: &str, value: &JsValue) -> String {
    let error = javascript(body, value).expect_err(body);
    let error: js_sys::Error = error.dyn_into().unwrap_or_else(|other| panic!("{body} throws {other:?}, which is no Error"));
    error.message().into()
}

/// Everything that a frame can hold.
fn whole_frame(session: &mut Session) -> JsValue {
    let request = r#"{"side": 8, "small": 4, "units": 4, "points": 20, "unit": [1, 0, 6], "leaves": true, "inspect": {"most": 10, "close": 1}, "diagnose": true, "examine": true}"#;
    session.frame(js_sys::JSON::parse(request).unwrap()).into()
}

/// Fails at the first value that `structuredClone` or `JSON` would not carry as it is, or that a page could not tell from another kind.
fn assert_plain(value: &JsValue, path: &str) {
    if value.is_null() || value.as_bool().is_some() || value.is_string() || value.as_f64().is_some() {
        return;
    }
    if let Some(array) = value.dyn_ref::<Array>() {
        array.iter().enumerate().for_each(|(at, value)| assert_plain(&value, &format!("{path}[{at}]")));
    } else if !js_sys::ArrayBuffer::is_view(value) {
        let object: &Object = value.dyn_ref().unwrap_or_else(|| panic!("{path} is {value:?}"));
        let plain = Object::get_prototype_of(object) == Object::get_prototype_of(&Object::new());
        assert!(plain, "{path} is no plain object: {value:?}");
        for key in Object::keys(object).iter() {
            let key = key.as_string().expect("keys are strings");
            assert_plain(&field(value, &key), &format!("{path}.{key}"));
        }
    }
}

#[test]
fn a_session_trains_and_draws() {
    let mut session = open("{}");
    assert_eq!(session.advance(1e9, 50.0), 50.0);
    let frame = session.frame(JsValue::NULL);
    assert_eq!(number(&Array::from(&field(&frame, "runs")).get(0), "update"), 50.0);
    assert_eq!(session.updates().to_vec(), [50.0]);
}

#[test]
fn what_leaves_is_plain_data_for_every_kind_of_learner_and_row() {
    let documents = [
        "{}",
        r#"{"learner": "tree", "data": "moons"}"#,
        r#"{"data": "waves"}"#,
        r#"{"data": "shapes", "augment": ["rotate"]}"#,
        r#"{"data": "tokens", "learner": {"net": {"layers": [{"embedding": {}}, {"attention": {}}, "last_step"]}}}"#,
    ];
    for document in documents {
        let mut session = open(document);
        session.advance(1e9, 30.0);
        let told: [(&str, JsValue); 11] = [
            ("frame", whole_frame(&mut session)),
            ("points", session.points(0, 50.0, JsValue::NULL).into()),
            ("overview", session.overview(document).into()),
            ("plan", session.plan(document).into()),
            ("rates", session.rates(document, 10.0, 20).into()),
            ("techniques", session.techniques(document).into()),
            ("alike", session.alike(0).into()),
            ("augmented", session.augmented(document, 20, 0).into()),
            ("check", session.check(r#"{"seed": -1}"#).into()),
            ("reveal", session.reveal(0).into()),
            ("paired", session.paired(&[1.0, f64::NAN], &[2.0, 3.0], "a", "b").into()),
        ];
        for (name, value) in told {
            assert_plain(&value, &format!("{name} of {document}"));
        }
    }
}

#[test]
fn many_numbers_are_typed_arrays_wherever_they_are() {
    let mut session = open(r#"{"learner": {"net": {"layers": [{"dense": {"units": 3}}]}}}"#);
    assert_eq!(Array::from(&session.add("{}", None, None)).length(), 0);
    session.advance(1e9, 20.0);
    let runs = Array::from(&field(&whole_frame(&mut session), "runs"));
    let (run, beside) = (runs.get(0), runs.get(1));
    for name in ["map", "map_range", "neurons", "unit", "predictions"] {
        assert!(field(&run, name).is_instance_of::<Float32Array>(), "{name}");
    }
    assert!(field(&run, "confusion").is_instance_of::<js_sys::Uint32Array>());
    assert!(field(&run, "per_class").is_instance_of::<js_sys::Float64Array>());
    let layer = Array::from(&field(&field(&run, "seen"), "layers")).get(1);
    assert!(field(&layer, "values").is_instance_of::<Float32Array>());
    assert!(field(&Array::from(&field(&layer, "tensors")).get(0), "values").is_instance_of::<Float32Array>());
    for run in [&run, &beside] {
        let columns = field(&field(run, "history"), "columns");
        for name in ["update", "train.loss", "train.loss.min"] {
            assert!(field(&columns, name).is_instance_of::<js_sys::Float64Array>(), "{name}");
        }
        assert!(number(&field(&field(run, "measured"), "train"), "loss").is_finite());
        assert!(field(run, "forked").is_null(), "what there is none of is null");
    }
    // What the drawing takes stands beside its kind; of a run beside there is none of that.
    let view = field(&run, "view");
    assert_eq!(field(&view, "kind").as_string().as_deref(), Some("layers"));
    assert!(Array::from(&field(&view, "layers")).length() == 3 && Array::is_array(&field(&view, "marks")));
    assert!(field(&beside, "map").is_instance_of::<Float32Array>() && field(&beside, "view").is_undefined());
    let points = session.points(0, 50.0, JsValue::NULL);
    assert!(field(&points, "split").is_instance_of::<Uint8Array>() && field(&points, "places").is_instance_of::<js_sys::Uint32Array>());
    assert!(field(&points, "plane").is_null());
}

#[test]
fn numbers_leave_as_typed_arrays_that_outlive_what_comes_after() {
    let mut session = open("{}");
    session.advance(1e9, 5.0);
    let frame = whole_frame(&mut session);
    let map: Float32Array = field(&Array::from(&field(&frame, "runs")).get(0), "map").dyn_into().expect("a Float32Array");
    let before = map.to_vec();
    assert!(before.len() >= 64 && before.iter().all(|value| value.is_finite()), "{before:?}");
    // The memory grows, which would empty a view into it.
    let large = vec![1_u8; 32 << 20];
    session.attach("large.csv", &large);
    session.advance(1e9, 50.0);
    assert_eq!(map.to_vec(), before);
}

#[test]
fn problems_are_listed_in_both_languages_and_change_nothing() {
    let mut session = open("{}");
    session.advance(1e9, 5.0);
    for broken in
        ["", "[]", "{", r#"{"nonsense": 1}"#, r#"{"learner": {"net": {"batch_size": 0}}}"#, r#"{"data": {"csv": {"path": "gone.csv"}}}"#]
    {
        for issues in [session.check(broken), session.open(broken), session.add(broken, None, None), session.replace(0, broken)] {
            let issues = Array::from(&issues);
            assert!(issues.length() > 0, "{broken}");
            let issue = issues.get(0);
            let message = field(&issue, "message");
            assert!(
                field(&issue, "path").is_string() && field(&message, "en").is_string() && field(&message, "zh").is_string(),
                "{broken}"
            );
        }
    }
    assert!(field(&session.set(0, "none", 0, 1.0), "zh").is_string());
    assert!(session.set(0, "4.bias", 0, 1.0).is_null());
    assert_eq!(session.updates().to_vec(), [5.0]);
    assert_eq!(session.advance(1e9, 5.0), 5.0);
}

#[test]
fn text_and_bytes_cross_as_they_are() {
    let mut session = Session::new();
    let rows: String = (0..40).map(|at| format!("{at},{},{}\n", at % 7, if at % 2 == 0 { "偶数 🎲" } else { "奇数" })).collect();
    session.attach("数据 1.csv", format!("a,b,种类\n{rows}").as_bytes());
    let issues = Array::from(&session.open(r#"{"data": {"csv": {"path": "数据 1.csv", "target": "种类"}}}"#));
    assert_eq!(issues.length(), 0, "{issues:?}");
    let points = session.points(0, 10.0, JsValue::NULL);
    assert_eq!(Array::from(&field(&points, "columns")).get(0).as_string().as_deref(), Some("a"));
    let classes: Vec<String> = Array::from(&field(&points, "classes")).iter().filter_map(|name| name.as_string()).collect();
    assert_eq!(classes, ["偶数 🎲", "奇数"]);
    let missing = Array::from(&session.check(r#"{"data": {"csv": {"path": "没有 🎲.csv"}}}"#));
    assert!(field(&field(&missing.get(0), "message"), "zh").as_string().unwrap().contains("没有 🎲.csv"));
}

#[test]
fn saved_weights_are_bytes_that_come_back() {
    let mut session = open("{}");
    session.advance(1e9, 20.0);
    let file: Uint8Array = session.tensors(0);
    assert!(file.length() > 1000);
    let mut other = Session::new();
    other.attach("weights.safetensors", &file.to_vec());
    let document = r#"{"seed": 9, "learner": {"net": {"transfer": {"file": {"path": "weights.safetensors", "which": "all"}}}}}"#;
    assert_eq!(Array::from(&other.open(document)).length(), 0);
    assert_eq!(other.tensors(0).to_vec(), file.to_vec());
    assert_eq!(open(r#"{"learner": "tree"}"#).tensors(0).length(), 0, "a tree has no tensors");
}

#[test]
fn a_wrong_argument_is_an_error_and_the_session_goes_on() {
    let session = JsValue::from(open("{}"));
    for wrong in ["it.open(42)", "it.open(null)", "it.open()", "it.attach('name', 7)", "it.attach({}, new Uint8Array(1))", "it.nonsense()"]
    {
        assert!(!thrown(wrong, &session).is_empty(), "{wrong}");
        assert_eq!(javascript("return it.advance(1e9, 1)", &session).unwrap().as_f64(), Some(1.0), "after {wrong}");
    }
    // A request that cannot be read is answered with what every frame holds.
    let frame = javascript("return it.frame({side: 'wide'})", &session).unwrap();
    assert_eq!(number(&Array::from(&field(&frame, "runs")).get(0), "update"), 6.0);
}

#[test]
fn a_session_that_was_given_back_says_so() {
    let session = JsValue::from(open("{}"));
    javascript("it.free()", &session).unwrap();
    let message = thrown("it.advance(1e9, 1)", &session);
    assert!(message.contains("null pointer") || message.contains("moved value"), "{message}");
}

#[test]
fn a_listener_that_throws_stops_nothing() {
    let mut session = Session::new();
    session.listen(Function::new_no_args("throw new Error('deaf')"));
    let rows: String = (0..40_000).map(|at| format!("{at},{},{}\n", at % 7, at % 2)).collect();
    session.attach("long.csv", format!("a,b,kind\n{rows}").as_bytes());
    let document = r#"{"data": {"csv": {"path": "long.csv", "target": "kind"}}}"#;
    let issues = Array::from(&session.open(document));
    assert_eq!(issues.length(), 0, "{issues:?}");
    assert_eq!(session.advance(1e9, 1.0), 1.0);
}

/// As `www/worker.js` does it: what the hook prints is the readable part, and what is caught is the trap. No other test here panics: one that has cannot
/// change its hook. The hook stays, so that what fails later is printed by it too.
#[test]
fn a_panic_is_an_error_that_says_what_and_where() {
    descent::wasm::start();
    let panics = Closure::<dyn FnMut()>::new(|| descent::wasm::panic("the seed is 中文 42"));
    let caught = javascript(
        "const own = console.error; let printed = ''; console.error = (...parts) => (printed += parts.join(' '));
         try { it(); return null; } catch (error) { return { error, printed, trap: error instanceof WebAssembly.RuntimeError }; } finally { console.error = own; }",
        panics.as_ref(),
    );
    let caught = caught.unwrap();
    assert!(!caught.is_null(), "the panic came back as if nothing had been");
    assert_eq!(field(&caught, "trap").as_bool(), Some(true), "{:?}", field(&caught, "error"));
    let printed = field(&caught, "printed").as_string().unwrap();
    assert!(printed.contains("the seed is 中文 42") && printed.contains("wasm.rs"), "{printed}");
}

#[test]
fn schemas_are_json_with_a_title_in_both_languages() {
    for (name, text) in
        [("experiment", descent::wasm::schema()), ("surface", descent::wasm::surface_schema()), ("jobs", descent::wasm::jobs_schema())]
    {
        let schema: serde_json::Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        // The schema of jobs is a choice: what its options hold has the titles.
        let fields = schema.get("properties").or_else(|| schema.get("$defs")).and_then(serde_json::Value::as_object);
        for (key, field) in fields.unwrap_or_else(|| panic!("{name} has no fields")) {
            for title in ["title", "x-title-zh"] {
                assert!(field[title].as_str().is_some_and(|title| !title.is_empty()), "{name}.{key} has no {title}");
            }
        }
    }
}
