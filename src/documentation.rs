//! The guides and other Markdown documents of the repository.

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
    blocking = "../docs/guide/blocking.md",
    browser_pages = "../docs/guide/browser-pages.md",
    changelog = "../CHANGELOG.md",
    comparison = "../docs/guide/comparison.md",
    contributing = "../CONTRIBUTING.md",
    cookbook = "../docs/guide/cookbook.md",
    design = "../docs/internals/design.md",
    forms = "../docs/guide/forms.md",
    guide = "../docs/guide/README.md",
    migrating = "../docs/guide/migrating.md",
    operations = "../docs/operations.md",
    performance = "../docs/internals/performance.md",
    proxy = "../docs/guide/proxy.md",
    robustness = "../docs/internals/robustness.md",
    runtimes = "../docs/guide/runtimes.md",
    security = "../SECURITY.md",
    served_fake = "../docs/guide/served-fake.md",
    sessions = "../docs/guide/sessions.md",
    several_runtimes = "../docs/guide/several-runtimes.md",
    tracing = "../docs/guide/tracing.md",
    transports = "../docs/guide/transports.md",
    troubleshooting = "../docs/guide/troubleshooting.md",
    wasm = "../docs/guide/wasm.md",
    webhooks = "../docs/guide/webhooks.md",
}
