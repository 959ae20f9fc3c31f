use crate::counter::Caller;
use crate::Result;
use serde::{Deserialize, Serialize};

/// The agent's memory.
pub struct Brain<'a>(pub(crate) Caller<'a>);

/// Something to remember. Only `content` is needed.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Memory {
    pub content: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wing: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub room: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub importance: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// What to look for: `k` hits (5 unless told, 50 at most).
#[derive(Clone, Debug, Default, Serialize)]
pub struct Query {
    pub query: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub k: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wing: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<String>,
}

/// A memory that was found. `score` is absolute, in 0..1; more is better. `why` says how it was found.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Hit {
    pub id: String,
    pub content: String,
    pub wing: Option<String>,
    pub room: Option<String>,
    pub kind: Option<String>,
    pub score: f64,
    pub why: Option<String>,
}

impl Brain<'_> {
    /// Remembers; gives the memory's id and whether it is new.
    pub fn add(&self, memory: &Memory) -> Result<(String, bool)> {
        #[derive(Deserialize)]
        struct Added {
            id: String,
            added: bool,
        }
        let added: Added = self.0.ask("store.brain.add", memory)?;
        Ok((added.id, added.added))
    }

    /// Finds memories, the best first.
    pub fn search(&self, query: &Query) -> Result<Vec<Hit>> {
        #[derive(Deserialize)]
        struct Found {
            hits: Vec<Hit>,
        }
        let found: Found = self.0.ask("store.brain.search", query)?;
        Ok(found.hits)
    }
}
