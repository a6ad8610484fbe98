//! What stands in the repository's `docs/`, to be read beside the API. Its examples are tests.

// Where the text links to a file, this names what it is here: the first definition of a link holds.
macro_rules! pages {
    ($($name:ident = $file:literal,)+) => {
        $(
            #[doc = "[README]: crate\n[README.md]: crate\n[`HttpTransport`]: crate::transport::HttpTransport\n[the trait]: crate::transport::HttpTransport"]
            #[doc = "[SECURITY.md]: crate::_documentation::security\n[CHANGELOG.md]: crate::_documentation::changelog"]
            #[doc = "[docs/architecture.md]: crate::_documentation::architecture\n[docs/design.md]: crate::_documentation::design"]
            #[doc = "[design.md]: crate::_documentation::design\n[docs/robustness.md]: crate::_documentation::robustness"]
            #[doc = "[performance.md]: crate::_documentation::performance\n[runtimes.md]: crate::_documentation::runtimes"]
            #[doc = "[testing.md]: crate::mock\n[`FakeClerk`]: crate::mock::FakeClerk"]
            #[doc = "[writing-a-transport.md]: crate::_documentation::writing_a_transport"]
            #[doc = "[examples/import-users]: crate#examples\n[examples/webhook-receiver]: crate#examples"]
            #[doc = "[examples/axum-app]: crate#examples\n[examples/reqwest-transport]: crate#examples"]
            #[doc = "[one over reqwest]: crate#examples\n[Cargo.toml]: crate#examples\n[test]: crate#examples"]
            #[doc = "[unmaintained]: crate#features\n[benches/peers/costs.txt]: crate::_documentation::performance"]
            #[doc = ""]
            #[doc = include_str!($file)]
            pub mod $name {}
        )+
    };
}

pages! {
    architecture = "../docs/architecture.md",
    contributing = "../CONTRIBUTING.md",
    changelog = "../CHANGELOG.md",
    comparison = "../docs/comparison.md",
    cookbook = "../docs/cookbook.md",
    design = "../docs/design.md",
    migrating_from_clerk_rs = "../docs/migrating-from-clerk-rs.md",
    performance = "../docs/performance.md",
    robustness = "../docs/robustness.md",
    runtimes = "../docs/runtimes.md",
    security = "../SECURITY.md",
    writing_a_transport = "../docs/writing-a-transport.md",
}
