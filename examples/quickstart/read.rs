//! The read-only operations, on the existing users.

use clerk_client::models::User;
use clerk_client::requests::{
    OrganizationInvitationListParams, PageParams, UserFilter, UserListParams, UserOrderBy,
};
use clerk_client::{Error, UsersApi};

use crate::show;

pub(crate) async fn all(users: &UsersApi) -> Result<(), Error> {
    let count = users.get_users_count(UserFilter::new()).await;
    show("get_users_count", "all users", count, |count| {
        format!("{} users", count.total_count)
    })?;

    let newest = UserListParams::new()
        .order_by(UserOrderBy::CreatedAt.descending())
        .limit(3);
    let page = users.get_user_list(newest).await;
    let page = show("get_user_list", "the 3 newest", page, |page| {
        page.iter().map(name).collect::<Vec<_>>().join(", ")
    })?;
    let page = page.unwrap_or_default();
    let Some(first) = page.first() else {
        println!("The instance has no users, so there is nothing more to read.");
        return Ok(());
    };
    let id = &first.id;
    show("get_user", id, users.get_user(id).await, |user| {
        format!("{}, created {}", name(user), user.created_at)
    })?;

    let page = PageParams::new().limit(100);
    let memberships = users.users_get_organization_memberships(id, page).await;
    show(
        "users_get_organization_memberships",
        id,
        memberships,
        |memberships| {
            let memberships = memberships.data.iter();
            let roles = memberships.map(|one| format!("{} in {}", one.role, one.organization.name));
            format!("[{}]", roles.collect::<Vec<_>>().join(", "))
        },
    )?;
    let pending = OrganizationInvitationListParams::new().status("pending");
    let invitations = users.users_get_organization_invitations(id, pending).await;
    show(
        "users_get_organization_invitations",
        id,
        invitations,
        |page| format!("{} pending", page.total_count.unwrap_or_default()),
    )?;
    let tokens = users
        .get_o_auth_access_token(id, "oauth_google", PageParams::new())
        .await;
    show("get_o_auth_access_token", id, tokens, |tokens| {
        let tokens = tokens.data.iter();
        let shown = tokens.map(|token| format!("{:?} for {}", token.token, token.provider_user_id));
        format!("[{}]", shown.collect::<Vec<_>>().join(", "))
    })?;
    let devices = users.list_user_trusted_devices(id).await;
    show("list_user_trusted_devices", id, devices, |devices| {
        format!("{} devices", devices.data.len())
    })?;
    let subscription = users.get_user_billing_subscription(id).await;
    show(
        "get_user_billing_subscription",
        id,
        subscription,
        |subscription| subscription.status.to_string(),
    )?;
    let credit = users.get_user_billing_credit_balance(id).await;
    show("get_user_billing_credit_balance", id, credit, |credit| {
        let balance = credit.balance.as_ref();
        balance.map_or("none".into(), |balance| {
            balance.amount_formatted.to_string()
        })
    })?;
    Ok(())
}

pub(crate) fn name(user: &User) -> String {
    user.full_name().unwrap_or_else(|| user.id.to_string())
}
