//! The guides from the repository's `docs/` folder.

macro_rules! pages {
    ($($name:ident = $file:literal,)+) => {
        $(
            #[doc = include_str!("links.txt")]
            #[doc = include_str!($file)]
            pub mod $name {}
        )+
    };
}

pages! {
    architecture = "../docs/internals/architecture.md",
    contributing = "../CONTRIBUTING.md",
    changelog = "../CHANGELOG.md",
    comparison = "../docs/guide/comparison.md",
    cookbook = "../docs/guide/cookbook.md",
    design = "../docs/internals/design.md",
    migrating = "../docs/guide/migrating.md",
    operations = "../docs/operations.md",
    performance = "../docs/internals/performance.md",
    robustness = "../docs/internals/robustness.md",
    runtimes = "../docs/guide/runtimes.md",
    security = "../SECURITY.md",
    transports = "../docs/guide/transports.md",
}
