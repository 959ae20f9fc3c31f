use crate::counter::{Caller, Counter};
use crate::{Brain, Bus, Exec, Fs, Http, Llm, Log, Random, Result, Schedule, Store, Time};
use serde::de::DeserializeOwned;
use serde::Serialize;

/// What an agent may ask for. Each short form is one capability; [`Host::call`] reaches all of them by name.
pub struct Host<'a> {
    pub(crate) caller: Caller<'a>,
    pub store: Store<'a>,
    pub brain: Brain<'a>,
    pub fs: Fs<'a>,
    pub http: Http<'a>,
    pub exec: Exec<'a>,
    pub bus: Bus<'a>,
    pub schedule: Schedule<'a>,
    pub time: Time<'a>,
    pub log: Log<'a>,
    pub random: Random<'a>,
    pub llm: Llm<'a>,
}

impl<'a> Host<'a> {
    /// A host over a counter. Agents receive theirs; tests make one.
    pub fn new(counter: &'a dyn Counter) -> Self {
        let caller = Caller(counter);
        Host {
            caller,
            store: Store::new(caller),
            brain: Brain(caller),
            fs: Fs(caller),
            http: Http(caller),
            exec: Exec(caller),
            bus: Bus(caller),
            schedule: Schedule(caller),
            time: Time(caller),
            log: Log(caller),
            random: Random(caller),
            llm: Llm(caller),
        }
    }

    /// Asks the counter for a capability by its name. `args` encodes as a JSON object; the result is decoded into `T`,
    /// which may be [`serde_json::Value`].
    pub fn call<T: DeserializeOwned>(&self, capability: &str, args: impl Serialize) -> Result<T> {
        self.caller.ask(capability, args)
    }
}
