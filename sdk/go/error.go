package fieldwork

import (
	"encoding/json"
	"errors"
)

// Error is a failure with a stable code, in the form every part of Fieldwork uses. The host's refusals arrive as one,
// and an agent may return one to its caller. The codes are those of the contract's error table.
type Error struct {
	// Code is stable and meant for programs, such as "denied", "not_found" or "rate_limited".
	Code string `json:"code"`
	// Message says what happened.
	Message string `json:"message"`
	// Remedy says how to mend it.
	Remedy string `json:"remedy"`
	// Details holds what the code defines, such as retry_after_ms.
	Details json.RawMessage `json:"details,omitempty"`
}

// Error gives code, message and remedy on one line.
func (e *Error) Error() string {
	text := e.Code + ": " + e.Message
	if e.Remedy != "" {
		text += " (" + e.Remedy + ")"
	}
	return text
}

// CodeOf is the code of the first [*Error] in err's chain, or "" where there is none.
func CodeOf(err error) string {
	var failure *Error
	if errors.As(err, &failure) {
		return failure.Code
	}
	return ""
}

func asError(err error) *Error {
	var failure *Error
	if errors.As(err, &failure) {
		return failure
	}
	return &Error{Code: "module_crashed", Message: err.Error(), Remedy: "Read the agent's log and mend the agent."}
}
