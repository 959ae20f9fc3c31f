use crate::counter::Caller;
use crate::{Error, Result};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{json, Value};

/// Reaches other modules that the manifest asks for as `bus.send:<id>` and the like, and the owner has granted. `kind`
/// is a function the other module exposes, or any word for its `handle`.
pub struct Bus<'a>(pub(crate) Caller<'a>);

/// One target's answer: `reply`, or `error` where it failed.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct BroadcastReply {
    pub target: String,
    pub reply: Option<Value>,
    pub error: Option<Error>,
}

impl Bus<'_> {
    /// Puts a message into another module's inbox, gives its id and goes on. It is delivered even after a restart.
    pub fn send(&self, to: &str, kind: &str, payload: impl Serialize) -> Result<String> {
        #[derive(Deserialize)]
        struct Sent {
            id: String,
        }
        let sent: Sent = self.0.ask("bus.send", args(to, kind, payload)?)?;
        Ok(sent.id)
    }

    /// Asks another module and waits for its reply.
    pub fn request<T: DeserializeOwned>(&self, to: &str, kind: &str, payload: impl Serialize) -> Result<T> {
        #[derive(Deserialize)]
        struct Answered<T> {
            reply: T,
        }
        let answered: Answered<T> = self.0.ask("bus.request", args(to, kind, payload)?)?;
        Ok(answered.reply)
    }

    /// Asks several modules (64 at most) side by side; the replies are in the order of the targets.
    pub fn broadcast(&self, to: &[&str], kind: &str, payload: impl Serialize) -> Result<Vec<BroadcastReply>> {
        #[derive(Deserialize)]
        struct Answered {
            replies: Vec<BroadcastReply>,
        }
        let answered: Answered = self.0.ask("bus.broadcast", args(to, kind, payload)?)?;
        Ok(answered.replies)
    }
}

fn args(to: impl Serialize, kind: &str, payload: impl Serialize) -> Result<Value> {
    Ok(json!({ "to": serde_json::to_value(to)?, "type": kind, "payload": serde_json::to_value(payload)? }))
}
