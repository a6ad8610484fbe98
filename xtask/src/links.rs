//! The check of links in the Markdown files and in the built documentation.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::Result;
use crate::shell::{doc_folder, output};

/// The folders of the libraries' documentation. The check skips the other folders in `target/doc`,
/// such as those of the examples.
const BUILT: [&str; 7] = [
    "clerk_auth",
    "clerk_client",
    "clerk_core",
    "clerk_hyper",
    "clerk_mock",
    "clerk_reqwest",
    "clerk_surf",
];

/// The pages by path.
#[derive(Default)]
struct Pages(BTreeMap<PathBuf, Page>);

/// The anchors of a page and the targets of its links.
#[derive(Default)]
struct Page {
    anchors: BTreeSet<String>,
    links: Vec<String>,
}

/// Checks that each relative link leads to a file, and its fragment to an anchor.
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
        let folder = std::path::absolute(doc_folder().join(folder));
        let folder = folder.map_err(|error| format!("target/doc: {error}"))?;
        html_files(&normal(&folder), &mut pages)?;
    }
    let mut dead = Vec::new();
    for (path, page) in &pages.0 {
        for link in &page.links {
            if !pages.resolves(path, link) {
                dead.push(format!("{}: {link}", path.display()));
            }
        }
    }
    println!("checked the links of {} pages", pages.0.len());
    if dead.is_empty() {
        return Ok(());
    }
    Err(format!("dead links:\n{}", dead.join("\n")))
}

impl Pages {
    /// Whether a link leads to a file and an anchor that exist. Links to other hosts always pass.
    fn resolves(&self, from: &Path, link: &str) -> bool {
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
        // A page without known anchors, such as a page of source code, accepts any fragment.
        let any = anchors.is_none_or(|anchors| anchors.is_empty());
        to.exists()
            && (anchor.is_empty() || any || anchors.is_some_and(|known| known.contains(anchor)))
    }
}

/// Resolves `.` and `..` in a path.
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

/// Adds the HTML files below a folder.
fn html_files(folder: &Path, pages: &mut Pages) -> Result {
    let describe = |error| format!("{}: {error}", folder.display());
    for entry in fs::read_dir(folder).map_err(describe)? {
        let path = entry.map_err(describe)?.path();
        if path.is_dir() {
            html_files(&path, pages)?;
        } else if path
            .extension()
            .is_some_and(|extension| extension == "html")
        {
            let text = fs::read_to_string(&path).map_err(describe)?;
            // The documentation of blanket implementations comes from other crates, so its links
            // are not checked.
            let blanket = "<h2 id=\"blanket-implementations\"";
            let own = text.split(blanket).next().unwrap_or_default();
            let page = Page {
                anchors: between(&text, " id=\"", '"').map(str::to_owned).collect(),
                links: between(own, " href=\"", '"')
                    .map(|link| link.replace("&amp;", "&"))
                    .collect(),
            };
            pages.0.insert(path, page);
        }
    }
    Ok(())
}

/// Returns each text between `start` and the next `end`.
fn between<'a>(text: &'a str, start: &'a str, end: char) -> impl Iterator<Item = &'a str> {
    let rests = text.split(start).skip(1);
    rests.filter_map(move |rest| rest.split_once(end).map(|(inside, _)| inside))
}

/// Reads the inline links, the link definitions and the headings outside of code blocks.
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

/// Returns the anchor of a heading.
fn anchor(heading: &str) -> String {
    let kept = heading
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.collect::<String>().to_lowercase().replace(' ', "-")
}
