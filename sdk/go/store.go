package fieldwork

import (
	"encoding/json"
	"fmt"
)

// Store is the agent's own durable storage.
type Store struct {
	KV  KV
	Doc Doc
}

// KV keeps any JSON value under a key of at most 512 characters.
type KV struct{ caller }

// Get decodes the value under key into value and tells whether there was one; where there was none, value is left
// as it is.
func (s KV) Get(key string, value any) (found bool, err error) {
	var reply struct {
		Found bool            `json:"found"`
		Value json.RawMessage `json:"value"`
	}
	if err := s.ask("store.kv.get", object{"k": key}, &reply); err != nil || !reply.Found {
		return false, err
	}
	return true, decodeStored(reply.Value, value, key)
}

// Set keeps value under key.
func (s KV) Set(key string, value any) error {
	return s.ask("store.kv.set", object{"k": key, "v": value}, nil)
}

// Delete removes key; a key that is not there is no error.
func (s KV) Delete(key string) error {
	return s.ask("store.kv.delete", object{"k": key}, nil)
}

// List gives the keys that begin with prefix, 1,000 at most.
func (s KV) List(prefix string) ([]string, error) {
	var reply struct {
		Keys []string `json:"keys"`
	}
	err := s.ask("store.kv.list", object{"prefix": prefix}, &reply)
	return reply.Keys, err
}

// Doc keeps JSON documents in collections.
type Doc struct{ caller }

// Record is a document as [Doc.Query] finds it.
type Record struct {
	ID        string          `json:"id"`
	Body      json.RawMessage `json:"body"`
	UpdatedAt string          `json:"updated_at"`
}

// Put keeps body under id; a document with that id is replaced.
func (s Doc) Put(collection, id string, body any) error {
	return s.ask("store.doc.put", object{"collection": collection, "id": id, "body": body}, nil)
}

// Get decodes a document into body and tells whether there was one.
func (s Doc) Get(collection, id string, body any) (found bool, err error) {
	var reply struct {
		Found bool            `json:"found"`
		Body  json.RawMessage `json:"body"`
	}
	if err := s.ask("store.doc.get", object{"collection": collection, "id": id}, &reply); err != nil || !reply.Found {
		return false, err
	}
	return true, decodeStored(reply.Body, body, id)
}

// Query gives the newest documents first: limit of them (500 at most), or 100 where limit is 0.
func (s Doc) Query(collection string, limit int) ([]Record, error) {
	args := object{"collection": collection}
	if limit != 0 {
		args["limit"] = limit
	}
	var reply struct {
		Records []Record `json:"records"`
	}
	err := s.ask("store.doc.query", args, &reply)
	return reply.Records, err
}

// Delete removes a document; one that is not there is no error.
func (s Doc) Delete(collection, id string) error {
	return s.ask("store.doc.delete", object{"collection": collection, "id": id}, nil)
}

func decodeStored(stored json.RawMessage, into any, name string) error {
	if err := json.Unmarshal(stored, into); err != nil {
		return &Error{
			Code:    "conflict",
			Message: fmt.Sprintf("what is stored under %q does not fit %T: %v", name, into, err),
			Remedy:  "Decode into the type it was stored as, or delete it.",
		}
	}
	return nil
}
