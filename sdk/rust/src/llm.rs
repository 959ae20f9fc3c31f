use crate::counter::Caller;
use crate::Result;
use serde::{Deserialize, Serialize};
use serde_json::{json, Value};

/// The model gateway, within the models and the budget the owner gave.
pub struct Llm<'a>(pub(crate) Caller<'a>);

/// What to ask a model. `messages` and `tools` have the form of the OpenAI chat interface. Only `messages` is needed.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Completion {
    pub messages: Vec<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tools: Vec<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tool_choice: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response_format: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub temperature: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_tokens: Option<u64>,
    /// A session whose event stream gets the text while it is written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stream_to: Option<String>,
}

/// A model's answer. `cost_usd` is `None` where the price is not known.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Completed {
    pub message: Value,
    pub finish: String,
    pub usage: Value,
    pub cost_usd: Option<f64>,
    pub model: String,
    pub provider: String,
}

impl Llm<'_> {
    /// Asks a model and waits for the whole answer.
    pub fn complete(&self, completion: &Completion) -> Result<Completed> {
        self.0.ask("llm.complete", completion)
    }

    /// A vector for each text, and the model that made them. Where no embedder is configured it fails with the code
    /// `unavailable`.
    pub fn embed(&self, input: &[&str]) -> Result<(Vec<Vec<f64>>, String)> {
        #[derive(Deserialize)]
        struct Embedded {
            vectors: Vec<Vec<f64>>,
            model: String,
        }
        let embedded: Embedded = self.0.ask("llm.embed", json!({ "input": input }))?;
        Ok((embedded.vectors, embedded.model))
    }
}
