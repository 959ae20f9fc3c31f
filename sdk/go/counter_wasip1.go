package fieldwork

import (
	"encoding/json"
	"fmt"
	"runtime"
	"unsafe"
)

//go:wasmimport fieldwork call
func counterCall(request unsafe.Pointer, length uint32) int32

//go:wasmimport fieldwork read
func counterRead(buffer unsafe.Pointer, length uint32) int32

type hostCounter struct{}

func newHostCounter() Counter { return hostCounter{} }

// Call waits until the host has answered. No goroutine of the agent runs meanwhile; [Host.Batch] is the way to have
// several calls under way at once.
func (hostCounter) Call(capability string, args json.RawMessage) (json.RawMessage, error) {
	request, err := json.Marshal(call{Capability: capability, Args: args})
	if err != nil {
		return nil, invalidArgs(capability, err)
	}
	length := counterCall(unsafe.Pointer(unsafe.SliceData(request)), uint32(len(request)))
	runtime.KeepAlive(request)
	if length <= 0 {
		return nil, &Error{Code: "internal", Message: fmt.Sprintf("the counter answered with length %d", length), Remedy: reportRemedy}
	}
	reply := make([]byte, length)
	if left := counterRead(unsafe.Pointer(unsafe.SliceData(reply)), uint32(length)); left != 0 {
		return nil, &Error{Code: "internal", Message: fmt.Sprintf("the counter kept %d bytes of its reply", left), Remedy: reportRemedy}
	}
	return decodeAnswer(reply)
}
