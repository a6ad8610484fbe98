//! OAuth access tokens of a user.

use clerk_core::models::OAuthAccessToken;

use crate::fake::operations::codes;
use crate::fake::operations::query::{Pairs, listed};
use crate::fake::operations::response::{ApiError, ApiResult};
use crate::fake::operations::users::lookup::find;
use crate::fake::state::world::World;

pub(crate) fn get_o_auth_access_token(
    world: &World,
    id: &str,
    provider: &str,
    query: Pairs<'_>,
) -> ApiResult {
    // Clerk accepts the provider with and without the prefix `oauth_`.
    let name = |provider: &str| provider.trim_start_matches("oauth_").to_owned();
    let of_provider = |token: &&OAuthAccessToken| name(token.provider.as_str()) == name(provider);
    let user = find(world, id)?;
    let enabled = world.settings.oauth_providers.as_ref();
    if enabled.is_some_and(|all| all.iter().all(|of| name(of) != name(provider))) {
        let message = format!("The OAuth provider {provider} is not enabled.");
        return Err(ApiError::new(
            codes::OAUTH_TOKEN_PROVIDER_NOT_ENABLED,
            &message,
        ));
    }
    let tokens: Vec<_> = user.tokens.iter().filter(of_provider).collect();
    listed(&tokens, query)
}
