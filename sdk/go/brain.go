package fieldwork

// Brain is the agent's memory.
type Brain struct{ caller }

// Memory is something to remember. Only Content is needed.
type Memory struct {
	Content    string  `json:"content"`
	Wing       string  `json:"wing,omitempty"`
	Room       string  `json:"room,omitempty"`
	Kind       string  `json:"kind,omitempty"`
	Importance float64 `json:"importance,omitempty"`
	ValidFrom  string  `json:"valid_from,omitempty"`
	Source     string  `json:"source,omitempty"`
}

// BrainQuery says what to look for. K is the number of hits (5 where it is 0, 50 at most).
type BrainQuery struct {
	Query string `json:"query"`
	K     int    `json:"k,omitempty"`
	Wing  string `json:"wing,omitempty"`
	Kind  string `json:"kind,omitempty"`
	AsOf  string `json:"as_of,omitempty"`
}

// Hit is a memory that was found. Score is absolute, in 0..1; more is better. Why says how it was found.
type Hit struct {
	ID      string  `json:"id"`
	Content string  `json:"content"`
	Wing    string  `json:"wing"`
	Room    string  `json:"room"`
	Kind    string  `json:"kind"`
	Score   float64 `json:"score"`
	Why     string  `json:"why"`
}

// Add remembers. The same content twice keeps one memory and gives added false.
func (b Brain) Add(memory Memory) (id string, added bool, err error) {
	var reply struct {
		ID    string `json:"id"`
		Added bool   `json:"added"`
	}
	err = b.ask("store.brain.add", memory, &reply)
	return reply.ID, reply.Added, err
}

// Search finds memories, the best first.
func (b Brain) Search(query BrainQuery) ([]Hit, error) {
	var reply struct {
		Hits []Hit `json:"hits"`
	}
	err := b.ask("store.brain.search", query, &reply)
	return reply.Hits, err
}
