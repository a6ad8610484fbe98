use crate::requests::params::params;

params! {
    /// The limit and the offset of a list of a user's OAuth access tokens.
    /// [`PageParams`](crate::requests::PageParams) converts into this type.
    OAuthAccessTokenListParams paged 500 as paginated {}
}
