use fieldwork::{json, Agent, Host, Message, Reply, Result};
use serde::{Deserialize, Serialize};
use std::io::ErrorKind;
use std::path::Path;

const NOTES: &str = "notes.txt";

/// The agent over its workspace, a folder that a test can replace.
pub fn agent(workspace: &'static str) -> Agent {
    Agent::new().on_message(move |message, host| answer(&message, host, Path::new(workspace))).rpc("sum", sum)
}

fn answer(message: &Message, host: &Host, workspace: &Path) -> Result<Reply> {
    let count = count_message(message, host)?;
    let mounted = match std::fs::read(workspace.join(NOTES)) {
        Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
        read => read?,
    };
    let asked = match host.fs.read(NOTES) {
        Err(error) if error.code == "not_found" => Vec::new(),
        read => read?,
    };
    Ok(Reply {
        text: format!(
            "You said \"{}\". That was message {}; my notes have {} bytes.",
            message.text,
            count,
            asked.len()
        ),
        data: json!({ "messages": count, "notes_mounted": mounted.len(), "notes_asked": asked.len() }),
    })
}

/// Keeps the message and tells how many there have been.
fn count_message(message: &Message, host: &Host) -> Result<u64> {
    let count = host.store.kv.get::<u64>("messages")?.unwrap_or(0) + 1;
    host.store.kv.set("messages", count)?;
    let body = json!({ "user": message.user, "text": message.text });
    host.store.doc.put("messages", &format!("{:08}", count), body)?;
    Ok(count)
}

#[derive(Deserialize)]
struct Numbers {
    numbers: Vec<f64>,
}

#[derive(Serialize)]
struct Sum {
    sum: f64,
}

fn sum(input: Numbers, _host: &Host) -> Result<Sum> {
    Ok(Sum { sum: input.numbers.iter().sum() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use fieldwork::testing::{check_manifest, invoke, Counter};
    use fieldwork::Value;

    #[test]
    fn messages_are_counted_kept_and_answered() {
        let counter = Counter::new().file(NOTES, "12345");
        let agent = agent("workspace");
        invoke::<Value>(&agent, &counter, "handle_message", json!({ "text": "hi" })).unwrap();
        let reply: Reply = invoke(&agent, &counter, "handle_message", json!({ "text": "hi", "user": "ann" })).unwrap();
        assert_eq!(reply.text, "You said \"hi\". That was message 2; my notes have 5 bytes.");
        let records = Host::new(&counter).store.doc.query("messages", 10).unwrap();
        assert_eq!((records.len(), records[0].id.as_str()), (2, "00000002"));
    }

    #[test]
    fn answers_without_notes() {
        let reply: Reply =
            invoke(&agent("nowhere"), &Counter::new(), "handle_message", json!({ "text": "hi" })).unwrap();
        assert_eq!(reply.data["notes_mounted"], 0);
    }

    #[test]
    fn adds_numbers() {
        let reply: Value =
            invoke(&agent("nowhere"), &Counter::new(), "sum", json!({ "numbers": [1, 2, 3.5] })).unwrap();
        assert_eq!(reply, json!({ "sum": 6.5 }));
    }

    #[test]
    fn the_manifest_fits() {
        check_manifest(&agent("nowhere"), include_str!("../manifest.json"));
    }
}
