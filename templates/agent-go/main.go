// Command agent counts its messages, keeps each one and knows the notes in its workspace.
package main

import (
	"os"

	fieldwork "fieldwork.dev/sdk"
)

func main() {
	fieldwork.Main(newAgent(os.DirFS("/workspace")))
}
