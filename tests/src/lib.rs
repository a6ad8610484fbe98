//! Runs the examples of the Markdown pages as tests: each page is the documentation of a module.

#[cfg(doctest)]
macro_rules! pages {
    ($($name:ident = $file:literal,)+) => {
        $(
            #[doc = include_str!($file)]
            mod $name {}
        )+
    };
}

#[cfg(doctest)]
pages! {
    readme = "../../README.md",
    changelog = "../../CHANGELOG.md",
    contributing = "../../CONTRIBUTING.md",
    security = "../../SECURITY.md",
    architecture = "../../docs/architecture.md",
    comparison = "../../docs/comparison.md",
    cookbook = "../../docs/cookbook.md",
    design = "../../docs/design.md",
    migrating_from_clerk_rs = "../../docs/migrating-from-clerk-rs.md",
    performance = "../../docs/performance.md",
    robustness = "../../docs/robustness.md",
    runtimes = "../../docs/runtimes.md",
    testing = "../../docs/testing.md",
    writing_a_transport = "../../docs/writing-a-transport.md",
}
