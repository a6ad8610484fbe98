//! Values that are written in several formats and read back, alone and inside types with serde's
//! attributes `flatten`, `tag` and `untagged`.

use std::fmt::Debug;

use clerk_client::models::{
    ClerkErrors, CommerceSubscription, DeletedObject, EmailAddress, ExternalAccount,
    OAuthAccessToken, OrganizationInvitation, OrganizationMembership, Page, TrustedDevice,
    Verification, VerificationStatus,
};
use clerk_client::webhooks::WebhookEvent;
use clerk_client::{Metadata, Timestamp, User};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::support::{full_membership, full_user};

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Plain<T> {
    value: T,
    values: Vec<T>,
    none: Option<T>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind")]
enum Internal<T> {
    Other,
    Value(T),
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "content")]
enum Adjacent<T> {
    Value(T),
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
enum Untagged<T> {
    Number(u8),
    Value(T),
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Row<T> {
    row: i64,
    #[serde(flatten)]
    value: T,
}

/// Writes a value to each format, and reads it back.
fn assert_formats<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) {
    let text = serde_json::to_string(value).unwrap();
    assert_eq!(serde_json::from_str::<T>(&text).unwrap(), *value, "{text}");
    let json = serde_json::to_value(value).unwrap();
    assert_eq!(serde_json::from_value::<T>(json).unwrap(), *value);
    for pack in [rmp_serde::to_vec(value), rmp_serde::to_vec_named(value)] {
        let pack = pack.unwrap();
        assert_eq!(rmp_serde::from_slice::<T>(&pack).unwrap(), *value);
        assert_eq!(rmp_serde::from_read::<_, T>(&*pack).unwrap(), *value);
        assert_clean(&pack);
    }
    let mut cbor = Vec::new();
    ciborium::into_writer(value, &mut cbor).unwrap();
    assert_eq!(ciborium::from_reader::<T, _>(&*cbor).unwrap(), *value);
    for written in [text.into_bytes(), cbor] {
        assert_clean(&written);
    }
}

/// Asserts that the output contains no internal names of serde_json. Other programs that read the
/// output do not know these names.
fn assert_clean(written: &[u8]) {
    let text = String::from_utf8_lossy(written);
    assert!(!text.contains("$serde_json"), "{text}");
}

fn assert_wrappers<T: Serialize + DeserializeOwned + PartialEq + Debug + Clone>(value: &T) {
    assert_formats(value);
    assert_formats(&Plain {
        value: value.clone(),
        values: vec![value.clone(); 2],
        none: None,
    });
    assert_formats(&Internal::Value(value.clone()));
    assert_formats(&Adjacent::Value(value.clone()));
    assert_formats(&Untagged::Value(value.clone()));
    assert_formats(&Row {
        row: 1,
        value: value.clone(),
    });
}

fn parse<T: DeserializeOwned>(value: &Value) -> T {
    serde_json::from_str(&value.to_string()).unwrap()
}

#[test]
fn models_are_read_back_from_each_format_and_wrapper() {
    let user: User = parse(&full_user());
    assert_wrappers(&user);
    assert_wrappers(&User::new("user_1"));
    assert_wrappers(&parse::<OrganizationMembership>(&full_membership()));
    assert_wrappers(&Page::new(vec![user.clone(), User::new("user_2")], 9));
    assert_wrappers(&user.email_addresses[0]);
    assert_wrappers(&user.external_accounts[0]);
    assert_wrappers(&EmailAddress::default());
    assert_wrappers(&ExternalAccount::default());
    assert_wrappers(&Verification::default());
    assert_wrappers(&OAuthAccessToken::default());
    assert_wrappers(&OrganizationInvitation::default());
    assert_wrappers(&TrustedDevice::new("device"));
    assert_wrappers(&CommerceSubscription::default());
    assert_wrappers(&DeletedObject::default());
    let errors = json!({ "errors": [{ "code": "c", "meta": { "param_name": "p" } }] });
    assert_wrappers(&parse::<ClerkErrors>(&errors));

    let mut long = User::new("user_long");
    long.username = Some("ü".repeat(10_000));
    assert_wrappers(&long);
    for status in ["verified", "new"] {
        assert_formats(&VerificationStatus::from(status));
    }
    assert_formats(&Timestamp::from_millis(-1));
    assert_formats(&Timestamp::from_millis(i64::MAX));
    assert_formats(&user.id);
}

#[test]
fn metadata_is_read_back_from_each_format_and_wrapper() {
    for text in [
        "{}",
        r#"{"a":null,"b":[1,-2.5,true,"x",{"c":{}}],"d":18446744073709551615,"e":-9223372036854775808}"#,
        r#"{"n":0.1,"m":1.10,"big":1e300,"small":5e-324,"zero":-0.0,"text":"{}","":[]}"#,
    ] {
        assert_wrappers(&serde_json::from_str::<Metadata>(text).unwrap());
    }
    // These numbers are neither 64-bit integers nor exact as floats. So `Metadata` with them is
    // written as JSON text to MessagePack and CBOR.
    for text in [
        r#"{"n":123456789012345678901234567890}"#,
        r#"{"n":[1e400]}"#,
        r#"{"n":{"m":0.10000000000000000001}}"#,
    ] {
        let metadata: Metadata = serde_json::from_str(text).unwrap();
        let mut user = User::new("user_1");
        user.public_metadata = metadata.clone();
        let pack = rmp_serde::to_vec(&user).unwrap();
        assert_eq!(rmp_serde::from_slice::<User>(&pack).unwrap(), user);
        let mut cbor = Vec::new();
        ciborium::into_writer(&user, &mut cbor).unwrap();
        assert_eq!(ciborium::from_reader::<User, _>(&*cbor).unwrap(), user);
        assert_clean(&[pack, cbor].concat());
        // JSON keeps the text of numbers, even in a flattened field.
        let row = serde_json::to_string(&Row {
            row: 1,
            value: metadata,
        })
        .unwrap();
        assert_eq!(row, format!(r#"{{"row":1,{}"#, &text[1..]));
    }
}

#[test]
fn only_objects_are_metadata_in_any_format() {
    for wrong in [json!([]), json!("x"), json!("[]"), json!(1), json!(true)] {
        let pack = rmp_serde::to_vec(&wrong).unwrap();
        rmp_serde::from_slice::<Metadata>(&pack).unwrap_err();
        serde_json::from_value::<Metadata>(wrong).unwrap_err();
    }
    // Internally, serde_json passes raw JSON as an object with this key. Such an object in the
    // input is not treated as raw JSON.
    let forged = json!({ "$serde_json::private::RawValue": "not JSON" });
    let pack = rmp_serde::to_vec(&forged).unwrap();
    rmp_serde::from_slice::<Metadata>(&pack).unwrap_err();
}

#[test]
fn events_are_read_back_from_each_format() {
    for event in [
        json!({ "type": "user.created", "data": full_user(), "timestamp": 1, "instance_id": "ins_1" }),
        json!({ "type": "user.deleted", "data": { "id": "user_1", "deleted": true } }),
        json!({ "type": "session.dreamt", "data": { "id": "sess_1" },
            "event_attributes": { "http_request": { "client_ip": "::1", "user_agent": "x" } } }),
    ] {
        let event = WebhookEvent::from_slice(event.to_string().as_bytes()).unwrap();
        assert_wrappers(&event);
    }
    let untyped = json!({ "data": {} });
    serde_json::from_value::<WebhookEvent>(untyped).unwrap_err();
}
