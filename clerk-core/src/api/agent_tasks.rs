//! The operations on agent tasks.

use serde_core::{Serialize, Serializer};

use crate::api::operations::{api, operations};
use crate::json::model::model;
use crate::json::open_enum::open_enum;
use crate::json::word::Word;
use crate::requests::body::{BodyField, body, not_blank};
use crate::types::id::{UserId, id};
use crate::types::secret::SecretString;

api! {
    /// The operations on agent tasks.
    /// [`Clerk::agent_tasks`](crate::Clerk::agent_tasks) returns this type.
    ///
    /// A task lets an agent sign in as a user, and act on the user's behalf.
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// # let fake = clerk_client::mock::FakeClerk::new();
    /// # fake.add(clerk_client::mock::FakeUser::new("user_1"));
    /// # let clerk = fake.client();
    /// use clerk_client::ids::UserId;
    /// use clerk_client::requests::{AgentTaskPermissions, CreateAgentTaskRequest};
    ///
    /// let request = CreateAgentTaskRequest::new(
    ///     UserId::from("user_1"),
    ///     AgentTaskPermissions::All,
    ///     "assistant",
    ///     "Book a table",
    ///     "https://example.com/bookings",
    /// );
    /// let task = clerk.agent_tasks().create_agent_task(request).await?;
    /// assert!(task.url.is_some());
    /// clerk.agent_tasks().revoke_agent_task(&task.agent_task_id).await?;
    /// # Ok(()) });
    /// ```
    ///
    /// # Operations
    ///
    /// | method | Clerk's operation | retried |
    /// |---|---|---|
    /// | [`create_agent_task`](Self::create_agent_task) | `CreateAgentTask` | no |
    /// | [`revoke_agent_task`](Self::revoke_agent_task) | `RevokeAgentTask` | no |
    ///
    /// # Errors
    ///
    /// - 400 or 422: Clerk refuses the request. [`code`](crate::Error::code) tells why, and
    ///   [`for_param`](crate::Error::for_param) returns the errors of one field.
    AgentTasksApi:
        self,
}

operations! {
    /// # Agent tasks
    impl AgentTasksApi = "Agent-Tasks";

    /// Creates an agent task. The response has a URL. A visit to the URL creates a session for the
    /// user on whose behalf the agent acts.
    CreateAgentTask: POST "/agents/tasks", once = "If you repeat the call, two tasks may exist. The URL of the first task is lost.", [
        400,
        404 = "the user does not exist (`agent_task_subject_not_found`).",
        422,
    ], unsent = "the id or identifier of the user, the `agent_name`, the `task_description` or the `redirect_url` is blank.";
    fn create_agent_task(request: CreateAgentTaskRequest) -> AgentTask;

    /// Revokes a pending agent task. The URL of the task no longer creates a session.
    RevokeAgentTask: POST "/agents/tasks/{agent_task_id}/revoke", once = "Repeat the call. The error `agent_task_cannot_be_revoked` means that the task is no longer pending.", [
        400 = "the task is not pending (`agent_task_cannot_be_revoked`), among other causes.",
        404 = "the task does not exist (`agent_task_not_found`).",
    ];
    fn revoke_agent_task(agent_task_id: AgentTaskId) -> AgentTask;
}

id! {
    /// The id of an agent task.
    AgentTaskId
}

id! {
    /// The id of an agent. Agents with the same name have the same id.
    AgentId
}

body! {
    /// The request body of [`create_agent_task`](crate::api::AgentTasksApi::create_agent_task).
    CreateAgentTaskRequest(texts_are_given)
    required {
        /// The user on whose behalf the agent acts.
        on_behalf_of: AgentTaskUser,
        /// The permissions of the agent.
        permissions: AgentTaskPermissions,
        /// The name of the agent. Clerk logs the name.
        agent_name: String,
        /// The description of the task. Clerk logs the description.
        task_description: String,
        /// The absolute URL to which Clerk redirects the agent after the sign-in. Its domain must
        /// be the primary domain or a satellite domain of the instance. Its scheme must be `https`;
        /// development instances also allow `http`.
        redirect_url: String,
    } and {
        /// The maximum duration of the session in seconds. Clerk's default is 1800.
        session_max_duration_in_seconds: u32,
    }
}

#[inline]
fn texts_are_given(request: &CreateAgentTaskRequest) -> Result<(), String> {
    not_blank("agent_name", &request.agent_name)?;
    not_blank("task_description", &request.task_description)?;
    not_blank("redirect_url", &request.redirect_url)
}

/// The user on whose behalf an agent acts. A [`UserId`] converts into this type.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum AgentTaskUser {
    /// The user with this id.
    Id(UserId),
    /// The user with this verified identifier, such as an e-mail address.
    Identifier(String),
}

impl AgentTaskUser {
    /// Returns the name and the value of the field that represents the user in the request.
    fn field(&self) -> (&'static str, &str) {
        match self {
            Self::Id(id) => ("user_id", id.as_word()),
            Self::Identifier(text) => ("identifier", text),
        }
    }
}

impl From<UserId> for AgentTaskUser {
    fn from(id: UserId) -> Self {
        Self::Id(id)
    }
}

impl From<&UserId> for AgentTaskUser {
    fn from(id: &UserId) -> Self {
        Self::Id(id.clone())
    }
}

impl Serialize for AgentTaskUser {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map([self.field()])
    }
}

impl BodyField for AgentTaskUser {
    fn check(&self, name: &str) -> Result<(), String> {
        let (field, text) = self.field();
        not_blank(&format!("{name}.{field}"), text)
    }
}

#[cfg(feature = "_samples")]
impl crate::samples::Sample for AgentTaskUser {
    fn sample(sampler: &crate::samples::Sampler, _: &str) -> Self {
        let id = Self::Id(sampler.value("user_id"));
        sampler.choose([id, Self::Identifier(sampler.value("identifier"))])
    }
}

open_enum! {
    /// The permissions of an agent.
    AgentTaskPermissions {
        /// All permissions.
        All = "*",
    }
}

model! {
    /// A task that an agent does on behalf of a user.
    AgentTask("agent_task") {
        /// The id of the agent.
        agent_id: AgentId,
        /// The id of the task.
        agent_task_id: AgentTaskId,
        /// The id of the task. Deprecated by Clerk in favour of `agent_task_id`.
        task_id: AgentTaskId,
        /// The URL. A visit to the URL creates a session for the user. Only the response to the
        /// creation has the URL; in other responses, this field is `None`.
        url: Option<SecretString> = optional,
    }
}
