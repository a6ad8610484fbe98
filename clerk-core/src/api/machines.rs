//! The operations on machines.

use crate::api::operations::{api, operations};
use crate::json::model::model;
use crate::models::deleted_object::DeletedObject;
use crate::models::page::{Page, PageItem};
use crate::requests::body::body;
use crate::requests::limits::{length, range};
use crate::requests::order::orders;
use crate::requests::params::params;
use crate::types::id::{InstanceId, id};
use crate::types::secret::SecretString;
use crate::types::timestamp::Timestamp;

api! {
    /// The operations on machines. [`Clerk::machines`](crate::Clerk::machines) returns this type.
    ///
    /// A machine is a service that authenticates to other services with [M2M
    /// tokens](crate::api::M2mTokensApi). The scopes of a machine are the machines that accept its
    /// tokens.
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// # let clerk = clerk_client::mock::FakeClerk::new().client();
    /// use clerk_client::requests::{CreateMachineRequest, MachineListParams, UpdateMachineRequest};
    ///
    /// let machines = clerk.machines();
    /// let billing = machines.create_machine(CreateMachineRequest::new("billing")).await?;
    /// let mail = CreateMachineRequest::new("mail").scoped_machines([&billing.id]);
    /// let mail = machines.create_machine(mail).await?;
    /// assert!(mail.secret_key.is_some());
    ///
    /// let found = machines.list_machines(MachineListParams::new().query("mail")).await?;
    /// assert_eq!(found.data[0].scoped_machines[0].id, billing.id);
    /// let change = UpdateMachineRequest::new().default_token_ttl(60);
    /// machines.update_machine(&mail.id, change).await?;
    /// machines.delete_machine_scope(&mail.id, &billing.id).await?;
    /// machines.delete_machine(&mail.id).await?;
    /// # Ok(()) });
    /// ```
    ///
    /// # Operations
    ///
    /// | method | Clerk's operation | retried |
    /// |---|---|---|
    /// | [`list_machines`](Self::list_machines) | `ListMachines` | yes |
    /// | [`create_machine`](Self::create_machine) | `CreateMachine` | no |
    /// | [`get_machine`](Self::get_machine) | `GetMachine` | yes |
    /// | [`update_machine`](Self::update_machine) | `UpdateMachine` | no |
    /// | [`delete_machine`](Self::delete_machine) | `DeleteMachine` | yes |
    /// | [`get_machine_secret_key`](Self::get_machine_secret_key) | `GetMachineSecretKey` | yes |
    /// | [`rotate_machine_secret_key`](Self::rotate_machine_secret_key) | `RotateMachineSecretKey` | no |
    /// | [`create_machine_scope`](Self::create_machine_scope) | `CreateMachineScope` | no |
    /// | [`delete_machine_scope`](Self::delete_machine_scope) | `DeleteMachineScope` | yes |
    ///
    /// # Errors
    ///
    /// - 400, 403 or 422: Clerk refuses the request. [`code`](crate::Error::code) tells why, and
    ///   [`for_param`](crate::Error::for_param) returns the errors of one field.
    MachinesApi:
        self,
}

operations! {
    /// # Machines
    impl MachinesApi = "Machines";

    /// Lists the machines of the instance.
    ListMachines: GET "/machines", idempotent, [400, 401, 403, 422],
        unsent = "the `limit` is not from 1 to 500.";
    fn list_machines(params: MachineListParams) -> Page<Machine>, all list_all(params);

    /// Creates a machine. The response has the machine's secret key.
    CreateMachine: POST "/machines", once = "Call [`list_machines`](Self::list_machines) to see whether the machine exists.",
        [400, 401, 403, 422], unsent = "the name does not have 1 to 255 characters, `default_token_ttl` is not from 1 to 315360000, or there are more than 150 `scoped_machines`.";
    fn create_machine(request: CreateMachineRequest) -> Machine;

    /// Returns a machine.
    GetMachine: GET "/machines/{machine_id}", idempotent, [400, 401, 403, 404 = "the machine does not exist.", 422];
    fn get_machine(machine_id: MachineId) -> Machine;

    /// Updates a machine. Fields that are not set stay unchanged.
    UpdateMachine: PATCH "/machines/{machine_id}", once = "Call [`get_machine`](Self::get_machine) to see whether the update took effect.",
        [400, 401, 403, 404 = "the machine does not exist.", 422], unsent = "the name does not have 1 to 255 characters, or `default_token_ttl` is not from 1 to 315360000.";
    fn update_machine(machine_id: MachineId, request: UpdateMachineRequest) -> Machine;

    /// Deletes a machine.
    DeleteMachine: DELETE "/machines/{machine_id}", idempotent, [
        400, 401, 403,
        404 = "the machine does not exist. If [`attempts`](crate::Error::attempts) is above 1, an earlier attempt most likely deleted the machine.",
        422,
    ];
    fn delete_machine(machine_id: MachineId) -> DeletedObject;

    /// Returns the secret key of a machine.
    ///
    /// Pass the key to [`SecretKey::machine`](crate::SecretKey::machine).
    GetMachineSecretKey: GET "/machines/{machine_id}/secret_key", idempotent, [400, 401, 403, 404 = "the machine does not exist."];
    fn get_machine_secret_key(machine_id: MachineId) -> MachineSecretKey;

    /// Replaces the secret key of a machine, and returns the new key.
    ///
    /// The previous key stays valid for the number of seconds in `previous_token_ttl`.
    RotateMachineSecretKey: POST "/machines/{machine_id}/secret_key/rotate", once = "Call [`get_machine_secret_key`](Self::get_machine_secret_key) to get the current key.",
        [400, 401, 403, 404 = "the machine does not exist.", 422], unsent = "`previous_token_ttl` is above 28800.";
    fn rotate_machine_secret_key(machine_id: MachineId, request: RotateMachineSecretKeyRequest) -> MachineSecretKey;

    /// Allows a machine to access another machine.
    CreateMachineScope: POST "/machines/{machine_id}/scopes", once = "Call [`get_machine`](Self::get_machine) to see which scopes the machine has.", [
        400, 401, 403,
        404 = "one of the machines does not exist.",
        409 = "the machine already has this scope.",
        422 = "the machine already has 150 scopes, among other causes.",
    ];
    fn create_machine_scope(machine_id: MachineId, request: CreateMachineScopeRequest) -> MachineScope;

    /// Ends the access of a machine to another machine.
    DeleteMachineScope: DELETE "/machines/{machine_id}/scopes/{other_machine_id}", idempotent, [
        400, 401, 403,
        404 = "the scope does not exist. If [`attempts`](crate::Error::attempts) is above 1, an earlier attempt most likely deleted the scope.",
        422,
    ];
    fn delete_machine_scope(machine_id: MachineId, other_machine_id: MachineId) -> DeletedMachineScope;
}

id! {
    /// The id of a machine: `mch_…`.
    MachineId
}

params! {
    /// The parameters of a list of machines: a filter, the order, the limit and the offset.
    MachineListParams paged 500 {
        /// Machines with this text in the name, or with this id.
        query: String,
        /// The order. Clerk's default is the newest first.
        order_by: MachineOrder,
    }
}

orders! {
    /// The properties by which machines can be ordered.
    MachineOrderBy, MachineOrder {
        /// The name.
        Name = "name",
        /// The creation time.
        CreatedAt = "created_at",
    }
}

body! {
    /// The request body of [`create_machine`](crate::api::MachinesApi::create_machine).
    CreateMachineRequest(limits_of_create)
    required {
        /// The name, with 1 to 255 characters.
        name: String,
    } and {
        /// The machines that the new machine can access: up to 150.
        scoped_machines: [MachineId],
        /// The default lifetime of the machine's tokens in seconds: 1 to 315360000. Clerk's default
        /// is 3600.
        default_token_ttl: u32,
    }
}

/// The longest lifetime of a token: ten years in seconds.
const MAX_TOKEN_TTL: u32 = 315_360_000;
/// The maximum number of machines that a machine can access.
const MAX_SCOPES: usize = 150;

#[inline]
fn limits_of_create(request: &CreateMachineRequest) -> Result<(), String> {
    let scopes = request.scoped_machines.as_ref().map_or(0, Vec::len);
    if scopes > MAX_SCOPES {
        return Err(format!(
            "invalid scoped_machines: it has {scopes} machines; it must have up to {MAX_SCOPES}"
        ));
    }
    name_and_ttl(Some(&request.name), request.default_token_ttl)
}

#[inline]
fn name_and_ttl(name: Option<&String>, ttl: Option<u32>) -> Result<(), String> {
    if let Some(name) = name {
        length("name", name, 1..=255)?;
    }
    range("default_token_ttl", ttl.as_ref(), 1..=MAX_TOKEN_TTL)
}

body! {
    /// The request body of [`update_machine`](crate::api::MachinesApi::update_machine).
    UpdateMachineRequest(limits_of_update) {
        /// The name, with 1 to 255 characters.
        name: String,
        /// The default lifetime of the machine's tokens in seconds: 1 to 315360000.
        default_token_ttl: u32,
    }
}

#[inline]
fn limits_of_update(request: &UpdateMachineRequest) -> Result<(), String> {
    name_and_ttl(request.name.as_ref(), request.default_token_ttl)
}

body! {
    /// The request body of
    /// [`rotate_machine_secret_key`](crate::api::MachinesApi::rotate_machine_secret_key).
    RotateMachineSecretKeyRequest(ttl_of_previous)
    required {
        /// The time in seconds for which the previous key stays valid: 0 to 28800 (8 hours).
        previous_token_ttl: u32,
    } and {}
}

#[inline]
fn ttl_of_previous(request: &RotateMachineSecretKeyRequest) -> Result<(), String> {
    range(
        "previous_token_ttl",
        Some(&request.previous_token_ttl),
        0..=28_800,
    )
}

body! {
    /// The request body of [`create_machine_scope`](crate::api::MachinesApi::create_machine_scope).
    CreateMachineScopeRequest
    required {
        /// The id of the machine to access.
        to_machine_id: MachineId,
    } and {}
}

model! {
    /// A machine: a service with its own secret key.
    Machine("machine") {
        /// The id of the machine.
        id: MachineId,
        /// The name.
        name: String,
        /// The id of the instance.
        instance_id: InstanceId,
        /// The creation time.
        created_at: Timestamp,
        /// The time of the last change.
        updated_at: Timestamp,
        /// The default lifetime of the machine's tokens in seconds; `None` if the response does not
        /// include it.
        default_token_ttl: Option<i64> = optional,
        /// The machines that this machine can access.
        scoped_machines: Vec<ScopedMachine>,
        /// The secret key, which only the response to the creation has; `None` in all other
        /// responses.
        secret_key: Option<SecretString> = optional,
    }
}

model! {
    /// A machine that another [`Machine`] can access.
    ScopedMachine("machine") {
        /// The id of the machine.
        id: MachineId,
        /// The name.
        name: String,
        /// The id of the instance.
        instance_id: InstanceId,
        /// The creation time.
        created_at: Timestamp,
        /// The time of the last change.
        updated_at: Timestamp,
        /// The default lifetime of the machine's tokens in seconds; `None` if the response does not
        /// include it.
        default_token_ttl: Option<i64> = optional,
    }
}

model! {
    /// The secret key of a machine.
    MachineSecretKey("machine_secret_key") {
        /// The secret key: `ak_…`.
        secret: SecretString,
    }
}

model! {
    /// The access of a machine to another machine.
    MachineScope("machine_scope") {
        /// The machine that has access.
        from_machine_id: MachineId,
        /// The machine that is accessed.
        to_machine_id: MachineId,
        /// The creation time.
        created_at: Timestamp,
    }
}

model! {
    /// The response to the deletion of a [`MachineScope`].
    DeletedMachineScope("machine_scope") {
        /// The machine that had access.
        from_machine_id: MachineId,
        /// The machine that was accessed.
        to_machine_id: MachineId,
        /// Whether the scope was deleted.
        deleted: bool,
    }
}

impl PageItem for Machine {
    #[inline]
    fn key(&self) -> String {
        self.id.to_string()
    }
}
