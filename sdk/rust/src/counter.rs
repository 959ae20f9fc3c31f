use crate::{Error, Result};
use serde::de::DeserializeOwned;
use serde::Serialize;
use serde_json::Value;

/// The one door to everything outside the agent. The real one is the host; tests use [`crate::testing::Counter`].
pub trait Counter {
    /// Asks for a capability by name; `args` is a JSON object.
    fn call(&self, capability: &str, args: Value) -> Result<Value>;
}

/// What the counter's reply, `{ok, result}` or `{ok, error}`, says.
pub(crate) fn outcome(mut reply: Value) -> Result<Value> {
    let succeeded = reply["ok"] == true;
    let field = if succeeded { "result" } else { "error" };
    let content = reply.get_mut(field).map(Value::take).unwrap_or_default();
    if succeeded {
        return Ok(content);
    }
    Err(serde_json::from_value(content).unwrap_or_else(|_| Error::internal("the counter refused without a reason")))
}

/// A counter with the conversions that the families of capabilities share.
#[derive(Clone, Copy)]
pub(crate) struct Caller<'a>(pub &'a dyn Counter);

impl Caller<'_> {
    pub(crate) fn ask<T: DeserializeOwned>(self, capability: &str, args: impl Serialize) -> Result<T> {
        let args = serde_json::to_value(args).map_err(|error| {
            let message = format!("the arguments of {} are not JSON: {}", capability, error);
            Error::new("invalid_input", message, "Pass values that encode as JSON.")
        })?;
        let result = self.0.call(capability, args)?;
        serde_json::from_value(result).map_err(|error| {
            let message = format!("the result of {} has another shape: {}", capability, error);
            Error::new("internal", message, "Decode into a type that fits the capability's result.")
        })
    }

    /// For capabilities whose result says nothing.
    pub(crate) fn tell(self, capability: &str, args: impl Serialize) -> Result<()> {
        self.ask::<Value>(capability, args).map(drop)
    }
}
