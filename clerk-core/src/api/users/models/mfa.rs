use crate::json::model::model;
use crate::json::open_enum::open_enum;
use crate::types::id::UserId;

model! {
    /// The result of [`disable_mfa`](crate::UsersApi::disable_mfa).
    DisableMfaResponse {
        /// The id of the user.
        user_id: UserId,
    }
}

model! {
    /// The result of [`delete_totp`](crate::UsersApi::delete_totp).
    DeleteTotpResponse {
        /// The id of the user.
        user_id: UserId,
    }
}

model! {
    /// The result of [`delete_backup_code`](crate::UsersApi::delete_backup_code).
    DeleteBackupCodeResponse {
        /// The id of the user.
        user_id: UserId,
    }
}

model! {
    /// The result of [`verify_totp`](crate::UsersApi::verify_totp). If the code is wrong, the call
    /// returns an error with status 422 instead.
    VerifyTotpResponse {
        /// Whether the code was correct. In practice, this field is always true.
        verified: bool,
        /// The kind of the verified code.
        code_type: VerifyTotpCodeType,
    }
}

open_enum! {
    /// The kind of a verified code.
    VerifyTotpCodeType {
        Totp = "totp",
        BackupCode = "backup_code",
    }
}
