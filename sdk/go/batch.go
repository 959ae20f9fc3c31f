package fieldwork

import (
	"encoding/json"
	"fmt"
)

// BatchCall is one call of a batch.
type BatchCall struct {
	Capability string `json:"cap"`
	Args       any    `json:"args,omitempty"`
}

// BatchResult is the outcome of one call of a batch: Result, or Err where it failed.
type BatchResult struct {
	Result json.RawMessage
	Err    error
}

// Batch makes calls (64 at most) side by side, each with its own checks; the results are in the order of the calls.
func (h *Host) Batch(calls []BatchCall) ([]BatchResult, error) {
	if calls == nil {
		calls = []BatchCall{}
	}
	var reply struct {
		Results []answer `json:"results"`
	}
	if err := h.ask("batch", object{"calls": calls}, &reply); err != nil {
		return nil, err
	}
	if len(reply.Results) != len(calls) {
		text := fmt.Sprintf("%d calls in a batch gave %d results", len(calls), len(reply.Results))
		return nil, &Error{Code: "internal", Message: text, Remedy: reportRemedy}
	}
	results := make([]BatchResult, len(calls))
	for i, a := range reply.Results {
		results[i].Result, results[i].Err = a.outcome()
	}
	return results, nil
}
