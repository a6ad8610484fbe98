//! How many users there are, and of which kind.

use std::time::{Duration, SystemTime};

use clerk_client::requests::UserFilter;
use clerk_client::{Error, UsersApi};

/// What there is to count.
#[derive(Debug, PartialEq, Eq)]
pub struct Census {
    /// All of them.
    pub users: i64,
    /// Who is banned.
    pub banned: i64,
    /// Who was active within the last 30 days.
    pub active: i64,
}

/// Counts, as of a time.
pub async fn census(users: &UsersApi, now: SystemTime) -> Result<Census, Error> {
    let month_ago = now - Duration::from_secs(30 * 24 * 60 * 60);
    let count = async |filter| Ok::<_, Error>(users.get_users_count(filter).await?.total_count);
    Ok(Census {
        users: count(UserFilter::new()).await?,
        banned: count(UserFilter::new().banned(true)).await?,
        active: count(UserFilter::new().last_active_at_after(month_ago)).await?,
    })
}
