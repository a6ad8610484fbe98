//! A request that controls a world: a request to a path below `/__clerk_mock/`. A world is one
//! instance of Clerk.

use std::sync::Arc;

use serde_json::{Map, Value};

use crate::fake::operations::body::body;
use crate::fake::operations::codes;
use crate::fake::operations::response::{ApiError, param_error};
use crate::requests::recorded_request::RecordedRequest;
use crate::server::served_world::ServedWorld;
use crate::server::server_state::ServerState;
use crate::server::world_name::WorldName;

/// A request that controls a world.
pub(crate) struct Call<'a> {
    pub(crate) server: &'a ServerState,
    pub(crate) world_name: Option<&'a WorldName>,
    pub(crate) request: &'a RecordedRequest,
    /// The part of the path that matches `{id}` or `{name}` in the route's pattern. Empty if the
    /// pattern has neither.
    pub(crate) argument: &'a str,
}

impl Call<'_> {
    /// Returns the world that the request names, with its clock up to date. If the world does not
    /// exist, [`ServerState::world_of`] creates it.
    pub(crate) fn world(&self) -> Result<Arc<ServedWorld>, ApiError> {
        let request = self.request.request();
        let world = self.server.world_of(request, self.world_name)?;
        world.sync_clock();
        Ok(world)
    }

    /// Returns the JSON object in the body.
    pub(crate) fn body(&self) -> Result<Map<String, Value>, ApiError> {
        body(self.request)
    }

    /// Returns the query as an object of strings. Returns an error if a parameter is not in `known`
    /// or is repeated.
    pub(crate) fn query(&self, known: &[&str]) -> Result<Map<String, Value>, ApiError> {
        let mut query = Map::new();
        let mut errors = Vec::new();
        for (name, value) in self.request.query() {
            if !known.contains(&name.as_str()) {
                let message = format!("{name} is not a valid parameter for this request.");
                errors.push(param_error(codes::FORM_PARAM_UNKNOWN, &name, &message));
            } else if query.insert(name.clone(), value.into()).is_some() {
                let message = format!("{name} must be given only once.");
                errors.push(param_error(
                    codes::FORM_PARAM_VALUE_INVALID,
                    &name,
                    &message,
                ));
            }
        }
        if errors.is_empty() {
            Ok(query)
        } else {
            Err(ApiError::params(errors))
        }
    }
}
