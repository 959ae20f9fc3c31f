use crate::bytes::{decode, encode};
use crate::{Error, Result};
use serde_json::{json, Value};
use std::collections::hash_map::RandomState;
use std::collections::BTreeMap;
use std::hash::{BuildHasher, Hasher};
use std::time::{SystemTime, UNIX_EPOCH};

const NO_TIME: &str = "1970-01-01T00:00:00.000Z";

/// An agent's storage, files and log.
#[derive(Default)]
pub(super) struct Memory {
    values: BTreeMap<String, Value>,
    /// Of each collection the documents, the oldest first.
    documents: BTreeMap<String, Vec<(String, Value)>>,
    files: BTreeMap<String, Vec<u8>>,
    log: Vec<String>,
}

impl Memory {
    pub(super) fn put_file(&mut self, path: &str, content: Vec<u8>) {
        self.files.insert(workspace_path(path), content);
    }

    pub(super) fn log(&self) -> &[String] {
        &self.log
    }

    /// The answer to a capability, or `None` where this is not the place for it.
    pub(super) fn answer(&mut self, capability: &str, args: &Value) -> Option<Result<Value>> {
        let (family, operation) = capability.rsplit_once('.').unwrap_or(("", capability));
        match family {
            "store.kv" => self.values(operation, args).map(Ok),
            "store.doc" => self.documents(operation, args).map(Ok),
            "fs" => self.files(operation, args),
            _ => self.basics(capability, args).map(Ok),
        }
    }

    fn values(&mut self, operation: &str, args: &Value) -> Option<Value> {
        let key = text(args, "k");
        match operation {
            "get" => {
                let value = self.values.get(&key);
                Some(json!({ "found": value.is_some(), "value": value }))
            }
            "set" => {
                self.values.insert(key, args["v"].clone());
                Some(json!({ "ok": true }))
            }
            "delete" => {
                self.values.remove(&key);
                Some(json!({ "ok": true }))
            }
            "list" => {
                let prefix = text(args, "prefix");
                let keys: Vec<&String> = self.values.keys().filter(|key| key.starts_with(&prefix)).collect();
                Some(json!({ "keys": keys }))
            }
            _ => None,
        }
    }

    fn documents(&mut self, operation: &str, args: &Value) -> Option<Value> {
        let id = text(args, "id");
        let collection = self.documents.entry(text(args, "collection")).or_default();
        match operation {
            "put" => {
                collection.retain(|(existing, _)| *existing != id);
                collection.push((id, args["body"].clone()));
                Some(json!({ "ok": true }))
            }
            "get" => Some(match collection.iter().find(|(existing, _)| *existing == id) {
                Some((_, body)) => json!({ "found": true, "body": body }),
                None => json!({ "found": false }),
            }),
            "query" => {
                let limit = args["limit"].as_u64().unwrap_or(100) as usize;
                let record = |(id, body): &(String, Value)| json!({ "id": id, "body": body, "updated_at": NO_TIME });
                let records: Vec<Value> = collection.iter().rev().take(limit).map(record).collect();
                Some(json!({ "records": records, "count": records.len() }))
            }
            "delete" => {
                collection.retain(|(existing, _)| *existing != id);
                Some(json!({ "ok": true }))
            }
            _ => None,
        }
    }

    fn files(&mut self, operation: &str, args: &Value) -> Option<Result<Value>> {
        let path = workspace_path(&text(args, "path"));
        match operation {
            "read" => Some(self.read(&path, args["encoding"] == "base64")),
            "write" => Some(self.write(path, args)),
            "stat" => Some(Ok(match self.files.get(&path) {
                Some(content) => {
                    json!({ "found": true, "kind": "file", "size": content.len(), "modified_at": NO_TIME })
                }
                None => json!({ "found": false }),
            })),
            _ => None,
        }
    }

    fn read(&self, path: &str, as_base64: bool) -> Result<Value> {
        let content = self
            .files
            .get(path)
            .ok_or_else(|| Error::new("not_found", format!("there is no file {}", path), "Check the path."))?;
        let (text, encoding) = if as_base64 {
            (encode(content), "base64")
        } else {
            (String::from_utf8_lossy(content).into_owned(), "utf8")
        };
        Ok(json!({ "content": text, "encoding": encoding, "size": content.len(), "truncated": false }))
    }

    fn write(&mut self, path: String, args: &Value) -> Result<Value> {
        let content = text(args, "content");
        let content = if args["encoding"] == "base64" { decode(&content)? } else { content.into_bytes() };
        if args["mode"] == "create" && self.files.contains_key(&path) {
            return Err(Error::new("conflict", format!("{} is there already", path), "Choose another name."));
        }
        let file = self.files.entry(path).or_default();
        if args["mode"] != "append" {
            file.clear();
        }
        file.extend_from_slice(&content);
        Ok(json!({ "bytes": content.len() }))
    }

    fn basics(&mut self, capability: &str, args: &Value) -> Option<Value> {
        match capability {
            "time.now" => {
                let ms = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |past| past.as_millis() as u64);
                Some(json!({ "ms": ms, "iso": NO_TIME }))
            }
            "log" => {
                self.log.push(format!("{} {}", text(args, "level"), text(args, "text")));
                Some(json!({ "ok": true }))
            }
            "random.bytes" => {
                let length = args["length"].as_u64().unwrap_or(0) as usize;
                let bytes: Vec<u8> = (0..length).map(|_| RandomState::new().build_hasher().finish() as u8).collect();
                Some(json!({ "base64": encode(&bytes) }))
            }
            _ => None,
        }
    }
}

fn text(args: &Value, field: &str) -> String {
    args[field].as_str().unwrap_or_default().to_owned()
}

fn workspace_path(path: &str) -> String {
    path.strip_prefix("/workspace/").unwrap_or(path).to_owned()
}
