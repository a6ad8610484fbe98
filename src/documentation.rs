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
