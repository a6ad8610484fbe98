//! What a call is told: filters, paging, and the bodies of writes.
//!
//! All are built by value, and only what was set is sent. What Clerk would refuse or misread is
//! refused by the call, before anything is sent.

pub(crate) mod body;
pub(crate) mod credits;
pub(crate) mod page_params;
pub(crate) mod patch;
pub(crate) mod profile_image;
pub(crate) mod rfc3339;

pub use credits::{AdjustCreditBalanceRequest, CreditAction};
pub use page_params::PageParams;
pub use patch::Patch;
pub use profile_image::ProfileImage;
pub use rfc3339::Rfc3339;

pub use crate::api::users::requests::*;
