package fieldwork_test

import (
	"encoding/json"
	"errors"
	"testing"

	fieldwork "fieldwork.dev/sdk"
	"fieldwork.dev/sdk/fieldworktest"
)

type numbers struct {
	Numbers []float64 `json:"numbers"`
}

func exampleAgent() fieldwork.Agent {
	return fieldwork.Agent{
		OnMessage: func(message fieldwork.Message, host *fieldwork.Host) (fieldwork.Reply, error) {
			if message.Text == "fail" {
				return fieldwork.Reply{}, errors.New("no luck")
			}
			return fieldwork.Reply{Text: message.User + " said " + message.Text}, nil
		},
		Handle: func(request fieldwork.Request, host *fieldwork.Host) (any, error) {
			return map[string]any{"type": request.Type, "from": request.Source.ID}, nil
		},
		OnLoad: func(host *fieldwork.Host) error { return host.Store.KV.Set("loaded", true) },
		RPC: map[string]fieldwork.RPC{
			"count": fieldwork.Function(func(in numbers, _ *fieldwork.Host) (int, error) { return len(in.Numbers), nil }),
			"fetch": func(json.RawMessage, *fieldwork.Host) (any, error) {
				return nil, &fieldwork.Error{Code: "rate_limited", Message: "slow down", Details: json.RawMessage(`{"retry_after_ms":5}`)}
			},
			"unencodable": func(json.RawMessage, *fieldwork.Host) (any, error) { return func() {}, nil },
			"bad_details": func(json.RawMessage, *fieldwork.Host) (any, error) {
				return nil, &fieldwork.Error{Code: "conflict", Message: "m", Remedy: "r", Details: json.RawMessage("{")}
			},
		},
	}
}

func TestServeRepliesWithExactJSON(t *testing.T) {
	for _, test := range []struct{ name, function, args, want string }{
		{"a message", "handle_message", `{"text":"hi","user":"ann","session":"s","source":{"kind":"owner","id":"o"},"new_field":1}`, `{"reply":"ann said hi"}`},
		{"a bus request", "handle", `{"source":{"kind":"module","id":"other"},"type":"ping","payload":[1]}`, `{"from":"other","type":"ping"}`},
		{"an RPC", "count", `{"numbers":[1,2,3]}`, `3`},
		{"an RPC without arguments", "count", ``, `0`},
		{"a hook that is there", "on_load", `{}`, `{}`},
		{"a hook that is not there", "on_stop", `{}`, `{}`},
		{"a plain error", "handle_message", `{"text":"fail"}`, `{"ok":false,"error":{"code":"module_crashed","message":"no luck","remedy":"Read the agent's log and mend the agent."}}`},
		{"an error with details", "fetch", `{}`, `{"ok":false,"error":{"code":"rate_limited","message":"slow down","remedy":"","details":{"retry_after_ms":5}}}`},
		{"an error with details that are not JSON", "bad_details", `{}`, `{"ok":false,"error":{"code":"conflict","message":"m","remedy":"r"}}`},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := string(exampleAgent().Serve(test.function, []byte(test.args), fieldworktest.NewCounter()))
			if got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

func TestServeNamesWhatIsWrong(t *testing.T) {
	for _, test := range []struct{ name, function, args, code string }{
		{"an unknown function", "nothing", `{}`, "not_found"},
		{"boot without Boot", "boot", `{}`, "not_found"},
		{"arguments that are not JSON", "handle_message", `{`, "invalid_input"},
		{"arguments of another type", "count", `{"numbers":"many"}`, "invalid_input"},
		{"a reply that is not JSON", "unencodable", `{}`, "module_crashed"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var reply struct{ Error fieldwork.Error }
			text := exampleAgent().Serve(test.function, []byte(test.args), fieldworktest.NewCounter())
			if err := json.Unmarshal(text, &reply); err != nil || reply.Error.Code != test.code {
				t.Errorf("got %s (%v), want the code %s", text, err, test.code)
			}
		})
	}
}

func TestAHookUsesTheCounter(t *testing.T) {
	counter := fieldworktest.NewCounter()
	if err := fieldworktest.Invoke(exampleAgent(), counter, "on_load", nil, nil); err != nil {
		t.Fatal(err)
	}
	var loaded bool
	if found, err := fieldwork.NewHost(counter).Store.KV.Get("loaded", &loaded); !found || err != nil || !loaded {
		t.Errorf("found %v, err %v, loaded %v", found, err, loaded)
	}
}
