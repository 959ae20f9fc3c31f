package fieldwork

import "encoding/base64"

// FS reaches files through the counter, which checks each path against the grants. A path is relative to the agent's
// workspace or begins with /workspace; inside it no grant is needed. The workspace is also mounted at /workspace, so
// that package os works on it.
type FS struct{ caller }

// FileInfo tells what a path is.
type FileInfo struct {
	Name       string `json:"name,omitempty"`
	Kind       string `json:"kind"`
	Size       int64  `json:"size"`
	ModifiedAt string `json:"modified_at"`
}

// Match is one file, or one line of a file, that [FS.Search] found. Line counts from 1 and is 0 for a file.
type Match struct {
	Path string `json:"path"`
	Line int    `json:"line,omitempty"`
	Text string `json:"text,omitempty"`
}

// SearchOptions narrow a search. Path is a folder, Glob a name pattern, Text what a line must contain, Limit the
// number of matches (100 where it is 0, 1,000 at most).
type SearchOptions struct {
	Path  string `json:"path,omitempty"`
	Glob  string `json:"glob,omitempty"`
	Text  string `json:"text,omitempty"`
	Limit int    `json:"limit,omitempty"`
}

// Read gives a whole file, of 8 MiB at most; a longer one is refused with the code "too_large".
func (f FS) Read(path string) ([]byte, error) {
	var reply struct {
		Content   string `json:"content"`
		Truncated bool   `json:"truncated"`
	}
	if err := f.ask("fs.read", object{"path": path, "encoding": "base64"}, &reply); err != nil {
		return nil, err
	}
	if reply.Truncated {
		return nil, &Error{
			Code:    "too_large",
			Message: path + " is larger than one read",
			Remedy:  "Read it in ranges: Call fs.read with offset and length.",
		}
	}
	return decodeBase64(reply.Content)
}

// Write replaces a file in one step, or makes it.
func (f FS) Write(path string, content []byte) error {
	return f.write(path, content, "replace")
}

// Append adds to the end of a file, or makes it.
func (f FS) Append(path string, content []byte) error {
	return f.write(path, content, "append")
}

func (f FS) write(path string, content []byte, mode string) error {
	return f.ask("fs.write", object{
		"path": path, "content": base64.StdEncoding.EncodeToString(content), "encoding": "base64", "mode": mode,
	}, nil)
}

// List gives what is in a folder, sorted by name, 1,000 entries at most; truncated tells whether there are more.
func (f FS) List(path string) (entries []FileInfo, truncated bool, err error) {
	var reply struct {
		Entries   []FileInfo `json:"entries"`
		Truncated bool       `json:"truncated"`
	}
	err = f.ask("fs.list", object{"path": path}, &reply)
	return reply.Entries, reply.Truncated, err
}

// Stat tells what a path is, and whether it is there at all.
func (f FS) Stat(path string) (info FileInfo, found bool, err error) {
	var reply struct {
		FileInfo
		Found bool `json:"found"`
	}
	err = f.ask("fs.stat", object{"path": path}, &reply)
	return reply.FileInfo, reply.Found, err
}

// Mkdir makes a folder and the folders above it.
func (f FS) Mkdir(path string) error {
	return f.ask("fs.mkdir", object{"path": path}, nil)
}

// Delete removes a file or an empty folder.
func (f FS) Delete(path string) error {
	return f.ask("fs.delete", object{"path": path}, nil)
}

// DeleteAll removes a file, or a folder with all in it.
func (f FS) DeleteAll(path string) error {
	return f.ask("fs.delete", object{"path": path, "recursive": true}, nil)
}

// Move renames a file or folder; an existing target is refused.
func (f FS) Move(from, to string) error {
	return f.ask("fs.move", object{"from": from, "to": to}, nil)
}

// Search finds files by name and lines by text; truncated tells whether there are more.
func (f FS) Search(options SearchOptions) (matches []Match, truncated bool, err error) {
	var reply struct {
		Matches   []Match `json:"matches"`
		Truncated bool    `json:"truncated"`
	}
	err = f.ask("fs.search", options, &reply)
	return reply.Matches, reply.Truncated, err
}

func decodeBase64(text string) ([]byte, error) {
	decoded, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return nil, &Error{Code: "internal", Message: "the result is not base64: " + err.Error(), Remedy: reportRemedy}
	}
	return decoded, nil
}
