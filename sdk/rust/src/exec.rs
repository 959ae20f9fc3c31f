use crate::counter::Caller;
use crate::Result;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Runs programs of the machine that the manifest asks for as `exec.run:<program>` and the owner has granted.
pub struct Exec<'a>(pub(crate) Caller<'a>);

/// One run of a program, without a shell. Only `program` is needed: unless told, the folder is the workspace, the
/// timeout 60,000 ms and the output 1 MiB at most.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Command {
    pub program: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub args: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cwd: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stdin: Option<String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub env: BTreeMap<String, String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timeout_ms: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_bytes: Option<u64>,
}

/// What a program left behind. `code` is `None` where a signal ended it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Output {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
    pub truncated: bool,
    /// Whether the operating system confined the program.
    pub sandboxed: bool,
}

impl Exec<'_> {
    /// Runs a program to its end. A program that fails is no error: look at `code`.
    pub fn run(&self, command: &Command) -> Result<Output> {
        self.0.ask("exec.run", command)
    }
}
