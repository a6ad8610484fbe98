use serde_core::de::IgnoredAny;
use serde_core::{Deserialize, Deserializer, Serialize, Serializer};

/// The result of an operation whose response has no data.
///
/// It decodes from any JSON value, and from an empty or blank body. Use it with
/// [`Clerk::request`](crate::Clerk::request) for an endpoint whose response does not matter.
///
/// ```
/// # use clerk_client::{Error, User, http::Method, mock::FakeClerk};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Error> {
/// # let fake = FakeClerk::new();
/// # fake.add(User::new("user_1"));
/// # let clerk = fake.client();
/// use clerk_client::models::Done;
///
/// let _: Done = clerk.request(Method::DELETE, ["users", "user_1"]).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Done;

impl Serialize for Done {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_unit()
    }
}

impl<'de> Deserialize<'de> for Done {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_ignored_any(IgnoredAny)?;
        Ok(Self)
    }
}
