//! The orders of a list.

use std::cmp::Ordering;

use clerk_core::models::User;

use crate::fake::operations::response::ApiError;
use crate::fake::state::fake_user::FakeUser;

/// An order. In a query, it has the form `-created_at`.
pub(crate) struct Order<'a> {
    by: &'a str,
    descending: bool,
}

impl<'a> Order<'a> {
    pub(crate) fn parse(text: Option<&'a str>) -> Result<Self, ApiError> {
        let text = text.unwrap_or("-created_at");
        let by = text.trim_start_matches(['+', '-']);
        let known = [
            "created_at",
            "updated_at",
            "email_address",
            "web3wallet",
            "first_name",
            "last_name",
            "phone_number",
            "username",
            "last_active_at",
            "last_sign_in_at",
        ];
        if !known.contains(&by) {
            let message = format!("order_by must be one of {}.", known.join(", "));
            return Err(ApiError::param(
                "form_param_value_invalid",
                "order_by",
                &message,
            ));
        }
        Ok(Self {
            by,
            descending: text.starts_with('-'),
        })
    }

    pub(crate) fn is_by_creation(&self) -> bool {
        self.by == "created_at"
    }

    pub(crate) fn is_descending(&self) -> bool {
        self.descending
    }

    /// Compares two users. If their keys are equal, the order of creation decides.
    pub(crate) fn compare(&self, a: &FakeUser, b: &FakeUser) -> Ordering {
        let by_key = match self.by {
            "updated_at" => a.user.updated_at.cmp(&b.user.updated_at),
            "last_active_at" => a.user.last_active_at.cmp(&b.user.last_active_at),
            "last_sign_in_at" => a.user.last_sign_in_at.cmp(&b.user.last_sign_in_at),
            by => text(&a.user, by).cmp(&text(&b.user, by)),
        };
        let ascending = by_key.then(a.creation_order().cmp(&b.creation_order()));
        if self.descending {
            ascending.reverse()
        } else {
            ascending
        }
    }
}

/// Returns the text that users are ordered by, or `None` if the user has none.
pub(crate) fn text<'a>(user: &'a User, by: &str) -> Option<&'a str> {
    match by {
        "first_name" => user.first_name.as_deref(),
        "last_name" => user.last_name.as_deref(),
        "username" => user.username.as_deref(),
        "email_address" => {
            let primary = user.primary_email_address_id.as_ref()?;
            let address = user
                .email_addresses
                .iter()
                .find(|address| address.id == *primary)?;
            Some(&address.email_address)
        }
        "phone_number" => {
            let primary = user.primary_phone_number_id.as_ref()?;
            let phone = user
                .phone_numbers
                .iter()
                .find(|phone| phone.id == *primary)?;
            Some(&phone.phone_number)
        }
        _ => {
            let primary = user.primary_web3_wallet_id.as_ref()?;
            let wallet = user
                .web3_wallets
                .iter()
                .find(|wallet| wallet.id == *primary)?;
            Some(&wallet.web3_wallet)
        }
    }
}
