package fieldwork

import (
	"encoding/json"
	"fmt"
)

// Counter is the one door to everything outside the agent. The real one is the host; tests use the one of package
// fieldworktest. A refusal is an [*Error].
type Counter interface {
	Call(capability string, args json.RawMessage) (json.RawMessage, error)
}

const reportRemedy = "Report it with the trace; the journal has the details."

// call is what travels to the counter.
type call struct {
	Capability string          `json:"cap"`
	Args       json.RawMessage `json:"args"`
}

// answer is what comes back, one of the two fields set.
type answer struct {
	OK     bool            `json:"ok"`
	Result json.RawMessage `json:"result,omitempty"`
	Error  *Error          `json:"error,omitempty"`
}

func (a answer) outcome() (json.RawMessage, error) {
	if a.OK {
		return a.Result, nil
	}
	if a.Error == nil {
		return nil, &Error{Code: "internal", Message: "the counter refused without a reason", Remedy: reportRemedy}
	}
	return nil, a.Error
}

func decodeAnswer(reply []byte) (json.RawMessage, error) {
	var a answer
	if err := json.Unmarshal(reply, &a); err != nil {
		return nil, &Error{Code: "internal", Message: fmt.Sprintf("the counter's reply does not parse: %v", err), Remedy: reportRemedy}
	}
	return a.outcome()
}
