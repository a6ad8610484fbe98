//! The data of events: a variant for each event type.

use crate::api::organization_domains::OrganizationDomain;
use crate::api::organization_permissions::Permission;
use crate::api::organization_roles::Role;
use crate::api::sessions::Session;
use crate::api::users::models::user::User;
use crate::api::waitlist_entries::WaitlistEntry;
use crate::client::error::Error;
use crate::json::decode;
use crate::models::deleted_object::DeletedObject;
use crate::models::organization::Organization;
use crate::models::organization_invitation::OrganizationInvitation;
use crate::models::organization_membership::OrganizationMembership;
use crate::types::metadata::Metadata;
use crate::webhooks::message::{EmailMessage, SmsMessage};
use crate::webhooks::payment_attempt::PaymentAttemptEvent;
use crate::webhooks::subscription::{SubscriptionEvent, SubscriptionItemEvent};

/// Defines a variant for each event type.
macro_rules! events {
    ($($(#[$meta:meta])* $variant:ident = $event_type:literal: $data:ty,)+) => {
        /// The type and data of an event.
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum WebhookData {
            $(
                #[doc = concat!("`", $event_type, "`:")]
                $(#[$meta])*
                $variant($data),
            )+
            /// Any other event.
            Other(OtherData),
        }

        impl WebhookData {
            /// Every event type that has a variant.
            pub const EVENT_TYPES: &[&str] = &[$($event_type),+];

            /// Returns the event type in Clerk's spelling: `user.created` …
            #[must_use]
            pub fn event_type(&self) -> &str {
                match self {
                    $(Self::$variant(_) => $event_type,)+
                    Self::Other(other) => &other.event_type,
                }
            }

            /// Decodes the data of an event. Returns an error if the data does not have the form
            /// that belongs to the event's type.
            pub(crate) fn read(event_type: String, data: Metadata) -> Result<Self, (String, String)> {
                let json = data.as_json().as_bytes();
                let read = match &*event_type {
                    $($event_type => decode::body(json).map(Self::$variant),)+
                    _ => return Ok(Self::Other(OtherData { event_type, data })),
                };
                read.map_err(|message| (event_type, message))
            }

            pub(crate) fn to_json(&self) -> Result<Metadata, Error> {
                match self {
                    $(Self::$variant(data) => Metadata::from_serialize(data),)+
                    Self::Other(other) => Ok(other.data.clone()),
                }
            }
        }
    };
}

events! {
    /// an e-mail that Clerk sends, or asks you to send.
    EmailCreated = "email.created": Box<EmailMessage>,
    /// the organization after creation.
    OrganizationCreated = "organization.created": Box<Organization>,
    /// the organization after the change.
    OrganizationUpdated = "organization.updated": Box<Organization>,
    /// the id of the organization.
    OrganizationDeleted = "organization.deleted": DeletedObject,
    /// the domain after creation.
    OrganizationDomainCreated = "organizationDomain.created": Box<OrganizationDomain>,
    /// the domain after the change.
    OrganizationDomainUpdated = "organizationDomain.updated": Box<OrganizationDomain>,
    /// the id of the domain.
    OrganizationDomainDeleted = "organizationDomain.deleted": DeletedObject,
    /// the invitation after creation.
    OrganizationInvitationCreated = "organizationInvitation.created": Box<OrganizationInvitation>,
    /// the invitation, with the id of the user who accepted it.
    OrganizationInvitationAccepted = "organizationInvitation.accepted": Box<OrganizationInvitation>,
    /// the invitation after it was revoked.
    OrganizationInvitationRevoked = "organizationInvitation.revoked": Box<OrganizationInvitation>,
    /// the membership after creation.
    OrganizationMembershipCreated = "organizationMembership.created": Box<OrganizationMembership>,
    /// the membership after the change.
    OrganizationMembershipUpdated = "organizationMembership.updated": Box<OrganizationMembership>,
    /// the membership before it was deleted.
    OrganizationMembershipDeleted = "organizationMembership.deleted": Box<OrganizationMembership>,
    /// the payment attempt after creation.
    PaymentAttemptCreated = "paymentAttempt.created": Box<PaymentAttemptEvent>,
    /// the payment attempt after the change.
    PaymentAttemptUpdated = "paymentAttempt.updated": Box<PaymentAttemptEvent>,
    /// the permission after creation.
    PermissionCreated = "permission.created": Box<Permission>,
    /// the permission after the change.
    PermissionUpdated = "permission.updated": Box<Permission>,
    /// the id of the permission.
    PermissionDeleted = "permission.deleted": DeletedObject,
    /// the role after creation.
    RoleCreated = "role.created": Box<Role>,
    /// the role after the change.
    RoleUpdated = "role.updated": Box<Role>,
    /// the id of the role.
    RoleDeleted = "role.deleted": DeletedObject,
    /// the session after creation, with its user.
    SessionCreated = "session.created": Box<Session>,
    /// a session, with its user. The session becomes active when the user has completed its tasks.
    SessionPending = "session.pending": Box<Session>,
    /// the session after it ended, with its user.
    SessionEnded = "session.ended": Box<Session>,
    /// the session after the user signed out, with its user.
    SessionRemoved = "session.removed": Box<Session>,
    /// the session after it was revoked, with its user.
    SessionRevoked = "session.revoked": Box<Session>,
    /// a text message that Clerk sends, or asks you to send.
    SmsCreated = "sms.created": Box<SmsMessage>,
    /// the subscription after creation.
    SubscriptionCreated = "subscription.created": Box<SubscriptionEvent>,
    /// the subscription after the change.
    SubscriptionUpdated = "subscription.updated": Box<SubscriptionEvent>,
    /// the subscription after it became active.
    SubscriptionActive = "subscription.active": Box<SubscriptionEvent>,
    /// the subscription after a payment became overdue.
    SubscriptionPastDue = "subscription.pastDue": Box<SubscriptionEvent>,
    /// the item after it was abandoned.
    SubscriptionItemAbandoned = "subscriptionItem.abandoned": Box<SubscriptionItemEvent>,
    /// the item after it became active.
    SubscriptionItemActive = "subscriptionItem.active": Box<SubscriptionItemEvent>,
    /// the item after it was canceled.
    SubscriptionItemCanceled = "subscriptionItem.canceled": Box<SubscriptionItemEvent>,
    /// the item after it ended.
    SubscriptionItemEnded = "subscriptionItem.ended": Box<SubscriptionItemEvent>,
    /// an item whose free trial ends soon.
    SubscriptionItemFreeTrialEnding = "subscriptionItem.freeTrialEnding": Box<SubscriptionItemEvent>,
    /// an item whose first payment is missing.
    SubscriptionItemIncomplete = "subscriptionItem.incomplete": Box<SubscriptionItemEvent>,
    /// the item after a payment became overdue.
    SubscriptionItemPastDue = "subscriptionItem.pastDue": Box<SubscriptionItemEvent>,
    /// an item that starts after the current period.
    SubscriptionItemUpcoming = "subscriptionItem.upcoming": Box<SubscriptionItemEvent>,
    /// the item after the change.
    SubscriptionItemUpdated = "subscriptionItem.updated": Box<SubscriptionItemEvent>,
    /// the user after creation.
    UserCreated = "user.created": Box<User>,
    /// the user after the change.
    UserUpdated = "user.updated": Box<User>,
    /// the id of the user. According to Clerk's specification, the id may be `None`.
    UserDeleted = "user.deleted": DeletedObject,
    /// the entry after creation.
    WaitlistEntryCreated = "waitlistEntry.created": Box<WaitlistEntry>,
    /// the entry after the change.
    WaitlistEntryUpdated = "waitlistEntry.updated": Box<WaitlistEntry>,
}

/// The data of an event that has no variant in [`WebhookData`].
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct OtherData {
    /// The event type.
    pub event_type: String,
    /// The data as JSON text. Hidden from `Debug`.
    pub data: Metadata,
}

impl std::fmt::Debug for OtherData {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("OtherData").field(&self.event_type).finish()
    }
}
