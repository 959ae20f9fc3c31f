use crate::bytes::{decode, encode};
use crate::counter::Caller;
use crate::{Error, Result};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// Reaches files through the counter, which checks each path against the grants. A path is relative to the agent's
/// workspace or begins with `/workspace`; inside it no grant is needed. The workspace is also mounted at `/workspace`,
/// so that `std::fs` works on it.
pub struct Fs<'a>(pub(crate) Caller<'a>);

/// What a path is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Kind {
    File,
    Directory,
}

/// One entry of a folder. `size` is in bytes, `modified_at` ISO 8601.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Entry {
    pub name: String,
    pub kind: Kind,
    pub size: u64,
    pub modified_at: String,
}

/// What [`Fs::stat`] tells of a path that is there.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Stat {
    pub kind: Kind,
    pub size: u64,
    pub modified_at: String,
}

/// One file, or one line of a file, counted from 1.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Match {
    pub path: String,
    pub line: Option<u64>,
    pub text: Option<String>,
}

/// What to look for: below the folder `path`, in files whose name fits `glob`, lines that contain `text`, `limit`
/// matches (100 unless told, 1,000 at most).
#[derive(Clone, Debug, Default, Serialize)]
pub struct Search {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub glob: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<usize>,
}

impl Fs<'_> {
    /// A whole file, of 8 MiB at most; a longer one is refused with the code `too_large`.
    pub fn read(&self, path: &str) -> Result<Vec<u8>> {
        #[derive(Deserialize)]
        struct Content {
            content: String,
            truncated: bool,
        }
        let file: Content = self.0.ask("fs.read", json!({ "path": path, "encoding": "base64" }))?;
        if file.truncated {
            return Err(Error::new(
                "too_large",
                format!("{} is larger than one read", path),
                "Read it in ranges: call fs.read with offset and length.",
            ));
        }
        decode(&file.content)
    }

    /// Replaces a file in one step, or makes it.
    pub fn write(&self, path: &str, content: impl AsRef<[u8]>) -> Result<()> {
        self.write_as(path, content.as_ref(), "replace")
    }

    /// Adds to the end of a file, or makes it.
    pub fn append(&self, path: &str, content: impl AsRef<[u8]>) -> Result<()> {
        self.write_as(path, content.as_ref(), "append")
    }

    fn write_as(&self, path: &str, content: &[u8], mode: &str) -> Result<()> {
        let content = encode(content);
        self.0.tell("fs.write", json!({ "path": path, "content": content, "encoding": "base64", "mode": mode }))
    }

    /// What is in a folder, sorted by name, 1,000 entries at most, and whether there are more.
    pub fn list(&self, path: &str) -> Result<(Vec<Entry>, bool)> {
        #[derive(Deserialize)]
        struct Listed {
            entries: Vec<Entry>,
            truncated: bool,
        }
        let listed: Listed = self.0.ask("fs.list", json!({ "path": path }))?;
        Ok((listed.entries, listed.truncated))
    }

    /// What a path is, where it is there at all.
    pub fn stat(&self, path: &str) -> Result<Option<Stat>> {
        #[derive(Deserialize)]
        struct Found {
            found: bool,
            #[serde(flatten)]
            stat: Option<Stat>,
        }
        let found: Found = self.0.ask("fs.stat", json!({ "path": path }))?;
        Ok(found.stat.filter(|_| found.found))
    }

    /// Makes a folder and the folders above it.
    pub fn mkdir(&self, path: &str) -> Result<()> {
        self.0.tell("fs.mkdir", json!({ "path": path }))
    }

    /// Removes a file or an empty folder.
    pub fn delete(&self, path: &str) -> Result<()> {
        self.0.tell("fs.delete", json!({ "path": path }))
    }

    /// Removes a file, or a folder with all in it.
    pub fn delete_all(&self, path: &str) -> Result<()> {
        self.0.tell("fs.delete", json!({ "path": path, "recursive": true }))
    }

    /// Renames a file or folder; an existing target is refused.
    pub fn rename(&self, from: &str, to: &str) -> Result<()> {
        self.0.tell("fs.move", json!({ "from": from, "to": to }))
    }

    /// Files by name and lines by text, and whether there are more.
    pub fn search(&self, search: &Search) -> Result<(Vec<Match>, bool)> {
        #[derive(Deserialize)]
        struct Found {
            matches: Vec<Match>,
            truncated: bool,
        }
        let found: Found = self.0.ask("fs.search", search)?;
        Ok((found.matches, found.truncated))
    }
}
