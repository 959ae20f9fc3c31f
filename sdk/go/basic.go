package fieldwork

import "time"

// Time is the host's wall clock.
type Time struct{ caller }

// Now gives the time to the millisecond.
func (t Time) Now() (time.Time, error) {
	var reply struct {
		MS float64 `json:"ms"`
	}
	if err := t.ask("time.now", nil, &reply); err != nil {
		return time.Time{}, err
	}
	return time.UnixMilli(int64(reply.MS)).UTC(), nil
}

// Log writes lines, of at most 16,384 characters, to the agent's log. A line that cannot be written is lost, which is
// no reason for the agent to fail.
type Log struct{ caller }

// Debug writes a line that only matters when looking for a fault.
func (l Log) Debug(text string) { l.write("debug", text) }

// Info writes a line.
func (l Log) Info(text string) { l.write("info", text) }

// Warn writes a line about something that may need a person's eye.
func (l Log) Warn(text string) { l.write("warn", text) }

// Error writes a line about something that went wrong.
func (l Log) Error(text string) { l.write("error", text) }

func (l Log) write(level, text string) {
	_ = l.ask("log", object{"level": level, "text": text}, nil)
}

// Random is the operating system's generator.
type Random struct{ caller }

// Bytes gives 1 to 65,536 random bytes.
func (r Random) Bytes(length int) ([]byte, error) {
	var reply struct {
		Base64 string `json:"base64"`
	}
	if err := r.ask("random.bytes", object{"length": length}, &reply); err != nil {
		return nil, err
	}
	return decodeBase64(reply.Base64)
}
