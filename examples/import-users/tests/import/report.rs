//! The report of rejected rows.

use std::fs;

use clerk_client::mock::FakeUser;

use crate::{command, file, lines, run, server, sibling, stdout_of};

#[tokio::test(flavor = "multi_thread")]
async fn rejected_rows_are_reported_and_imported_once_corrected() {
    let folder = tempfile::tempdir().unwrap();
    let header = "external_id,email_address,password,private_metadata\n";
    let row = r#"customer-1,ada@example.com;countess@example.com,,"{""score"": 97}""#;
    let short = "customer-2,alan@example.com,s3cr3t,\n";
    let taken = "customer-3,taken@example.com,,\n";
    let users = file(
        &folder,
        "users.csv",
        &format!("{header}{row}\n{short}{taken}"),
    );
    let server = server().await;
    server
        .fake()
        .add(FakeUser::new("user_taken").email_address("taken@example.com"));

    let output = run(command(Some(&server), &users)).await;
    assert!(!output.status.success());
    assert!(stdout_of(&output).starts_with(
        "3 rows: 1 created, 0 already existed, 0 imported before, 2 refused, 0 left."
    ));
    let mut refused = lines(&sibling(&users, ".refused.jsonl"));
    refused.sort_by_key(|refusal| refusal["line"].as_u64());
    let codes: Vec<_> = refused
        .iter()
        .map(|refusal| {
            (
                refusal["line"].as_u64(),
                refusal["errors"][0]["code"].as_str(),
            )
        })
        .collect();
    let expected = [
        (Some(3), Some("form_password_length_too_short")),
        (Some(4), Some("form_identifier_exists")),
    ];
    assert_eq!(codes, expected);
    for printed in [
        fs::read(sibling(&users, ".refused.jsonl")).unwrap(),
        fs::read(sibling(&users, ".journal")).unwrap(),
        output.stdout,
        output.stderr,
    ] {
        let printed = String::from_utf8(printed).unwrap();
        assert!(!printed.contains("s3cr3t"), "a password is in {printed}");
    }

    let mended = "customer-2,alan@example.com,long enough,\ncustomer-3,free@example.com,,\n";
    fs::write(&users, format!("{header}{row}\n{mended}")).unwrap();
    let output = run(command(Some(&server), &users)).await;
    assert!(output.status.success());
    assert!(stdout_of(&output).starts_with(
        "3 rows: 2 created, 0 already existed, 1 imported before, 0 refused, 0 left."
    ));
    assert!(!sibling(&users, ".refused.jsonl").exists());
    let users = server.fake().client().users();
    let ada = users
        .find_user_by_external_id("customer-1")
        .await
        .unwrap()
        .unwrap();
    assert_eq!(ada.email_addresses.len(), 2);
    assert_eq!(ada.private_metadata.as_json(), r#"{"score":97}"#);
}

/// If the second run fails, the report of the first one remains.
#[tokio::test(flavor = "multi_thread")]
async fn a_report_stays_until_a_run_completes() {
    let folder = tempfile::tempdir().unwrap();
    let row = r#"{"external_id": "1", "password": "s3cr3t"}"#;
    let users = file(&folder, "users.jsonl", row);
    let server = server().await;
    assert!(!run(command(Some(&server), &users)).await.status.success());
    server.fake().require_key("sk_test_another");
    assert!(!run(command(Some(&server), &users)).await.status.success());
    assert_eq!(lines(&sibling(&users, ".refused.jsonl")).len(), 1);
}
