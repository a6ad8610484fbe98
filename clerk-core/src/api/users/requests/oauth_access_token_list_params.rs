use crate::requests::params::params;

params! {
    /// The part of a user's OAuth access tokens to list. [`PageParams`](crate::requests::PageParams)
    /// convert into it.
    OAuthAccessTokenListParams paged 500 as paginated {}
}
