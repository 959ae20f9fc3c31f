// Package fieldworktest tests agents natively, without the sandbox: an in-memory counter with the agent's own storage
// and files, and any other capability the test gives it.
package fieldworktest

import (
	"encoding/json"
	"errors"
	"fmt"
	"testing"

	fieldwork "fieldwork.dev/sdk"
)

// Handler answers one capability. An error that is no [*fieldwork.Error] becomes "internal".
type Handler func(args json.RawMessage) (any, error)

// Call is one call the agent made.
type Call struct {
	Capability string
	Args       json.RawMessage
}

// Counter is a [fieldwork.Counter] in memory. It answers store.kv.*, store.doc.*, fs.read, fs.write, fs.stat, time.now,
// log, random.bytes and batch; everything else is denied until [Counter.Handle] gives it an answer, as it is without a
// grant. It is for one goroutine at a time, like the real one.
type Counter struct {
	// Files is the workspace, by path.
	Files map[string][]byte
	// Log holds the lines the agent wrote through the log capability.
	Log []string
	// Calls holds every call so far, refused ones too.
	Calls []Call

	handlers map[string]Handler
	values   map[string]json.RawMessage
	records  map[string][]record
}

// NewCounter gives a counter with empty storage.
func NewCounter() *Counter {
	c := &Counter{
		Files:    map[string][]byte{},
		handlers: map[string]Handler{},
		values:   map[string]json.RawMessage{},
		records:  map[string][]record{},
	}
	c.addStore()
	c.addFiles()
	c.addBasics()
	return c
}

// Handle gives a capability an answer, in place of the one it had.
func (c *Counter) Handle(capability string, handler Handler) {
	c.handlers[capability] = handler
}

// Call answers as the host does.
func (c *Counter) Call(capability string, args json.RawMessage) (json.RawMessage, error) {
	c.Calls = append(c.Calls, Call{capability, args})
	handler, found := c.handlers[capability]
	if !found {
		return nil, &fieldwork.Error{
			Code:    "denied",
			Message: "no grant for " + capability,
			Remedy:  "Give the test's counter a handler for it with Handle.",
		}
	}
	result, err := handler(args)
	if err != nil {
		var failure *fieldwork.Error
		if errors.As(err, &failure) {
			return nil, failure
		}
		return nil, &fieldwork.Error{Code: "internal", Message: err.Error(), Remedy: "Mend the test's handler."}
	}
	return json.Marshal(result)
}

// Invoke calls a function of the agent as the host does, and decodes its reply into reply, unless that is nil. A
// failed call gives the [*fieldwork.Error] that its caller would get.
func Invoke(agent fieldwork.Agent, counter fieldwork.Counter, function string, args, reply any) error {
	encoded, err := json.Marshal(args)
	if err != nil {
		return err
	}
	text := agent.Serve(function, encoded, counter)
	var failed struct {
		OK    *bool            `json:"ok"`
		Error *fieldwork.Error `json:"error"`
	}
	if json.Unmarshal(text, &failed) == nil && failed.OK != nil && !*failed.OK && failed.Error != nil {
		return failed.Error
	}
	if reply == nil {
		return nil
	}
	if err := json.Unmarshal(text, reply); err != nil {
		return fmt.Errorf("the reply of %s does not fit %T: %w", function, reply, err)
	}
	return nil
}

// CheckManifest fails the test unless the manifest exposes exactly the functions that the agent has.
func CheckManifest(t testing.TB, agent fieldwork.Agent, manifest []byte) {
	t.Helper()
	var content struct {
		ExposesRPC []struct {
			Name string `json:"name"`
		} `json:"exposes_rpc"`
	}
	if err := json.Unmarshal(manifest, &content); err != nil {
		t.Fatalf("the manifest does not parse: %v", err)
	}
	exposed := map[string]bool{}
	for _, function := range content.ExposesRPC {
		exposed[function.Name] = true
		_, isRPC := agent.RPC[function.Name]
		isBoot := function.Name == "boot" && agent.Boot != nil
		if !isRPC && !isBoot {
			t.Errorf("the manifest exposes %q, which the agent does not have", function.Name)
		}
	}
	for name := range agent.RPC {
		if !exposed[name] {
			t.Errorf("the agent has %q, which the manifest does not expose", name)
		}
	}
	if agent.Boot != nil && !exposed["boot"] {
		t.Error(`the agent has Boot, but the manifest does not expose "boot"`)
	}
}
