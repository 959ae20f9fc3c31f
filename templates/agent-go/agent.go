package main

import (
	"errors"
	"fmt"
	"io/fs"

	fieldwork "fieldwork.dev/sdk"
)

const notes = "notes.txt"

// facts travels beside the text of a reply.
type facts struct {
	Messages int `json:"messages"`
	// NotesMounted and NotesAsked are the notes' sizes in bytes, read as a file and through the counter.
	NotesMounted int `json:"notes_mounted"`
	NotesAsked   int `json:"notes_asked"`
}

// newAgent makes the agent over its workspace, which a test can replace.
func newAgent(workspace fs.FS) fieldwork.Agent {
	return fieldwork.Agent{
		OnMessage: func(message fieldwork.Message, host *fieldwork.Host) (fieldwork.Reply, error) {
			count, err := countMessage(message, host)
			if err != nil {
				return fieldwork.Reply{}, err
			}
			mounted, err := fs.ReadFile(workspace, notes)
			if err != nil && !errors.Is(err, fs.ErrNotExist) {
				return fieldwork.Reply{}, err
			}
			asked, err := host.FS.Read(notes)
			if err != nil && fieldwork.CodeOf(err) != "not_found" {
				return fieldwork.Reply{}, err
			}
			return fieldwork.Reply{
				Text: fmt.Sprintf("You said %q. That was message %d; my notes have %d bytes.", message.Text, count, len(asked)),
				Data: facts{Messages: count, NotesMounted: len(mounted), NotesAsked: len(asked)},
			}, nil
		},
		RPC: map[string]fieldwork.RPC{"sum": fieldwork.Function(sum)},
	}
}

// countMessage keeps the message and tells how many there have been.
func countMessage(message fieldwork.Message, host *fieldwork.Host) (int, error) {
	var count int
	if _, err := host.Store.KV.Get("messages", &count); err != nil {
		return 0, err
	}
	count++
	if err := host.Store.KV.Set("messages", count); err != nil {
		return 0, err
	}
	body := map[string]string{"user": message.User, "text": message.Text}
	return count, host.Store.Doc.Put("messages", fmt.Sprintf("%08d", count), body)
}

type sumInput struct {
	Numbers []float64 `json:"numbers"`
}

type sumOutput struct {
	Sum float64 `json:"sum"`
}

func sum(input sumInput, _ *fieldwork.Host) (sumOutput, error) {
	var output sumOutput
	for _, number := range input.Numbers {
		output.Sum += number
	}
	return output, nil
}
