package fieldwork

import (
	"encoding/json"
	"fmt"
)

// Host is what an agent may ask for. Each short form is one capability; [Host.Call] reaches all of them by name.
type Host struct {
	caller
	Store    Store
	Brain    Brain
	FS       FS
	HTTP     HTTP
	Exec     Exec
	Bus      Bus
	Schedule Schedule
	Time     Time
	Log      Log
	Random   Random
	LLM      LLM
}

// NewHost gives a host over a counter. Agents receive theirs; tests make one.
func NewHost(counter Counter) *Host {
	c := caller{counter}
	return &Host{
		caller:   c,
		Store:    Store{KV: KV{c}, Doc: Doc{c}},
		Brain:    Brain{c},
		FS:       FS{c},
		HTTP:     HTTP{c},
		Exec:     Exec{c},
		Bus:      Bus{c},
		Schedule: Schedule{c},
		Time:     Time{c},
		Log:      Log{c},
		Random:   Random{c},
		LLM:      LLM{c},
	}
}

// Call asks the counter for a capability by its name. args encodes as a JSON object; nil is an empty one. The result is decoded
// into result, a pointer, unless that is nil. A refusal is an [*Error].
func (h *Host) Call(capability string, args, result any) error {
	return h.ask(capability, args, result)
}

type caller struct{ counter Counter }

// object is a call's arguments. Optional ones are left out rather than sent as zero: the host refuses unknown and
// malformed fields and fills in the defaults.
type object map[string]any

func (c caller) ask(capability string, args, result any) error {
	encoded := json.RawMessage("{}")
	if args != nil {
		var err error
		if encoded, err = json.Marshal(args); err != nil {
			return invalidArgs(capability, err)
		}
	}
	reply, err := c.counter.Call(capability, encoded)
	if err != nil || result == nil {
		return err
	}
	if err := json.Unmarshal(reply, result); err != nil {
		return &Error{
			Code:    "internal",
			Message: fmt.Sprintf("the result of %s does not fit %T: %v", capability, result, err),
			Remedy:  "Decode into a type that fits the capability's result.",
		}
	}
	return nil
}

func invalidArgs(capability string, err error) *Error {
	return &Error{
		Code:    "invalid_input",
		Message: fmt.Sprintf("the arguments of %s are not JSON: %v", capability, err),
		Remedy:  "Pass values that encode as JSON.",
	}
}
