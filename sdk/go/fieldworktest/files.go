package fieldworktest

import (
	"encoding/base64"
	"strings"
	"time"

	fieldwork "fieldwork.dev/sdk"
)

func (c *Counter) addFiles() {
	type file struct{ Path, Content, Encoding, Mode string }
	c.Handle("fs.read", typed(func(in file) (any, error) {
		content, found := c.Files[workspacePath(in.Path)]
		if !found {
			return nil, &fieldwork.Error{Code: "not_found", Message: "there is no file " + in.Path, Remedy: "Check the path."}
		}
		text, encoding := string(content), "utf8"
		if in.Encoding == "base64" {
			text, encoding = base64.StdEncoding.EncodeToString(content), "base64"
		}
		return map[string]any{"content": text, "encoding": encoding, "size": len(content), "truncated": false}, nil
	}))
	c.Handle("fs.write", typed(func(in file) (any, error) {
		content := []byte(in.Content)
		if in.Encoding == "base64" {
			var err error
			if content, err = base64.StdEncoding.DecodeString(in.Content); err != nil {
				return nil, &fieldwork.Error{Code: "invalid_input", Message: err.Error(), Remedy: "Send base64."}
			}
		}
		path := workspacePath(in.Path)
		existing, found := c.Files[path]
		switch {
		case in.Mode == "append":
			c.Files[path] = append(existing, content...)
		case in.Mode == "create" && found:
			return nil, &fieldwork.Error{Code: "conflict", Message: in.Path + " is there already", Remedy: "Choose another name."}
		default:
			c.Files[path] = content
		}
		return map[string]any{"bytes": len(content)}, nil
	}))
	c.Handle("fs.stat", typed(func(in file) (any, error) {
		content, found := c.Files[workspacePath(in.Path)]
		if !found {
			return map[string]any{"found": false}, nil
		}
		return map[string]any{
			"found": true, "kind": "file", "size": len(content), "modified_at": time.Now().UTC().Format(time.RFC3339Nano),
		}, nil
	}))
}

func workspacePath(path string) string {
	return strings.TrimPrefix(path, "/workspace/")
}
