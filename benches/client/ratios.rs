//! Work beside its baseline.

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use criterion::{Bencher, Criterion, Throughput};
use serde_json::Value;

/// A way to do a piece of work, and its name.
pub(crate) type Way<'a> = (&'static str, Box<dyn FnMut(&mut Bencher<'_>) + 'a>);

/// Criterion, and what it was asked to compare.
pub(crate) struct Ratios {
    criterion: Criterion,
    folder: PathBuf,
    begun: SystemTime,
    asked: Vec<(String, Vec<&'static str>)>,
}

impl Ratios {
    pub(crate) fn new() -> Self {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/client-bench");
        let criterion = Criterion::default()
            .output_directory(&folder)
            .sample_size(20)
            .warm_up_time(Duration::from_secs(1))
            .measurement_time(Duration::from_secs(2))
            .configure_from_args();
        Self {
            criterion,
            folder,
            begun: SystemTime::now(),
            asked: Vec::new(),
        }
    }

    /// Measures each way, the first of which is the baseline; `items` is how much of the work is
    /// done each time.
    pub(crate) fn compare(&mut self, work: &str, items: u64, ways: Vec<Way<'_>>) {
        let mut group = self.criterion.benchmark_group(work);
        group.throughput(Throughput::Elements(items));
        let mut names = Vec::new();
        for (name, mut way) in ways {
            group.bench_function(name, |bencher| way(bencher));
            names.push(name);
        }
        group.finish();
        self.asked.push((work.to_owned(), names));
    }

    /// Nanoseconds each time, where this run measured it.
    fn measured(&self, work: &str, way: &str) -> Option<f64> {
        let name = |text: &str| text.replace('/', "_");
        let folder = self.folder.join(name(work)).join(name(way));
        let file = folder.join("new/estimates.json");
        let fresh = fs::metadata(&file).ok()?.modified().ok()? >= self.begun;
        let estimates: Value = serde_json::from_str(&fs::read_to_string(file).ok()?).ok()?;
        let nanoseconds = estimates.pointer("/median/point_estimate")?.as_f64()?;
        fresh.then_some(nanoseconds)
    }

    pub(crate) fn print(self) {
        self.criterion.final_summary();
        let mut heading = Some("| work | baseline | this | ratio |\n|---|---|---|---|");
        for (work, names) in &self.asked {
            let Some((baseline, ways)) = names.split_first() else {
                continue;
            };
            let Some(least) = self.measured(work, baseline) else {
                continue;
            };
            for way in ways {
                if let Some(took) = self.measured(work, way) {
                    if let Some(heading) = heading.take() {
                        println!("{heading}");
                    }
                    let ratio = took / least;
                    let (least, took) = (time(least), time(took));
                    println!("| {work} | {baseline} {least} | {way} {took} | {ratio:.2} |");
                }
            }
        }
    }
}

fn time(nanoseconds: f64) -> String {
    if nanoseconds < 1e3 {
        format!("{nanoseconds:.0} ns")
    } else if nanoseconds < 1e6 {
        format!("{:.1} µs", nanoseconds / 1e3)
    } else {
        format!("{:.2} ms", nanoseconds / 1e6)
    }
}
