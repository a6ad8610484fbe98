//! Valid and invalid input files.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::{command, file, rows, run, server, stdout_of};

/// The error describes the fault, and no user is created.
#[tokio::test(flavor = "multi_thread")]
async fn an_invalid_file_is_rejected_as_a_whole() {
    let good = r#"{"external_id": "1"}"#;
    let cases = [
        (
            format!("{good}\n{good}\n"),
            "line 2: external_id \"1\" occurs more than once",
        ),
        (
            "{\"external_id\": \" \"}\n".to_owned(),
            "line 1: external_id is missing",
        ),
        (
            "\n{\"first_name\": \"Ada\"}\n".to_owned(),
            "line 2: external_id is missing",
        ),
        (
            "\u{feff}{\"external_id\": \"1\", \"mail\": \"x\"}".to_owned(),
            "line 1: unknown column \"mail\"",
        ),
        (
            r#"{"external_id": "1", "created_at": "today"}"#.to_owned(),
            "line 1: created_at \"today\" is not a time",
        ),
        (
            r#"{"external_id": "1", "created_at": "2024-01-15 10:30:00"}"#.to_owned(),
            "with a time zone",
        ),
        (
            r#"{"external_id": "1", "created_at": 1705314600}"#.to_owned(),
            "line 1: created_at 1705314600 is not in milliseconds; is it in seconds?",
        ),
        (
            r#"{"external_id": "1", "public_metadata": []}"#.to_owned(),
            "must be a JSON object",
        ),
        (
            r#"{"external_id": "1", "password_digest": "x"}"#.to_owned(),
            "password_hasher",
        ),
        (
            r#"{"external_id": "1", "password": 31415926}"#.to_owned(),
            "line 1: password is not a string",
        ),
        (
            r#"{"external_id": "1", "phone_number": 15551234}"#.to_owned(),
            "line 1: phone_number is not a string, or an array of strings",
        ),
        ("[[]]".to_owned(), "line 1: not a JSON object"),
        (
            format!("\u{feff}[\n{good},\n{{\"external_id\": \"2\",\n\"locale\": 31415926}}]"),
            "line 3: locale is not a string",
        ),
        (format!("[\n{good}\n{good}]"), "line 3: expected a comma"),
        (format!("[{good},\n]"), "line 2: not a JSON object"),
        (format!("[\n{good}\n"), "line 3: the array has no end"),
        (format!("[{good}]\n{good}"), "line 2: text after the end"),
        (
            format!("[{good},\n{{\"external_id\"}}]"),
            "line 2: expected `:`",
        ),
        (
            r#"{"external_id": "1", "private_metadata": "{"}"#.to_owned(),
            "line 1: private_metadata is not JSON",
        ),
        (
            r#"{"external_id": "1", "password": "31415926", "password": "27182818"}"#.to_owned(),
            "line 1: the name \"password\" occurs more than once",
        ),
        (
            format!(
                "[{good},\n{{\"external_id\": \"2\", \"public_metadata\":\n{{\"a\": 1, \"a\": 2}}}}]"
            ),
            "line 3: the name \"a\" occurs more than once",
        ),
        (
            r#"{"external_id": "1", "private_metadata": "{\"a\": 1, \"a\": 2}"}"#.to_owned(),
            "line 1: private_metadata is not JSON: the name \"a\" occurs more than once",
        ),
        ("{".to_owned(), "line 1: EOF while parsing"),
    ];
    let server = server().await;
    let folder = tempfile::tempdir().unwrap();
    for (text, fault) in cases {
        let users = file(&folder, "users.jsonl", &text);
        let output = run(command(Some(&server), &users)).await;
        assert!(!output.status.success() && output.stdout.is_empty());
        let error = str::from_utf8(&output.stderr).unwrap();
        assert!(
            error.contains("nothing was sent")
                && error.contains(fault)
                && !error.contains("31415926"),
            "{error}"
        );
    }
    let crlf = "external_id,created_at\r\n1,\r\n2,today\r\n";
    let crlf = file(&folder, "windows.CSV", crlf);
    let unknown = file(&folder, "unknown.csv", "external_id,Name\n1,Ada\n");
    let twice = file(
        &folder,
        "twice.csv",
        "external_id,email_address,email_address\n1,ada@example.com,31415926\n",
    );
    let no_header = file(
        &folder,
        "users.csv",
        "customer-1,ada@example.com,31415926\n",
    );
    for (file, fault) in [
        (
            no_header,
            "the first line has no column external_id; is it a header?",
        ),
        (crlf, "line 3: created_at \"today\" is not a time"),
        (
            unknown,
            "unknown column \"Name\"; the known columns are external_id, ",
        ),
        (twice, "the column \"email_address\" occurs more than once"),
        (folder.path().to_owned(), "line 1: "),
        (folder.path().join("none"), "none: "),
    ] {
        let output = run(command(Some(&server), &file)).await;
        let error = str::from_utf8(&output.stderr).unwrap();
        assert!(!output.status.success() && error.contains(fault), "{error}");
        assert!(!error.contains("31415926"), "{error}");
    }
    assert_eq!(server.fake().to_json()["users"], json!([]));
}

/// Imports a file, and returns the created users by external id.
async fn import(name: &str, text: &str) -> BTreeMap<String, Value> {
    let folder = tempfile::tempdir().unwrap();
    let server = server().await;
    let output = run(command(Some(&server), &file(&folder, name, text))).await;
    let error = str::from_utf8(&output.stderr).unwrap();
    assert!(output.status.success(), "{error}{}", stdout_of(&output));
    let mut users = server.fake().to_json()["users"].take();
    let users = users.as_array_mut().unwrap();
    let users = users.iter_mut().map(|user| user["user"].take());
    users
        .map(|user| (user["external_id"].as_str().unwrap().to_owned(), user))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_json_array_is_imported_like_lines() {
    let lines = rows(100);
    let compact = format!("[{}]", lines.trim().replace('\n', ","));
    let pretty: Value = serde_json::from_str(&compact).unwrap();
    let pretty = format!("\u{feff}\n {pretty:#}\r\n\n");
    for array in [compact, pretty] {
        assert_eq!(import("users.json", &array).await.len(), 100);
    }
    assert!(import("users.json", "[ ]").await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn times_are_read_as_databases_write_them() {
    let expected = 1_705_314_600_000_i64;
    let mut lines = Vec::new();
    for (number, time) in [
        json!("2024-01-15T10:30:00Z"),
        json!("2024-01-15 10:30:00+00"),
        json!("2024-01-15 10:30:00.000000+00"),
        json!("2024-01-15 10:30:00+00:00"),
        json!("2024-01-15 16:00:00+0530"),
        json!("2024-01-15 05:30:00.000-05"),
        json!(expected),
        json!(expected.to_string()),
    ]
    .into_iter()
    .enumerate()
    {
        lines.push(json!({ "external_id": number.to_string(), "created_at": time }).to_string());
    }
    let users = import("users.jsonl", &lines.join("\n")).await;
    assert_eq!(users.len(), lines.len());
    for (external_id, user) in users {
        let line = external_id.parse::<usize>().unwrap();
        assert_eq!(user["created_at"], json!(expected), "{}", lines[line]);
    }
    let csv = "external_id,created_at\n1,2024-01-15 10:30:00.5+00\n";
    let users = import("users.csv", csv).await;
    assert_eq!(users["1"]["created_at"], json!(expected + 500));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_digest_is_no_digest() {
    let csv = "external_id,password_digest,password_hasher\n1,,bcrypt\n2, ,bcrypt\n";
    let json = r#"[{"external_id": "1", "password_digest": "", "password_hasher": "bcrypt"},
        {"external_id": "2", "password_digest": null, "password_hasher": "bcrypt"}]"#;
    for (name, text) in [("users.csv", csv), ("users.json", json)] {
        for user in import(name, text).await.values() {
            assert_eq!(user["password_enabled"], json!(false), "{user}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn empty_rows_of_a_spreadsheet_are_skipped() {
    let csv = "external_id,first_name,last_name\n,,\n1,Ada,\n , ,\n,,\n2,Alan,\n,,\n";
    assert_eq!(import("users.csv", csv).await.len(), 2);
}
