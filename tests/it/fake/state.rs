//! The orders of lists, users who are locked out, and the state of a fake as text.

use std::collections::BTreeSet;
use std::time::Duration;

use clerk_client::mock::{FakeClerk, FakeServer, FakeSession, FakeUser};
use clerk_client::requests::{
    CreateUserRequest, UpdateUserMetadataRequest, UserListParams, UserOrderBy,
};
use clerk_client::transport::HttpTransport;
use clerk_client::{Metadata, Timestamp, TokioTransport, User};
use serde_json::{Value, json};

use super::refusals::request;
use crate::support::run;

/// Returns users. Some were created at the same time. Some have the same names or last sign-in, and
/// some have none. Some have no identifiers.
fn users() -> Vec<FakeUser> {
    let user = |number: i64| {
        let user = FakeUser::new(format!("user_{number}"))
            .created_at(Timestamp::from_millis(1_000 + number % 3));
        let user = match number % 4 {
            0 => user,
            of => user
                .name(&format!("First {of}"), &format!("Last {}", 4 - of))
                .last_sign_in_at(Timestamp::from_millis(2_000 - of)),
        };
        match number % 5 {
            0 => user,
            of => user
                .username(&format!("name{of}_{number}"))
                .email_address(&format!("{of}.{number}@example.com"))
                .phone_number(&format!("+1555555{of:02}{number:02}"))
                .web3_wallet(&format!("0x{of:020}{number:020}")),
        }
    };
    (0..40).map(user).collect()
}

/// Returns a property as a text that sorts like the property. `None` for `CreatedAt`, because the
/// users are already in this order. A missing property sorts first.
fn key(user: &User, by: &UserOrderBy) -> Option<String> {
    let time = |time: Timestamp| format!("{:020}", time.as_millis());
    match by {
        UserOrderBy::UpdatedAt => Some(time(user.updated_at)),
        UserOrderBy::LastActiveAt => user.last_active_at.map(time),
        UserOrderBy::LastSignInAt => user.last_sign_in_at.map(time),
        UserOrderBy::FirstName => user.first_name.clone(),
        UserOrderBy::LastName => user.last_name.clone(),
        UserOrderBy::Username => user.username.clone(),
        UserOrderBy::EmailAddress => Some(user.primary_email_address()?.email_address.clone()),
        UserOrderBy::PhoneNumber => Some(user.primary_phone_number()?.phone_number.clone()),
        UserOrderBy::Web3Wallet => Some(user.primary_web3_wallet()?.web3_wallet.clone()),
        _ => None,
    }
}

fn listed(fake: &FakeClerk, params: UserListParams) -> Vec<User> {
    let users = fake.client().users().get_user_list(params);
    run(users).unwrap().into_iter().collect()
}

/// Compares the pages of every order with a sort of all users.
fn assert_sorted(fake: &FakeClerk) {
    let created = UserListParams::new().order_by(UserOrderBy::CreatedAt.ascending());
    let all = listed(fake, created.limit(500));
    for by in [
        UserOrderBy::CreatedAt,
        UserOrderBy::UpdatedAt,
        UserOrderBy::LastActiveAt,
        UserOrderBy::LastSignInAt,
        UserOrderBy::FirstName,
        UserOrderBy::LastName,
        UserOrderBy::Username,
        UserOrderBy::EmailAddress,
        UserOrderBy::PhoneNumber,
        UserOrderBy::Web3Wallet,
    ] {
        let mut sorted = all.clone();
        sorted.sort_by_key(|user| key(user, &by));
        for order in [by.ascending(), by.descending()] {
            let params = UserListParams::new().order_by(order).limit(7);
            let pages = (0..sorted.len()).step_by(7);
            let pages = pages.map(|first| listed(fake, params.clone().offset(first as u64)));
            let ids: Vec<_> = pages.flatten().map(|user| user.id).collect();
            let expected: Vec<_> = sorted.iter().map(|user| user.id.clone()).collect();
            assert_eq!(ids, expected, "{order:?}");
            sorted.reverse();
        }
    }
}

#[test]
fn every_order_equals_a_sort_while_users_change() {
    let fake = FakeClerk::new();
    users().into_iter().for_each(|user| fake.add(user));
    assert_sorted(&fake);
    let snapshot = fake.clone();
    let users = fake.client().users();
    fake.clock().advance(Duration::from_secs(100_000));
    fake.sign_in("user_7");
    run(users.ban_user("user_8")).unwrap();
    run(users.delete_user("user_9")).unwrap();
    run(users.create_user(CreateUserRequest::new().username("name3"))).unwrap();
    let plan = UpdateUserMetadataRequest::new().public_metadata(json!({ "plan": "pro" }));
    run(users.update_user_metadata("user_11", plan)).unwrap();
    fake.add(FakeUser::new("user_12").name("Zoe", "Abel"));
    assert_sorted(&fake);
    assert_sorted(&snapshot);
    fake.restore(&snapshot);
    assert_sorted(&fake);
}

#[test]
fn a_state_can_be_read_back_although_its_time_has_no_text() {
    let (first, last) = ("0000-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z");
    for (end, beyond) in [(first, -1), (last, 1)] {
        let end = Timestamp::parse_rfc3339(end).unwrap();
        let fake = FakeClerk::new();
        fake.add(FakeUser::new("user_ada"));
        for millis in [0, beyond] {
            fake.set_time(Timestamp::from_millis(end.as_millis() + millis));
            let again = FakeClerk::from_json(&fake.to_json().to_string()).unwrap();
            assert_eq!(again.time(), end);
            assert!(again.user("user_ada").is_some());
        }
    }
}

#[test]
fn a_state_may_start_with_a_byte_order_mark() {
    let text = "\u{feff}{ \"users\": [{ \"id\": \"user_ada\" }] }";
    let fake = FakeClerk::from_json(text).unwrap();
    assert!(fake.user("user_ada").is_some());
    let error = FakeClerk::from_json("\u{feff}\u{feff}{}").unwrap_err();
    assert!(error.to_string().contains("JSON"), "{error}");
}

#[test]
fn each_lock_shows_its_own_remaining_seconds() {
    let fake = FakeClerk::new();
    for number in 0..5 {
        fake.add(FakeUser::new(format!("user_{number}")).locked());
        fake.clock().advance(Duration::from_millis(10_300));
    }
    let seconds = || -> Vec<_> {
        let users = (0..5).map(|number| fake.user(format!("user_{number}")).unwrap());
        users
            .map(|user| (user.locked, user.lockout_expires_in_seconds))
            .collect()
    };
    let left = |seconds: [i64; 5]| seconds.map(|left| (left > 0, (left > 0).then_some(left)));
    assert_eq!(seconds(), left([3_549, 3_559, 3_570, 3_580, 3_590]));
    fake.clock().advance(Duration::from_millis(700));
    assert_eq!(seconds(), left([3_548, 3_559, 3_569, 3_579, 3_589]));
    fake.set_time(Timestamp::from_millis(0));
    fake.clock().advance(Duration::from_secs(3_569));
    assert_eq!(seconds(), left([0, 0, 0, 10, 20]));
}

#[test]
fn a_state_that_is_written_as_text_is_read_back() {
    let fake = FakeClerk::new();
    users().into_iter().for_each(|user| fake.add(user));
    let digits = r#"{"exact":1.00000000000000000001}"#;
    let exact: Metadata = serde_json::from_str(digits).unwrap();
    fake.add(
        FakeUser::new("user_full")
            .password("correct horse")
            .member_of("org_engines", "org:admin")
            .public_metadata(exact),
    );
    fake.sign_in("user_full");
    let mut text = Vec::new();
    fake.write_json(&mut text).unwrap();
    let tree: Value = serde_json::from_slice(&text).unwrap();
    assert_eq!(tree, fake.to_json());
    let again = FakeClerk::from_json(std::str::from_utf8(&text).unwrap()).unwrap();
    assert_eq!(again.to_json(), tree);
    let metadata = again.user("user_full").unwrap().public_metadata;
    assert_eq!(metadata.as_json(), digits);
}

#[test]
fn a_session_of_a_user_who_is_not_a_member_is_read_back() {
    let fake = FakeClerk::new();
    fake.add(FakeUser::new("user_ada"));
    fake.add(FakeUser::new("user_alan").member_of("org_engines", "org:admin"));
    for user in ["user_ada", "user_alan"] {
        fake.sign_in(FakeSession::new(user).member_of("org_engines"));
        fake.sign_in(FakeSession::new(user).organization("org_engines", "org:member"));
    }
    let state = fake.to_json();
    let sessions = state["sessions"].as_array().unwrap().iter();
    let member_of = sessions.filter(|session| session["member_of"] == "org_engines");
    assert_eq!(member_of.count(), 2);
    let again = FakeClerk::from_json(&state.to_string()).unwrap();
    assert_eq!(again.to_json(), state);

    let seed = json!({
        "users": [{ "id": "user_ada" }],
        "sessions": [{
            "user_id": "user_ada",
            "member_of": "org_engines",
            "organization_id": "org_engines",
            "role": "org:admin",
        }],
    });
    let error = FakeClerk::from_json(&seed.to_string()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "invalid seed: sessions[0]: member_of cannot be combined with organization_id"
    );
}

#[test]
fn a_deleted_role_that_new_instances_have_stays_deleted() {
    let fake = FakeClerk::new();
    let send = |method: &str, path: &str, body: &str| {
        let (status, response, _) = request(method, path).body(body).send(&fake);
        assert_eq!(status, 200, "{response}");
    };
    let settings = r#"{ "domains_default_role_id": "role_admin" }"#;
    send("PATCH", "/v1/instance/organization_settings", settings);
    send("DELETE", "/v1/organization_roles/role_member", "");
    let state = fake.to_json();
    assert_eq!(state["deleted_organization_roles"], json!(["role_member"]));
    let again = FakeClerk::from_json(&state.to_string()).unwrap();
    assert_eq!(again.to_json(), state);
    let role = request("GET", "/v1/organization_roles/role_member");
    assert_eq!(role.send(&again).0, 404);

    let seed = r#"{ "deleted_organization_roles": ["role_king"] }"#;
    let error = FakeClerk::from_json(seed).unwrap_err().to_string();
    assert!(error.contains("no new instance has the role"), "{error}");
}

#[test]
fn organizations_of_a_seed_get_the_initial_role_set_of_the_seed() {
    let seed = json!({
        "organizations": [{ "id": "org_1" }, { "id": "org_2", "role_set_key": "role_set:few" }],
        "users": [{ "id": "user_ada", "organizations": { "org_3": "org:admin" } }],
        "objects": { "role_sets": [
            { "key": "role_set:few", "name": "Few", "roles": ["org:admin"] },
            { "key": "role_set:all", "name": "All", "roles": ["org:admin"], "type": "initial" },
        ] },
    });
    let fake = FakeClerk::from_json(&seed.to_string()).unwrap();
    for (id, expected) in [("org_1", "all"), ("org_2", "few"), ("org_3", "all")] {
        let organization = fake.organization(id).unwrap();
        let key = organization.role_set_key;
        assert_eq!(key, Some(format!("role_set:{expected}")), "{id}");
    }
}

#[test]
fn a_new_object_does_not_get_the_generated_id_of_an_object_of_a_seed() {
    // The ids that the JSON omits are generated from a new fake's random seed. Setting the same
    // random seed afterwards would repeat these ids.
    let random_seed = FakeClerk::new().to_json()["random_seed"].take();
    let wallet = format!("0x{:040}", 7);
    let seed = json!({
        "users": [{ "id": "user_ada", "web3_wallet": [wallet] }],
        "random_seed": random_seed,
    });
    let fake = FakeClerk::from_json(&seed.to_string()).unwrap();
    let body = json!({ "user_id": "user_ada", "email_address": "ada@example.com" }).to_string();
    let create = request("POST", "/v1/email_addresses").body(&body);
    let (status, created, _) = create.send(&fake);
    assert_eq!(status, 200, "{created}");
    let ada = fake.user("user_ada").unwrap();
    assert_ne!(created["id"], ada.web3_wallets[0].id.as_str());

    let sessions = ["sess_1", "sess_2"].map(|id| json!({ "id": id, "user_id": "user_ada" }));
    let seed = json!({
        "users": [{ "id": "user_ada" }],
        "sessions": sessions,
        "random_seed": random_seed,
    });
    let fake = FakeClerk::from_json(&seed.to_string()).unwrap();
    let _ = fake.sign_in("user_ada");
    let (_, clients, _) = request("GET", "/v1/clients").send(&fake);
    assert_eq!(clients.as_array().unwrap().len(), 3);
}

#[test]
fn a_value_that_is_nested_as_deeply_as_a_request_allows_is_read_back() {
    let fake = FakeClerk::new();
    fake.add(FakeUser::new("user_ada"));
    let nested = format!(r#"{{ "a": {}{} }}"#, "[".repeat(125), "]".repeat(125));
    let invitation =
        format!(r#"{{ "email_address": "bob@example.com", "public_metadata": {nested} }}"#);
    let key = format!(r#"{{ "name": "Nested", "subject": "user_ada", "claims": {nested} }}"#);
    for (path, body) in [("/v1/invitations", invitation), ("/v1/api_keys", key)] {
        let (status, created, _) = request("POST", path).body(&body).send(&fake);
        assert_eq!(status, 200, "{created}");
    }
    let state = fake.to_json();
    let again = FakeClerk::from_json(&state.to_string()).unwrap();
    assert_eq!(again.to_json(), state);
}

#[test]
fn an_object_without_an_id_does_not_get_an_id_that_a_later_object_states() {
    let token = json!({ "kind": "api_key", "subject": "user_ada" });
    for (seed, object, place, names) in [
        (
            r#"{"users": OBJECTS}"#,
            json!({}),
            "/users/0/user",
            &["id"][..],
        ),
        (
            r#"{"objects": {"machines": OBJECTS}}"#,
            json!({ "name": "Engine" }),
            "/objects/machines/0",
            &["id"][..],
        ),
        (
            r#"{"machine_tokens": OBJECTS}"#,
            token,
            "/machine_tokens/0",
            &["id", "secret"][..],
        ),
    ] {
        let read = |objects: Value| {
            let seed = seed.replace("OBJECTS", &objects.to_string());
            FakeClerk::from_json(&seed).unwrap().to_json()
        };
        let state = read(json!([object]));
        let mut later = object.clone();
        for name in names {
            later[*name] = state.pointer(place).unwrap()[*name].clone();
        }
        let state = read(json!([object, later]));
        for name in names {
            let [first, second] = [place, &place.replace('0', "1")]
                .map(|place| &state.pointer(place).unwrap()[*name]);
            assert_eq!(second, &later[*name], "{seed}");
            assert_ne!(first, second, "{seed}");
        }
    }
}

#[test]
fn settings_without_a_limit_are_read_back() {
    let fake = FakeClerk::new();
    let mut settings = fake.settings();
    settings.username_max_length = usize::MAX;
    settings.max_users = Some(usize::MAX);
    fake.set_settings(settings.clone());
    let again = FakeClerk::from_json(&fake.to_json().to_string()).unwrap();
    assert_eq!(again.settings(), settings);
}

async fn save(server: &FakeServer) -> (u16, Value) {
    let request =
        clerk_client::http::Request::post(server.url().replace("v1", "__clerk_mock/save"));
    let request = request.body(Default::default()).unwrap();
    let response = TokioTransport::new().unwrap().send(request).await.unwrap();
    let body = serde_json::from_slice(response.body()).unwrap();
    (response.status().as_u16(), body)
}

#[tokio::test]
async fn a_server_saves_its_state_on_demand_and_when_it_stops() {
    let server = FakeServer::start(FakeClerk::new()).await.unwrap();
    let (status, body) = save(&server).await;
    assert_eq!(status, 400, "{body}");
    assert_eq!(body["errors"][0]["code"], "save_file_missing");

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state.json");
    let builder = FakeServer::builder(FakeClerk::new()).save_to(&path);
    let server = builder.start().await.unwrap();
    for (name, on_demand) in [("user_ada", true), ("user_alan", false)] {
        server.fake().add(FakeUser::new(name));
        if on_demand {
            assert_eq!(save(&server).await, (200, json!({ "saved": true })));
        }
    }
    let read = || FakeClerk::from_json(&std::fs::read_to_string(&path).unwrap()).unwrap();
    assert!(read().user("user_ada").is_some() && read().user("user_alan").is_none());
    server.shutdown_and_save().await.unwrap();
    assert!(read().user("user_alan").is_some());
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);

    let missing = folder.path().join("missing").join("state.json");
    let builder = FakeServer::builder(FakeClerk::new()).save_to(&missing);
    let server = builder.start().await.unwrap();
    let (status, body) = save(&server).await;
    assert_eq!(
        (status, &body["errors"][0]["code"]),
        (500, &json!("save_failed"))
    );
    let error = server.shutdown_and_save().await.unwrap_err();
    assert!(
        error.to_string().contains(missing.to_str().unwrap()),
        "{error}"
    );
}

#[tokio::test]
#[cfg(unix)]
async fn a_state_is_saved_where_a_symbolic_link_leads() {
    use std::os::unix::fs::symlink;

    let folder = tempfile::tempdir().unwrap();
    let [file, second, first] = ["saved/state.json", "saved/link", "state.json"].map(|name| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        path
    });
    symlink("state.json", &second).unwrap();
    symlink(&second, &first).unwrap();
    // The first server creates the file, and the second one replaces it.
    for name in ["user_ada", "user_alan"] {
        let fake = FakeClerk::new();
        fake.add(FakeUser::new(name));
        let builder = FakeServer::builder(fake).save_to(&first);
        let server = builder.start().await.unwrap();
        server.shutdown_and_save().await.unwrap();
        assert!(first.is_symlink() && second.is_symlink() && !file.is_symlink());
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(FakeClerk::from_json(&text).unwrap().user(name).is_some());
    }
}

#[test]
fn with_a_step_threads_create_objects_at_distinct_times() {
    let fake = FakeClerk::new();
    fake.set_step(Duration::from_millis(1));
    std::thread::scope(|scope| {
        for thread in 0..8 {
            let fake = &fake;
            scope.spawn(move || {
                for number in 0..100 {
                    fake.add(FakeUser::new(format!("user_{thread}_{number}")));
                }
            });
        }
    });
    let state = fake.to_json();
    let users = state["users"].as_array().unwrap().iter();
    let times: BTreeSet<_> = users
        .map(|user| user["user"]["created_at"].as_i64().unwrap())
        .collect();
    assert_eq!(times.len(), 800);
    let before = fake.time();
    fake.add_api_key("user_0_0");
    assert_eq!(fake.time().as_millis() - before.as_millis(), 1);
}
