use crate::requests::order::orders;

orders! {
    /// The properties by which users can be ordered.
    UserOrderBy, UserOrder {
        /// The time at which the user was created.
        CreatedAt = "created_at",
        /// The time at which the user was last changed.
        UpdatedAt = "updated_at",
        /// The primary e-mail address.
        EmailAddress = "email_address",
        /// The primary web3 wallet. In requests, this order is named `web3wallet`, but the filter
        /// is named `web3_wallet`.
        Web3Wallet = "web3wallet",
        /// The first name.
        FirstName = "first_name",
        /// The last name.
        LastName = "last_name",
        /// The primary phone number.
        PhoneNumber = "phone_number",
        /// The username.
        Username = "username",
        /// The time at which the user was last active.
        LastActiveAt = "last_active_at",
        /// The time at which the user last signed in.
        LastSignInAt = "last_sign_in_at",
    }
}
