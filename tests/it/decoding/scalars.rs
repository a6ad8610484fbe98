//! Scalar types: timestamps, metadata, ids and open enumerations.

use std::time::{Duration, SystemTime};

use clerk_client::ids::{OrganizationId, UserId};
use clerk_client::models::{Page, VerificationStatus, VerificationStrategy};
use clerk_client::{Metadata, Timestamp, User};
use serde_json::{Value, json};

#[test]
fn timestamps_round_trip_through_rfc_3339() {
    for (millis, text) in [
        (0, "1970-01-01T00:00:00.000Z"),
        (-1, "1969-12-31T23:59:59.999Z"),
        (951_782_400_000, "2000-02-29T00:00:00.000Z"),
        (1_709_251_199_999, "2024-02-29T23:59:59.999Z"),
        (1_350_717_320_902, "2012-10-20T07:15:20.902Z"),
        (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
        (-62_167_219_200_000, "0000-01-01T00:00:00.000Z"),
        (-2_203_891_200_000, "1900-03-01T00:00:00.000Z"),
    ] {
        let time = Timestamp::from_millis(millis);
        assert_eq!(time.to_string(), text);
        assert_eq!(Timestamp::parse_rfc3339(text), Some(time));
    }
    // The loop covers every day of more than 800 years.
    for day in -150_000..150_000_i64 {
        let time = Timestamp::from_millis(day * 86_400_000 + 43_200_000);
        assert_eq!(Timestamp::parse_rfc3339(&time.to_string()), Some(time));
    }
}

#[test]
fn other_forms_of_rfc_3339_are_parsed() {
    for (text, same) in [
        ("2012-10-20 07:15:20z", "2012-10-20T07:15:20.000Z"),
        ("2012-10-20t09:15:20.9+02:00", "2012-10-20T07:15:20.900Z"),
        (
            "2012-10-19T23:45:20.123456789-07:30",
            "2012-10-20T07:15:20.123Z",
        ),
        ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000Z"),
    ] {
        assert_eq!(Timestamp::parse_rfc3339(text).unwrap().to_string(), same);
    }
    for text in [
        "",
        "2012-10-20",
        "2012-10-20T07:15:20",
        "2012-10-20T07:15:20.Z",
        "2012-13-01T00:00:00Z",
        "2012-00-01T00:00:00Z",
        "2023-02-29T00:00:00Z",
        "2012-10-20T24:00:00Z",
        "2012-10-20T07:60:00Z",
        "2012-10-20T07:15:61Z",
        "2012-10-20T07:15:20+2:00",
        "2012-10-20T07:15:20+24:00",
        "+012-10-20T07:15:20Z",
        "2012-1-20T007:15:20Z",
        "2012-10-20T07:15:20ZZ",
        "日012-10-20T07:15:20Z",
        "2012-10-20T07:15:20.9日",
    ] {
        assert_eq!(Timestamp::parse_rfc3339(text), None, "{text}");
    }
}

#[test]
fn extreme_timestamps_do_not_panic() {
    for millis in [i64::MIN, i64::MIN + 1, i64::MAX, 0] {
        let time = Timestamp::from_millis(millis);
        let _ = (time.to_string(), SystemTime::from(time));
    }
    let before = SystemTime::UNIX_EPOCH - Duration::from_millis(1500);
    assert_eq!(Timestamp::from(before).as_millis(), -1500);
    assert_eq!(SystemTime::from(Timestamp::from(before)), before);
}

#[test]
fn metadata_keeps_its_json_and_is_never_null() {
    let text = r#"{"n": 123456789012345678901234567890, "f": 1.10}"#;
    let metadata: Metadata = serde_json::from_str(text).unwrap();
    assert_eq!(metadata.as_json(), text);
    assert_eq!(serde_json::to_string(&metadata).unwrap(), text);

    for empty in ["null", "{}", "{ }"] {
        let metadata: Metadata = serde_json::from_str(empty).unwrap();
        assert!(metadata.is_empty());
        assert_eq!(metadata, Metadata::new());
        assert_eq!(metadata.get::<Value>().unwrap(), json!({}));
    }
    for wrong in ["[]", "\"x\"", "1", "true"] {
        serde_json::from_str::<Metadata>(wrong).unwrap_err();
    }
    let (a, b) = (
        r#"{"a":1,"b":{"c":[1,2]}}"#,
        r#"{ "b": {"c": [1, 2]}, "a": 1 }"#,
    );
    let parse = |text| serde_json::from_str::<Metadata>(text).unwrap();
    assert_eq!(parse(a), parse(b));
    assert_ne!(parse(a), parse(r#"{"a":2}"#));

    let error = parse(r#"{"plan":"hush"}"#)
        .get::<std::collections::BTreeMap<String, u8>>()
        .unwrap_err();
    assert!(!error.to_string().contains("hush"), "{error}");
}

#[test]
fn metadata_is_compared_by_its_exact_value() {
    let parse = |text: &str| serde_json::from_str::<Metadata>(text).unwrap();
    let equal = |a: &str, b: &str| {
        let value = |text: &str| parse(&format!(r#"{{ "a": [{text}] }}"#));
        assert_eq!(value(a) == value(b), value(b) == value(a), "{a} {b}");
        value(a) == value(b)
    };
    for (a, b) in [
        ("1", "1.0"),
        ("1", "1e0"),
        ("100", "1E+2"),
        ("0.010", "1e-2"),
        ("0", "-0.0e7"),
        ("1e400", "10e399"),
        ("12345678901234567890123", "12345678901234567890123.0"),
        (r#""\u00fc""#, "\"ü\""),
        ("{}", "{ }"),
        (r#"{"k":1,"k":2}"#, r#"{"k":2}"#),
        (r#"{"k":1,"l":[]}"#, r#"{"l":[ ],"k":1.0}"#),
    ] {
        assert!(equal(a, b), "{a} {b}");
    }
    for (a, b) in [
        ("12345678901234567890123", "12345678901234567890124"),
        ("9007199254740993", "9007199254740992"),
        ("9007199254740993", "9007199254740992.0"),
        ("0.1", "0.1000000000000000000001"),
        ("1e400", "1e401"),
        ("1e400", "2e400"),
        ("1", "-1"),
        ("1", "10"),
        ("1e99999999999999999999", "2e99999999999999999999"),
        ("1", "\"1\""),
        ("null", "false"),
        ("[]", "{}"),
        ("1,2", "1"),
        ("1,2", "2,1"),
        (r#"{"k":null}"#, "{}"),
    ] {
        assert!(!equal(a, b), "{a} {b}");
    }
    let same = parse(r#"{ "n": 1e400 }"#);
    assert_eq!(same, parse(r#"{"n":1e400}"#));
    // Values that are nested too deep are compared as text.
    let deep = format!(r#"{{"a":{}1{}}}"#, "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(parse(&deep), parse(&deep.replacen(':', ": ", 1)));
    assert_ne!(parse(&deep), parse(&deep.replace('1', "2")));
}

#[test]
fn ids_are_typed_strings() {
    let id = UserId::from("user_1");
    assert_eq!(
        (id.as_str(), id.to_string(), format!("{id:?}")),
        ("user_1", "user_1".into(), "\"user_1\"".into())
    );
    assert_eq!(UserId::from(&id), UserId::from(String::from("user_1")));
    assert_eq!(
        serde_json::to_value(OrganizationId::from("org_1")).unwrap(),
        "org_1"
    );
    assert!(UserId::default().is_empty());
}

#[test]
fn unknown_enum_values_are_kept() {
    let known: VerificationStatus = serde_json::from_str("\"verified\"").unwrap();
    assert_eq!(known, VerificationStatus::Verified);
    let unknown: VerificationStrategy = serde_json::from_str("\"oauth_google\"").unwrap();
    assert!(matches!(unknown, VerificationStrategy::Unknown(_)));
    assert_eq!(serde_json::to_string(&unknown).unwrap(), "\"oauth_google\"");
    assert_eq!(VerificationStatus::from("verified"), known);
    assert_eq!(VerificationStatus::from(&"verified".to_owned()), known);
    assert_eq!(VerificationStrategy::from(&unknown), unknown);
    serde_json::from_str::<VerificationStatus>("1").unwrap_err();
}

#[test]
fn timestamps_add_and_subtract_durations() {
    let time = Timestamp::from_millis(1_000);
    assert_eq!((time + Duration::from_micros(2_500)).as_millis(), 1_002);
    assert_eq!((time - Duration::from_secs(3)).as_millis(), -2_000);
    assert_eq!((time + Duration::MAX).as_millis(), i64::MAX);
    let earliest = Timestamp::from_millis(i64::MIN);
    assert_eq!((earliest - Duration::MAX).as_millis(), i64::MIN);
    assert_eq!((earliest + Duration::MAX).as_millis(), i64::MAX);
    let latest = Timestamp::from_millis(i64::MAX);
    assert_eq!((latest - Duration::MAX).as_millis(), i64::MIN);
}

#[test]
fn the_fraction_of_a_timestamp_or_a_count_is_cut_off() {
    for (json, expected) in [
        ("1700000000000.75", Some(1_700_000_000_000)),
        ("-1.5", Some(-1)),
        ("1e3", Some(1_000)),
        ("1e300", None),
        ("9223372036854775808", None),
        ("\"5\"", None),
    ] {
        let time = serde_json::from_str::<Timestamp>(json).ok();
        assert_eq!(time.map(Timestamp::as_millis), expected, "{json}");
    }
    let page = r#"{"data":[],"total_count":12.5}"#;
    let page: Page<User> = serde_json::from_str(page).unwrap();
    assert_eq!(page.total_count, Some(12));
}
