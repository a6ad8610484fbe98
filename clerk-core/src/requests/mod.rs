//! What a call is told: filters, paging, and the bodies of writes.
//!
//! All are built by value, and only what was set is sent. What Clerk would refuse or misread is
//! refused by the call, before anything is sent.

#[macro_use]
mod body;
mod create_user;
mod credits;
mod identification;
mod organization_invitation_list_params;
mod page_params;
mod password;
mod patch;
mod profile_image;
mod rfc3339;
mod update_user;
mod user_filter;
mod user_ids;
mod user_list_params;
mod user_metadata;
mod user_order;
mod verify;

pub(crate) use body::Body;
pub use create_user::{CreateUserRequest, IdentificationStatus, PasswordHasher};
pub use credits::{AdjustCreditBalanceRequest, CreditAction};
pub use identification::{ReplaceUserEmailAddressRequest, ReplaceUserPhoneNumberRequest};
pub use organization_invitation_list_params::OrganizationInvitationListParams;
pub use page_params::PageParams;
pub use password::{RemoveUserPasswordRequest, SetUserPasswordCompromisedRequest};
pub use patch::Patch;
pub use profile_image::ProfileImage;
pub use rfc3339::Rfc3339;
pub use update_user::UpdateUserRequest;
pub use user_filter::UserFilter;
pub(crate) use user_ids::UserIds;
pub use user_list_params::UserListParams;
pub use user_metadata::{ReplaceUserMetadataRequest, UpdateUserMetadataRequest};
pub use user_order::{UserOrder, UserOrderBy};
pub use verify::{VerifyPasswordRequest, VerifyTotpRequest};
