//! Invalid input files.

use serde_json::json;

use crate::{command, file, run, server};

/// The error names the line, and no user is created.
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
            "line 1: external_id is empty",
        ),
        (
            "\n{\"first_name\": \"Ada\"}\n".to_owned(),
            "line 2: missing field `external_id`",
        ),
        (
            "\u{feff}{\"external_id\": \"1\", \"mail\": \"x\"}".to_owned(),
            "line 1: unknown field `mail`",
        ),
        (
            r#"{"external_id": "1", "created_at": "today"}"#.to_owned(),
            "is not RFC 3339",
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
            "line 1: a column is not a string",
        ),
        (
            r#"{"external_id": "1", "phone_number": 15551234}"#.to_owned(),
            "line 1: addresses and numbers must be strings, or arrays of strings",
        ),
        ("[]".to_owned(), "line 1: not a JSON object"),
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
        (crlf, "line 3: created_at \"today\" is not RFC 3339"),
        (
            unknown,
            "unknown column \"Name\"; the known columns are external_id, ",
        ),
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
