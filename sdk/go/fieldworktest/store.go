package fieldworktest

import (
	"encoding/json"
	"slices"
	"sort"
	"strings"
	"time"
)

type record struct {
	ID        string          `json:"id"`
	Body      json.RawMessage `json:"body"`
	UpdatedAt string          `json:"updated_at"`
}

type done struct {
	OK bool `json:"ok"`
}

// typed makes a [Handler] of a function with typed arguments.
func typed[In any](run func(In) (any, error)) Handler {
	return func(args json.RawMessage) (any, error) {
		var input In
		if err := json.Unmarshal(args, &input); err != nil {
			return nil, err
		}
		return run(input)
	}
}

func (c *Counter) addStore() {
	type key struct{ K string }
	c.Handle("store.kv.get", typed(func(in key) (any, error) {
		value, found := c.values[in.K]
		if !found {
			value = json.RawMessage("null")
		}
		return map[string]any{"value": value, "found": found}, nil
	}))
	c.Handle("store.kv.set", typed(func(in struct {
		K string
		V json.RawMessage
	}) (any, error) {
		c.values[in.K] = in.V
		return done{true}, nil
	}))
	c.Handle("store.kv.delete", typed(func(in key) (any, error) {
		delete(c.values, in.K)
		return done{true}, nil
	}))
	c.Handle("store.kv.list", typed(func(in struct{ Prefix string }) (any, error) {
		keys := []string{}
		for key := range c.values {
			if strings.HasPrefix(key, in.Prefix) {
				keys = append(keys, key)
			}
		}
		sort.Strings(keys)
		return map[string]any{"keys": keys}, nil
	}))

	type document struct {
		Collection, ID string
		Body           json.RawMessage
	}
	c.Handle("store.doc.put", typed(func(in document) (any, error) {
		c.removeRecord(in.Collection, in.ID)
		c.records[in.Collection] = append(c.records[in.Collection], record{
			ID: in.ID, Body: in.Body, UpdatedAt: time.Now().UTC().Format(time.RFC3339Nano),
		})
		return done{true}, nil
	}))
	c.Handle("store.doc.get", typed(func(in document) (any, error) {
		for _, r := range c.records[in.Collection] {
			if r.ID == in.ID {
				return map[string]any{"found": true, "body": r.Body}, nil
			}
		}
		return map[string]any{"found": false}, nil
	}))
	c.Handle("store.doc.query", typed(func(in struct {
		Collection string
		Limit      int
	}) (any, error) {
		if in.Limit == 0 {
			in.Limit = 100
		}
		records := append([]record{}, c.records[in.Collection]...)
		slices.Reverse(records)
		records = records[:min(in.Limit, len(records))]
		return map[string]any{"records": records, "count": len(records)}, nil
	}))
	c.Handle("store.doc.delete", typed(func(in document) (any, error) {
		c.removeRecord(in.Collection, in.ID)
		return done{true}, nil
	}))
}

func (c *Counter) removeRecord(collection, id string) {
	kept := []record{}
	for _, r := range c.records[collection] {
		if r.ID != id {
			kept = append(kept, r)
		}
	}
	c.records[collection] = kept
}
