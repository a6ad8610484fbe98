//! Comparisons of tasks with their baselines.

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use criterion::{Bencher, Criterion, Throughput};
use serde_json::Value;

/// A way to do a task: its name, and the function that measures it.
pub(crate) type Candidate<'a> = (&'static str, Box<dyn FnMut(&mut Bencher<'_>) + 'a>);

/// A set of comparisons that criterion measures.
pub(crate) struct Ratios {
    criterion: Criterion,
    folder: PathBuf,
    started: SystemTime,
    tasks: Vec<(String, Vec<&'static str>)>,
}

impl Ratios {
    /// Configures criterion from the command line.
    pub(crate) fn new() -> Self {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../target/client-bench");
        let criterion = Criterion::default()
            .output_directory(&folder)
            .sample_size(20)
            .warm_up_time(Duration::from_secs(1))
            .measurement_time(Duration::from_secs(2))
            .configure_from_args();
        Self {
            criterion,
            folder,
            started: SystemTime::now(),
            tasks: Vec::new(),
        }
    }

    /// Measures each candidate. The first candidate is the baseline. One iteration processes
    /// `items` items.
    pub(crate) fn compare(&mut self, task: &str, items: u64, candidates: Vec<Candidate<'_>>) {
        let mut group = self.criterion.benchmark_group(task);
        group.throughput(Throughput::Elements(items));
        let mut names = Vec::new();
        for (name, mut run) in candidates {
            group.bench_function(name, |bencher| run(bencher));
            names.push(name);
        }
        group.finish();
        self.tasks.push((task.to_owned(), names));
    }

    /// Returns the median nanoseconds of an iteration, or `None` if this run did not measure the
    /// task.
    fn measured(&self, task: &str, candidate: &str) -> Option<f64> {
        let name = |text: &str| text.replace('/', "_");
        let folder = self.folder.join(name(task)).join(name(candidate));
        let file = folder.join("new/estimates.json");
        let fresh = fs::metadata(&file).ok()?.modified().ok()? >= self.started;
        let estimates: Value = serde_json::from_str(&fs::read_to_string(file).ok()?).ok()?;
        let nanoseconds = estimates.pointer("/median/point_estimate")?.as_f64()?;
        fresh.then_some(nanoseconds)
    }

    /// Prints the table of the tasks that this run measured.
    pub(crate) fn print(self) {
        self.criterion.final_summary();
        let mut heading = Some("| task | baseline | client | ratio |\n|---|---|---|---|");
        for (task, names) in &self.tasks {
            let Some((baseline, candidates)) = names.split_first() else {
                continue;
            };
            let Some(least) = self.measured(task, baseline) else {
                continue;
            };
            for candidate in candidates {
                if let Some(took) = self.measured(task, candidate) {
                    if let Some(heading) = heading.take() {
                        println!("{heading}");
                    }
                    let ratio = took / least;
                    let (least, took) = (time(least), time(took));
                    println!("| {task} | {baseline} {least} | {candidate} {took} | {ratio:.2} |");
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
