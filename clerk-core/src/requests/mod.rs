//! Request parameters and bodies.
//!
//! All are built by value, and only what was set is sent. A call refuses what Clerk would refuse or
//! misread, before anything is sent.
//!
//! The types of a single tag are defined beside its operations.

pub(crate) mod argument;
pub(crate) mod body;
pub(crate) mod credits;
pub(crate) mod order;
pub(crate) mod page_params;
pub(crate) mod parameter;
pub(crate) mod params;
pub(crate) mod parts;
pub(crate) mod patch;
pub(crate) mod profile_image;
pub(crate) mod rfc3339;

pub use credits::{AdjustCreditBalanceRequest, CreditAction};
pub use order::Order;
pub use page_params::PageParams;
pub use patch::Patch;
pub use profile_image::ProfileImage;
pub use rfc3339::Rfc3339;

pub use crate::api::users::requests::*;
