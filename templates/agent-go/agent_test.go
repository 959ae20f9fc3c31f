package main

import (
	"os"
	"testing"
	"testing/fstest"

	fieldwork "fieldwork.dev/sdk"
	"fieldwork.dev/sdk/fieldworktest"
)

func TestMessagesAreCountedKeptAndAnswered(t *testing.T) {
	counter := fieldworktest.NewCounter()
	counter.Files[notes] = []byte("12345")
	agent := newAgent(fstest.MapFS{notes: {Data: []byte("12345")}})
	var reply fieldwork.Reply
	for range 2 {
		if err := fieldworktest.Invoke(agent, counter, "handle_message", fieldwork.Message{Text: "hi", User: "ann"}, &reply); err != nil {
			t.Fatal(err)
		}
	}
	if want := `You said "hi". That was message 2; my notes have 5 bytes.`; reply.Text != want {
		t.Errorf("got  %s\nwant %s", reply.Text, want)
	}
	records, err := fieldwork.NewHost(counter).Store.Doc.Query("messages", 0)
	if err != nil || len(records) != 2 || records[0].ID != "00000002" {
		t.Errorf("records %v, err %v", records, err)
	}
}

func TestAnswersWithoutNotes(t *testing.T) {
	message := fieldwork.Message{Text: "hi"}
	if err := fieldworktest.Invoke(newAgent(fstest.MapFS{}), fieldworktest.NewCounter(), "handle_message", message, nil); err != nil {
		t.Error(err)
	}
}

func TestSum(t *testing.T) {
	var output sumOutput
	err := fieldworktest.Invoke(newAgent(fstest.MapFS{}), fieldworktest.NewCounter(), "sum", sumInput{[]float64{1, 2, 3.5}}, &output)
	if err != nil || output.Sum != 6.5 {
		t.Errorf("output %v, err %v", output, err)
	}
}

func TestManifestFits(t *testing.T) {
	manifest, err := os.ReadFile("manifest.json")
	if err != nil {
		t.Fatal(err)
	}
	fieldworktest.CheckManifest(t, newAgent(fstest.MapFS{}), manifest)
}
