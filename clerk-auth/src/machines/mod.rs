//! The opaque tokens of machines, which the Backend API verifies.

pub(crate) mod answer;
pub(crate) mod backend;
pub(crate) mod machine_tokens;
