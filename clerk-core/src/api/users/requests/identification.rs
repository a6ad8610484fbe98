use crate::requests::body::body;

use crate::api::users::requests::create_user::IdentificationStatus;

body! {
    /// The one e-mail address that a user is to have: the body of
    /// [`replace_user_email_address`](crate::UsersApi::replace_user_email_address).
    ReplaceUserEmailAddressRequest(has_address)
    required {
        /// The address.
        email_address: String,
    } and {
        /// How it is created. Clerk's default: verified.
        identification_status: IdentificationStatus,
        /// Whether to tell the user, at the address that was the primary one, that it changed.
        /// Clerk's default: no.
        notify_primary_email_address_changed / clear_notify_primary_email_address_changed: bool,
    }
}

fn has_address(request: &ReplaceUserEmailAddressRequest) -> Result<(), String> {
    not_blank("email_address", &request.email_address)
}

body! {
    /// The one phone number that a user is to have: the body of
    /// [`replace_user_phone_number`](crate::UsersApi::replace_user_phone_number).
    ReplaceUserPhoneNumberRequest(has_number)
    required {
        /// The number in E.164 form: `+15551234567`.
        phone_number: String,
    } and {
        /// How it is created. Clerk's default: verified.
        identification_status: IdentificationStatus,
    }
}

fn has_number(request: &ReplaceUserPhoneNumberRequest) -> Result<(), String> {
    not_blank("phone_number", &request.phone_number)
}

fn not_blank(name: &str, value: &str) -> Result<(), String> {
    if value.trim().is_empty() {
        return Err(format!("{name} is blank"));
    }
    Ok(())
}

/// A request that says no more than its value.
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
