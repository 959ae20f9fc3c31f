//! Tests agents natively, without the sandbox: an in-memory counter with the agent's own storage and files, and any
//! other capability the test gives it.

mod memory;

use crate::{Agent, Error, Result};
use memory::Memory;
use serde::de::DeserializeOwned;
use serde::Serialize;
use serde_json::{json, Value};
use std::cell::RefCell;
use std::collections::BTreeMap;

type Handler = Box<dyn Fn(Value) -> Result<Value>>;

/// A [`crate::Counter`] in memory. It answers `store.kv.*`, `store.doc.*`, `fs.read`, `fs.write`, `fs.stat`, `time.now`,
/// `log`, `random.bytes` and `batch`; everything else is denied until [`Counter::handle`] gives it an answer, as it is
/// without a grant.
#[derive(Default)]
pub struct Counter {
    handlers: BTreeMap<String, Handler>,
    memory: RefCell<Memory>,
    calls: RefCell<Vec<(String, Value)>>,
}

impl Counter {
    /// A counter with empty storage.
    pub fn new() -> Self {
        Counter::default()
    }

    /// Puts a file into the workspace.
    pub fn file(self, path: &str, content: impl AsRef<[u8]>) -> Self {
        self.memory.borrow_mut().put_file(path, content.as_ref().to_vec());
        self
    }

    /// Gives a capability an answer, in place of the one it had.
    pub fn handle(mut self, capability: &str, handler: impl Fn(Value) -> Result<Value> + 'static) -> Self {
        self.handlers.insert(capability.into(), Box::new(handler));
        self
    }

    /// Every call so far, with its arguments, refused ones too.
    pub fn calls(&self) -> Vec<(String, Value)> {
        self.calls.borrow().clone()
    }

    /// The lines the agent wrote through the log capability, each with its level.
    pub fn log(&self) -> Vec<String> {
        self.memory.borrow().log().to_vec()
    }

    fn batch(&self, args: &Value) -> Result<Value> {
        let calls = args["calls"].as_array().cloned().unwrap_or_default();
        let answer = |call: &Value| {
            let args = if call["args"].is_null() { json!({}) } else { call["args"].clone() };
            match crate::Counter::call(self, call["cap"].as_str().unwrap_or_default(), args) {
                Ok(result) => json!({ "ok": true, "result": result }),
                Err(error) => json!({ "ok": false, "error": error }),
            }
        };
        Ok(json!({ "results": calls.iter().map(answer).collect::<Vec<_>>() }))
    }
}

impl crate::Counter for Counter {
    fn call(&self, capability: &str, args: Value) -> Result<Value> {
        self.calls.borrow_mut().push((capability.into(), args.clone()));
        if let Some(handler) = self.handlers.get(capability) {
            return handler(args);
        }
        if capability == "batch" {
            return self.batch(&args);
        }
        self.memory.borrow_mut().answer(capability, &args).unwrap_or_else(|| {
            Err(Error::new(
                "denied",
                format!("no grant for {}", capability),
                "Give the test's counter a handler for it with `handle`.",
            ))
        })
    }
}

/// Calls a function of the agent as the host does. A failed call gives the error that its caller would get.
pub fn invoke<T: DeserializeOwned>(
    agent: &Agent,
    counter: &dyn crate::Counter,
    function: &str,
    args: impl Serialize,
) -> Result<T> {
    let reply: Value = serde_json::from_str(&agent.serve(function, &serde_json::to_string(&args)?, counter))?;
    if reply["ok"] == json!(false) && reply["error"].is_object() {
        return Err(serde_json::from_value(reply["error"].clone())?);
    }
    Ok(serde_json::from_value(reply)?)
}

/// Panics unless the manifest exposes exactly the functions that the agent has.
pub fn check_manifest(agent: &Agent, manifest: &str) {
    let manifest: Value = serde_json::from_str(manifest).expect("the manifest parses");
    let functions = manifest["exposes_rpc"].as_array().cloned().unwrap_or_default();
    let mut declared: Vec<&str> = functions.iter().filter_map(|function| function["name"].as_str()).collect();
    let mut exposed: Vec<&str> = agent.exposed().collect();
    declared.sort_unstable();
    exposed.sort_unstable();
    assert_eq!(declared, exposed, "left: what the manifest exposes, right: what the agent has");
}
