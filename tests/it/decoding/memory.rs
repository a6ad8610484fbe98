//! To decode a body, the client holds at most 8 times the size of the body plus 16 MiB.

use std::collections::{BTreeMap, HashMap};

use clerk_client::OperationInfo;
use clerk_client::models::{
    ClerkErrors, CommerceSubscription, CommerceSubscriptionItem, EmailAddress, ExternalAccount,
    OAuthAccessToken, OrganizationInvitation, OrganizationMembership, Page, PhoneNumber,
    TrustedDevice, User,
};
use clerk_client::transport::bytes::Bytes;
use clerk_client::transport::{HttpResponse, decode};
use clerk_client::webhooks::WebhookEvent;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::support::full_user;

/// The size of a body in bytes. Without the client's limit, decoding the worst body takes 150 times
/// the memory of the body.
const SIZE: usize = 400_000;

/// Returns a list with copies of an item. The list has at least [`SIZE`] bytes.
fn list(item: &str) -> String {
    list_of(item, SIZE)
}

fn list_of(item: &str, size: usize) -> String {
    let mut list = "[".to_owned();
    while list.len() < size {
        list.push_str(item);
        list.push(',');
    }
    list.push_str(item);
    list.push(']');
    list
}

fn object_of(entry: impl Fn(usize) -> String) -> String {
    let mut object = "{".to_owned();
    for number in 0.. {
        object.push_str(&entry(number));
        if object.len() > SIZE {
            break;
        }
        object.push(',');
    }
    object.push('}');
    object
}

/// Returns a small object in which optional objects of many models are present, but empty.
fn dense() -> String {
    let objects = [
        "credit",
        "credits",
        "next_payment",
        "organization_data",
        "payer",
        "payment_method",
        "plan",
        "public_user_data",
        "scim",
        "seats",
        "totals",
        "verification",
        "saml_connection",
        "enterprise_connection",
        "proration",
        "error",
    ];
    let mut text = r#"{"id":"","organization":{"id":""}"#.to_owned();
    for object in objects {
        text.push_str(&format!(r#","{object}":{{}}"#));
    }
    text + "}"
}

fn bodies() -> Vec<String> {
    let mut bodies = vec![
        list("{}"),
        list("[]"),
        list("0"),
        list("null"),
        list(r#""""#),
        list(r#"{"id":""}"#),
        list(r#"{"":0}"#),
        list(r#"{"1":{"id":""}}"#),
        list(&dense()),
        list("[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]"),
        "[".repeat(SIZE),
        r#"{"a":"#.repeat(SIZE / 5),
        format!(r#"{{"x":{},"email_addresses":1}}"#, "[".repeat(SIZE)),
        format!(
            r#"{{"x":{}{},"email_addresses":1}}"#,
            "[".repeat(SIZE / 2),
            "]".repeat(SIZE / 2)
        ),
        object_of(|number| format!(r#""{number}":0"#)),
        object_of(|number| format!(r#""{number}":{{"":{{}}}}"#)),
        object_of(|number| format!(r#""{number}":{{"id":""}}"#)),
        format!(r#"{{"id":"{}"}}"#, r"\n".repeat(SIZE / 2)),
        format!(r#"{{"id":"\n{}"}}"#, "x".repeat(SIZE)),
        format!(r#"{{"id":"{}"}}"#, r"\ud83d".repeat(SIZE / 6)),
        format!(r#"{{"{}":0,"email_addresses":1}}"#, "k".repeat(SIZE)),
        format!(r#"{{"id":"u","banned":"{}"}}"#, "x".repeat(SIZE)),
        format!(
            r#"{{"id":"u","banned":"\n{}"}}"#,
            "\u{200b}".repeat(SIZE / 3)
        ),
        format!(
            r#"{{"id":"u","public_metadata":{}}}"#,
            object_of(|number| format!(r#""{number}":0"#))
        ),
    ];
    let nested = format!(
        r#"{{"id":"","organization_memberships":[{{"id":"","organization":{{"id":""}},"permissions":{}}}]}}"#,
        list_of(r#""""#, 500)
    );
    bodies.push(list(&nested));
    bodies
}

type Read = (&'static str, fn(Bytes) -> bool);

fn read<R: DeserializeOwned>(body: Bytes) -> bool {
    decode::<R>(&OperationInfo::all()[0], HttpResponse::new(body)).is_ok()
}

fn read_error(body: Bytes) -> bool {
    let mut response = HttpResponse::new(body);
    *response.status_mut() = clerk_client::http::StatusCode::UNPROCESSABLE_ENTITY;
    let error = decode::<()>(&OperationInfo::all()[0], response).unwrap_err();
    !error.for_param("email_address").is_empty() || error.to_string().len() > 2_000
}

const READS: &[Read] = &[
    ("a user", read::<User>),
    ("users", read::<Vec<User>>),
    ("a page of users", read::<Page<User>>),
    ("memberships", read::<Page<OrganizationMembership>>),
    ("invitations", read::<Page<OrganizationInvitation>>),
    ("tokens", read::<Page<OAuthAccessToken>>),
    ("devices", read::<Page<TrustedDevice>>),
    ("accounts", read::<Vec<ExternalAccount>>),
    ("addresses", read::<Vec<EmailAddress>>),
    ("numbers", read::<Vec<PhoneNumber>>),
    ("a subscription", read::<CommerceSubscription>),
    ("subscription items", read::<Vec<CommerceSubscriptionItem>>),
    ("errors", read::<ClerkErrors>),
    ("an error", read_error),
    ("JSON", read::<Value>),
    ("a tree", read::<BTreeMap<String, Value>>),
    ("a table", read::<HashMap<String, Value>>),
    ("a table by number", read::<HashMap<u64, User>>),
    ("a tree by number", read::<BTreeMap<u32, User>>),
    ("trees by digit", read::<Vec<BTreeMap<u8, User>>>),
    ("tables by digit", read::<Vec<HashMap<i8, User>>>),
    ("texts", read::<Vec<String>>),
    ("lists", read::<Vec<Vec<Option<bool>>>>),
];

/// The models, each with the names of some of its lists. A model can have several rows.
const LISTS: &[(&str, &[&str])] = &[
    (
        "a user",
        &[
            "email_addresses",
            "enterprise_accounts",
            "external_accounts",
        ],
    ),
    (
        "a user",
        &[
            "organization_memberships",
            "passkeys",
            "phone_numbers",
            "saml_accounts",
        ],
    ),
    ("a user", &["web3_wallets"]),
    (
        "users",
        &[
            "email_addresses",
            "external_accounts",
            "organization_memberships",
        ],
    ),
    (
        "a page of users",
        &["enterprise_accounts", "saml_accounts", "phone_numbers"],
    ),
    ("memberships", &["data", "permissions"]),
    ("invitations", &["data"]),
    ("tokens", &["data", "scopes"]),
    ("devices", &["data"]),
    ("addresses", &["linked_to"]),
    ("numbers", &["backup_codes"]),
    ("a subscription", &["subscription_items", "per_unit_totals"]),
    ("subscription items", &["features", "unit_prices", "tiers"]),
    ("errors", &["errors"]),
    ("an error", &["errors"]),
];

/// Returns bodies in which the list `key` is long, and bodies with many objects that each have a
/// short list `key`.
fn bodies_with_list(key: &str) -> Vec<String> {
    let mut bodies = Vec::new();
    for item in [
        "{}",
        r#""""#,
        r#"{"id":"","organization":{"id":""}}"#,
        &dense(),
    ] {
        bodies.push(format!(r#"{{"id":"","{key}":{}}}"#, list(item)));
        let few = list_of(item, 300);
        let many = list(&format!(
            r#"{{"id":"","organization":{{"id":""}},"{key}":{few}}}"#
        ));
        bodies.push(format!(r#"{{"data":{many},"total_count":1}}"#));
        bodies.push(many);
    }
    bodies
}

#[test]
fn the_memory_of_each_list_is_bounded() {
    for (name, keys) in LISTS {
        let (_, read) = READS.iter().find(|(read, _)| read == name).unwrap();
        for body in keys.iter().flat_map(|key| bodies_with_list(key)) {
            assert_bounded(name, &body.into(), read);
        }
    }
}

fn assert_bounded(name: &str, body: &Bytes, read: impl FnOnce(Bytes) -> bool) {
    let (length, copy) = (body.len() as u64, body.clone());
    let mut result = false;
    let held = allocation_counter::measure(|| result = read(copy));
    assert!(
        held.bytes_max <= 8 * length + (16 << 20),
        "{name}: {length} bytes became {} (decoded: {result}): {}",
        held.bytes_max,
        String::from_utf8_lossy(&body[..200.min(body.len())]),
    );
}

#[test]
fn the_memory_of_a_decoded_body_is_bounded() {
    for body in bodies() {
        let body = Bytes::from(body);
        for (name, read) in READS {
            assert_bounded(name, &body, read);
        }
    }
}

#[test]
fn the_memory_of_an_event_is_bounded() {
    let lists = ["email_addresses", "organization_memberships"].map(bodies_with_list);
    for body in bodies().into_iter().chain(lists.concat()) {
        for event_type in ["user.created", "user.deleted", "session.dreamt"] {
            let event = format!(r#"{{"type":"{event_type}","data":{body}}}"#);
            assert_bounded(event_type, &Bytes::from(event), |body| {
                WebhookEvent::from_slice(&body).is_ok()
            });
        }
    }
    let attributes = format!(
        r#"{{"type":"a","data":{{}},"event_attributes":{}}}"#,
        list("{}")
    );
    assert_bounded("attributes", &Bytes::from(attributes), |body| {
        WebhookEvent::from_slice(&body).is_ok()
    });
}

#[test]
fn the_memory_of_a_body_that_is_not_utf8_is_bounded() {
    for piece in [
        &b"\xff"[..],
        b"xxxxxxxxxxxxxxxxxxxx\xff",
        b"\xff\\n\\n\\n\\n\\n\\n\\n\\n\\n",
    ] {
        let text = piece.repeat(SIZE / piece.len());
        let body = [&br#"{"id":""#[..], &text, br#""}"#].concat();
        for (name, read) in READS {
            assert_bounded(name, &Bytes::from(body.clone()), read);
        }
    }
}

#[test]
fn real_pages_of_any_length_are_decoded() {
    #[derive(serde::Deserialize)]
    struct Sparse {
        _values: Option<[u64; 32]>,
    }

    let user = full_user();
    for number in [1, 500, 2_000] {
        let body = Bytes::from(Value::from(vec![user.clone(); number]).to_string());
        assert!(read::<Vec<User>>(body.clone()) && read::<Page<User>>(body));
    }
    // These users have few fields, so their JSON is short. The test decodes the JSON as models and
    // as `Value`.
    let fake = clerk_client::mock::FakeClerk::new();
    for number in 0..500 {
        fake.add(User::new(format!("user_{number}")));
    }
    let clerk = fake.client();
    let params = clerk_client::requests::UserListParams::new().limit(500);
    let page = crate::support::run(clerk.users().get_user_list(params)).unwrap();
    let page = serde_json::to_vec(&page).unwrap();
    let pages: Vec<u8> = [&b"["[..], &page[1..page.len() - 1], b"]"].concat();
    assert!(read::<Vec<User>>(pages.clone().into()) && read::<Value>(pages.into()));
    // The limit counts the memory of a field once, as a part of its struct.
    let sparse = list_of(r#"{"_values":null}"#, 130_000);
    assert!(read::<Vec<Sparse>>(sparse.into()));
    // A value for which the limit counts less than 14 MiB is always decoded, even if its body is
    // short.
    let users = list_of(r#"{"id":"u"}"#, 40_000);
    assert!(read::<Vec<User>>(users.into()));
}

#[test]
fn an_error_names_the_place_at_which_a_body_became_too_large() {
    let body = format!(r#"[{{"id":"u","external_accounts":{}}}]"#, list("{}"));
    let response = HttpResponse::new(body.into());
    let error = decode::<Vec<User>>(&OperationInfo::all()[0], response).unwrap_err();
    let text = error.to_string();
    assert!(text.contains("at [0].external_accounts["), "{text}");
    assert!(
        text.contains("too many values: the limit is 15 MiB"),
        "{text}"
    );

    // The errors that were read before the limit was reached are kept.
    let body = format!(r#"{{"errors":{}}}"#, list(r#"{"code":"c"}"#));
    let mut response = HttpResponse::new(body.into());
    *response.status_mut() = clerk_client::http::StatusCode::UNPROCESSABLE_ENTITY;
    let error = decode::<()>(&OperationInfo::all()[0], response).unwrap_err();
    assert_eq!(error.code(), Some("c"));
    assert!(error.clerk_errors().len() > 10_000);
}
