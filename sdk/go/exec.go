package fieldwork

// Exec runs programs of the machine that the manifest asks for as exec.run:<program> and the owner has granted.
type Exec struct{ caller }

// Command is one run of a program, without a shell. Only Program is needed: Dir is the workspace, TimeoutMS 60,000
// and MaxBytes of output 1 MiB where left zero.
type Command struct {
	Program   string            `json:"program"`
	Args      []string          `json:"args,omitempty"`
	Dir       string            `json:"cwd,omitempty"`
	Stdin     string            `json:"stdin,omitempty"`
	Env       map[string]string `json:"env,omitempty"`
	TimeoutMS int               `json:"timeout_ms,omitempty"`
	MaxBytes  int               `json:"max_bytes,omitempty"`
}

// Output is what a program left behind. Code is nil where a signal ended it.
type Output struct {
	Code      *int   `json:"code"`
	Stdout    string `json:"stdout"`
	Stderr    string `json:"stderr"`
	Truncated bool   `json:"truncated"`
	// Sandboxed tells whether the operating system confined the program.
	Sandboxed bool `json:"sandboxed"`
}

// Run runs a program to its end. A program that fails is no error: look at Code.
func (e Exec) Run(command Command) (Output, error) {
	var output Output
	err := e.ask("exec.run", command, &output)
	return output, err
}
