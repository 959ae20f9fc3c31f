package fieldwork

import "encoding/json"

// Agent is what an agent does, one function for each thing the host may call. All are optional.
// A returned error reaches the caller with its code where it is an [*Error], else as "module_crashed".
type Agent struct {
	// OnMessage answers a message from a person, a channel, a schedule or another module.
	OnMessage func(message Message, host *Host) (Reply, error)

	// Handle answers a typed call that came over the bus. The result is encoded as JSON.
	Handle func(request Request, host *Host) (any, error)

	// OnLoad runs when the agent is loaded; the host gives it 30 seconds.
	OnLoad func(host *Host) error

	// OnStop runs before the agent is stopped; the host gives it 10 seconds.
	OnStop func(host *Host) error

	// Boot makes the agent a daemon: it is started once and started again, with back-off, when it returns.
	// The manifest must list "boot" under exposes_rpc.
	Boot func(host *Host) error

	// RPC holds the functions the manifest lists under exposes_rpc, by name. The host has checked the input
	// against the manifest's schema before the function sees it.
	RPC map[string]RPC
}

// RPC is one exposed function: its input as JSON in, any value that encodes as JSON out. [Function] makes one from a
// function with typed input and output.
type RPC func(args json.RawMessage, host *Host) (any, error)

// Function makes an [RPC] from a function with typed input and output. Input that does not decode into In is answered
// with the code "invalid_input".
func Function[In, Out any](run func(input In, host *Host) (Out, error)) RPC {
	return func(args json.RawMessage, host *Host) (any, error) {
		var input In
		if err := decodeArgs(args, &input); err != nil {
			return nil, err
		}
		return run(input, host)
	}
}
