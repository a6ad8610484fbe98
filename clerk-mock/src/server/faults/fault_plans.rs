//! The planned faults of a world.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::fake::faults::fault::Fault;
use crate::fake::operations::response::ApiError;
use crate::requests::recorded_request::RecordedRequest;
use crate::server::codes;
use crate::server::faults::fault_plan::FaultPlan;

/// The maximum number of plans at once.
const MAX_PLANS: usize = 1_000;

/// The planned faults, in the order in which they were planned.
#[derive(Default)]
pub(crate) struct FaultPlans {
    plans: BTreeMap<u64, FaultPlan>,
    /// The number of plans so far.
    planned: u64,
}

impl FaultPlans {
    /// Adds a plan and returns its JSON. Returns an error if there are too many plans.
    pub(crate) fn add(&mut self, plan: FaultPlan) -> Result<Value, ApiError> {
        if self.plans.len() >= MAX_PLANS {
            return Err(ApiError::new(
                codes::TOO_MANY_FAULTS,
                &format!(
                    "There are {MAX_PLANS} planned faults. End some with DELETE \
                     /__clerk_mock/faults/{{id}}."
                ),
            ));
        }
        self.planned += 1;
        let json = plan.to_json(&id(self.planned));
        self.plans.insert(self.planned, plan);
        Ok(json)
    }

    /// Returns the JSON of each plan.
    pub(crate) fn to_json(&self) -> Vec<Value> {
        let plans = self.plans.iter();
        plans
            .map(|(number, plan)| plan.to_json(&id(*number)))
            .collect()
    }

    /// Ends a plan, and returns its last JSON. `None` if there is no plan with this id.
    pub(crate) fn end(&mut self, plan_id: &str) -> Option<Value> {
        let numbers = self.plans.keys().copied();
        let number = numbers.into_iter().find(|number| id(*number) == plan_id)?;
        Some(self.plans.remove(&number)?.to_json(plan_id))
    }

    /// Ends all plans, and returns how many there were.
    pub(crate) fn clear(&mut self) -> usize {
        std::mem::take(&mut self.plans).len()
    }

    /// Returns the fault of the oldest plan that applies to a request. Every plan counts it.
    pub(crate) fn next_fault(&mut self, request: &RecordedRequest) -> Option<Fault> {
        let mut fault = None;
        for plan in self.plans.values_mut() {
            if plan.applies(request) && fault.is_none() {
                fault = Some(plan.fire());
            }
        }
        fault
    }
}

fn id(number: u64) -> String {
    format!("fault_{number}")
}
