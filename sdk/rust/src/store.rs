use crate::counter::Caller;
use crate::{Error, Result};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{json, Value};

/// The agent's own durable storage.
pub struct Store<'a> {
    pub kv: Kv<'a>,
    pub doc: Doc<'a>,
}

impl<'a> Store<'a> {
    pub(crate) fn new(caller: Caller<'a>) -> Self {
        Store { kv: Kv(caller), doc: Doc(caller) }
    }
}

/// Keeps any JSON value under a key of at most 512 characters.
pub struct Kv<'a>(Caller<'a>);

impl Kv<'_> {
    /// The value under `key`, where there is one.
    pub fn get<T: DeserializeOwned>(&self, key: &str) -> Result<Option<T>> {
        #[derive(Deserialize)]
        struct Got {
            found: bool,
            #[serde(default)]
            value: Value,
        }
        let got: Got = self.0.ask("store.kv.get", json!({ "k": key }))?;
        if got.found {
            stored(got.value, key).map(Some)
        } else {
            Ok(None)
        }
    }

    /// Keeps `value` under `key`.
    pub fn set(&self, key: &str, value: impl Serialize) -> Result<()> {
        self.0.tell("store.kv.set", json!({ "k": key, "v": serde_json::to_value(value)? }))
    }

    /// Removes `key`; a key that is not there is no error.
    pub fn delete(&self, key: &str) -> Result<()> {
        self.0.tell("store.kv.delete", json!({ "k": key }))
    }

    /// The keys that begin with `prefix`, 1,000 at most.
    pub fn list(&self, prefix: &str) -> Result<Vec<String>> {
        #[derive(Deserialize)]
        struct Listed {
            keys: Vec<String>,
        }
        let listed: Listed = self.0.ask("store.kv.list", json!({ "prefix": prefix }))?;
        Ok(listed.keys)
    }
}

/// Keeps JSON documents in collections.
pub struct Doc<'a>(Caller<'a>);

/// A document as [`Doc::query`] finds it. `updated_at` is ISO 8601.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Record {
    pub id: String,
    pub body: Value,
    pub updated_at: String,
}

impl Doc<'_> {
    /// Keeps `body` under `id`; a document with that id is replaced.
    pub fn put(&self, collection: &str, id: &str, body: impl Serialize) -> Result<()> {
        let body = serde_json::to_value(body)?;
        self.0.tell("store.doc.put", json!({ "collection": collection, "id": id, "body": body }))
    }

    /// The document, where there is one.
    pub fn get<T: DeserializeOwned>(&self, collection: &str, id: &str) -> Result<Option<T>> {
        #[derive(Deserialize)]
        struct Got {
            found: bool,
            #[serde(default)]
            body: Value,
        }
        let got: Got = self.0.ask("store.doc.get", json!({ "collection": collection, "id": id }))?;
        if got.found {
            stored(got.body, id).map(Some)
        } else {
            Ok(None)
        }
    }

    /// The newest `limit` documents first, 500 at most.
    pub fn query(&self, collection: &str, limit: usize) -> Result<Vec<Record>> {
        #[derive(Deserialize)]
        struct Found {
            records: Vec<Record>,
        }
        let found: Found = self.0.ask("store.doc.query", json!({ "collection": collection, "limit": limit }))?;
        Ok(found.records)
    }

    /// Removes a document; one that is not there is no error.
    pub fn delete(&self, collection: &str, id: &str) -> Result<()> {
        self.0.tell("store.doc.delete", json!({ "collection": collection, "id": id }))
    }
}

fn stored<T: DeserializeOwned>(value: Value, name: &str) -> Result<T> {
    serde_json::from_value(value).map_err(|error| {
        let message = format!("what is stored under \"{}\" has another shape: {}", name, error);
        Error::new("conflict", message, "Decode into the type it was stored as, or delete it.")
    })
}
