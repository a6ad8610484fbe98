//! The operations that the fake models.

use clerk_client::{Clerk, RetryPolicy, tags};

use super::fake_with_ada;
use crate::support::key;
use crate::support::samples::{sample_call, sampler};

/// Returns the rows of a table in the guide. Each row has a tag, and the methods of its operations
/// that the fake does not model.
fn documented() -> Vec<(String, Vec<String>)> {
    let page = include_str!("../../../../docs/guide/testing.md");
    let (_, rest) = page
        .split_once("| operations | in the fake |")
        .expect("the table");
    let rows = rest
        .lines()
        .skip(2)
        .take_while(|line| line.starts_with('|'));
    let names = |cell: &str| {
        cell.split('`')
            .skip(1)
            .step_by(2)
            .map(str::to_owned)
            .collect()
    };
    let row = |line: &str| {
        let cells: Vec<&str> = line.split('|').collect();
        let tag: Vec<String> = names(cells[1]);
        (tag[0].clone(), names(cells[3]))
    };
    rows.map(row).collect()
}

#[tokio::test]
async fn an_operation_is_modelled_or_a_501_that_the_guide_lists() {
    let mut rows = Vec::new();
    for tag in tags() {
        let mut not_modelled = Vec::new();
        for operation in &tag.operations {
            let fake = fake_with_ada();
            let builder = Clerk::builder(fake.transport(), key()).retry(RetryPolicy::none());
            let clerk = builder.build().unwrap();
            let call = sample_call(&clerk, operation, &sampler("user_ada", 1));
            let error = call.send().await.err();
            let id = operation.operation_id();
            let message = error.as_ref().map(ToString::to_string).unwrap_or_default();
            assert!(!message.contains("Clerk has no"), "{id}: {message}");
            let is_501 = error.is_some_and(|error| error.code() == Some("fake_not_modelled"));
            assert_eq!(fake.not_modelled().contains_key(id), is_501, "{id}");
            if is_501 {
                not_modelled.push(operation.method_name().to_owned());
            }
        }
        let all = not_modelled.len() == tag.operations.len();
        if all {
            not_modelled = vec!["all".to_owned()];
        }
        rows.push((tag.accessor.to_owned(), not_modelled));
    }
    let table: Vec<String> = rows
        .iter()
        .map(|(tag, names)| format!("| `{tag}` | … | {} |", names.join(" ")))
        .collect();
    assert_eq!(documented(), rows, "it should be\n{}", table.join("\n"));
}
