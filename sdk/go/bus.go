package fieldwork

import "encoding/json"

// Bus reaches other modules that the manifest asks for as bus.send:<id> and the like, and the owner has granted.
// kind is a function the other module exposes, or any word for its Handle.
type Bus struct{ caller }

// BroadcastReply is one target's answer: Reply, or Error where it failed.
type BroadcastReply struct {
	Target string          `json:"target"`
	Reply  json.RawMessage `json:"reply,omitempty"`
	Error  *Error          `json:"error,omitempty"`
}

// Send puts a message into another module's inbox and goes on. It is delivered even after a restart.
func (b Bus) Send(to, kind string, payload any) (id string, err error) {
	var reply struct {
		ID string `json:"id"`
	}
	err = b.ask("bus.send", busArgs(to, kind, payload), &reply)
	return reply.ID, err
}

// Request asks another module and decodes its reply into reply, unless that is nil.
func (b Bus) Request(to, kind string, payload, reply any) error {
	answer := struct {
		Reply any `json:"reply"`
	}{reply}
	return b.ask("bus.request", busArgs(to, kind, payload), &answer)
}

// Broadcast asks several modules (64 at most) side by side; the replies are in the order of the targets.
func (b Bus) Broadcast(to []string, kind string, payload any) ([]BroadcastReply, error) {
	var reply struct {
		Replies []BroadcastReply `json:"replies"`
	}
	err := b.ask("bus.broadcast", busArgs(to, kind, payload), &reply)
	return reply.Replies, err
}

func busArgs(to any, kind string, payload any) object {
	args := object{"to": to, "type": kind}
	if payload != nil {
		args["payload"] = payload
	}
	return args
}
