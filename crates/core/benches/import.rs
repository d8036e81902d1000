//! How fast exports become transcripts.

#[path = "../testing/export.rs"]
mod export;

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use scrollback_core::{Options, transcript};

fn import(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("import");
    group.sample_size(10);
    for (name, messages) in [("10 MB", 8_000), ("50 MB", 40_000)] {
        let text = export::export(messages);
        let options = Options::default();
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(name, |bencher| {
            bencher.iter(|| transcript(black_box(&[text.as_bytes()]), &options).is_ok());
        });
    }
    group.finish();
}

criterion_group!(benches, import);
criterion_main!(benches);
