//! The parameters and bodies of the operations on users.

pub(crate) mod create_user;
pub(crate) mod identification;
pub(crate) mod oauth_access_token_list_params;
pub(crate) mod organization_invitation_list_params;
pub(crate) mod password;
pub(crate) mod update_user;
pub(crate) mod user_filter;
pub(crate) mod user_ids;
pub(crate) mod user_list_params;
pub(crate) mod user_metadata;
pub(crate) mod user_order;
pub(crate) mod verify;

pub use create_user::{CreateUserRequest, IdentificationStatus, PasswordHasher};
pub use identification::{ReplaceUserEmailAddressRequest, ReplaceUserPhoneNumberRequest};
pub use oauth_access_token_list_params::OAuthAccessTokenListParams;
pub use organization_invitation_list_params::OrganizationInvitationListParams;
pub use password::{RemoveUserPasswordRequest, SetUserPasswordCompromisedRequest};
pub use update_user::UpdateUserRequest;
pub use user_filter::UserFilter;
pub use user_ids::UserIds;
pub use user_list_params::UserListParams;
pub use user_metadata::{ReplaceUserMetadataRequest, UpdateUserMetadataRequest};
pub use user_order::{UserOrder, UserOrderBy};
pub use verify::{VerifyPasswordRequest, VerifyTotpRequest};
