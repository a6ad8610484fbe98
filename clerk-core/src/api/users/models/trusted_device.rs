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
        /// The platform of the device.
        platform: TrustedDevicePlatform,
        /// The id of the application that enrolled the device.
        app_identifier: String,
        /// The name of the device; `None` if the device has no name.
        name: Option<String>,
        /// The algorithm of the device's key.
        algorithm: TrustedDeviceAlgorithm,
        /// The status of the device.
        status: TrustedDeviceStatus,
        /// The time of enrolment.
        created_at: Timestamp,
        /// The time of the last change.
        updated_at: Timestamp,
        /// The time of the last use; `None` if the device has never been used.
        last_used_at: Option<Timestamp>,
        /// The time of revocation; `None` if the device has not been revoked.
        revoked_at: Option<Timestamp>,
    }
}

open_enum! {
    /// The platform of a [`TrustedDevice`].
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
    /// The status of a [`TrustedDevice`].
    TrustedDeviceStatus {
        Active = "active",
        Revoked = "revoked",
    }
}
