//! The operations on the waitlist.

use crate::api::invitations::Invitation;
use crate::api::operations::{api, operations};
use crate::json::model::model;
use crate::json::open_enum::open_enum;
use crate::models::deleted_object::DeletedObject;
use crate::models::page::{Page, PageItem};
use crate::requests::body::{body, not_blank};
use crate::requests::order::orders;
use crate::requests::params::params;
use crate::types::id::id;
use crate::types::timestamp::Timestamp;

api! {
    /// The operations on the entries of the waitlist.
    /// [`Clerk::waitlist_entries`](crate::Clerk::waitlist_entries) returns this type.
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// # let clerk = clerk_client::mock::FakeClerk::new().client();
    /// use clerk_client::models::WaitlistEntryStatus;
    /// use clerk_client::requests::{
    ///     CreateWaitlistEntryRequest, InviteWaitlistEntryRequest, WaitlistEntryListParams,
    /// };
    ///
    /// let waitlist = clerk.waitlist_entries();
    /// let request = CreateWaitlistEntryRequest::new("ada@example.com").notify(false);
    /// let entry = waitlist.create_waitlist_entry(request).await?;
    ///
    /// let pending = WaitlistEntryListParams::new().status(WaitlistEntryStatus::Pending);
    /// let entries = waitlist.list_waitlist_entries(pending).await?;
    /// assert_eq!(entries.data[0].id, entry.id);
    ///
    /// let request = InviteWaitlistEntryRequest::new();
    /// let invited = waitlist.invite_waitlist_entry(&entry.id, request).await?;
    /// assert_eq!(invited.status, WaitlistEntryStatus::Invited);
    /// # Ok(()) });
    /// ```
    ///
    /// # Operations
    ///
    /// | method | Clerk's operation | retried |
    /// |---|---|---|
    /// | [`list_waitlist_entries`](Self::list_waitlist_entries) | `ListWaitlistEntries` | yes |
    /// | [`create_waitlist_entry`](Self::create_waitlist_entry) | `CreateWaitlistEntry` | no |
    /// | [`create_bulk_waitlist_entries`](Self::create_bulk_waitlist_entries) | `CreateBulkWaitlistEntries` | no |
    /// | [`delete_waitlist_entry`](Self::delete_waitlist_entry) | `DeleteWaitlistEntry` | yes |
    /// | [`invite_waitlist_entry`](Self::invite_waitlist_entry) | `InviteWaitlistEntry` | no |
    /// | [`reject_waitlist_entry`](Self::reject_waitlist_entry) | `RejectWaitlistEntry` | no |
    ///
    /// # Errors
    ///
    /// - 400 or 422: Clerk refuses the request. [`code`](crate::Error::code) tells why, and
    ///   [`for_param`](crate::Error::for_param) returns the errors of one field.
    /// - The client sends no request if an id is `bulk`, because Clerk has an endpoint with this
    ///   name.
    WaitlistEntriesApi:
        self,
}

operations! {
    /// # Waitlist entries
    impl WaitlistEntriesApi = "Waitlist-Entries";

    /// Lists the entries of the waitlist, the newest first by default.
    ListWaitlistEntries: GET "/waitlist_entries", idempotent, [], unsent = "the `limit` is not from 1 to 500, or a filter is blank.";
    fn list_waitlist_entries(params: WaitlistEntryListParams) -> Page<WaitlistEntry>,
        all list_all(params);

    /// Adds an e-mail address to the waitlist. By default, Clerk sends a confirmation to the
    /// address.
    ///
    /// If the address is already on the waitlist, Clerk returns the existing entry.
    CreateWaitlistEntry: POST "/waitlist_entries", once = "Repeating the call is safe: if the address already has an entry, Clerk returns this entry.", [400, 422], unsent = "the address is blank.";
    fn create_waitlist_entry(request: CreateWaitlistEntryRequest) -> WaitlistEntry;

    /// Adds 1 to 50 different e-mail addresses to the waitlist.
    ///
    /// If an address is already on the waitlist, Clerk returns the existing entry.
    #[doc(alias = "bulk_create_waitlist_entries")]
    CreateBulkWaitlistEntries: POST "/waitlist_entries/bulk", once = "Repeating the call is safe: if an address already has an entry, Clerk returns this entry.", [400, 422], unsent = "the number of requests is not from 1 to 50, or an address is blank.";
    fn create_bulk_waitlist_entries(requests: Vec<CreateWaitlistEntryRequest>) -> Vec<WaitlistEntry>;

    /// Deletes a pending entry.
    DeleteWaitlistEntry: DELETE "/waitlist_entries/{waitlist_entry_id}", idempotent, [
        400,
        404 = "the entry does not exist. If [`attempts`](crate::Error::attempts) is above 1, an earlier attempt most likely deleted the entry.",
        409 = "the entry is already invited (`waitlist_entry_already_invited`) or locked (`waitlist_entry_locked`), among other causes.",
        422,
    ];
    fn delete_waitlist_entry(waitlist_entry_id: WaitlistEntryId) -> DeletedObject;

    /// Sends an invitation to the e-mail address of an entry.
    InviteWaitlistEntry: POST "/waitlist_entries/{waitlist_entry_id}/invite", once = "Call [`list_waitlist_entries`](Self::list_waitlist_entries) to see the status of the entry.", [
        400,
        404 = "the entry does not exist.",
        409 = "the entry is already completed (`waitlist_entry_already_completed`) or locked (`waitlist_entry_locked`), among other causes.",
        422,
    ];
    fn invite_waitlist_entry(waitlist_entry_id: WaitlistEntryId, request: InviteWaitlistEntryRequest) -> WaitlistEntry;

    /// Rejects an entry.
    RejectWaitlistEntry: POST "/waitlist_entries/{waitlist_entry_id}/reject", once = "Call [`list_waitlist_entries`](Self::list_waitlist_entries) to see the status of the entry.", [
        400,
        404 = "the entry does not exist.",
        409 = "the entry is already rejected (`waitlist_entry_already_rejected`) or locked (`waitlist_entry_locked`), among other causes.",
        422,
    ];
    fn reject_waitlist_entry(waitlist_entry_id: WaitlistEntryId) -> WaitlistEntry;
}

id! {
    /// The id of an entry of the waitlist: `wle_…`.
    WaitlistEntryId
}

params! {
    /// The parameters of a list of waitlist entries: filters, the order, the limit and the offset.
    WaitlistEntryListParams paged 500 {
        /// A text to search for in the e-mail address and the id.
        query: String,
        /// The status of the entries to list.
        status: WaitlistEntryStatus,
        /// The order. Clerk's default is the newest first.
        order_by: WaitlistEntryOrder,
    }
}

orders! {
    /// The properties by which the entries of the waitlist can be ordered.
    WaitlistEntryOrderBy, WaitlistEntryOrder {
        /// The creation time.
        CreatedAt = "created_at",
        /// The e-mail address.
        EmailAddress = "email_address",
        /// The time of the invitation.
        InvitedAt = "invited_at",
    }
}

body! {
    /// The request body of
    /// [`create_waitlist_entry`](crate::api::WaitlistEntriesApi::create_waitlist_entry), and an
    /// item of the body of
    /// [`create_bulk_waitlist_entries`](crate::api::WaitlistEntriesApi::create_bulk_waitlist_entries).
    CreateWaitlistEntryRequest(has_address) bulk 50
    required {
        /// The e-mail address to add.
        email_address: String,
    } and {
        /// Whether Clerk sends a confirmation to the address. Clerk's default is yes.
        notify / clear_notify: bool,
    }
}

#[inline]
fn has_address(request: &CreateWaitlistEntryRequest) -> Result<(), String> {
    not_blank("email_address", &request.email_address)
}

body! {
    /// The request body of
    /// [`invite_waitlist_entry`](crate::api::WaitlistEntriesApi::invite_waitlist_entry).
    InviteWaitlistEntryRequest {
        /// Whether Clerk invites an address that is already invited or belongs to a user. Clerk's
        /// default is no.
        ignore_existing / clear_ignore_existing: bool,
    }
}

model! {
    /// An entry of the waitlist.
    WaitlistEntry("waitlist_entry") {
        /// The id of the entry.
        id: WaitlistEntryId,
        /// The e-mail address.
        email_address: String,
        /// The status of the entry.
        status: WaitlistEntryStatus,
        /// Whether the entry is locked. Clerk locks entries while it processes them in a batch. A
        /// locked entry cannot be changed.
        is_locked: bool,
        /// The creation time.
        created_at: Timestamp,
        /// The time of the last change.
        updated_at: Timestamp,
        /// The invitation; `None` if the address has not been invited.
        invitation: Option<Box<Invitation>>,
    }
}

open_enum! {
    /// The status of a [`WaitlistEntry`].
    WaitlistEntryStatus {
        Pending = "pending",
        Invited = "invited",
        Rejected = "rejected",
        /// The invitee has signed up.
        Completed = "completed",
    }
}

impl PageItem for WaitlistEntry {
    #[inline]
    fn key(&self) -> String {
        self.id.to_string()
    }
}
