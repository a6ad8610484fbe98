//! Tokens of machines: API keys, M2M tokens and OAuth access tokens.

pub(crate) mod fake_machine_token;
mod jwts;
mod tokens;
