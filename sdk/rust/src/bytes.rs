//! Bytes travel as base64 in JSON.
use crate::{Error, Result};
use base64::engine::general_purpose::STANDARD;
use base64::Engine;

pub(crate) fn encode(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

pub(crate) fn decode(text: &str) -> Result<Vec<u8>> {
    STANDARD.decode(text).map_err(|error| Error::internal(format!("the result is not base64: {}", error)))
}
