// Package fieldwork is for writing Fieldwork agents in Go.
//
// An agent is a program compiled for GOOS=wasip1 GOARCH=wasm. The host starts a fresh instance for each call and the
// SDK hands the call to the matching function of an [Agent]:
//
//	package main
//
//	import fieldwork "fieldwork.dev/sdk"
//
//	func main() {
//		fieldwork.Main(fieldwork.Agent{
//			OnMessage: func(message fieldwork.Message, host *fieldwork.Host) (fieldwork.Reply, error) {
//				return fieldwork.Reply{Text: "You said: " + message.Text}, nil
//			},
//		})
//	}
//
// An agent can do nothing by itself. It asks the [Host] for a capability by name, with [Host.Call] or one of the typed
// short forms such as host.Store.KV.Get. What is not granted comes back as an [*Error] with the code "denied", which
// names the missing grant.
//
// Print nothing to standard output: the reply travels there. Standard error is the agent's log, a line each.
//
// The package also builds natively, so that an agent can be tested with plain "go test" against the in-memory counter
// of package fieldworktest.
package fieldwork
