package fieldwork

import "encoding/json"

// Schedule calls the agent's own functions later. Schedules survive a restart.
type Schedule struct{ caller }

// Plan says what a schedule calls. All fields are optional: Function is "handle", Missed is "once".
type Plan struct {
	Function string
	Payload  any
	// Missed says what becomes of runs that fell into a time when the system was down: "skip", "once" or "all".
	Missed string
}

// CronPlan is a [Plan] that comes back. Cron may have seconds; TimeZone is an IANA name, UTC where empty. A schedule
// with the same ID is replaced.
type CronPlan struct {
	Plan
	ID       string
	Cron     string
	TimeZone string
}

// Scheduled is one of the agent's schedules. Times are ISO 8601; nil where there is none.
type Scheduled struct {
	ID        string          `json:"id"`
	Cron      string          `json:"cron,omitempty"`
	TimeZone  string          `json:"time_zone,omitempty"`
	NextAt    *string         `json:"next_at"`
	LastAt    *string         `json:"last_at"`
	LastError *string         `json:"last_error"`
	Function  string          `json:"function"`
	Payload   json.RawMessage `json:"payload"`
	Missed    string          `json:"missed"`
}

// After calls a function once, in a number of milliseconds.
func (s Schedule) After(milliseconds int64, plan Plan) (id string, err error) {
	return s.add("schedule.after", plan.args(object{"ms": milliseconds}))
}

// Cron calls a function by a cron pattern.
func (s Schedule) Cron(plan CronPlan) (id string, err error) {
	args := plan.args(object{"cron": plan.Cron})
	if plan.ID != "" {
		args["id"] = plan.ID
	}
	if plan.TimeZone != "" {
		args["time_zone"] = plan.TimeZone
	}
	return s.add("schedule.cron", args)
}

// List gives the agent's schedules.
func (s Schedule) List() ([]Scheduled, error) {
	var reply struct {
		Schedules []Scheduled `json:"schedules"`
	}
	err := s.ask("schedule.list", nil, &reply)
	return reply.Schedules, err
}

// Cancel deletes a schedule and tells whether it was there.
func (s Schedule) Cancel(id string) (cancelled bool, err error) {
	var reply struct {
		Cancelled bool `json:"cancelled"`
	}
	err = s.ask("schedule.cancel", object{"id": id}, &reply)
	return reply.Cancelled, err
}

func (s Schedule) add(capability string, args object) (string, error) {
	var reply struct {
		ID string `json:"id"`
	}
	err := s.ask(capability, args, &reply)
	return reply.ID, err
}

func (p Plan) args(args object) object {
	if p.Function != "" {
		args["function"] = p.Function
	}
	if p.Payload != nil {
		args["payload"] = p.Payload
	}
	if p.Missed != "" {
		args["missed"] = p.Missed
	}
	return args
}
