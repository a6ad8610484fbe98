use crate::json::model::model;
use crate::json::open_enum::open_enum;
use crate::models::clerk_error::ClerkError;
use crate::types::timestamp::Timestamp;

model! {
    /// How far the verification of an identification is.
    ///
    /// One struct for all of Clerk's kinds of verification: a kind that Clerk adds is decoded like
    /// the others. Which fields are set depends on the kind.
    Verification {
        /// The kind of verification.
        object: VerificationObject,
        /// How far it is.
        status: VerificationStatus,
        /// How it is, or was, verified.
        strategy: VerificationStrategy,
        /// How often verification was tried.
        attempts: Option<i64>,
        /// When the attempt runs out.
        expire_at: Option<Timestamp>,
        /// The client that verified it.
        verified_at_client: Option<String> = optional,
        /// How a one-time code was delivered, such as `sms`.
        channel: Option<String> = optional,
        /// What a wallet or passkey has to sign.
        nonce: Option<String> = optional,
        /// The message that a wallet has to sign.
        message: Option<String> = optional,
        /// Where the provider's consent page is.
        external_verification_redirect_url: Option<String> = optional,
        /// Why it failed.
        error: Option<Box<ClerkError>> = optional,
    }
}

open_enum! {
    /// The kind of a [`Verification`].
    VerificationObject {
        Otp = "verification_otp",
        Admin = "verification_admin",
        FromOAuth = "verification_from_oauth",
        Ticket = "verification_ticket",
        Saml = "verification_saml",
        EmailLink = "verification_email_link",
        Scim = "verification_scim",
        Web3 = "verification_web3",
        Passkey = "verification_passkey",
        OAuth = "verification_oauth",
        GoogleOneTap = "verification_google_one_tap",
    }
}

open_enum! {
    /// How far a [`Verification`] is.
    VerificationStatus {
        Unverified = "unverified",
        Verified = "verified",
        Failed = "failed",
        Expired = "expired",
        Transferable = "transferable",
    }
}

open_enum! {
    /// How an identification is, or was, verified.
    ///
    /// The strategies of OAuth providers (`oauth_google`, `from_oauth_github`,
    /// `oauth_custom_acme` …) have no variants: there is one for each provider.
    VerificationStrategy {
        PhoneCode = "phone_code",
        EmailCode = "email_code",
        ResetPasswordEmailCode = "reset_password_email_code",
        Admin = "admin",
        Ticket = "ticket",
        Saml = "saml",
        EmailLink = "email_link",
        Scim = "scim",
        Web3MetamaskSignature = "web3_metamask_signature",
        Web3BaseSignature = "web3_base_signature",
        Web3CoinbaseWalletSignature = "web3_coinbase_wallet_signature",
        Web3OkxWalletSignature = "web3_okx_wallet_signature",
        Web3SolanaSignature = "web3_solana_signature",
        Passkey = "passkey",
        GoogleOneTap = "google_one_tap",
    }
}
