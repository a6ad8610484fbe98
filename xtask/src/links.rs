//! Links that lead somewhere: in the Markdown files, and in the documentation as it is built.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::Result;
use crate::shell::output;

/// The documentation that readers see; the rest of `target/doc` is the examples'.
const BUILT: [&str; 5] = [
    "target/doc/clerk_client",
    "target/doc/clerk_core",
    "target/doc/clerk_hyper",
    "target/doc/clerk_mock",
    "target/doc/clerk_surf",
];

/// Pages that were read: their anchors, and where their links lead.
#[derive(Default)]
struct Pages(BTreeMap<PathBuf, Page>);

#[derive(Default)]
struct Page {
    anchors: BTreeSet<String>,
    links: Vec<String>,
}

pub(crate) fn check() -> Result {
    let mut pages = Pages::default();
    for path in output(
        "git",
        &[
            "ls-files",
            "--cached",
            "--others",
            "--exclude-standard",
            "*.md",
        ],
    )?
    .lines()
    {
        let text = fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?;
        pages.0.insert(path.into(), markdown(&text));
    }
    for folder in BUILT {
        html_files(Path::new(folder), &mut pages)?;
    }
    let mut dead = Vec::new();
    for (path, page) in &pages.0 {
        for link in &page.links {
            if !pages.leads_somewhere(path, link) {
                dead.push(format!("{}: {link}", path.display()));
            }
        }
    }
    println!("{} pages", pages.0.len());
    if dead.is_empty() {
        return Ok(());
    }
    Err(format!("dead links:\n{}", dead.join("\n")))
}

impl Pages {
    /// Links to other hosts are not followed.
    fn leads_somewhere(&self, from: &Path, link: &str) -> bool {
        if link.contains("://") || link.starts_with("mailto:") || link.starts_with("javascript:") {
            return true;
        }
        let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
        let path = path.split('?').next().unwrap_or_default();
        let to = match path {
            "" => from.to_owned(),
            path => normal(&from.parent().unwrap_or(Path::new("")).join(path)),
        };
        let anchors = self.0.get(&to).map(|page| &page.anchors);
        // Source code has lines for anchors, and the search page what was asked for.
        let any = anchors.is_none_or(|anchors| anchors.is_empty());
        to.exists()
            && (anchor.is_empty() || any || anchors.is_some_and(|known| known.contains(anchor)))
    }
}

/// Without `.` and `..`.
fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            std::path::Component::CurDir => {}
            std::path::Component::ParentDir => {
                normal.pop();
            }
            part => normal.push(part),
        }
    }
    normal
}

fn html_files(folder: &Path, pages: &mut Pages) -> Result {
    let said = |error| format!("{}: {error}", folder.display());
    for entry in fs::read_dir(folder).map_err(said)? {
        let path = entry.map_err(said)?.path();
        if path.is_dir() {
            html_files(&path, pages)?;
        } else if path
            .extension()
            .is_some_and(|extension| extension == "html")
        {
            let text = fs::read_to_string(&path).map_err(said)?;
            // What follows are others' words about others' traits.
            let blanket = "<h2 id=\"blanket-implementations\"";
            let ours = text.split(blanket).next().unwrap_or_default();
            let page = Page {
                anchors: between(&text, " id=\"", '"').map(str::to_owned).collect(),
                links: between(ours, " href=\"", '"')
                    .map(|link| link.replace("&amp;", "&"))
                    .collect(),
            };
            pages.0.insert(path, page);
        }
    }
    Ok(())
}

/// What stands between a beginning and the next end, each time.
fn between<'a>(text: &'a str, beginning: &'a str, end: char) -> impl Iterator<Item = &'a str> {
    let rests = text.split(beginning).skip(1);
    rests.filter_map(move |rest| rest.split_once(end).map(|(inside, _)| inside))
}

/// Inline links, definitions of links, and headings; not what is code.
fn markdown(text: &str) -> Page {
    let mut page = Page::default();
    let mut code = false;
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            code = !code;
            continue;
        }
        if code {
            continue;
        }
        if let Some(heading) = line.strip_prefix('#') {
            page.anchors
                .insert(anchor(heading.trim_start_matches('#').trim()));
        }
        if let Some((label, target)) = line
            .strip_prefix('[')
            .and_then(|line| line.split_once("]: "))
            && !label.contains(']')
        {
            page.links.push(target.trim().to_owned());
        }
        page.links
            .extend(between(line, "](", ')').map(str::to_owned));
    }
    page
}

/// As a heading is linked to.
fn anchor(heading: &str) -> String {
    let kept = heading
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.collect::<String>().to_lowercase().replace(' ', "-")
}
