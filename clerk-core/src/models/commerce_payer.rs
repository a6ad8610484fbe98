use crate::json::model::model;
use crate::models::commerce_money::CommerceMoney;
use crate::types::id::{OrganizationId, UserId};
use crate::types::timestamp::Timestamp;

model! {
    /// Who pays: a user or an organization.
    CommercePayer("commerce_payer") {
        /// The id of the payer.
        id: String,
        /// The instance.
        instance_id: String,
        /// The user who pays.
        user_id: Option<UserId>,
        /// The user's first name.
        first_name: Option<String>,
        /// The user's last name.
        last_name: Option<String>,
        /// The user's e-mail address.
        email: Option<String>,
        /// The organization that pays.
        organization_id: Option<OrganizationId>,
        /// What the organization is called.
        organization_name: Option<String>,
        /// Where the payer's picture is.
        image_url: Option<String> = optional,
        /// The credit that the payer has.
        credits_balance: Option<CommerceMoney> = optional,
        /// When it was created.
        created_at: Option<Timestamp> = optional,
        /// When it was last changed.
        updated_at: Option<Timestamp> = optional,
    }
}
