use crate::bytes::{decode, encode};
use crate::counter::Caller;
use crate::Result;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Fetches what the manifest asks for as `http.fetch:<URL prefix>` and the owner has granted.
pub struct Http<'a>(pub(crate) Caller<'a>);

/// One fetch. Only `url` is needed: unless told, the method is GET, the timeout 60,000 ms and the body 4 MiB at most.
#[derive(Clone, Debug, Default)]
pub struct HttpRequest {
    pub url: String,
    pub method: Option<String>,
    pub headers: BTreeMap<String, String>,
    pub body: Option<Vec<u8>>,
    pub timeout_ms: Option<u64>,
    pub max_bytes: Option<u64>,
}

impl HttpRequest {
    /// A GET of a URL.
    pub fn get(url: impl Into<String>) -> Self {
        HttpRequest { url: url.into(), ..HttpRequest::default() }
    }
}

/// What came back, whatever its status. `truncated` tells that the body was cut.
#[derive(Clone, Debug, PartialEq)]
pub struct HttpResponse {
    pub status: u16,
    pub headers: BTreeMap<String, String>,
    pub body: Vec<u8>,
    pub truncated: bool,
}

#[derive(Serialize)]
struct Args<'a> {
    url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    method: Option<&'a str>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    headers: &'a BTreeMap<String, String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body_encoding: Option<&'a str>,
    response_encoding: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    timeout_ms: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_bytes: Option<u64>,
}

#[derive(Deserialize)]
struct Fetched {
    status: u16,
    headers: BTreeMap<String, String>,
    body: String,
    truncated: bool,
}

impl Http<'_> {
    /// Sends a request and waits for the response.
    pub fn fetch(&self, request: &HttpRequest) -> Result<HttpResponse> {
        let args = Args {
            url: &request.url,
            method: request.method.as_deref(),
            headers: &request.headers,
            body: request.body.as_deref().map(encode),
            body_encoding: request.body.as_ref().map(|_| "base64"),
            response_encoding: "base64",
            timeout_ms: request.timeout_ms,
            max_bytes: request.max_bytes,
        };
        let Fetched { status, headers, body, truncated } = self.0.ask("http.fetch", args)?;
        Ok(HttpResponse { status, headers, body: decode(&body)?, truncated })
    }
}
