use crate::json::model::model;
use crate::json::open_enum::open_enum;
use crate::models::clerk_error::ClerkError;
use crate::types::id::VerificationId;
use crate::types::timestamp::Timestamp;

model! {
    /// The verification state of an identification.
    ///
    /// All of Clerk's kinds of verification have this type. Kinds that Clerk adds later can be
    /// decoded, too. The kind determines which of the optional fields are set; the others are
    /// `None`.
    Verification {
        /// The kind of verification.
        object: VerificationObject,
        /// The id of the verification. The request that checks a code requires this id. `None` if
        /// the verification is part of an identification.
        id: Option<VerificationId> = optional,
        /// The verification status.
        status: VerificationStatus,
        /// The verification strategy.
        strategy: VerificationStrategy,
        /// The number of attempts.
        attempts: Option<i64>,
        /// The time at which the verification attempt expires.
        expire_at: Option<Timestamp>,
        /// The id of the client that verified the identification.
        verified_at_client: Option<String> = optional,
        /// The channel of the one-time code, such as `sms`.
        channel: Option<String> = optional,
        /// The nonce that a wallet or passkey must sign.
        nonce: Option<String> = optional,
        /// The message that a wallet must sign.
        message: Option<String> = optional,
        /// The URL of the provider's consent page.
        external_verification_redirect_url: Option<String> = optional,
        /// The error of a failed verification.
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
    /// The status of a [`Verification`].
    VerificationStatus {
        Unverified = "unverified",
        Verified = "verified",
        Failed = "failed",
        Expired = "expired",
        Transferable = "transferable",
    }
}

open_enum! {
    /// The method of verifying an identification.
    ///
    /// The strategies of OAuth providers (`oauth_google`, `from_oauth_github`,
    /// `oauth_custom_acme` …) have no variants, because each provider has its own strategy.
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
