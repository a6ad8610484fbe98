//! The name of a world, and its place in a request. A world is one instance of Clerk.

use std::fmt;

use clerk_core::http::{Request, Uri};

use crate::fake::operations::response::ApiError;
use crate::server::codes;

/// The header with the name of a world.
const HEADER: &str = "x-clerk-mock-world";

/// The prefix of a path that contains the name of a world.
const PREFIX: &str = "/__clerk_mock/worlds/";

/// The maximum length of a name.
const MAX_LENGTH: usize = 100;

/// The name of a world: 1 to 100 letters, digits, dots, underscores and hyphens.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct WorldName(Box<str>);

impl WorldName {
    /// Checks a name. An error names `param`, the part of the request that contains the name.
    pub(crate) fn read(name: &str, param: &str) -> Result<Self, ApiError> {
        let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
        // HTTP clients remove `.` and `..` from paths.
        if (1..=MAX_LENGTH).contains(&name.len())
            && name.bytes().all(is_part)
            && !matches!(name, "." | "..")
        {
            return Ok(Self(name.into()));
        }
        let message = format!(
            "The name of a world must have 1 to {MAX_LENGTH} letters, digits, dots, underscores \
             and hyphens, and not be \".\" or \"..\"."
        );
        Err(ApiError::param(codes::WORLD_NAME_INVALID, param, &message))
    }

    /// Returns the name of the world in the path or in the header, and removes the name from the
    /// path. `None` means the unnamed world.
    pub(crate) fn take<T>(request: &mut Request<T>) -> Result<Option<Self>, ApiError> {
        let header = request.headers().get(HEADER);
        // A header that is not ASCII is an invalid name, too.
        let header = header.map(|name| Self::read(name.to_str().unwrap_or_default(), HEADER));
        let header = header.transpose()?;
        let Some((name, path)) = split(request.uri()) else {
            return Ok(header);
        };
        let name = Self::read(name, "name")?;
        if header.is_some_and(|header| header != name) {
            let message = "The header and the path name different worlds.";
            return Err(ApiError::param(codes::WORLD_NAME_INVALID, HEADER, message));
        }
        *request.uri_mut() = path;
        Ok(Some(name))
    }
}

impl fmt::Display for WorldName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Splits `/__clerk_mock/worlds/name/v1/users?limit=1` into the name and `/v1/users?limit=1`.
fn split(uri: &Uri) -> Option<(&str, Uri)> {
    let rest = uri.path_and_query()?.as_str().strip_prefix(PREFIX)?;
    let (name, _) = rest.split_once('/')?;
    let path = rest.get(name.len()..)?;
    if name.contains('?') {
        return None;
    }
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(path.parse().ok()?);
    Some((name, Uri::from_parts(parts).ok()?))
}
