//! Sample calls of operations, and the tags of Clerk's reference.

use std::fmt::Debug;
use std::future::Future;
use std::pin::Pin;

use serde_core::Serialize;
use serde_core::de::DeserializeOwned;
use serde_json::Value;

use crate::client::call::Call;
use crate::client::error::Error;
use crate::transport::{HttpRequest, HttpTransport};
use crate::uri::operation::OperationInfo;

/// A tag of Clerk's reference, which groups operations. Tests of the documentation use this type.
pub struct Tag {
    /// The name of the method of `Clerk` that returns the operations.
    pub accessor: &'static str,
    /// The name of the type whose methods are the operations.
    pub api: &'static str,
    /// The documentation of the method that `accessor` names.
    pub doc: &'static str,
    /// The operations of the tag.
    pub operations: Vec<OperationInfo>,
}

/// An operation, and a sample call of the operation.
pub struct SampleCall {
    /// The operation.
    pub operation: OperationInfo,
    /// The HTTP error statuses that the operation documents.
    pub statuses: &'static [u16],
    /// The `Debug` output of the arguments.
    pub arguments: String,
    /// The call.
    pub call: Box<dyn AnyCall>,
}

/// A call with a result of any type.
pub trait AnyCall {
    /// Sends the request.
    fn send(self: Box<Self>) -> Sending;

    /// Returns the request.
    ///
    /// # Errors
    ///
    /// Returns an error if the request is invalid.
    fn into_request(self: Box<Self>) -> Result<HttpRequest, Error>;
}

/// The future of a call that is being sent.
pub type Sending = Pin<Box<dyn Future<Output = Result<Printed, Error>> + Send>>;

/// A result as JSON and as `Debug` output.
#[derive(Debug, Clone)]
pub struct Printed {
    /// The result as JSON.
    pub json: Value,
    /// The `Debug` output of the result.
    pub debug: String,
}

#[doc(hidden)]
impl<R, T> AnyCall for Call<R, T>
where
    R: DeserializeOwned + Serialize + Debug + Send + 'static,
    T: HttpTransport,
{
    fn send(self: Box<Self>) -> Sending {
        Box::pin(async move {
            let result = self.await?;
            Ok(Printed {
                json: serde_json::to_value(&result).unwrap_or_default(),
                debug: format!("{result:?}"),
            })
        })
    }

    fn into_request(self: Box<Self>) -> Result<HttpRequest, Error> {
        Self::into_request(*self)
    }
}
