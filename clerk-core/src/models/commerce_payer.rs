use crate::json::model::model;
use crate::json::open_enum::open_enum;
use crate::models::commerce_money::CommerceMoney;
use crate::types::id::{OrganizationId, UserId};
use crate::types::timestamp::Timestamp;

model! {
    /// A payer: a user or an organization.
    ///
    /// An optional field is `None` if the payer has no such value.
    CommercePayer("commerce_payer") {
        /// The id of the payer.
        id: String,
        /// The id of the instance.
        instance_id: String,
        /// The id of the paying user; `None` if the payer is an organization.
        user_id: Option<UserId>,
        /// The user's first name.
        first_name: Option<String>,
        /// The user's last name.
        last_name: Option<String>,
        /// The user's e-mail address.
        email: Option<String>,
        /// The id of the paying organization; `None` if the payer is a user.
        organization_id: Option<OrganizationId>,
        /// The name of the paying organization; `None` if the payer is a user.
        organization_name: Option<String>,
        /// The URL of the payer's picture.
        image_url: Option<String> = optional,
        /// The payer's credit balance; `None` if the response does not include it.
        credits_balance: Option<CommerceMoney> = optional,
        /// The creation time.
        created_at: Option<Timestamp> = optional,
        /// The time of the last change.
        updated_at: Option<Timestamp> = optional,
    }
}

open_enum! {
    /// The type of a [`CommercePayer`].
    CommercePayerType {
        User = "user",
        Org = "org",
    }
}
