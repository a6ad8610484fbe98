//! The planned faults of a world. A world is one instance of Clerk.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::fake::fake_clerk::FakeClerk;
use crate::fake::operations::response::ApiError;
use crate::server::codes;
use crate::server::faults::planned_fault::PlannedFault;

/// The maximum number of planned faults at a time.
const MAX_FAULTS: usize = 1_000;

/// The planned faults, in the order in which they were planned.
#[derive(Default)]
pub(crate) struct PlannedFaults {
    faults: BTreeMap<u64, PlannedFault>,
    /// The number of faults planned so far.
    planned: u64,
}

impl PlannedFaults {
    /// Injects the fault that the body of a request describes, and returns its JSON. If there are
    /// already [`MAX_FAULTS`] faults, first removes the faults that no later request can get.
    ///
    /// Returns an error if the body is invalid, or if there are still [`MAX_FAULTS`] faults.
    pub(crate) fn add(
        &mut self,
        body: &Map<String, Value>,
        fake: &FakeClerk,
    ) -> Result<Value, ApiError> {
        if self.faults.len() >= MAX_FAULTS {
            self.remove_spent();
        }
        if self.faults.len() >= MAX_FAULTS {
            return Err(ApiError::new(
                codes::TOO_MANY_FAULTS,
                &format!(
                    "There are {MAX_FAULTS} planned faults. End some with DELETE \
                     /__clerk_mock/faults/{{id}}."
                ),
            ));
        }
        let fault = PlannedFault::inject(body, fake)?;
        self.planned += 1;
        let json = fault.to_json(&id(self.planned));
        self.faults.insert(self.planned, fault);
        Ok(json)
    }

    /// Returns the JSON of each fault.
    pub(crate) fn to_json(&self) -> Vec<Value> {
        let faults = self.faults.iter();
        faults
            .map(|(number, fault)| fault.to_json(&id(*number)))
            .collect()
    }

    /// Ends a fault, and returns its JSON. Returns `None` if there is no fault with this id.
    pub(crate) fn end(&mut self, fault_id: &str) -> Option<Value> {
        let mut numbers = self.faults.keys().copied();
        let number = numbers.find(|number| id(*number) == fault_id)?;
        let fault = self.faults.remove(&number)?;
        fault.end();
        Some(fault.to_json(fault_id))
    }

    /// Ends and removes the faults that no later request can get.
    fn remove_spent(&mut self) {
        self.faults.retain(|_, fault| {
            let is_spent = fault.is_spent();
            if is_spent {
                fault.end();
            }
            !is_spent
        });
    }

    /// Ends all faults, and returns how many there were.
    pub(crate) fn clear(&mut self) -> usize {
        let faults = std::mem::take(&mut self.faults);
        faults.values().for_each(PlannedFault::end);
        faults.len()
    }
}

fn id(number: u64) -> String {
    format!("fault_{number}")
}
