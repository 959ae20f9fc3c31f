package fieldwork

import "encoding/json"

// LLM is the model gateway, within the models and the budget the owner gave.
type LLM struct{ caller }

// Completion asks a model. Messages and Tools have the form of the OpenAI chat interface. Only Messages is needed;
// pointers tell a zero from what is left out.
type Completion struct {
	Messages       any      `json:"messages"`
	Model          string   `json:"model,omitempty"`
	Tools          any      `json:"tools,omitempty"`
	ToolChoice     any      `json:"tool_choice,omitempty"`
	ResponseFormat any      `json:"response_format,omitempty"`
	Temperature    *float64 `json:"temperature,omitempty"`
	MaxTokens      int      `json:"max_tokens,omitempty"`
	// StreamTo is a session whose event stream gets the text while it is written.
	StreamTo string `json:"stream_to,omitempty"`
}

// Completed is a model's answer. CostUSD is nil where the price is not known.
type Completed struct {
	Message  json.RawMessage `json:"message"`
	Finish   string          `json:"finish"`
	Usage    json.RawMessage `json:"usage"`
	CostUSD  *float64        `json:"cost_usd"`
	Model    string          `json:"model"`
	Provider string          `json:"provider"`
}

// Complete asks a model and waits for the whole answer.
func (l LLM) Complete(completion Completion) (Completed, error) {
	var completed Completed
	err := l.ask("llm.complete", completion, &completed)
	return completed, err
}

// Embed gives a vector for each text, and the model that made them. Where no embedder is configured it fails with the
// code "unavailable".
func (l LLM) Embed(input []string) (vectors [][]float64, model string, err error) {
	var reply struct {
		Vectors [][]float64 `json:"vectors"`
		Model   string      `json:"model"`
	}
	err = l.ask("llm.embed", object{"input": input}, &reply)
	return reply.Vectors, reply.Model, err
}
