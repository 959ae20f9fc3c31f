use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::fmt;

/// What every call to the host and every function of an agent gives.
pub type Result<T> = std::result::Result<T, Error>;

/// A failure with a stable code, in the form every part of Fieldwork uses. The host's refusals arrive as one, and an
/// agent may return one to its caller. The codes are those of the contract's error table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Error {
    /// Stable and meant for programs, such as `denied`, `not_found` or `rate_limited`.
    pub code: String,
    /// What happened.
    pub message: String,
    /// How to mend it.
    #[serde(default)]
    pub remedy: String,
    /// What the code defines, such as `retry_after_ms`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub details: Option<Value>,
}

impl Error {
    /// An error without details.
    pub fn new(code: impl Into<String>, message: impl Into<String>, remedy: impl Into<String>) -> Self {
        Error { code: code.into(), message: message.into(), remedy: remedy.into(), details: None }
    }

    /// A fault of the host or of this SDK.
    pub(crate) fn internal(message: impl Into<String>) -> Self {
        Error::new("internal", message, "Report it with the trace; the journal has the details.")
    }

    /// A fault of the agent that carries no code of its own.
    fn crashed(message: impl Into<String>) -> Self {
        Error::new("module_crashed", message, "Read the agent's log and mend the agent.")
    }
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.code, self.message)?;
        if self.remedy.is_empty() {
            return Ok(());
        }
        write!(out, " ({})", self.remedy)
    }
}

impl std::error::Error for Error {}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        Error::crashed(error.to_string())
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Error::crashed(error.to_string())
    }
}

impl From<String> for Error {
    fn from(message: String) -> Self {
        Error::crashed(message)
    }
}

impl From<&str> for Error {
    fn from(message: &str) -> Self {
        Error::crashed(message)
    }
}
