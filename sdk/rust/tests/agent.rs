//! What an agent replies to the host.
use fieldwork::serde::{Deserialize, Serialize};
use fieldwork::testing::{check_manifest, invoke, Counter};
use fieldwork::{json, Agent, Error, Host, Reply, Value};

#[derive(Deserialize)]
#[serde(crate = "fieldwork::serde")]
struct Numbers {
    #[serde(default)]
    numbers: Vec<f64>,
}

#[derive(Serialize)]
#[serde(crate = "fieldwork::serde")]
struct Count {
    count: usize,
}

fn example() -> Agent {
    Agent::new()
        .on_message(|message, _| match message.text.as_str() {
            "fail" => Err("no luck".into()),
            text => Ok(Reply::text(format!("{} said {}", message.user.as_deref().unwrap_or("someone"), text))),
        })
        .handle(|request, _| Ok(json!({ "type": request.kind, "from": request.source.id })))
        .on_load(|host| host.store.kv.set("loaded", true))
        .rpc("count", |input: Numbers, _| Ok(Count { count: input.numbers.len() }))
        .rpc("refuse", |_: Value, _| -> fieldwork::Result<()> {
            let details = Some(json!({ "retry_after_ms": 5 }));
            Err(Error { details, ..Error::new("rate_limited", "slow down", "wait") })
        })
}

fn reply(function: &str, args: &str) -> Value {
    fieldwork::serde_json::from_str(&example().serve(function, args, &Counter::new())).unwrap()
}

#[test]
fn a_message_is_answered_and_new_fields_do_no_harm() {
    let message = r#"{"text":"hi","user":"ann","session":"s","source":{"kind":"owner","id":"o"},"new_field":1}"#;
    assert_eq!(reply("handle_message", message), json!({ "reply": "ann said hi" }));
    assert_eq!(reply("handle_message", r#"{"text":"hi","user":null}"#), json!({ "reply": "someone said hi" }));
}

#[test]
fn a_bus_request_an_rpc_and_hooks_are_answered() {
    let request = r#"{"source":{"kind":"module","id":"other"},"type":"ping","payload":[1]}"#;
    assert_eq!(reply("handle", request), json!({ "type": "ping", "from": "other" }));
    assert_eq!(reply("count", r#"{"numbers":[1,2,3]}"#), json!({ "count": 3 }));
    assert_eq!(reply("count", ""), json!({ "count": 0 }));
    assert_eq!(reply("on_load", "{}"), json!({}));
    assert_eq!(reply("on_stop", "{}"), json!({}));
}

#[test]
fn an_error_keeps_its_code_and_details() {
    assert_eq!(
        reply("refuse", "{}"),
        json!({ "ok": false, "error": {
            "code": "rate_limited", "message": "slow down", "remedy": "wait", "details": { "retry_after_ms": 5 } } })
    );
    assert_eq!(reply("handle_message", r#"{"text":"fail"}"#)["error"]["code"], "module_crashed");
}

#[test]
fn what_is_wrong_with_a_call_is_named() {
    for (function, args, code) in [
        ("nothing", "{}", "not_found"),
        ("boot", "{}", "not_found"),
        ("handle_message", "{", "invalid_input"),
        ("count", r#"{"numbers":"many"}"#, "invalid_input"),
    ] {
        assert_eq!(reply(function, args)["error"]["code"], code, "{} {}", function, args);
    }
}

#[test]
fn a_hook_uses_the_counter() {
    let counter = Counter::new();
    invoke::<Value>(&example(), &counter, "on_load", json!({})).unwrap();
    assert_eq!(Host::new(&counter).store.kv.get("loaded"), Ok(Some(true)));
}

#[test]
fn a_manifest_that_fits_passes() {
    check_manifest(
        &example().boot(|_| Ok(())),
        r#"{"exposes_rpc":[{"name":"refuse"},{"name":"boot"},{"name":"count"}]}"#,
    );
}

#[test]
#[should_panic(expected = "what the manifest exposes")]
fn a_manifest_that_forgets_a_function_fails() {
    check_manifest(&example(), r#"{"exposes_rpc":[{"name":"count"}]}"#);
}
