//! The orders in which users can be listed.

use clerk_core::models::User;

use crate::fake::operations::codes;
use crate::fake::operations::order::split;
use crate::fake::operations::response::ApiError;
use crate::fake::state::user_order::UserOrder;

/// The names of the orders. `None` is the order of creation.
const NAMES: [(&str, Option<UserOrder>); 10] = [
    ("created_at", None),
    ("updated_at", Some(UserOrder::UpdatedAt)),
    ("email_address", Some(UserOrder::EmailAddress)),
    ("web3wallet", Some(UserOrder::Web3Wallet)),
    ("first_name", Some(UserOrder::FirstName)),
    ("last_name", Some(UserOrder::LastName)),
    ("phone_number", Some(UserOrder::PhoneNumber)),
    ("username", Some(UserOrder::Username)),
    ("last_active_at", Some(UserOrder::LastActiveAt)),
    ("last_sign_in_at", Some(UserOrder::LastSignInAt)),
];

/// An order, such as the descending order `-created_at`.
pub(crate) struct Order {
    /// The property. `None` is the time of creation.
    pub(crate) by: Option<UserOrder>,
    pub(crate) is_descending: bool,
}

impl Order {
    pub(crate) const CREATION: Self = Self {
        by: None,
        is_descending: false,
    };

    pub(crate) fn parse(text: Option<&str>) -> Result<Self, ApiError> {
        let (by, is_descending) = split(text.unwrap_or("-created_at"));
        let Some((_, by)) = NAMES.iter().find(|(name, _)| *name == by) else {
            let names = NAMES.map(|(name, _)| name).join(", ");
            let message = format!("order_by must be one of {names}.");
            return Err(ApiError::param(
                codes::FORM_PARAM_VALUE_INVALID,
                "order_by",
                &message,
            ));
        };
        Ok(Self {
            by: *by,
            is_descending,
        })
    }
}

/// Returns the value of a text property of a user. `by` is the name of the property in `order_by`.
///
/// Returns `None` if the value is missing, or if no text property has this name.
pub(crate) fn text<'a>(user: &'a User, by: &str) -> Option<&'a str> {
    let (_, order) = NAMES.iter().find(|(name, _)| *name == by)?;
    (*order)?.text(user)
}
