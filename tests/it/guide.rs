//! Code in docs/guide that `cargo test` does not compile, compared with the code that CI compiles.

#[test]
fn the_code_of_wasm_md_is_that_of_the_example() {
    let page = include_str!("../../docs/guide/wasm.md");
    let example = include_str!("../../examples/fetch-transport/src/fetch_transport.rs");
    let blocks = page.split("```rust,ignore\n").skip(1);
    let blocks = blocks.map(|block| block.split("```").next().unwrap());
    let items: Vec<&str> = blocks
        .flat_map(|block| block.trim_end().split("\n}\n"))
        .collect();
    assert!(items.len() > 5, "{items:?}");
    for item in items {
        let item = item.trim_start();
        assert!(
            example.contains(item),
            "the example has no such item:\n{item}"
        );
    }
}

#[test]
fn the_code_about_opentelemetry_is_that_of_the_example() {
    let example = [
        include_str!("../../examples/opentelemetry/src/metered.rs"),
        include_str!("../../examples/opentelemetry/src/telemetry.rs"),
    ]
    .map(without_indentation);
    for page in [
        include_str!("../../docs/guide/tracing.md"),
        include_str!("../../docs/guide/transports.md"),
    ] {
        let blocks: Vec<&str> = page.split("```rust,ignore\n").skip(1).collect();
        assert_eq!(blocks.len(), 1, "{blocks:?}");
        let block = without_indentation(blocks[0].split("```").next().unwrap());
        assert!(
            example.iter().any(|file| file.contains(&block)),
            "the example has no such code:\n{block}"
        );
    }
}

fn without_indentation(code: &str) -> String {
    let lines = code.lines().map(str::trim_start);
    lines.collect::<Vec<_>>().join("\n")
}
