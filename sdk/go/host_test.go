package fieldwork_test

import (
	"bytes"
	"encoding/json"
	"reflect"
	"testing"
	"time"

	fieldwork "fieldwork.dev/sdk"
	"fieldwork.dev/sdk/fieldworktest"
)

func TestKVKeepsFindsListsAndDeletes(t *testing.T) {
	kv := fieldwork.NewHost(fieldworktest.NewCounter()).Store.KV
	value := 7
	if found, err := kv.Get("a", &value); found || err != nil || value != 7 {
		t.Fatalf("an absent key gave found %v, err %v, value %d", found, err, value)
	}
	for _, key := range []string{"b", "a", "other"} {
		if err := kv.Set(key, len(key)); err != nil {
			t.Fatal(err)
		}
	}
	if found, err := kv.Get("other", &value); !found || err != nil || value != 5 {
		t.Fatalf("found %v, err %v, value %d", found, err, value)
	}
	var text string
	if _, err := kv.Get("other", &text); fieldwork.CodeOf(err) != "conflict" {
		t.Errorf("a number read as text gave %v", err)
	}
	if err := kv.Delete("b"); err != nil {
		t.Fatal(err)
	}
	if keys, err := kv.List(""); err != nil || !reflect.DeepEqual(keys, []string{"a", "other"}) {
		t.Errorf("keys %v, err %v", keys, err)
	}
}

func TestDocumentsComeNewestFirst(t *testing.T) {
	docs := fieldwork.NewHost(fieldworktest.NewCounter()).Store.Doc
	for _, id := range []string{"1", "2", "3", "1"} {
		if err := docs.Put("notes", id, map[string]string{"id": id}); err != nil {
			t.Fatal(err)
		}
	}
	records, err := docs.Query("notes", 2)
	if err != nil || len(records) != 2 || records[0].ID != "1" || records[1].ID != "3" {
		t.Fatalf("records %v, err %v", records, err)
	}
	if err := docs.Delete("notes", "3"); err != nil {
		t.Fatal(err)
	}
	var body map[string]string
	if found, err := docs.Get("notes", "3", &body); found || err != nil {
		t.Errorf("a deleted document: found %v, err %v", found, err)
	}
	if found, err := docs.Get("notes", "2", &body); !found || err != nil || body["id"] != "2" {
		t.Errorf("found %v, err %v, body %v", found, err, body)
	}
}

func TestFilesKeepEveryByte(t *testing.T) {
	counter := fieldworktest.NewCounter()
	fs := fieldwork.NewHost(counter).FS
	content := []byte{0, 255, 'a', 10}
	if err := fs.Write("x.bin", content); err != nil {
		t.Fatal(err)
	}
	if err := fs.Append("/workspace/x.bin", []byte("z")); err != nil {
		t.Fatal(err)
	}
	got, err := fs.Read("x.bin")
	if err != nil || !bytes.Equal(got, append(content, 'z')) {
		t.Errorf("got %v, err %v", got, err)
	}
	if info, found, err := fs.Stat("x.bin"); !found || err != nil || info.Size != 5 || info.Kind != "file" {
		t.Errorf("info %v, found %v, err %v", info, found, err)
	}
	if _, err := fs.Read("y.bin"); fieldwork.CodeOf(err) != "not_found" {
		t.Errorf("an absent file gave %v", err)
	}
	counter.Handle("fs.read", func(json.RawMessage) (any, error) {
		return map[string]any{"content": "", "truncated": true}, nil
	})
	if _, err := fs.Read("x.bin"); fieldwork.CodeOf(err) != "too_large" {
		t.Errorf("a cut file gave %v", err)
	}
}

func TestArgumentsAreExactlyWhatTheContractNames(t *testing.T) {
	type host = *fieldwork.Host
	for _, test := range []struct {
		name string
		call func(host) error
		want string
	}{
		{"the shortest fetch", func(h host) error {
			_, err := h.HTTP.Fetch(fieldwork.HTTPRequest{URL: "https://a.example/"})
			return err
		}, `{"response_encoding":"base64","url":"https://a.example/"}`},
		{"a full fetch", func(h host) error {
			_, err := h.HTTP.Fetch(fieldwork.HTTPRequest{URL: "u", Method: "POST", Headers: map[string]string{"a": "b"}, Body: []byte("hi"), TimeoutMS: 5, MaxBytes: 6})
			return err
		}, `{"body":"aGk=","body_encoding":"base64","headers":{"a":"b"},"max_bytes":6,"method":"POST","response_encoding":"base64","timeout_ms":5,"url":"u"}`},
		{"a program", func(h host) error {
			_, err := h.Exec.Run(fieldwork.Command{Program: "ls", Args: []string{"-l"}})
			return err
		}, `{"program":"ls","args":["-l"]}`},
		{"a bus message without payload", func(h host) error { _, err := h.Bus.Send("other", "ping", nil); return err }, `{"to":"other","type":"ping"}`},
		{"a broadcast", func(h host) error { _, err := h.Bus.Broadcast([]string{"x", "y"}, "ping", 1); return err }, `{"payload":1,"to":["x","y"],"type":"ping"}`},
		{"a delay", func(h host) error { _, err := h.Schedule.After(1000, fieldwork.Plan{}); return err }, `{"ms":1000}`},
		{"a cron", func(h host) error {
			_, err := h.Schedule.Cron(fieldwork.CronPlan{Plan: fieldwork.Plan{Function: "tick", Payload: 1, Missed: "skip"}, ID: "i", Cron: "* * * * *", TimeZone: "Asia/Tokyo"})
			return err
		}, `{"cron":"* * * * *","function":"tick","id":"i","missed":"skip","payload":1,"time_zone":"Asia/Tokyo"}`},
		{"a search", func(h host) error { _, _, err := h.FS.Search(fieldwork.SearchOptions{Text: "x"}); return err }, `{"text":"x"}`},
		{"a memory", func(h host) error { _, _, err := h.Brain.Add(fieldwork.Memory{Content: "c"}); return err }, `{"content":"c"}`},
		{"a call without arguments", func(h host) error { return h.Call("registry.list", nil, nil) }, `{}`},
	} {
		t.Run(test.name, func(t *testing.T) {
			counter := fieldworktest.NewCounter()
			err := test.call(fieldwork.NewHost(counter))
			if fieldwork.CodeOf(err) != "denied" {
				t.Fatalf("without a grant: %v", err)
			}
			if got := string(counter.Calls[0].Args); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

func TestAResponseIsDecoded(t *testing.T) {
	counter := fieldworktest.NewCounter()
	counter.Handle("http.fetch", func(json.RawMessage) (any, error) {
		return map[string]any{"status": 404, "headers": map[string]string{"a": "b"}, "body": "AP8=", "truncated": true}, nil
	})
	got, err := fieldwork.NewHost(counter).HTTP.Fetch(fieldwork.HTTPRequest{URL: "u"})
	want := fieldwork.HTTPResponse{Status: 404, Headers: map[string]string{"a": "b"}, Body: []byte{0, 255}, Truncated: true}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, err %v", got, err)
	}
}

func TestABusReplyIsDecodedInPlace(t *testing.T) {
	counter := fieldworktest.NewCounter()
	counter.Handle("bus.request", func(json.RawMessage) (any, error) {
		return map[string]any{"reply": map[string]int{"sum": 6}}, nil
	})
	var reply struct{ Sum int }
	if err := fieldwork.NewHost(counter).Bus.Request("other", "sum", nil, &reply); err != nil || reply.Sum != 6 {
		t.Errorf("reply %v, err %v", reply, err)
	}
	if err := fieldwork.NewHost(counter).Bus.Request("other", "sum", nil, nil); err != nil {
		t.Errorf("without a place for the reply: %v", err)
	}
}

func TestABatchKeepsOrderAndEachOutcome(t *testing.T) {
	host := fieldwork.NewHost(fieldworktest.NewCounter())
	results, err := host.Batch([]fieldwork.BatchCall{
		{Capability: "store.kv.set", Args: map[string]any{"k": "a", "v": 1}},
		{Capability: "http.fetch", Args: map[string]any{"url": "u"}},
		{Capability: "store.kv.get", Args: map[string]any{"k": "a"}},
		{Capability: "time.now"},
	})
	if err != nil || len(results) != 4 {
		t.Fatalf("results %v, err %v", results, err)
	}
	if fieldwork.CodeOf(results[1].Err) != "denied" {
		t.Errorf("the second gave %v", results[1].Err)
	}
	if string(results[2].Result) != `{"found":true,"value":1}` {
		t.Errorf("the third gave %s", results[2].Result)
	}
	if results[3].Err != nil {
		t.Errorf("the fourth gave %v", results[3].Err)
	}
	if results, err := host.Batch(nil); err != nil || len(results) != 0 {
		t.Errorf("an empty batch: %v, %v", results, err)
	}
}

func TestBasics(t *testing.T) {
	counter := fieldworktest.NewCounter()
	host := fieldwork.NewHost(counter)
	now, err := host.Time.Now()
	if err != nil || time.Since(now).Abs() > time.Minute {
		t.Errorf("now %v, err %v", now, err)
	}
	host.Log.Warn("careful")
	if !reflect.DeepEqual(counter.Log, []string{"warn careful"}) {
		t.Errorf("log %v", counter.Log)
	}
	if random, err := host.Random.Bytes(32); err != nil || len(random) != 32 {
		t.Errorf("random %v, err %v", random, err)
	}
	if fieldwork.CodeOf(host.Call("x", func() {}, nil)) != "invalid_input" {
		t.Error("arguments that do not encode are the caller's mistake")
	}
}
