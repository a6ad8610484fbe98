//! Walks all operations of the client and prints, a line each, what was asked and what came back.
//!
//! Without configuration it runs against a Clerk in memory. With `CLERK_SECRET_KEY` it runs over
//! HTTPS against Clerk (`CLERK_BASE_URL` overrides where), and only reads, unless
//! `CLERK_ALLOW_WRITES=1`: then it also makes a user, changes it, and deletes it again.

use std::env;
use std::error::Error;
use std::fmt::Display;
use std::process::ExitCode;

use clerk_client::mock::{FakeClerk, totp_code};
use clerk_client::models::{OAuthAccessToken, Organization, OrganizationMembership};
use clerk_client::{
    Clerk, CreateUserRequest, PageParams, SecretKey, Timestamp, TokioTransport,
    UpdateUserMetadataRequest, UpdateUserRequest, User, UserFilter, UserListParams, UserOrderBy,
    UsersApi, ids::UserId,
};
use serde_json::json;

/// The secret of an authenticator app, made up for the user that the walk creates.
const TOTP_SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn Error>> {
    if env::var_os(SecretKey::ENV).is_none() {
        println!("No {} is set: this is a Clerk in memory.\n", SecretKey::ENV);
        let fake = FakeClerk::new();
        let users = fake.client().users();
        seed(&fake);
        read(&users).await?;
        write(&users, || fake.time()).await?;
        println!(
            "\n{} requests were made, none of them over a network.",
            fake.requests().len()
        );
        return Ok(());
    }

    let mut builder = Clerk::builder(TokioTransport::new()?, SecretKey::from_env()?);
    if let Ok(url) = env::var("CLERK_BASE_URL") {
        builder = builder.base_url(url);
    }
    let users = builder.build()?.users();
    read(&users).await?;
    if env::var("CLERK_ALLOW_WRITES").is_ok_and(|allowed| allowed == "1") {
        write(&users, || std::time::SystemTime::now().into()).await?;
    } else {
        println!(
            "\nThat was all that only reads. CLERK_ALLOW_WRITES=1 makes, changes and deletes a user, too."
        );
    }
    Ok(())
}

/// The operations that change nothing, on the users that are there.
async fn read(users: &UsersApi) -> Result<(), Box<dyn Error>> {
    let count = users.get_users_count(UserFilter::new()).await?;
    line(
        "get_users_count",
        "everybody",
        format!("{} users", count.total_count),
    );

    let newest = UserListParams::new()
        .order_by(UserOrderBy::CreatedAt.descending())
        .limit(3);
    let page = users.get_user_list(newest).await?;
    let names: Vec<String> = page.iter().map(name).collect();
    line("get_user_list", "the 3 newest", names.join(", "));

    let Some(first) = page.first() else {
        println!("There are no users yet, so there is nothing more to read.");
        return Ok(());
    };
    let user = users.get_user(&first.id).await?;
    line(
        "get_user",
        &user.id,
        format!("{}, created {}", name(&user), user.created_at),
    );

    let memberships = users
        .users_get_organization_memberships(&user.id, PageParams::new().limit(100))
        .await?;
    let total = memberships.total_count.unwrap_or_default();
    let roles = memberships
        .data
        .iter()
        .map(|membership| format!("{} in {}", membership.role, membership.organization.name));
    let roles: Vec<String> = roles.collect();
    line(
        "users_get_organization_memberships",
        &user.id,
        format!("{total}: [{}]", roles.join(", ")),
    );

    let tokens = users
        .get_o_auth_access_token(&user.id, "oauth_google", PageParams::new())
        .await;
    match tokens {
        Ok(tokens) => {
            let shown: Vec<String> = tokens
                .data
                .iter()
                .map(|token| format!("{:?} for {}", token.token, token.provider_user_id))
                .collect();
            line(
                "get_o_auth_access_token",
                &user.id,
                format!("{}: [{}]", shown.len(), shown.join(", ")),
            );
        }
        // Not every instance has the provider.
        Err(error) if error.status().is_some() => line("get_o_auth_access_token", &user.id, error),
        Err(error) => return Err(error.into()),
    }
    Ok(())
}

/// The operations that change something, on a user that is made here and deleted again.
async fn write(users: &UsersApi, now: impl Fn() -> Timestamp) -> Result<(), Box<dyn Error>> {
    let unique = now().as_millis();
    let password = format!("correct horse {unique}");
    let request = CreateUserRequest::new()
        .email_address([format!("grace+{unique}@example.com")])
        .first_name("Grace")
        .password(&password)
        .totp_secret(TOTP_SECRET);
    let user = users.create_user(request).await?;
    line("create_user", "grace+…@example.com", &user.id);
    let changed = change(users, &user.id, &password, &now).await;

    let deleted = users.delete_user(&user.id).await?;
    line(
        "delete_user",
        &user.id,
        format!("deleted: {}", deleted.deleted),
    );
    changed
}

async fn change(
    users: &UsersApi,
    id: &UserId,
    password: &str,
    now: impl Fn() -> Timestamp,
) -> Result<(), Box<dyn Error>> {
    let updated = users
        .update_user(id, UpdateUserRequest::new().last_name("Hopper"))
        .await?;
    line("update_user", "last_name Hopper", name(&updated));

    let plan = UpdateUserMetadataRequest::new().public_metadata(json!({ "plan": "pro" }));
    let updated = users.update_user_metadata(id, plan).await?;
    line(
        "update_user_metadata",
        "plan pro",
        updated.public_metadata.as_json(),
    );

    let verified = users.verify_password(id, password).await?;
    line(
        "verify_password",
        "the right one",
        format!("verified: {}", verified.verified),
    );
    match users.verify_password(id, "a wrong one").await {
        Ok(verified) => line(
            "verify_password",
            "a wrong one",
            format!("verified: {}", verified.verified),
        ),
        Err(error) => line("verify_password", "a wrong one", error),
    }

    let code = totp_code(TOTP_SECRET, now()).unwrap_or_default();
    let verified = users.verify_totp(id, code).await?;
    line(
        "verify_totp",
        "the app's code",
        format!("verified, by {}", verified.code_type),
    );

    let disabled = users.disable_mfa(id).await?;
    line(
        "disable_mfa",
        id,
        format!("none left for {}", disabled.user_id),
    );

    line(
        "ban_user",
        id,
        format!("banned: {}", users.ban_user(id).await?.banned),
    );
    line(
        "unban_user",
        id,
        format!("banned: {}", users.unban_user(id).await?.banned),
    );
    Ok(())
}

fn name(user: &User) -> String {
    let names = [user.first_name.as_deref(), user.last_name.as_deref()];
    let names: Vec<&str> = names.into_iter().flatten().collect();
    if names.is_empty() {
        user.id.to_string()
    } else {
        names.join(" ")
    }
}

fn line(operation: &str, asked: impl Display, came: impl Display) {
    println!("{operation}({asked}) → {came}");
}

/// Two users who were there before, one of them with an organization and a provider.
fn seed(fake: &FakeClerk) {
    let mut alan = User::new("user_alan");
    alan.first_name = Some("Alan".into());
    fake.add_user(alan);

    let mut ada = User::new("user_ada");
    ada.first_name = Some("Ada".into());
    ada.last_name = Some("Lovelace".into());
    fake.add_user(ada);

    let mut organization = Organization::new("org_engines");
    organization.name = "Analytical Engines".into();
    let mut membership = OrganizationMembership::new("orgmem_1");
    membership.role = "org:admin".into();
    membership.organization = organization;
    fake.add_membership("user_ada", membership);

    let mut token = OAuthAccessToken::default();
    token.provider = "oauth_google".into();
    token.provider_user_id = "1815".into();
    token.token = "ya29.made-up".into();
    fake.add_oauth_access_token("user_ada", token);
}
