//! Orders of users.

use std::cmp::Ordering;

use clerk_core::models::User;

use super::answer::Refusal;
use super::fake_user::FakeUser;

/// An order as the query has it: `-created_at`.
pub(super) struct Order<'a> {
    by: &'a str,
    descending: bool,
}

impl<'a> Order<'a> {
    pub(super) fn parse(text: Option<&'a str>) -> Result<Self, Refusal> {
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
            return Err(Refusal::param(
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

    pub(super) fn is_by_creation(&self) -> bool {
        self.by == "created_at"
    }

    pub(super) fn is_descending(&self) -> bool {
        self.descending
    }

    /// Users who are equal by the key are in the order of their creation, or in the reverse of it.
    pub(super) fn compare(&self, a: &FakeUser, b: &FakeUser) -> Ordering {
        let by_key = match self.by {
            "updated_at" => a.user.updated_at.cmp(&b.user.updated_at),
            "last_active_at" => a.user.last_active_at.cmp(&b.user.last_active_at),
            "last_sign_in_at" => a.user.last_sign_in_at.cmp(&b.user.last_sign_in_at),
            by => text(&a.user, by).cmp(&text(&b.user, by)),
        };
        let ascending = by_key.then(a.creation().cmp(&b.creation()));
        if self.descending {
            ascending.reverse()
        } else {
            ascending
        }
    }
}

fn text<'a>(user: &'a User, by: &str) -> Option<&'a str> {
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
