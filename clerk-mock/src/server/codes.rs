//! The error codes of the served fake that Clerk does not have. They are for the paths below
//! `/__clerk_mock/`, for worlds, and for a body that is too large or cannot be read.

use clerk_core::http::StatusCode;

use crate::fake::operations::codes::Code;

pub(crate) const BODY_TOO_LARGE: Code = code(StatusCode::PAYLOAD_TOO_LARGE, "body_too_large");
pub(crate) const BODY_UNREADABLE: Code = code(StatusCode::BAD_REQUEST, "body_unreadable");
pub(crate) const METHOD_NOT_ALLOWED: Code =
    code(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed");
pub(crate) const SAVE_FAILED: Code = code(StatusCode::INTERNAL_SERVER_ERROR, "save_failed");
pub(crate) const SAVE_FILE_MISSING: Code = code(StatusCode::BAD_REQUEST, "save_file_missing");
pub(crate) const SEED_INVALID: Code = code(StatusCode::UNPROCESSABLE_ENTITY, "seed_invalid");
pub(crate) const TOO_MANY_FAULTS: Code = code(StatusCode::UNPROCESSABLE_ENTITY, "too_many_faults");
pub(crate) const TOO_MANY_WORLDS: Code = code(StatusCode::INSUFFICIENT_STORAGE, "too_many_worlds");
pub(crate) const WORLD_NAME_INVALID: Code =
    code(StatusCode::UNPROCESSABLE_ENTITY, "world_name_invalid");

const fn code(status: StatusCode, name: &'static str) -> Code {
    Code {
        name,
        status,
        message: None,
    }
}
