//! What a call is told: filters, paging, and the bodies of writes.
//!
//! All are built by value, and only what was set is sent. What Clerk would refuse or misread is
//! refused by the call, before anything is sent.

#[macro_use]
mod body;
mod create_user;
mod page_params;
mod patch;
mod rfc3339;
mod update_user;
mod update_user_metadata;
mod user_filter;
mod user_list_params;
mod user_order;
mod verify;

pub(crate) use body::Body;
pub use create_user::{CreateUserRequest, IdentificationStatus, PasswordHasher};
pub use page_params::PageParams;
pub use patch::Patch;
pub use rfc3339::Rfc3339;
pub use update_user::UpdateUserRequest;
pub use update_user_metadata::UpdateUserMetadataRequest;
pub use user_filter::UserFilter;
pub use user_list_params::UserListParams;
pub use user_order::{UserOrder, UserOrderBy};
pub use verify::{VerifyPasswordRequest, VerifyTotpRequest};
