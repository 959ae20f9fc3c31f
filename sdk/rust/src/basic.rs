use crate::bytes::decode;
use crate::counter::Caller;
use crate::Result;
use serde::Deserialize;
use serde_json::json;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The host's wall clock.
pub struct Time<'a>(pub(crate) Caller<'a>);

impl Time<'_> {
    /// The time to the millisecond.
    pub fn now(&self) -> Result<SystemTime> {
        #[derive(Deserialize)]
        struct Now {
            ms: f64,
        }
        let now: Now = self.0.ask("time.now", json!({}))?;
        Ok(UNIX_EPOCH + Duration::from_millis(now.ms as u64))
    }
}

/// Writes lines, of at most 16,384 characters, to the agent's log. A line that cannot be written is lost, which is no
/// reason for the agent to fail.
pub struct Log<'a>(pub(crate) Caller<'a>);

impl Log<'_> {
    /// A line that only matters when looking for a fault.
    pub fn debug(&self, text: impl AsRef<str>) {
        self.write("debug", text.as_ref());
    }

    /// A line.
    pub fn info(&self, text: impl AsRef<str>) {
        self.write("info", text.as_ref());
    }

    /// A line about something that may need a person's eye.
    pub fn warn(&self, text: impl AsRef<str>) {
        self.write("warn", text.as_ref());
    }

    /// A line about something that went wrong.
    pub fn error(&self, text: impl AsRef<str>) {
        self.write("error", text.as_ref());
    }

    fn write(&self, level: &str, text: &str) {
        let _ = self.0.tell("log", json!({ "level": level, "text": text }));
    }
}

/// The operating system's generator.
pub struct Random<'a>(pub(crate) Caller<'a>);

impl Random<'_> {
    /// 1 to 65,536 random bytes.
    pub fn bytes(&self, length: usize) -> Result<Vec<u8>> {
        #[derive(Deserialize)]
        struct Drawn {
            base64: String,
        }
        let drawn: Drawn = self.0.ask("random.bytes", json!({ "length": length }))?;
        decode(&drawn.base64)
    }
}
