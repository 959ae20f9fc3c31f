package fieldwork

import "encoding/json"

// Source says where a message or request came from. The kernel stamps it; a sender cannot choose it.
type Source struct {
	// Kind is one of "channel", "owner", "module", "schedule", "webhook" and "flow".
	Kind string `json:"kind"`
	ID   string `json:"id"`
}

// Attachment is a file that came with a message. Size is in bytes; Blob is the SHA-256 of the content.
type Attachment struct {
	Name string `json:"name"`
	Type string `json:"type"`
	Size int64  `json:"size"`
	Blob string `json:"blob"`
}

// Message is what OnMessage receives. At is when it was accepted, in ISO 8601.
type Message struct {
	ID          string       `json:"id,omitempty"`
	Session     string       `json:"session,omitempty"`
	Source      Source       `json:"source"`
	User        string       `json:"user,omitempty"`
	Text        string       `json:"text"`
	Attachments []Attachment `json:"attachments,omitempty"`
	At          string       `json:"at,omitempty"`
	// Tainted is true where the text came from outside the owner.
	Tainted bool `json:"tainted,omitempty"`
}

// Reply is the answer to a [Message].
type Reply struct {
	Text string `json:"reply"`
	// Data travels beside the text, for callers that are programs.
	Data any `json:"data,omitempty"`
}

// Request is what Handle receives.
type Request struct {
	Source  Source          `json:"source"`
	Type    string          `json:"type"`
	Payload json.RawMessage `json:"payload,omitempty"`
	Context json.RawMessage `json:"context,omitempty"`
}
