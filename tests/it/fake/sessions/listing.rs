//! The lists of sessions and of clients.

use std::time::Duration;

use clerk_client::mock::FakeClerk;
use serde_json::{Value, json};

use super::{fake, get, ids};

#[test]
fn sessions_are_listed_by_user_client_and_status() {
    let fake = fake();
    let sign_in = |user| {
        fake.clock().advance(Duration::from_secs(1));
        fake.sign_in(user)
    };
    let (first, other, last) = (
        sign_in("user_ada"),
        sign_in("user_alan"),
        sign_in("user_ada"),
    );
    let (first, last) = (first.session_id().as_str(), last.session_id().as_str());
    let of_ada = get(&fake, "/v1/sessions?user_id=user_ada");
    assert_eq!(ids(&of_ada), [last, first]);
    let client = of_ada[1]["client_id"].as_str().unwrap();
    let of_client = get(&fake, &format!("/v1/sessions?client_id={client}"));
    assert_eq!(ids(&of_client), [first]);
    fake.revoke_session(last);
    let list = |query: &str| get(&fake, &format!("/v1/sessions?user_id=user_ada{query}"));
    assert_eq!(ids(&list("&status=active")), [first]);
    assert_eq!(ids(&list("&status=revoked")), [last]);
    assert!(ids(&list("&status=ended")).is_empty());
    assert_eq!(ids(&list("&limit=1")), [last]);
    assert_eq!(ids(&list("&limit=1&offset=1")), [first]);
    let page = list("&limit=1&paginated=true");
    assert_eq!(
        (ids(&page["data"]), &page["total_count"]),
        (vec![last], &json!(2))
    );
    assert_eq!(list("&paginated=false"), list(""));
    // Blank filters have no effect.
    assert_eq!(list("&client_id=&status="), list(""));

    let clients = get(&fake, "/v1/clients");
    assert_eq!(clients.as_array().unwrap().len(), 3);
    assert_eq!(
        clients[1]["last_active_session_id"],
        other.session_id().as_str()
    );
    assert_eq!(clients[0]["last_active_session_id"], Value::Null);
    let of_ada = get(&fake, &format!("/v1/clients/{client}"));
    assert_eq!(
        (&of_ada, &of_ada["session_ids"]),
        (&clients[2], &json!([first]))
    );
}

#[test]
fn the_first_session_of_a_client_decides_its_place_in_the_list() {
    let session =
        |id: &str, client: &str| json!({ "id": id, "user_id": "user_ada", "client_id": client });
    let seed = json!({
        "users": [{ "id": "user_ada" }],
        "sessions": [
            session("sess_1", "client_old"),
            session("sess_2", "client_new"),
            session("sess_3", "client_old"),
        ],
    });
    let fake = FakeClerk::from_json(&seed.to_string()).unwrap();
    let clients = get(&fake, "/v1/clients");
    assert_eq!(ids(&clients), ["client_new", "client_old"]);
    assert_eq!(clients[1]["session_ids"], json!(["sess_1", "sess_3"]));
    assert_eq!(clients[1], get(&fake, "/v1/clients/client_old"));
}

#[test]
fn sessions_of_a_seed_are_listed_by_their_time_of_creation() {
    let start = FakeClerk::new().time().as_millis();
    let session = |name: &str, age: i64| {
        json!({
            "id": format!("sess_{name}"),
            "client_id": format!("client_{name}"),
            "user_id": "user_ada",
            "created_at": start - age,
        })
    };
    let seed = json!({
        "users": [{ "id": "user_ada" }],
        "sessions": [session("new", 1), session("old", 3), session("middle", 2)],
    });
    let fake = FakeClerk::from_json(&seed.to_string()).unwrap();
    let sessions = get(&fake, "/v1/sessions?user_id=user_ada");
    assert_eq!(ids(&sessions), ["sess_new", "sess_middle", "sess_old"]);
    let clients = get(&fake, "/v1/clients");
    assert_eq!(ids(&clients), ["client_new", "client_middle", "client_old"]);
}
