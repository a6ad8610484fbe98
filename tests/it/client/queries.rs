//! Query strings: their encoding, and the parameters that are rejected.

use clerk_client::mock::Reply;
use clerk_client::requests::{
    OrganizationDomainListParams, PageParams, UserFilter, UserListParams, UserOrderBy,
};
use clerk_client::{ErrorKind, Timestamp, http::Method};

use crate::support::{client_replying, run};

/// Returns the query string of `get_user_list` with these parameters, or the error message.
fn list(params: UserListParams) -> Result<String, String> {
    let (clerk, requests) = client_replying(|| Reply::bytes(200, "[]"));
    let result = run(clerk.users().get_user_list(params));
    let requests = requests.lock().unwrap();
    match result {
        Ok(_) => Ok(requests[0]
            .request()
            .uri()
            .query()
            .unwrap_or_default()
            .to_owned()),
        Err(error) => {
            assert!(
                requests.is_empty() && error.kind() == ErrorKind::InvalidRequest,
                "{error}"
            );
            Err(error.to_string())
        }
    }
}

#[test]
fn parameters_are_encoded_as_clerk_expects() {
    let time = Timestamp::from_millis(1_700_690_400_000);
    let new = UserListParams::new;
    for (params, expected) in [
        (new(), ""),
        (
            new().user_id(["user_1", "user_2"]),
            "user_id=user_1&user_id=user_2",
        ),
        (
            new().user_id(["a"]).exclude_user_id(["b"]),
            "user_id=a&user_id=-b",
        ),
        (
            new().exclude_organization_id(["org_1"]),
            "organization_id=-org_1",
        ),
        (
            new().external_id(["-5", "+1"]),
            "external_id=%2B-5&external_id=%2B%2B1",
        ),
        (
            new().phone_number(["+15551234567"]),
            "phone_number=%2B15551234567",
        ),
        (
            new().email_address(["a+b@x.y", "c d&e=f#"]),
            "email_address=a%2Bb%40x.y&email_address=c%20d%26e%3Df%23",
        ),
        (new().query("a b"), "query=a%20b"),
        (new().banned(false), "banned=false"),
        (
            new().banned(true).limit(500).offset(0),
            "banned=true&limit=500&offset=0",
        ),
        (new().limit(1), "limit=1"),
        (
            new().created_at_after(time),
            "created_at_after=1700690400000",
        ),
        (
            new().last_active_at_since(Timestamp::from_millis(-1)),
            "last_active_at_since=-1",
        ),
        (
            new().order_by(UserOrderBy::CreatedAt),
            "order_by=%2Bcreated_at",
        ),
        (
            new().order_by(UserOrderBy::Web3Wallet.descending()),
            "order_by=-web3wallet",
        ),
        (new().starting_after("user_1"), "starting_after=user_1"),
        (
            new()
                .starting_after("user_1")
                .order_by(UserOrderBy::CreatedAt)
                .offset(0),
            "offset=0&starting_after=user_1&order_by=%2Bcreated_at",
        ),
        (
            new().provider("oauth_google").provider_user_id(["1", "2"]),
            "provider_user_id=1&provider_user_id=2&provider=oauth_google",
        ),
        (UserFilter::new().username(["ada"]).into(), "username=ada"),
    ] {
        assert_eq!(list(params).as_deref(), Ok(expected));
    }
}

/// Lists and counts users with each filter alone. If a filter were not sent, all users would
/// match.
#[test]
fn every_filter_is_sent() {
    let time = Timestamp::from_millis(17);
    let new = UserFilter::new;
    let filters = [
        (new().email_address(["v"]), "email_address=v"),
        (new().phone_number(["v"]), "phone_number=v"),
        (new().external_id(["v"]), "external_id=v"),
        (new().exclude_external_id(["v"]), "external_id=-v"),
        (new().username(["v"]), "username=v"),
        (new().web3_wallet(["v"]), "web3_wallet=v"),
        (new().user_id(["v"]), "user_id=v"),
        (new().exclude_user_id(["v"]), "user_id=-v"),
        (new().organization_id(["v"]), "organization_id=v"),
        (new().exclude_organization_id(["v"]), "organization_id=-v"),
        (new().query("v"), "query=v"),
        (new().email_address_query("v"), "email_address_query=v"),
        (new().phone_number_query("v"), "phone_number_query=v"),
        (new().username_query("v"), "username_query=v"),
        (new().name_query("v"), "name_query=v"),
        (new().banned(true), "banned=true"),
        (
            new().last_active_at_before(time),
            "last_active_at_before=17",
        ),
        (new().last_active_at_after(time), "last_active_at_after=17"),
        (new().last_active_at_since(time), "last_active_at_since=17"),
        (new().created_at_before(time), "created_at_before=17"),
        (new().created_at_after(time), "created_at_after=17"),
        (
            new().last_sign_in_at_before(time),
            "last_sign_in_at_before=17",
        ),
        (
            new().last_sign_in_at_after(time),
            "last_sign_in_at_after=17",
        ),
        (
            new().provider("p").provider_user_id(["v"]),
            "provider_user_id=v&provider=p",
        ),
    ];
    for (filter, expected) in filters {
        let (clerk, requests) = client_replying(|| Reply::bytes(200, r#"{"total_count":0}"#));
        run(clerk.users().get_users_count(filter.clone())).unwrap();
        assert_eq!(
            requests.lock().unwrap()[0].request().uri().query(),
            Some(expected)
        );
        assert_eq!(list(filter.into()).as_deref(), Ok(expected));
    }
}

#[test]
fn parameters_that_clerk_misreads_are_rejected() {
    let new = UserListParams::new;
    let none: [&str; 0] = [];
    let many: Vec<String> = (0..101).map(|n| n.to_string()).collect();
    for (params, named) in [
        (new().user_id(none), "user_id"),
        (new().user_id(none).exclude_user_id(["me"]), "user_id"),
        (
            new().external_id(["a"]).exclude_external_id(none),
            "external_id",
        ),
        (
            new().organization_id(none).exclude_organization_id(["o"]),
            "organization_id",
        ),
        (new().exclude_user_id(none), "user_id"),
        (new().email_address(none), "email_address"),
        (new().phone_number(none), "phone_number"),
        (new().external_id(none), "external_id"),
        (new().username(none), "username"),
        (new().web3_wallet(none), "web3_wallet"),
        (new().organization_id(none), "organization_id"),
        (
            new().provider("oauth_google").provider_user_id(none),
            "provider_user_id",
        ),
        (new().user_id([""]), "user_id"),
        (new().exclude_user_id([" "]), "user_id"),
        (new().email_address(["a@b.c", " "]), "email_address"),
        (new().query(""), "query"),
        (new().query(" \t"), "query"),
        (new().name_query(""), "name_query"),
        (new().email_address_query(""), "email_address_query"),
        (new().phone_number_query(""), "phone_number_query"),
        (new().username_query(""), "username_query"),
        (new().starting_after(""), "starting_after"),
        (new().starting_after(" "), "starting_after: it is blank"),
        (
            new().username(&many),
            "username: it has 101 values, and Clerk accepts at most 100",
        ),
        (new().limit(0), "limit: 0; it must be 1 to 500"),
        (new().limit(501), "limit: 501; it must be 1 to 500"),
        (new().provider("oauth_google"), "requires provider_user_id"),
        (new().provider_user_id(["1"]), "requires provider"),
        (new().starting_after("u").offset(1), "offset is 1"),
        (
            new().starting_after("u").order_by(UserOrderBy::FirstName),
            "order_by is +first_name",
        ),
    ] {
        let refused = list(params.clone()).expect_err(&format!("{params:?}"));
        assert!(
            refused.starts_with("GetUserList: invalid request (not sent): "),
            "{refused}"
        );
        assert!(refused.contains(named), "{refused}");
    }
}

#[test]
fn a_filter_accepts_a_hundred_values() {
    let many: Vec<String> = (0..100).map(|n| format!("user_{n}")).collect();
    let query = list(UserListParams::new().user_id(&many)).unwrap();
    assert_eq!(query.matches("user_id=").count(), 100);
}

#[test]
fn counts_and_pages_are_validated_like_lists() {
    let (clerk, requests) = client_replying(|| Reply::bytes(200, r#"{"total_count":0,"data":[]}"#));
    let users = clerk.users();
    run(async {
        users
            .get_users_count(UserFilter::new().exclude_user_id(["u"]))
            .await
            .unwrap();
        users
            .get_users_count(UserFilter::new().query(""))
            .await
            .unwrap_err();
        let page = PageParams::new().limit(2).offset(4);
        users
            .users_get_organization_memberships("u", page)
            .await
            .unwrap();
        users
            .users_get_organization_memberships("u", page.limit(501))
            .await
            .unwrap_err();
        users
            .get_o_auth_access_token("u", "oauth_x", page)
            .await
            .unwrap();
        users
            .get_o_auth_access_token("u", "oauth_x", page.limit(0))
            .await
            .unwrap_err();
        clerk
            .request::<()>(Method::GET, ["x"])
            .query("k", "a&b")
            .query("k", true)
            .await
            .unwrap_err();
    });
    let queries: Vec<_> = requests
        .lock()
        .unwrap()
        .iter()
        .map(|request| request.request().uri().query().unwrap().to_owned())
        .collect();
    assert_eq!(
        queries,
        [
            "user_id=-u",
            "limit=2&offset=4",
            "paginated=true&limit=2&offset=4",
            "k=a%26b&k=true"
        ]
    );
}

/// Enrollment modes share one query parameter. In it, a comma separates two values, and a `-`
/// before a value excludes it.
#[test]
fn a_joined_value_cannot_become_another_filter() {
    let (clerk, requests) = client_replying(|| Reply::bytes(200, r#"{"data":[]}"#));
    let domains = clerk.organization_domains();
    let new = OrganizationDomainListParams::new;
    for mode in ["-manual_invitation", "a,-b", "a,b", ","] {
        for params in [
            new().enrollment_mode([mode]),
            new().exclude_enrollment_mode([mode]),
        ] {
            let error = run(domains.list_organization_domains("org_1", params)).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{mode}");
        }
    }
    assert!(requests.lock().unwrap().is_empty());
    let params = new()
        .enrollment_mode(["a", "b"])
        .exclude_enrollment_mode(["c"]);
    run(domains.list_organization_domains("org_1", params)).unwrap();
    let requests = requests.lock().unwrap();
    let query = requests[0].request().uri().query();
    assert_eq!(query, Some("enrollment_mode=a%2Cb%2C-c"));
}
