//! Clerk's operations and their properties.

use http::Method;

/// An operation of Clerk's Backend API.
///
/// The extensions of each request contain its operation. A wrapper around a transport can use it to
/// label or count requests. The constants in [`operations`](crate::operations) are named after
/// Clerk's operationIds. [`OperationInfo::all`] lists the operations.
///
/// ```
/// use clerk_client::{OperationInfo, operations};
///
/// assert_eq!(operations::GetUser.method_name(), "get_user");
/// assert_eq!(OperationInfo::try_from("get_user")?, operations::GetUser);
/// # Ok::<(), clerk_client::UnknownOperation>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct OperationInfo {
    operation_id: &'static str,
    method_name: &'static str,
    method: Method,
    route: &'static str,
    idempotent: bool,
}

impl OperationInfo {
    pub(crate) const fn new(
        operation_id: &'static str,
        method_name: &'static str,
        method: Method,
        route: &'static str,
        idempotent: bool,
    ) -> Self {
        Self {
            operation_id,
            method_name,
            method,
            route,
            idempotent,
        }
    }

    /// Returns Clerk's operationId, such as `GetUser`, or `request` for
    /// [`Clerk::request`](crate::Clerk::request).
    #[must_use]
    pub fn operation_id(&self) -> &'static str {
        self.operation_id
    }

    /// Returns the name of the client's method, such as `get_user`.
    #[must_use]
    pub fn method_name(&self) -> &'static str {
        self.method_name
    }

    /// Returns the HTTP method.
    #[must_use]
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// Returns the path below the base URL as a template, such as `/users/{user_id}`.
    ///
    /// It is empty for [`Clerk::request`](crate::Clerk::request), because the client cannot
    /// distinguish ids from the rest of a custom path.
    #[must_use]
    pub fn route(&self) -> &'static str {
        self.route
    }

    pub(crate) const fn route_bytes(&self) -> &'static [u8] {
        self.route.as_bytes()
    }

    /// Whether repeating the operation has no further effect. If so, a retry is safe even if Clerk
    /// may have processed the first request.
    #[must_use]
    pub fn is_idempotent(&self) -> bool {
        self.idempotent
    }

    /// Describes a custom request. Only GET counts as idempotent.
    pub(crate) fn custom(method: Method) -> Self {
        let idempotent = method == Method::GET;
        Self::new("request", "request", method, "", idempotent)
    }

    pub(crate) fn set_idempotent(&mut self, idempotent: bool) {
        self.idempotent = idempotent;
    }
}
