//! Words and pseudorandom numbers for synthetic conversations.

/// Common words, so that lines break as they do in real text.
pub const WORDS: [&str; 64] = [
    "the",
    "a",
    "and",
    "to",
    "of",
    "it",
    "is",
    "that",
    "in",
    "we",
    "you",
    "I",
    "was",
    "for",
    "on",
    "not",
    "have",
    "this",
    "with",
    "are",
    "just",
    "but",
    "so",
    "what",
    "can",
    "like",
    "do",
    "if",
    "time",
    "really",
    "people",
    "would",
    "know",
    "about",
    "there",
    "think",
    "server",
    "message",
    "yesterday",
    "someone",
    "release",
    "problem",
    "tomorrow",
    "actually",
    "version",
    "everything",
    "channel",
    "question",
    "between",
    "probably",
    "different",
    "documentation",
    "deploy",
    "tests",
    "meeting",
    "coffee",
    "weekend",
    "maybe",
    "thanks",
    "sure",
    "wait",
    "great",
    "see",
    "why",
];

/// Reproducible pseudorandom numbers (Knuth's MMIX generator).
pub struct Dice(u64);

impl Dice {
    /// A generator with this seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// True in `percent` of 100 cases.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// A number below `sides`.
    pub fn below(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }
}
