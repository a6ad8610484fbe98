//! Counts all, banned and active users.

use std::time::{Duration, SystemTime};

use clerk_client::requests::UserFilter;
use clerk_client::{Error, UsersApi};

/// The numbers of users.
#[derive(Debug, PartialEq, Eq)]
pub struct Census {
    /// The number of all users.
    pub users: i64,
    /// The number of banned users.
    pub banned: i64,
    /// The number of users who were active in the last 30 days.
    pub active: i64,
}

/// Counts the users. The last 30 days end at `now`.
pub async fn census(users: &UsersApi, now: SystemTime) -> Result<Census, Error> {
    let month_ago = now - Duration::from_secs(30 * 24 * 60 * 60);
    let count = async |filter| Ok::<_, Error>(users.get_users_count(filter).await?.total_count);
    Ok(Census {
        users: count(UserFilter::new()).await?,
        banned: count(UserFilter::new().banned(true)).await?,
        active: count(UserFilter::new().last_active_at_after(month_ago)).await?,
    })
}
