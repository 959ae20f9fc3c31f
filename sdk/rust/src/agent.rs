use crate::host_counter::HostCounter;
use crate::{Counter, Error, Host, Message, Reply, Request, Result};
use serde::de::DeserializeOwned;
use serde::Serialize;
use serde_json::{json, Value};
use std::io::Write;

type Function = Box<dyn Fn(Value, &Host) -> Result<Value>>;

const CALLED_BY_THE_HOST: [&str; 4] = ["handle_message", "handle", "on_load", "on_stop"];

/// What an agent does, one function for each thing the host may call. An error reaches the caller with its code.
#[derive(Default)]
pub struct Agent {
    functions: Vec<(String, Function)>,
}

impl Agent {
    /// An agent that does nothing yet.
    pub fn new() -> Self {
        Agent::default()
    }

    /// Answers a message from a person, a channel, a schedule or another module.
    pub fn on_message(self, run: impl Fn(Message, &Host) -> Result<Reply> + 'static) -> Self {
        self.with("handle_message", run)
    }

    /// Answers a typed call that came over the bus.
    pub fn handle<Out: Serialize>(self, run: impl Fn(Request, &Host) -> Result<Out> + 'static) -> Self {
        self.with("handle", run)
    }

    /// Runs when the agent is loaded; the host gives it 30 seconds.
    pub fn on_load(self, run: impl Fn(&Host) -> Result<()> + 'static) -> Self {
        self.with("on_load", hook(run))
    }

    /// Runs before the agent is stopped; the host gives it 10 seconds.
    pub fn on_stop(self, run: impl Fn(&Host) -> Result<()> + 'static) -> Self {
        self.with("on_stop", hook(run))
    }

    /// Makes the agent a daemon: it is started once and started again, with back-off, when it returns. The manifest
    /// must list `boot` under `exposes_rpc`.
    pub fn boot(self, run: impl Fn(&Host) -> Result<()> + 'static) -> Self {
        self.with("boot", hook(run))
    }

    /// A function the manifest lists under `exposes_rpc`. The host has checked the input against the manifest's schema;
    /// input that does not decode into `In` is answered with the code `invalid_input`.
    pub fn rpc<In: DeserializeOwned, Out: Serialize>(
        self,
        name: &str,
        run: impl Fn(In, &Host) -> Result<Out> + 'static,
    ) -> Self {
        self.with(name, run)
    }

    /// The names the manifest must list under `exposes_rpc`, in the order they were added.
    pub fn exposed(&self) -> impl Iterator<Item = &str> {
        self.functions.iter().map(|(name, _)| name.as_str()).filter(|name| !CALLED_BY_THE_HOST.contains(name))
    }

    /// Calls one function and gives its reply as JSON, or `{"ok": false, "error": …}` where it failed.
    pub fn serve(&self, function: &str, args: &str, counter: &dyn Counter) -> String {
        let reply = match self.functions.iter().rev().find(|(name, _)| name == function) {
            Some((_, run)) => parse(args).and_then(|args| run(args, &Host::new(counter))),
            None if function == "on_load" || function == "on_stop" => Ok(json!({})),
            None => Err(Error::new(
                "not_found",
                format!("this agent has no function \"{}\"", function),
                "Call a function its manifest lists under exposes_rpc.",
            )),
        };
        match reply {
            Ok(value) => value.to_string(),
            Err(error) => json!({ "ok": false, "error": error }).to_string(),
        }
    }

    fn with<In: DeserializeOwned, Out: Serialize>(
        mut self,
        name: &str,
        run: impl Fn(In, &Host) -> Result<Out> + 'static,
    ) -> Self {
        let function: Function = Box::new(move |args, host| {
            let input = serde_json::from_value(args).map_err(malformed)?;
            Ok(serde_json::to_value(run(input, host)?)?)
        });
        self.functions.push((name.into(), function));
        self
    }
}

/// The arguments as a value, so that only one instance of the parser is compiled into the agent.
fn parse(args: &str) -> Result<Value> {
    if args.trim().is_empty() {
        return Ok(json!({}));
    }
    serde_json::from_str(args).map_err(malformed)
}

fn malformed(error: serde_json::Error) -> Error {
    let message = format!("the arguments do not parse: {}", error);
    Error::new("invalid_input", message, "Send what the function's input schema asks for.")
}

fn hook(run: impl Fn(&Host) -> Result<()>) -> impl Fn(Value, &Host) -> Result<Value> {
    move |_, host| run(host).map(|()| json!({}))
}

/// Serves the one call this instance was started for and writes the reply to standard output. The arguments of the
/// program are the agent's id, the function and its arguments as JSON.
pub fn run(agent: Agent) {
    let mut arguments = std::env::args().skip(1);
    let function = arguments.next().unwrap_or_else(|| {
        eprintln!("usage: <function> [arguments as JSON], as the host calls it");
        std::process::exit(2);
    });
    let reply = agent.serve(&function, &arguments.next().unwrap_or_default(), &HostCounter);
    if let Err(error) = std::io::stdout().write_all(reply.as_bytes()).and_then(|()| std::io::stdout().flush()) {
        eprintln!("the reply could not be written: {}", error);
        std::process::exit(1);
    }
}
