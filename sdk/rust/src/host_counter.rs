#[cfg(target_family = "wasm")]
pub(crate) use wasm::HostCounter;

#[cfg(not(target_family = "wasm"))]
pub(crate) use native::HostCounter;

#[cfg(target_family = "wasm")]
mod wasm {
    use crate::counter::outcome;
    use crate::{Counter, Error, Result};
    use serde_json::{json, Value};

    #[link(wasm_import_module = "fieldwork")]
    extern "C" {
        #[link_name = "call"]
        fn counter_call(request: *const u8, length: usize) -> i32;
        #[link_name = "read"]
        fn counter_read(buffer: *mut u8, length: usize) -> i32;
    }

    pub(crate) struct HostCounter;

    impl Counter for HostCounter {
        fn call(&self, capability: &str, args: Value) -> Result<Value> {
            let mut request = json!({ "cap": capability });
            request["args"] = args;
            let request = request.to_string();
            // SAFETY: the host reads `request.len()` bytes at the pointer before it returns.
            let length = unsafe { counter_call(request.as_ptr(), request.len()) };
            if length <= 0 {
                return Err(Error::internal(format!("the counter answered with length {}", length)));
            }
            let mut reply = vec![0; length as usize];
            // SAFETY: the host writes at most `reply.len()` bytes at the pointer.
            let left = unsafe { counter_read(reply.as_mut_ptr(), reply.len()) };
            if left != 0 {
                return Err(Error::internal(format!("the counter kept {} bytes of its reply", left)));
            }
            serde_json::from_slice(&reply)
                .map_err(|error| Error::internal(format!("the counter's reply does not parse: {}", error)))
                .and_then(outcome)
        }
    }
}

#[cfg(not(target_family = "wasm"))]
mod native {
    use crate::{Counter, Error, Result};
    use serde_json::Value;

    pub(crate) struct HostCounter;

    impl Counter for HostCounter {
        fn call(&self, capability: &str, _args: Value) -> Result<Value> {
            Err(Error::new(
                "unavailable",
                format!("there is no counter outside Fieldwork to ask for {}", capability),
                "Build for wasm32-wasip1, or test against fieldwork::testing::Counter.",
            ))
        }
    }
}
