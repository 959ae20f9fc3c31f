use crate::counter::Caller;
use crate::Result;
use serde::{Deserialize, Serialize};
use serde_json::{json, Value};

/// Calls the agent's own functions later. Schedules survive a restart.
pub struct Schedule<'a>(pub(crate) Caller<'a>);

/// What becomes of runs that fell into a time when the system was down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Missed {
    Skip,
    Once,
    All,
}

/// What a schedule calls. Unless told, the function is `handle` and missed runs happen once.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Plan {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub function: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payload: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missed: Option<Missed>,
}

/// A [`Plan`] that comes back. `cron` may have seconds; `time_zone` is an IANA name, UTC unless told. A schedule with
/// the same `id` is replaced.
#[derive(Clone, Debug, Default, Serialize)]
pub struct CronPlan {
    pub cron: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    #[serde(flatten)]
    pub plan: Plan,
}

/// One of the agent's schedules. Times are ISO 8601.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Scheduled {
    pub id: String,
    pub cron: Option<String>,
    pub time_zone: Option<String>,
    pub next_at: Option<String>,
    pub last_at: Option<String>,
    pub last_error: Option<String>,
    pub function: String,
    pub payload: Value,
    pub missed: Missed,
}

#[derive(Deserialize)]
struct Added {
    id: String,
}

impl Schedule<'_> {
    /// Calls a function once, in a number of milliseconds; gives the schedule's id.
    pub fn after(&self, milliseconds: u64, plan: &Plan) -> Result<String> {
        #[derive(Serialize)]
        struct Args<'a> {
            ms: u64,
            #[serde(flatten)]
            plan: &'a Plan,
        }
        let added: Added = self.0.ask("schedule.after", Args { ms: milliseconds, plan })?;
        Ok(added.id)
    }

    /// Calls a function by a cron pattern; gives the schedule's id.
    pub fn cron(&self, plan: &CronPlan) -> Result<String> {
        let added: Added = self.0.ask("schedule.cron", plan)?;
        Ok(added.id)
    }

    /// The agent's schedules.
    pub fn list(&self) -> Result<Vec<Scheduled>> {
        #[derive(Deserialize)]
        struct Listed {
            schedules: Vec<Scheduled>,
        }
        let listed: Listed = self.0.ask("schedule.list", json!({}))?;
        Ok(listed.schedules)
    }

    /// Deletes a schedule and tells whether it was there.
    pub fn cancel(&self, id: &str) -> Result<bool> {
        #[derive(Deserialize)]
        struct Cancelled {
            cancelled: bool,
        }
        let cancelled: Cancelled = self.0.ask("schedule.cancel", json!({ "id": id }))?;
        Ok(cancelled.cancelled)
    }
}
