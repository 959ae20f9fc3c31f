package fieldwork

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
)

// Main serves the one call this instance was started for and writes the reply to standard output. The arguments of
// the program are the agent's id, the function and its arguments as JSON.
func Main(agent Agent) {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: <function> [arguments as JSON], as the host calls it")
		os.Exit(2)
	}
	var args []byte
	if len(os.Args) > 2 {
		args = []byte(os.Args[2])
	}
	reply := agent.Serve(os.Args[1], args, newHostCounter())
	if _, err := os.Stdout.Write(reply); err != nil {
		fmt.Fprintln(os.Stderr, "the reply could not be written:", err)
		os.Exit(1)
	}
}

// Serve calls one function of the agent and gives its reply as JSON, or {"ok": false, "error": …} where it failed.
func (a Agent) Serve(function string, args []byte, counter Counter) []byte {
	result, err := a.dispatch(function, args, NewHost(counter))
	if err == nil {
		var reply []byte
		if reply, err = json.Marshal(result); err == nil {
			return reply
		}
		err = fmt.Errorf("the reply of %s is not JSON: %w", function, err)
	}
	failure := asError(err)
	reply, err := json.Marshal(answer{Error: failure})
	if err != nil {
		// Only details that are not JSON can cause this; the rest of the error still reaches the caller.
		reply, _ = json.Marshal(answer{Error: &Error{Code: failure.Code, Message: failure.Message, Remedy: failure.Remedy}})
	}
	return reply
}

// done is the reply of a function that has nothing to say.
type done struct{}

func (a Agent) dispatch(function string, args []byte, host *Host) (any, error) {
	switch {
	case function == "handle_message" && a.OnMessage != nil:
		var message Message
		if err := decodeArgs(args, &message); err != nil {
			return nil, err
		}
		return a.OnMessage(message, host)
	case function == "handle" && a.Handle != nil:
		var request Request
		if err := decodeArgs(args, &request); err != nil {
			return nil, err
		}
		return a.Handle(request, host)
	case function == "on_load":
		return runHook(a.OnLoad, host)
	case function == "on_stop":
		return runHook(a.OnStop, host)
	case function == "boot" && a.Boot != nil:
		return runHook(a.Boot, host)
	}
	if rpc, found := a.RPC[function]; found {
		return rpc(json.RawMessage(args), host)
	}
	return nil, &Error{
		Code:    "not_found",
		Message: fmt.Sprintf("this agent has no function %q", function),
		Remedy:  "Call a function its manifest lists under exposes_rpc.",
	}
}

func runHook(hook func(*Host) error, host *Host) (any, error) {
	if hook == nil {
		return done{}, nil
	}
	return done{}, hook(host)
}

func decodeArgs(args []byte, into any) error {
	if len(bytes.TrimSpace(args)) == 0 {
		args = []byte("{}")
	}
	if err := json.Unmarshal(args, into); err != nil {
		return &Error{
			Code:    "invalid_input",
			Message: fmt.Sprintf("the arguments do not parse: %v", err),
			Remedy:  "Send what the function's input schema asks for.",
		}
	}
	return nil
}
