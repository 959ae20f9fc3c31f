use crate::counter::outcome;
use crate::{Error, Host, Result};
use serde::{Deserialize, Serialize};
use serde_json::{json, Value};

/// One call of a batch.
#[derive(Clone, Debug, Serialize)]
pub struct BatchCall {
    #[serde(rename = "cap")]
    pub capability: String,
    pub args: Value,
}

impl BatchCall {
    /// A call of a capability; `args` is a JSON object.
    pub fn new(capability: impl Into<String>, args: Value) -> Self {
        BatchCall { capability: capability.into(), args }
    }
}

impl Host<'_> {
    /// Makes calls (64 at most) side by side, each with its own checks; the outcomes are in the order of the calls.
    pub fn batch(&self, calls: &[BatchCall]) -> Result<Vec<Result<Value>>> {
        #[derive(Deserialize)]
        struct Answered {
            results: Vec<Value>,
        }
        let answered: Answered = self.call("batch", json!({ "calls": calls }))?;
        if answered.results.len() != calls.len() {
            let message = format!("{} calls in a batch gave {} results", calls.len(), answered.results.len());
            return Err(Error::internal(message));
        }
        Ok(answered.results.into_iter().map(outcome).collect())
    }
}
