use crate::requests::body::{body, not_blank};

use crate::api::users::requests::create_user::IdentificationStatus;

body! {
    /// The request body of
    /// [`replace_user_email_address`](crate::UsersApi::replace_user_email_address). A string
    /// with the new address converts into this type.
    ReplaceUserEmailAddressRequest(has_address)
    required {
        /// The new address.
        email_address: String,
    } and {
        /// The status of the new address. Clerk's default is verified.
        identification_status: IdentificationStatus,
        /// Whether Clerk notifies the previous primary address if the primary address changes.
        /// Clerk's default is no.
        notify_primary_email_address_changed / clear_notify_primary_email_address_changed: bool,
    }
}

#[inline]
fn has_address(request: &ReplaceUserEmailAddressRequest) -> Result<(), String> {
    not_blank("email_address", &request.email_address)
}

body! {
    /// The request body of
    /// [`replace_user_phone_number`](crate::UsersApi::replace_user_phone_number). A string with
    /// the new number converts into this type.
    ReplaceUserPhoneNumberRequest(has_number)
    required {
        /// The new number in E.164 format, such as `+15551234567`.
        phone_number: String,
    } and {
        /// The status of the new number. Clerk's default is verified.
        identification_status: IdentificationStatus,
    }
}

#[inline]
fn has_number(request: &ReplaceUserPhoneNumberRequest) -> Result<(), String> {
    not_blank("phone_number", &request.phone_number)
}

/// Implements `From` for requests that have one required value.
macro_rules! from_value {
    ($($name:ident),+) => {
        $(impl<T: Into<String>> From<T> for $name {
            fn from(value: T) -> Self {
                Self::new(value)
            }
        })+
    };
}

from_value!(
    ReplaceUserEmailAddressRequest,
    ReplaceUserPhoneNumberRequest
);
