//! Clerk's catalogue of error codes.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde_json::Value;

/// The codes with their statuses, if the catalogue is available.
static CATALOGUE: LazyLock<Option<HashSet<(String, u16)>>> = LazyLock::new(|| {
    // The first two columns are the code and the status. The columns are separated by tabs.
    let path = std::env::var("CLERK_ERROR_CODES").ok()?;
    let text = std::fs::read_to_string(path).unwrap();
    let entry = |mut columns: std::str::Split<'_, char>| {
        Some((columns.next()?.to_owned(), columns.next()?.parse().ok()?))
    };
    let lines = text.lines().map(|line| line.split('\t'));
    Some(lines.filter_map(entry).collect())
});

/// Asserts that the catalogue has the code and the status of each error of a response.
///
/// `fake_not_modelled` is the fake's own code. Clerk responds to invalid parameters of operations
/// on machine tokens with 400 in place of 422. So with `of_machine_tokens`, a code that the
/// catalogue lists with 422 may come with 400.
pub(crate) fn assert_in_catalogue(status: u16, body: &Value, of_machine_tokens: bool) {
    let Some(catalogue) = &*CATALOGUE else { return };
    for error in body["errors"].as_array().into_iter().flatten() {
        let code = error["code"].as_str().unwrap_or_default();
        let has = |status| catalogue.contains(&(code.to_owned(), status));
        let known = match status {
            501 => code == "fake_not_modelled",
            400 if of_machine_tokens => has(400) || has(422),
            _ => has(status),
        };
        assert!(known, "not in the catalogue: {status} {code}\n{body:#}");
    }
}

/// Whether the operations of this path are on API keys, M2M tokens or OAuth access tokens.
pub(crate) fn is_of_machine_tokens(path: &str) -> bool {
    path.contains("/api_keys")
        || path.contains("/m2m_tokens")
        || path.contains("/oauth_applications/access_tokens")
}
