//! Looks up users by their e-mail addresses, concurrently on smol.

use clerk_client::{Error, User, UsersApi};

/// Looks up the user with each address. The results have the order of the addresses.
pub async fn look_up(
    users: &UsersApi,
    addresses: &[String],
) -> Vec<(String, Result<Option<User>, Error>)> {
    // A call borrows nothing, so it can run as a task.
    let tasks = addresses.iter().map(|address| {
        let call = users.find_user_by_email_address(address);
        (address.clone(), smol::spawn(call))
    });
    let mut found = Vec::new();
    for (address, task) in tasks.collect::<Vec<_>>() {
        found.push((address, task.await));
    }
    found
}

/// Returns a line of output about an address.
pub fn line(address: &str, found: &Result<Option<User>, Error>) -> String {
    match found {
        Ok(Some(user)) => {
            let name = user.full_name().unwrap_or_else(|| "no name".to_owned());
            // Users choose their own names, and control characters could send commands to the
            // terminal.
            let name = name.replace(char::is_control, "\u{fffd}");
            let banned = if user.banned { ", banned" } else { "" };
            let since = user.created_at;
            format!("{address}: {name} ({}), since {since}{banned}", user.id)
        }
        Ok(None) => format!("{address}: not found"),
        Err(error) => format!("{address}: {error}"),
    }
}
