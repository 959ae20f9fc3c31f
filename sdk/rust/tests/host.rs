//! What travels to the counter and what comes back.
use fieldwork::testing::Counter;
use fieldwork::{
    json, BatchCall, Command, CronPlan, Error, Host, HttpRequest, Kind, Memory, Missed, Plan, Result, Search, Value,
};
use std::time::{Duration, SystemTime};

fn code<T: std::fmt::Debug>(result: Result<T>) -> String {
    result.unwrap_err().code
}

#[test]
fn kv_keeps_finds_lists_and_deletes() {
    let counter = Counter::new();
    let kv = Host::new(&counter).store.kv;
    assert_eq!(kv.get::<u32>("a"), Ok(None));
    for key in ["b", "a", "other"] {
        kv.set(key, key.len()).unwrap();
    }
    assert_eq!(kv.get("other"), Ok(Some(5)));
    assert_eq!(code(kv.get::<String>("other")), "conflict");
    kv.delete("b").unwrap();
    assert_eq!(kv.list(""), Ok(vec!["a".to_owned(), "other".to_owned()]));
    assert_eq!(kv.list("o"), Ok(vec!["other".to_owned()]));
}

#[test]
fn documents_come_newest_first() {
    let counter = Counter::new();
    let doc = Host::new(&counter).store.doc;
    for id in ["1", "2", "3", "1"] {
        doc.put("notes", id, json!({ "id": id })).unwrap();
    }
    let ids: Vec<String> = doc.query("notes", 2).unwrap().into_iter().map(|record| record.id).collect();
    assert_eq!(ids, ["1", "3"]);
    doc.delete("notes", "3").unwrap();
    assert_eq!(doc.get::<Value>("notes", "3"), Ok(None));
    assert_eq!(doc.get("notes", "2"), Ok(Some(json!({ "id": "2" }))));
}

#[test]
fn files_keep_every_byte() {
    let counter = Counter::new();
    let fs = Host::new(&counter).fs;
    fs.write("x.bin", [0, 255, b'a']).unwrap();
    fs.append("/workspace/x.bin", "z").unwrap();
    assert_eq!(fs.read("x.bin"), Ok(vec![0, 255, b'a', b'z']));
    let stat = fs.stat("x.bin").unwrap().unwrap();
    assert_eq!((stat.kind, stat.size), (Kind::File, 4));
    assert_eq!(fs.stat("y.bin"), Ok(None));
    assert_eq!(code(fs.read("y.bin")), "not_found");
    let cut = Counter::new().handle("fs.read", |_| Ok(json!({ "content": "", "truncated": true })));
    assert_eq!(code(Host::new(&cut).fs.read("x.bin")), "too_large");
}

#[test]
fn arguments_are_exactly_what_the_contract_names() {
    type Ask = fn(&Host) -> Option<Error>;
    let cases: [(Ask, Value); 9] = [
        (
            |h| h.http.fetch(&HttpRequest::get("https://a.example/")).err(),
            json!({ "url": "https://a.example/", "response_encoding": "base64" }),
        ),
        (
            |h| {
                let headers = [("a".to_owned(), "b".to_owned())].into();
                let (method, body) = (Some("POST".into()), Some(b"hi".to_vec()));
                h.http
                    .fetch(&HttpRequest {
                        url: "u".into(),
                        method,
                        headers,
                        body,
                        timeout_ms: Some(5),
                        max_bytes: Some(6),
                    })
                    .err()
            },
            json!({ "url": "u", "method": "POST", "headers": { "a": "b" }, "body": "aGk=", "body_encoding": "base64",
                "response_encoding": "base64", "timeout_ms": 5, "max_bytes": 6 }),
        ),
        (
            |h| h.exec.run(&Command { program: "ls".into(), args: vec!["-l".into()], ..Command::default() }).err(),
            json!({ "program": "ls", "args": ["-l"] }),
        ),
        (|h| h.bus.send("other", "ping", json!({})).err(), json!({ "to": "other", "type": "ping", "payload": {} })),
        (|h| h.bus.broadcast(&["x", "y"], "ping", 1).err(), json!({ "to": ["x", "y"], "type": "ping", "payload": 1 })),
        (|h| h.schedule.after(1000, &Plan::default()).err(), json!({ "ms": 1000 })),
        (
            |h| {
                let plan = Plan { function: Some("tick".into()), payload: Some(json!(1)), missed: Some(Missed::Skip) };
                let time_zone = Some("Asia/Tokyo".into());
                h.schedule.cron(&CronPlan { cron: "* * * * *".into(), id: Some("i".into()), time_zone, plan }).err()
            },
            json!({ "cron": "* * * * *", "id": "i", "time_zone": "Asia/Tokyo", "function": "tick", "payload": 1, "missed": "skip" }),
        ),
        (|h| h.fs.search(&Search { text: Some("x".into()), ..Search::default() }).err(), json!({ "text": "x" })),
        (|h| h.brain.add(&Memory { content: "c".into(), ..Memory::default() }).err(), json!({ "content": "c" })),
    ];
    for (ask, want) in cases {
        let counter = Counter::new();
        assert_eq!(ask(&Host::new(&counter)).expect("denied without a grant").code, "denied");
        assert_eq!(counter.calls()[0].1, want);
    }
}

#[test]
fn a_response_is_decoded() {
    let counter = Counter::new().handle("http.fetch", |_| {
        Ok(json!({ "status": 404, "headers": { "a": "b" }, "body": "AP8=", "truncated": true }))
    });
    let response = Host::new(&counter).http.fetch(&HttpRequest::get("u")).unwrap();
    assert_eq!((response.status, response.body, response.truncated), (404, vec![0, 255], true));
    assert_eq!(response.headers["a"], "b");
}

#[test]
fn a_batch_keeps_order_and_each_outcome() {
    let counter = Counter::new();
    let host = Host::new(&counter);
    let calls = [
        BatchCall::new("store.kv.set", json!({ "k": "a", "v": 1 })),
        BatchCall::new("http.fetch", json!({ "url": "u" })),
        BatchCall::new("store.kv.get", json!({ "k": "a" })),
    ];
    let results = host.batch(&calls).unwrap();
    assert_eq!(code(results[1].clone()), "denied");
    assert_eq!(results[2], Ok(json!({ "found": true, "value": 1 })));
    assert_eq!(host.batch(&[]), Ok(vec![]));
}

#[test]
fn the_clock_the_log_and_the_generator_answer() {
    let counter = Counter::new();
    let host = Host::new(&counter);
    let now = host.time.now().unwrap();
    assert!(SystemTime::now().duration_since(now).unwrap() < Duration::from_secs(60));
    host.log.warn("careful");
    assert_eq!(counter.log(), ["warn careful"]);
    assert_eq!(host.random.bytes(32).unwrap().len(), 32);
}
