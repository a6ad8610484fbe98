//! The operations on the allow-list and the block-list.

use crate::api::invitations::InvitationId;
use crate::api::operations::{api, operations};
use crate::json::model::model;
use crate::json::open_enum::open_enum;
use crate::models::deleted_object::DeletedObject;
use crate::models::page::{Page, PageItem};
use crate::requests::body::{body, not_blank};
use crate::requests::params::params;
use crate::types::id::{InstanceId, id};
use crate::types::timestamp::Timestamp;

api! {
    /// The operations on the allow-list and the block-list.
    /// [`Clerk::allowlist_blocklist`](crate::Clerk::allowlist_blocklist) returns this type.
    ///
    /// Each list takes effect only if it is enabled.
    /// [`update_instance_restrictions`](crate::api::InstanceSettingsApi::update_instance_restrictions)
    /// enables the lists.
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// # let clerk = clerk_client::mock::FakeClerk::new().client();
    /// use clerk_client::requests::CreateBlocklistIdentifierRequest;
    ///
    /// let lists = clerk.allowlist_blocklist();
    /// let request = CreateBlocklistIdentifierRequest::new("mallory@example.com");
    /// let blocked = lists.create_blocklist_identifier(request).await?;
    ///
    /// let all = lists.list_blocklist_identifiers().await?;
    /// assert_eq!(all.data[0].identifier, "mallory@example.com");
    ///
    /// lists.delete_blocklist_identifier(&blocked.id).await?;
    /// # Ok(()) });
    /// ```
    ///
    /// # Operations
    ///
    /// | method | Clerk's operation | retried |
    /// |---|---|---|
    /// | [`list_allowlist_identifiers`](Self::list_allowlist_identifiers) | `ListAllowlistIdentifiers` | yes |
    /// | [`create_allowlist_identifier`](Self::create_allowlist_identifier) | `CreateAllowlistIdentifier` | no |
    /// | [`delete_allowlist_identifier`](Self::delete_allowlist_identifier) | `DeleteAllowlistIdentifier` | yes |
    /// | [`list_blocklist_identifiers`](Self::list_blocklist_identifiers) | `ListBlocklistIdentifiers` | yes |
    /// | [`create_blocklist_identifier`](Self::create_blocklist_identifier) | `CreateBlocklistIdentifier` | no |
    /// | [`delete_blocklist_identifier`](Self::delete_blocklist_identifier) | `DeleteBlocklistIdentifier` | yes |
    ///
    /// # Errors
    ///
    /// - 400 or 422: Clerk refuses the request. [`code`](crate::Error::code) tells why, and
    ///   [`for_param`](crate::Error::for_param) returns the errors of one field.
    /// - 402: the instance's plan does not include this feature.
    AllowlistBlocklistApi:
        self,
}

operations! {
    /// # Allow-list and block-list
    impl AllowlistBlocklistApi = "Allow-list-Block-list";

    /// Lists the identifiers of the allow-list.
    ListAllowlistIdentifiers: GET "/allowlist_identifiers", idempotent, [401, 402], unsent = "the `limit` is not from 1 to 500.";
    fn list_allowlist_identifiers(params: AllowlistIdentifierListParams) -> Page<AllowlistIdentifier>,
        all list_all_allowlist_identifiers(params);

    /// Adds an identifier to the allow-list, so that the owner of the identifier can sign up.
    CreateAllowlistIdentifier: POST "/allowlist_identifiers", once = "Call [`list_allowlist_identifiers`](Self::list_allowlist_identifiers) to see whether the list contains the identifier.", [400, 402, 422], unsent = "the identifier is blank.";
    fn create_allowlist_identifier(request: CreateAllowlistIdentifierRequest) -> AllowlistIdentifier;

    /// Removes an identifier from the allow-list.
    DeleteAllowlistIdentifier: DELETE "/allowlist_identifiers/{identifier_id}", idempotent, [
        402,
        404 = "the identifier is not in the list. If [`attempts`](crate::Error::attempts) is above 1, an earlier attempt most likely removed the identifier.",
    ];
    fn delete_allowlist_identifier(identifier_id: AllowlistIdentifierId) -> DeletedObject;

    /// Lists all identifiers of the block-list.
    ListBlocklistIdentifiers: GET "/blocklist_identifiers", idempotent, [401, 402];
    fn list_blocklist_identifiers() -> Page<BlocklistIdentifier>;

    /// Adds an identifier to the block-list, so that the owner of the identifier can neither sign
    /// up nor sign in.
    CreateBlocklistIdentifier: POST "/blocklist_identifiers", once = "Call [`list_blocklist_identifiers`](Self::list_blocklist_identifiers) to see whether the list contains the identifier.", [400, 402, 422], unsent = "the identifier is blank.";
    fn create_blocklist_identifier(request: CreateBlocklistIdentifierRequest) -> BlocklistIdentifier;

    /// Removes an identifier from the block-list.
    DeleteBlocklistIdentifier: DELETE "/blocklist_identifiers/{identifier_id}", idempotent, [
        402,
        404 = "the identifier is not in the list. If [`attempts`](crate::Error::attempts) is above 1, an earlier attempt most likely removed the identifier.",
    ];
    fn delete_blocklist_identifier(identifier_id: BlocklistIdentifierId) -> DeletedObject;
}

id! {
    /// The id of an identifier in the allow-list: `alid_…`.
    AllowlistIdentifierId
}

id! {
    /// The id of an identifier in the block-list: `blid_…`.
    BlocklistIdentifierId
}

params! {
    /// The limit and the offset of a list of allow-list identifiers.
    /// [`PageParams`](crate::requests::PageParams) converts into this type.
    AllowlistIdentifierListParams paged 500 as paginated {}
}

body! {
    /// The request body of
    /// [`create_allowlist_identifier`](crate::api::AllowlistBlocklistApi::create_allowlist_identifier).
    CreateAllowlistIdentifierRequest(has_allowed_identifier)
    required {
        /// The e-mail address, phone number or web3 wallet to add.
        identifier: String,
    } and {
        /// Whether Clerk sends an invitation to the identifier. If so, the identifier must be an
        /// e-mail address or a phone number. Clerk's default is no.
        notify: bool,
    }
}

#[inline]
fn has_allowed_identifier(request: &CreateAllowlistIdentifierRequest) -> Result<(), String> {
    not_blank("identifier", &request.identifier)
}

body! {
    /// The request body of
    /// [`create_blocklist_identifier`](crate::api::AllowlistBlocklistApi::create_blocklist_identifier).
    CreateBlocklistIdentifierRequest(has_blocked_identifier)
    required {
        /// The e-mail address, phone number or web3 wallet to add.
        identifier: String,
    } and {}
}

#[inline]
fn has_blocked_identifier(request: &CreateBlocklistIdentifierRequest) -> Result<(), String> {
    not_blank("identifier", &request.identifier)
}

model! {
    /// An identifier in the allow-list.
    AllowlistIdentifier("allowlist_identifier") {
        /// The id of the identifier.
        id: AllowlistIdentifierId,
        /// The id of the invitation; `None` if Clerk sent none.
        invitation_id: Option<InvitationId> = optional,
        /// The e-mail address, phone number or web3 wallet.
        identifier: String,
        /// The kind of identifier.
        identifier_type: AccessIdentifierType,
        /// The id of the instance.
        instance_id: InstanceId,
        /// The creation time.
        created_at: Timestamp,
        /// The time of the last change.
        updated_at: Timestamp,
    }
}

model! {
    /// An identifier in the block-list.
    BlocklistIdentifier("blocklist_identifier") {
        /// The id of the identifier.
        id: BlocklistIdentifierId,
        /// The e-mail address, e-mail domain, phone number or web3 wallet.
        identifier: String,
        /// The kind of identifier.
        identifier_type: AccessIdentifierType,
        /// The id of the instance.
        instance_id: InstanceId,
        /// The creation time.
        created_at: Timestamp,
        /// The time of the last change.
        updated_at: Timestamp,
    }
}

open_enum! {
    /// The kind of an identifier in the allow-list or the block-list.
    AccessIdentifierType {
        EmailAddress = "email_address",
        PhoneNumber = "phone_number",
        Web3Wallet = "web3_wallet",
    }
}

impl PageItem for AllowlistIdentifier {
    #[inline]
    fn key(&self) -> String {
        self.id.to_string()
    }
}
