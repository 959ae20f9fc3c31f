package fieldworktest

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"time"

	fieldwork "fieldwork.dev/sdk"
)

func (c *Counter) addBasics() {
	c.Handle("time.now", func(json.RawMessage) (any, error) {
		now := time.Now().UTC()
		return map[string]any{"ms": now.UnixMilli(), "iso": now.Format(time.RFC3339Nano)}, nil
	})
	c.Handle("log", typed(func(in struct{ Level, Text string }) (any, error) {
		c.Log = append(c.Log, in.Level+" "+in.Text)
		return done{true}, nil
	}))
	c.Handle("random.bytes", typed(func(in struct{ Length int }) (any, error) {
		bytes := make([]byte, in.Length)
		_, err := rand.Read(bytes)
		return map[string]any{"base64": bytes}, err
	}))
	c.Handle("batch", typed(func(in struct {
		Calls []struct {
			Cap  string
			Args json.RawMessage
		}
	}) (any, error) {
		results := make([]any, len(in.Calls))
		for i, call := range in.Calls {
			if call.Args == nil {
				call.Args = json.RawMessage("{}")
			}
			result, err := c.Call(call.Cap, call.Args)
			if err == nil {
				results[i] = map[string]any{"ok": true, "result": result}
				continue
			}
			var failure *fieldwork.Error
			errors.As(err, &failure)
			results[i] = map[string]any{"ok": false, "error": failure}
		}
		return map[string]any{"results": results}, nil
	}))
}
