use crate::requests::params::params;
use crate::types::id::{OAuthProvider, OrganizationId, UserId};
use crate::types::timestamp::Timestamp;

/// Calls `$macro` with the tokens `$first` and the filters.
macro_rules! with_filters {
    ($macro:path; $($first:tt)*) => {
        $macro! {
            $($first)* {
                /// Users with one of these e-mail addresses.
                email_address: [String],
                /// Users with one of these phone numbers.
                phone_number: [String],
                /// Users with one of these usernames.
                username: [String],
                /// Users with one of these web3 wallet addresses.
                web3_wallet: [String],
                /// Users with one of these ids at the OAuth `provider`. Requires `provider`.
                provider_user_id: [String],
                /// Users with one of these external ids.
                external_id /
                /// Users with none of these external ids.
                exclude_external_id: [String],
                /// Users with one of these ids.
                user_id /
                /// Users with none of these ids.
                exclude_user_id: [UserId],
                /// Users who are members of one of these organizations.
                organization_id /
                /// Users who are members of none of these organizations.
                exclude_organization_id: [OrganizationId],
                /// Users with this text in an e-mail address, a phone number, the username, a web3
                /// wallet, the id, the first name or the last name.
                query: String,
                /// Users with this text in an e-mail address, ignoring case.
                email_address_query: String,
                /// Users with this text in a phone number, such as `555`.
                phone_number_query: String,
                /// Users with this text in the username, ignoring case.
                username_query: String,
                /// Users with this text in the first or last name, ignoring case.
                name_query: String,
                /// The OAuth provider of `provider_user_id`. Requires `provider_user_id`.
                provider: OAuthProvider,
                /// Users who are banned (`true`), or users who are not banned (`false`).
                banned: bool,
                /// Users who were last active before this time.
                last_active_at_before: Timestamp,
                /// Users who were last active after this time.
                last_active_at_after: Timestamp,
                /// Users who have been active since this time. Deprecated by Clerk in favour of
                /// `last_active_at_after`.
                last_active_at_since: Timestamp,
                /// Users who were created before this time.
                created_at_before: Timestamp,
                /// Users who were created after this time.
                created_at_after: Timestamp,
                /// Users who last signed in before this time.
                last_sign_in_at_before: Timestamp,
                /// Users who last signed in after this time.
                last_sign_in_at_after: Timestamp,
            }
        }
    };
}

pub(crate) use with_filters;

with_filters! {
    params;
    /// The filters of users. [`get_users_count`](crate::UsersApi::get_users_count) accepts them
    /// directly. [`get_user_list`](crate::UsersApi::get_user_list) accepts them as part of
    /// [`UserListParams`](crate::requests::UserListParams).
    ///
    /// Without filters, all users match. The client rejects an empty list or a blank text, because
    /// Clerk would ignore such a filter. Clerk accepts up to 100 values in a list. A list and its
    /// `exclude_…` list share this limit. A value that no user has causes no error. Setting a
    /// filter again replaces its value.
    ///
    /// Clerk's specification does not say how Clerk combines filters by two identifiers, such as
    /// `email_address` and `phone_number`. Clerk may return the users that match both filters, or
    /// the users that match one of them. To avoid this ambiguity, send one request for each
    /// identifier.
    ///
    /// For [`get_users_count`](crate::UsersApi::get_users_count), the specification documents the
    /// effect of `exclude_organization_id`, but not of `exclude_user_id` and `exclude_external_id`.
    /// With these two filters, the count may be wrong. For an exact number, count the users of a
    /// list.
    ///
    /// ```
    /// use clerk_client::requests::UserFilter;
    ///
    /// let filter = UserFilter::new()
    ///     .organization_id(["org_1", "org_2"])
    ///     .exclude_user_id(["user_3"])
    ///     .banned(false);
    /// ```
    UserFilter(provider_and_ids)
}

#[inline]
fn provider_and_ids(filter: &UserFilter) -> Result<(), String> {
    match (&filter.provider, &filter.provider_user_id) {
        (Some(_), None) => Err("invalid provider: it requires provider_user_id".to_owned()),
        (None, Some(_)) => Err("invalid provider_user_id: it requires provider".to_owned()),
        _ => Ok(()),
    }
}
