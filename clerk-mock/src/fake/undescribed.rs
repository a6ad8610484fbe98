//! Operations of Clerk's SDKs that Clerk's current specification does not describe.

/// The operations without a method in `clerk-core` that the fake does not model: the method and the
/// route of each. A part of a route in braces stands for any text without a slash.
const NOT_MODELLED: [&str; 10] = [
    "POST /accountless_applications",
    "POST /accountless_applications/complete",
    "POST /agent_actions",
    "POST /beta_features/change_domain",
    "GET /clients/handshake_payload",
    "GET /commerce/plans",
    "GET /commerce/subscription_items",
    "DELETE /commerce/subscription_items/{subscription_item_id}",
    "GET /public/interstitial",
    "POST /sessions/{session_id}/verify",
];

/// Returns the method and the route of the operation with this method and path. Returns `None` if
/// [`NOT_MODELLED`] has no such operation.
pub(crate) fn not_modelled(method: &str, path: &str) -> Option<&'static str> {
    let path = path.strip_prefix("/v1").unwrap_or(path);
    NOT_MODELLED.into_iter().find(|operation| {
        let route = operation.strip_prefix(method);
        let route = route.and_then(|route| route.strip_prefix(' '));
        route.is_some_and(|route| matches(route, path))
    })
}

fn matches(route: &str, path: &str) -> bool {
    let (names, segments) = (route.split('/'), path.split('/'));
    names.clone().count() == segments.clone().count()
        && names
            .zip(segments)
            .all(|(name, segment)| name.starts_with('{') || name == segment)
}
