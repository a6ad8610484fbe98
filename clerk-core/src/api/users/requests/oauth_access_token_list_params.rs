use crate::requests::params::params;

params! {
    /// The limit and the offset of a list of a user's OAuth access tokens. A
    /// [`PageParams`](crate::requests::PageParams) converts into it.
    OAuthAccessTokenListParams paged 500 as paginated {}
}
