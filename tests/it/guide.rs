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
