use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Where a message or request came from. The kernel stamps it; a sender cannot choose it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Source {
    /// One of `channel`, `owner`, `module`, `schedule`, `webhook` and `flow`.
    pub kind: String,
    pub id: String,
}

/// A file that came with a message. `size` is in bytes; `blob` is the SHA-256 of the content.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Attachment {
    pub name: String,
    #[serde(rename = "type")]
    pub media_type: String,
    pub size: u64,
    pub blob: String,
}

/// What [`Agent::on_message`](crate::Agent::on_message) receives.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Message {
    pub id: String,
    pub session: String,
    pub source: Source,
    pub user: Option<String>,
    pub text: String,
    pub attachments: Vec<Attachment>,
    /// When it was accepted, in ISO 8601.
    pub at: String,
    /// True where the text came from outside the owner.
    pub tainted: bool,
}

/// The answer to a [`Message`].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Reply {
    #[serde(rename = "reply")]
    pub text: String,
    /// Travels beside the text, for callers that are programs.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub data: Value,
}

impl Reply {
    /// A reply of text alone.
    pub fn text(text: impl Into<String>) -> Self {
        Reply { text: text.into(), data: Value::Null }
    }
}

/// What [`Agent::handle`](crate::Agent::handle) receives.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Request {
    pub source: Source,
    #[serde(rename = "type")]
    pub kind: String,
    pub payload: Value,
    pub context: Value,
}
