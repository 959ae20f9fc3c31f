//go:build !wasip1

package fieldwork

import "encoding/json"

type noCounter struct{}

func newHostCounter() Counter { return noCounter{} }

func (noCounter) Call(capability string, _ json.RawMessage) (json.RawMessage, error) {
	return nil, &Error{
		Code:    "unavailable",
		Message: "there is no counter outside Fieldwork to ask for " + capability,
		Remedy:  "Build with GOOS=wasip1 GOARCH=wasm, or test against package fieldworktest.",
	}
}
