//! Speed of the Markdown parser, in bytes of text a second.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use scrollback_core::markdown::{Variant, parse};

/// A channel's worth of what people write: mostly plain, some of everything.
const CHAT: &[&str] = &[
    "hey, has anyone tried the new build yet? it starts a lot faster here",
    "yeah it's **way** better, though the settings page still looks odd on my phone",
    "<@80351110224678912> can you check <#103735883630395392> when you have a minute?",
    "lol 😂😂",
    "> it starts a lot faster here\nsame, about 2 seconds instead of 9",
    "see https://github.com/rust-lang/rust/issues/12345#issuecomment-99 for the details",
    "I think we should:\n- write the docs first\n- then the tests\n  - the slow ones last\n- ship it",
    "```rs\nfn main() {\n    println!(\"hello\");\n}\n```",
    "ok so the thing is that when you open the window, resize it, and then close it again quickly, the whole \
     program hangs for a while and after that it says that the file can't be found, which is wrong, since it is there",
    "use `cargo test` and *not* `cargo run`, ok? ||the cake is a lie||",
    "<:blobcat:123456789012345678> привет всем, как дела? сегодня хорошая погода",
    "今日はとても良い天気ですね。散歩に行きましょう。",
    "meeting at <t:1618953630:F> :thinking: ~~or not~~",
];

fn bench(c: &mut Criterion) {
    let chat: Vec<&str> = CHAT.iter().copied().cycle().take(13 * 100).collect();
    let plain = "the quick brown fox jumps over the lazy dog and goes home again ".repeat(1600);
    let hostile = "*_**a".repeat(20_000);
    let mut group = c.benchmark_group("markdown");
    group.throughput(Throughput::Bytes(chat.iter().map(|m| m.len() as u64).sum()));
    group.bench_function("chat", |b| {
        b.iter(|| {
            chat.iter()
                .map(|m| parse(black_box(m), Variant::Full).children.len())
                .sum::<usize>()
        });
    });
    group.throughput(Throughput::Bytes(plain.len() as u64));
    group.bench_function("plain", |b| {
        b.iter(|| parse(black_box(&plain), Variant::Full))
    });
    group.throughput(Throughput::Bytes(hostile.len() as u64));
    group.sample_size(10).bench_function("hostile", |b| {
        b.iter(|| parse(black_box(&hostile), Variant::Full))
    });
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
