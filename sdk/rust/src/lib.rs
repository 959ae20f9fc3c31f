//! For writing Fieldwork agents in Rust.
//!
//! An agent is a program compiled for `wasm32-wasip1` (`wasm32-wasi` before Rust 1.78). The host starts a fresh instance
//! for each call and the SDK hands the call to the matching function of an [`Agent`]:
//!
//! ```no_run
//! use fieldwork::{Agent, Reply};
//!
//! fn main() {
//!     fieldwork::run(Agent::new().on_message(|message, _host| Ok(Reply::text(format!("You said: {}", message.text)))));
//! }
//! ```
//!
//! An agent can do nothing by itself. It asks the [`Host`] for a capability by name, with [`Host::call`] or one of the
//! typed short forms such as `host.store.kv.get`. What is not granted comes back as an [`Error`] with the code `denied`,
//! which names the missing grant.
//!
//! Print nothing to standard output: the reply travels there. Standard error is the agent's log, a line each.
//!
//! The crate also builds natively, so that an agent can be tested with plain `cargo test` against [`testing::Counter`].

mod agent;
mod basic;
mod batch;
mod brain;
mod bus;
mod bytes;
mod counter;
mod error;
mod exec;
mod fs;
mod host;
mod host_counter;
mod http;
mod llm;
mod message;
mod schedule;
mod store;
#[cfg(not(target_family = "wasm"))]
pub mod testing;

pub use agent::{run, Agent};
pub use basic::{Log, Random, Time};
pub use batch::BatchCall;
pub use brain::{Brain, Hit, Memory, Query};
pub use bus::{BroadcastReply, Bus};
pub use counter::Counter;
pub use error::{Error, Result};
pub use exec::{Command, Exec, Output};
pub use fs::{Entry, Fs, Kind, Match, Search, Stat};
pub use host::Host;
pub use http::{Http, HttpRequest, HttpResponse};
pub use llm::{Completed, Completion, Llm};
pub use message::{Attachment, Message, Reply, Request, Source};
pub use schedule::{CronPlan, Missed, Plan, Schedule, Scheduled};
pub use serde;
pub use serde_json::{self, json, Value};
pub use store::{Doc, Kv, Record, Store};
