use crate::requests::params::params;

params! {
    /// The part of the list of a user's OAuth access tokens.
    /// [`PageParams`](crate::requests::PageParams) convert into it.
    OAuthAccessTokenListParams paged 500 as paginated {}
}
