//! The engine as wasm in Node.
#![cfg(target_arch = "wasm32")]

mod shared;

use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn same_bits_as_everywhere() {
    shared::check_fingerprints();
}

#[wasm_bindgen_test]
fn the_schemas_are_the_derived_ones() {
    let derived = descent::config::schema::schema_of::<descent::train::experiment::Experiment>();
    assert!(descent::wasm::schema() == derived.to_string(), "the file with the schema is out of date");
    let derived = descent::config::schema::schema_of::<descent::surface::Contest>();
    let read: serde_json::Value = serde_json::from_str(&descent::wasm::surface_schema()).unwrap();
    assert!(read == derived, "the file with the surfaces' schema is out of date");
    let derived = descent::config::schema::schema_of::<descent::trust::landscape::Survey>();
    assert!(descent::wasm::landscape_schema() == derived.to_string(), "the file with the landscape's schema is out of date");
}

#[wasm_bindgen_test]
fn a_session_trains_and_draws() {
    let mut session = descent::wasm::Session::new();
    assert_eq!(js_sys::Array::from(&session.open("{}")).length(), 0);
    assert_eq!(session.advance(1e9, 50.0), 50.0);
    let frame = session.frame(JsValue::NULL);
    let run = js_sys::Reflect::get(&js_sys::Array::from(&js_sys::Reflect::get(&frame, &"runs".into()).unwrap()).get(0), &"update".into());
    assert_eq!(run.unwrap().as_f64(), Some(50.0));
}

#[wasm_bindgen_test]
fn problems_are_listed_and_change_nothing() {
    let mut session = descent::wasm::Session::new();
    session.open("{}");
    session.advance(1e9, 5.0);
    let field = |object: &JsValue, name: &str| js_sys::Reflect::get(object, &name.into()).unwrap();
    for broken in
        ["", "[]", "{", r#"{"nonsense": 1}"#, r#"{"learner": {"net": {"batch_size": 0}}}"#, r#"{"data": {"csv": {"path": "gone.csv"}}}"#]
    {
        let issues = js_sys::Array::from(&session.open(broken));
        assert!(issues.length() > 0, "{broken}");
        let message = field(&issues.get(0), "message");
        assert!(field(&message, "en").is_string() && field(&message, "zh").is_string(), "{broken}");
    }
    assert!(field(&session.set(0, "none", 0, 1.0), "zh").is_string());
    assert!(session.set(0, "4.bias", 0, 1.0).is_null());
    assert_eq!(session.advance(1e9, 5.0), 5.0);
}
