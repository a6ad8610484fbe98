//! The macros that define the operations of a tag in Clerk's API reference.

/// Defines the type whose methods are the operations of a tag. The names after the colon are the
/// modules that invoke `operations!` for the type: `self`, or submodules.
macro_rules! api {
    ($(#[$meta:meta])* $api:ident: $($module:ident),+ $(,)?) => {
        $(#[$meta])*
        /// - 401, [`is_unauthorized`](crate::Error::is_unauthorized): Clerk does not accept the
        ///   secret key.
        /// - 429, [`is_rate_limited`](crate::Error::is_rate_limited): Clerk received too many
        ///   requests for the instance. [`retry_after`](crate::Error::retry_after) tells how long
        ///   to wait.
        /// - 5xx, or [no response](crate::ErrorKind::Transport): a change may have taken effect. If
        ///   [`is_not_sent`](crate::Error::is_not_sent) is true, no change has taken effect.
        /// - The client sends no request if an id in the path is empty, is `.` or `..`, has a
        ///   control character, or names an endpoint, such as `count`. It also refuses a blank
        ///   filter. In the body, it refuses blank ids, blank enumeration values, and metadata or
        ///   claims that are not a JSON object. The documentation of an operation lists further
        ///   causes.
        pub struct $api<T = $crate::transport::DynTransport> {
            shared: std::sync::Arc<$crate::client::shared::Shared<T>>,
        }

        impl<T> $api<T> {
            pub(crate) fn new(shared: &std::sync::Arc<$crate::client::shared::Shared<T>>) -> Self {
                Self { shared: std::sync::Arc::clone(shared) }
            }
        }

        impl $api {
            /// The operations of the tag: one table per module.
            pub(crate) const TABLES: &'static [&'static [$crate::uri::operation::OperationInfo]] =
                &[$($module::operations::ALL),+];

            /// Passes a sample call of each operation to `visit`.
            #[cfg(feature = "_samples")]
            pub(crate) fn every(
                &self,
                sampler: &$crate::samples::Sampler,
                visit: &mut dyn FnMut($crate::api::sample_call::SampleCall),
            ) {
                $($module::every(self, sampler, visit);)+
            }
        }

        impl<T> Clone for $api<T> {
            fn clone(&self) -> Self {
                Self::new(&self.shared)
            }
        }

        impl<T: std::fmt::Debug> std::fmt::Debug for $api<T> {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($api))
                    .field("transport", &self.shared.transport)
                    .finish_non_exhaustive()
            }
        }
    };
}

/// Defines the operations of a module. Each entry has a summary, a line that describes the request,
/// and the signature of the method:
///
/// ```text
/// /// Returns a user.
/// GetUser: GET "/users/{user_id}", idempotent, [400, 401, 404];
/// fn get_user(user_id: UserId) -> User;
/// ```
///
/// - The request line has Clerk's operationId, the HTTP method, the route, `idempotent` or `once`,
///   and the error statuses. By default, the client does not retry a `once` operation after a lost
///   response.
/// - `404 = "text"` documents the cause of a status. `once = "text"` or `idempotent = "text"`
///   documents what to do after a lost response. `unsent = "text"` documents which requests the
///   client refuses to send.
/// - `in "Tag"` after the operationId names the operation's tag in Clerk's reference, if this tag
///   differs from the module's tag.
/// - The type of an argument decides where the argument is sent: an id in the path, parameters in
///   the query, and a request in the body. The method accepts any value that converts into the
///   type.
/// - `, all list_all(params)` adds a method that pages through the whole list by offset.
///
/// Each entry defines a method with its documentation, a constant in `operations`, and a sample
/// call.
macro_rules! operations {
    (
        $(#[$meta:meta])*
        impl $api:ident = $tag:literal;
        $(
            $(#[$ometa:meta])*
            $id:ident $(in $own_tag:literal)?: $method:ident $route:literal,
            $times:ident $(= $advice:literal)?,
            [$($status:tt $(= $cause:literal)?),* $(,)?] $(, unsent = $unsent:literal)?;
            fn $name:ident $arguments:tt -> $result:ident $(<$item:ty>)?
            $(, all $all:ident($page:ident))?;
        )+
    ) => {
        $(#[$meta])*
        impl<T: $crate::transport::HttpTransport> $api<T> {
            $(
                $crate::api::operations::method! {
                    $(#[$ometa])*
                    ///
                    /// # Errors
                    ///
                    #[doc = concat!(
                        $($crate::api::operations::refusal!($status $($cause)?),)*
                        $("- [`is_not_sent`](crate::Error::is_not_sent): the client sends no request if ", $unsent, "\n",)?
                        "- The [errors of every operation](Self#errors).\n\n",
                        $crate::api::operations::retried!($method $times $($advice)?),
                    )]
                    ///
                    #[doc = concat!(
                        "[Clerk's reference](https://clerk.com/docs/reference/backend-api/tag/",
                        $crate::api::operations::tag!($tag $($own_tag)?),
                        "#operation/", stringify!($id), ")"
                    )]
                    $api $id $route $name $arguments -> $result $(<$item>)?
                }
                $crate::api::operations::list_all! {
                    $name $arguments -> $result $(<$item>)?; $($all $page)?
                }
            )+
        }

        /// A constant for each operation.
        #[allow(non_upper_case_globals, reason = "the names are Clerk's operationIds")]
        pub(crate) mod operations {
            use $crate::uri::operation::OperationInfo;

            $(
                #[doc = concat!(
                    "`", stringify!($method), " ", $route, "`: [`", stringify!($name),
                    "`](crate::api::", stringify!($api), "::", stringify!($name), ")."
                )]
                pub const $id: OperationInfo = OperationInfo::new(
                    stringify!($id),
                    stringify!($name),
                    http::Method::$method,
                    $route,
                    $crate::api::operations::is_idempotent!($times),
                );
            )+

            pub(crate) const ALL: &[OperationInfo] = &[$($id),+];
        }

        #[cfg(feature = "_samples")]
        #[allow(deprecated, reason = "deprecated operations have samples, too")]
        pub(crate) fn every(
            api: &$api,
            sampler: &$crate::samples::Sampler,
            visit: &mut dyn FnMut($crate::api::sample_call::SampleCall),
        ) {
            $(if sampler.visits(stringify!($id)) {
                let (arguments, call) =
                    $crate::api::operations::sample!(api sampler $name $arguments);
                visit($crate::api::sample_call::SampleCall {
                    operation: operations::$id,
                    statuses: &[$($status),*],
                    arguments,
                    call: Box::new(call),
                });
            })+
        }
    };
}

macro_rules! method {
    (
        $(#[$meta:meta])*
        $api:ident $id:ident $route:literal
        $name:ident($($argument:ident: $type:ty),* $(,)?) -> $result:ty
    ) => {
        $(#[$meta])*
        #[inline]
        pub fn $name(
            &self $(, $argument: impl Into<$type>)*
        ) -> $crate::client::call::Call<$result, T> {
            const LENGTHS: u64 = $crate::uri::path::endpoint_lengths($route, <$api>::TABLES);
            $(let $argument: $type = $argument.into();)*
            $crate::client::call::Call::new(
                &self.shared,
                operations::$id,
                <$api>::TABLES,
                LENGTHS,
                &[$(&$argument),*],
            )
        }
    };
}

macro_rules! list_all {
    ($name:ident $arguments:tt -> $result:ty;) => {};
    (
        $name:ident($($argument:ident: $type:ty),* $(,)?) -> Page<$item:ty>;
        $all:ident $page:ident
    ) => {
        #[doc = concat!(
            "Returns a [`Pager`](crate::Pager) over everything that [`", stringify!($name),
            "`](Self::", stringify!($name), ") lists."
        )]
        ///
        /// The pager uses offsets. If items are added or removed between two pages, the pager may
        /// return some items twice and miss others.
        #[allow(deprecated, reason = "a deprecated list has a pager, too")]
        pub fn $all(
            &self $(, $argument: impl Into<$type>)*
        ) -> $crate::paging::pager::Pager<$item, T> {
            let api = self.clone();
            $(let $argument: $type = $argument.into();)*
            $crate::paging::by_offset::pager($page.clone(), move |$page| {
                api.$name($($argument.clone()),*)
            })
        }
    };
}

/// Creates a call with sample arguments. Returns the `Debug` output of the arguments, and the call.
#[cfg(feature = "_samples")]
macro_rules! sample {
    ($api:ident $sampler:ident $name:ident($($argument:ident: $type:ty),* $(,)?)) => {{
        $(let $argument: $type = $sampler.value(stringify!($argument));)*
        let arguments: &[String] = &[$(format!("{:?}", $argument)),*];
        (arguments.join(", "), $api.$name($($argument),*))
    }};
}

macro_rules! is_idempotent {
    (idempotent) => {
        true
    };
    (once) => {
        false
    };
}

macro_rules! tag {
    ($tag:literal) => {
        $tag
    };
    ($tag:literal $own_tag:literal) => {
        $own_tag
    };
}

/// Documents the cause of an error status. The statuses 402, 404, 409, 413 and 422 have a default
/// cause. Any other status without a cause is left out. The documentation of the type describes
/// 401, 429 and 5xx.
#[rustfmt::skip]
macro_rules! refusal {
    (402) => { $crate::api::operations::refusal!(402 "the instance's plan does not include the feature.") };
    (404) => { $crate::api::operations::refusal!(404 "the request refers to an object that does not exist.") };
    (409) => { $crate::api::operations::refusal!(409 "the request conflicts with another request, or with the current state of the object.") };
    (413) => { $crate::api::operations::refusal!(413 "the file is larger than 10 MB.") };
    (422) => { $crate::api::operations::refusal!(422 "a parameter or a field is invalid. [`for_param`](crate::Error::for_param) returns the errors of one of them.") };
    (404 $cause:literal) => { concat!("- 404, [`is_not_found`](crate::Error::is_not_found): ", $cause, "\n") };
    (409 $cause:literal) => { concat!("- 409, [`is_conflict`](crate::Error::is_conflict): ", $cause, "\n") };
    ($status:literal $cause:literal) => { concat!("- ", $status, ": ", $cause, "\n") };
    ($status:literal) => { "" };
}

/// Expands to the sentence that documents whether the operation is retried after a lost response.
#[rustfmt::skip]
macro_rules! retried {
    ($method:ident idempotent) => { "If the response is lost, the client retries the operation.\n" };
    ($method:ident idempotent $advice:literal) => { concat!("If the response is lost, the client retries the operation. ", $advice, "\n") };
    ($method:ident once) => { "If the response is lost, the client does not retry the operation.\n" };
    ($method:ident once $advice:literal) => { concat!("If the response is lost, the client does not retry the operation. ", $advice, "\n") };
}

#[cfg(feature = "_samples")]
pub(crate) use sample;
pub(crate) use {api, is_idempotent, list_all, method, operations, refusal, retried, tag};
