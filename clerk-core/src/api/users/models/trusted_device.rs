use crate::json::model::model;
use crate::json::open_enum::open_enum;
use crate::types::id::TrustedDeviceId;
use crate::types::timestamp::Timestamp;

model! {
    /// A device that a user trusts.
    TrustedDevice("trusted_device") required {
        /// The id of the device.
        id: TrustedDeviceId
    } and {
        /// What it runs.
        platform: TrustedDevicePlatform,
        /// The application that it was enrolled by.
        app_identifier: String,
        /// What the user calls it.
        name: Option<String>,
        /// The algorithm of its key.
        algorithm: TrustedDeviceAlgorithm,
        /// Whether it is still trusted.
        status: TrustedDeviceStatus,
        /// When it was enrolled.
        created_at: Timestamp,
        /// When it was last changed.
        updated_at: Timestamp,
        /// When it was last used; `None` where it never was.
        last_used_at: Option<Timestamp>,
        /// When it was revoked; `None` where it was not.
        revoked_at: Option<Timestamp>,
    }
}

open_enum! {
    /// What a [`TrustedDevice`] runs.
    TrustedDevicePlatform {
        Ios = "ios",
        Android = "android",
    }
}

open_enum! {
    /// The algorithm of a [`TrustedDevice`]'s key.
    TrustedDeviceAlgorithm {
        Es256 = "ES256",
    }
}

open_enum! {
    /// Whether a [`TrustedDevice`] is still trusted.
    TrustedDeviceStatus {
        Active = "active",
        Revoked = "revoked",
    }
}
