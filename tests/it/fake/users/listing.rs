//! The filters of the list of users.

use clerk_client::mock::{FakeClerk, FakeUser};
use clerk_client::requests::{UserFilter, UserListParams};

use crate::fake::refusals::request;
use crate::support::run;

#[test]
fn values_of_a_filter_are_alternatives_and_filters_combine() {
    let fake = FakeClerk::new();
    for (id, email, organization) in [
        ("user_1", "one@example.com", "org_a"),
        ("user_2", "two@example.com", "org_a"),
        ("user_3", "three@example.com", "org_b"),
    ] {
        let user = FakeUser::new(id)
            .email_address(email)
            .name("Grace", "Hopper");
        fake.add(
            user.member_of(organization, "org:member")
                .external_account("oauth_google", id),
        );
    }
    let users = fake.client().users();
    let found = |filter: UserFilter| -> Vec<String> {
        let params = UserListParams::from(filter)
            .order_by(clerk_client::requests::UserOrderBy::CreatedAt.ascending());
        let found = run(users.get_user_list(params)).unwrap();
        found.into_iter().map(|user| user.id.into()).collect()
    };
    let filter = UserFilter::new;
    for (filter, ids) in [
        (
            filter().organization_id(["org_a"]),
            &["user_1", "user_2"][..],
        ),
        (
            filter().organization_id(["org_a", "org_b"]),
            &["user_1", "user_2", "user_3"],
        ),
        (filter().exclude_organization_id(["org_a"]), &["user_3"]),
        (
            filter()
                .organization_id(["org_a"])
                .email_address(["TWO@example.com"]),
            &["user_2"],
        ),
        (
            filter().email_address(["one@example.com", "three@example.com"]),
            &["user_1", "user_3"],
        ),
        (
            filter()
                .exclude_user_id(["user_1"])
                .email_address_query("E"),
            &["user_2", "user_3"],
        ),
        (
            filter().name_query("ce hop"),
            &["user_1", "user_2", "user_3"],
        ),
        (
            filter()
                .provider("oauth_google")
                .provider_user_id(["user_2", "user_9"]),
            &["user_2"],
        ),
        (filter().organization_id(["org_c"]), &[]),
    ] {
        assert_eq!(found(filter.clone()), ids, "{filter:?}");
    }
}

#[test]
fn a_blank_filter_is_no_filter() {
    let fake = FakeClerk::new();
    fake.add(FakeUser::new("user_ada"));
    fake.add(FakeUser::new("user_alan"));
    for (filters, expected) in [
        ("email_address=", 2),
        ("username=%20&phone_number=", 2),
        ("organization_id=&external_id=", 2),
        ("query=%20&name_query=", 2),
        ("provider=&provider_user_id=", 2),
        ("user_id=&user_id=user_ada", 1),
        ("user_id=user_eda", 0),
    ] {
        let path = format!("/v1/users/count?{filters}");
        let (_, count, _) = request("GET", &path).send(&fake);
        assert_eq!(count["total_count"], expected, "{filters}");
        let path = format!("/v1/users?{filters}");
        let (_, users, _) = request("GET", &path).send(&fake);
        assert_eq!(users.as_array().map(Vec::len), Some(expected), "{filters}");
    }
}
