//! Finds names in texts, in any spelling, with a trie of all names.
//!
//! At the start of each word, the trie is followed as far as the letters match. No name is
//! longer than [`LONGEST`], so time is linear in the text, however many names there are.

use super::fold::{Edge, Folded, Folds, is_wordless};
use super::spelling::Spellings;

/// The number of letters of a name that are compared.
pub const LONGEST: usize = 128;
/// The shortest names that are found within `nowak87` and `adaNowak`, and with an ending.
const LONG: usize = 4;
/// The longest ending, such as in `Nowakiem`.
const ENDING: usize = 3;

/// The sign that marks a word as a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// `@`: people and roles.
    At,
    /// `#`: channels.
    Hash,
    /// `:`: emoji.
    Colon,
    /// `/`: commands.
    Slash,
    /// None: servers, stickers.
    None,
}

/// What a name refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The number of what it names; the lowest wins if there are several.
    pub target: u32,
    /// The sign that may come before it.
    pub sign: Sign,
    /// Whether it counts only after its sign, because it is also an ordinary word.
    pub only_signed: bool,
}

/// A name that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its start in the text.
    pub start: usize,
    /// Its end.
    pub end: usize,
    /// The number of what it names.
    pub target: u32,
    /// Whether it stays, because it may be an ordinary word.
    pub stays: bool,
}

/// All names.
#[derive(Default)]
pub struct Names {
    nodes: Vec<Node>,
    /// The children of the root by the last bits of their letter, because there are many.
    roots: Vec<u32>,
    /// Entries, each with one more than the number of the next entry of the same name.
    entries: Vec<(Entry, u32)>,
    /// How those are spelt that fold to ordinary words.
    pub spellings: Spellings,
}

/// A letter of a name. Numbers are indices plus one, and 0 means none.
#[derive(Default)]
struct Node {
    c: char,
    /// The first letter that may follow.
    child: u32,
    /// The next alternative letter.
    sibling: u32,
    /// The first entry of the name that ends here.
    entry: u32,
}

/// The number of lists for the children of the root.
const ROOTS: usize = 256;

impl Names {
    fn node(&self, number: u32) -> Option<&Node> {
        self.nodes.get((number as usize).checked_sub(1)?)
    }

    /// The first of the letters that may follow a node; 0 is the root.
    fn first(&self, node: u32, c: char) -> u32 {
        match self.node(node) {
            Some(node) => node.child,
            None => self
                .roots
                .get(c as usize % ROOTS)
                .copied()
                .unwrap_or_default(),
        }
    }

    /// The node of the next letter.
    fn next(&self, node: u32, c: char) -> Option<u32> {
        let mut number = self.first(node, c);
        while let Some(found) = self.node(number) {
            if found.c == c {
                return Some(number);
            }
            number = found.sibling;
        }
        None
    }

    /// Adds a folded name.
    pub fn add(&mut self, name: &str, entry: Entry) {
        self.roots.resize(ROOTS, 0);
        let mut node = 0;
        for c in name.chars().take(LONGEST) {
            node = match self.next(node, c) {
                Some(next) => next,
                None => {
                    self.nodes.push(Node {
                        c,
                        sibling: self.first(node, c),
                        ..Node::default()
                    });
                    let number = self.nodes.len() as u32;
                    match (node as usize).checked_sub(1) {
                        Some(at) => self.nodes[at].child = number,
                        None => self.roots[c as usize % ROOTS] = number,
                    }
                    number
                }
            };
        }
        if let Some(at) = (node as usize).checked_sub(1) {
            self.entries.push((entry, self.nodes[at].entry));
            self.nodes[at].entry = self.entries.len() as u32;
        }
    }

    /// What a whole folded name refers to after its sign.
    pub fn get(&self, name: &str, sign: Sign) -> Option<u32> {
        let mut node = 0;
        for c in name.chars().take(LONGEST) {
            node = self.next(node, c)?;
        }
        self.entries_at(node)
            .filter(|entry| entry.sign == sign)
            .map(|entry| entry.target)
            .min()
    }

    fn entries_at(&self, node: u32) -> impl Iterator<Item = Entry> {
        let mut next = self.node(node).map_or(0, |node| node.entry);
        std::iter::from_fn(move || {
            let (entry, after) = *self.entries.get((next as usize).checked_sub(1)?)?;
            next = after;
            Some(entry)
        })
    }

    /// Finds all names in a folded text, in order: the longest at each position. Also returns
    /// the number of steps.
    pub fn find(&self, text: &str, folded: &[Folded], found: &mut Vec<Found>) -> usize {
        let (mut at, mut steps) = (0, 0);
        while at < folded.len() {
            steps += 1;
            if folded[at].begins == Edge::None {
                at += 1;
                continue;
            }
            let (best, walked) = self.longest(text, folded, at);
            steps += walked;
            match best {
                Some((last, hit)) => {
                    at = if hit.stays { at } else { last } + 1;
                    found.push(hit);
                }
                None => at += 1,
            }
        }
        steps
    }

    /// The longest name that starts at a position: its last letter, and its entry.
    fn longest(&self, text: &str, folded: &[Folded], at: usize) -> (Option<(usize, Found)>, usize) {
        let first = folded[at];
        let sign = match text[..first.start].chars().next_back() {
            Some('@' | '＠') => Sign::At,
            Some('#' | '＃') => Sign::Hash,
            Some(':') => Sign::Colon,
            Some('/') => Sign::Slash,
            _ => Sign::None,
        };
        let mut best: Option<(usize, Found)> = None;
        let (mut node, mut index) = (0, at);
        while let Some(letter) = folded.get(index) {
            let Some(next) = self.next(node, letter.c) else {
                break;
            };
            node = next;
            let length = index - at + 1;
            if self.node(node).is_some_and(|node| node.entry != 0)
                && (first.begins == Edge::Hard || length >= LONG)
                && let Some(last) = end(folded, at, index)
            {
                let mut hit: Option<(bool, bool, u32)> = None;
                let is_spelt = || self.spellings.contains(text, &folded[at..=index]);
                for entry in self.entries_at(node) {
                    let signed = entry.sign == sign;
                    let stays = entry.only_signed && !(signed && sign != Sign::None) && !is_spelt();
                    // Names that are replaced come first, then those that fit the sign.
                    let rank = (stays, !signed, entry.target);
                    hit = Some(hit.map_or(rank, |known| known.min(rank)));
                }
                if let Some((stays, _, target)) = hit
                    && !(stays && best.as_ref().is_some_and(|(_, known)| !known.stays))
                {
                    let hit = Found {
                        start: first.start,
                        end: folded[last].end,
                        target,
                        stays,
                    };
                    best = Some((last, hit));
                }
            }
            index += 1;
        }
        (best, index - at)
    }
}

/// The end of a name whose last letter is at `last`: there, or after an ending.
fn end(folded: &[Folded], first: usize, last: usize) -> Option<usize> {
    let long = last - first + 1 >= LONG;
    match folded[last].ends {
        Edge::Hard => return Some(last),
        Edge::Soft if long => return Some(last),
        _ => {}
    }
    if !long || is_wordless(folded[last].c) {
        return None;
    }
    let mut ending = 0;
    for (index, letter) in folded.iter().enumerate().skip(last + 1).take(ENDING) {
        if !letter.c.is_alphabetic() {
            return None;
        }
        ending += 1;
        if letter.ends != Edge::None {
            // `Nowakiem` with a capital, or `nowaks`.
            let fits = folded[first].upper || ending == 1 && letter.c == 's';
            return fits.then_some(index);
        }
    }
    None
}

/// The folded spellings of a name: with and without gaps at marks or spaces, with `ue` for
/// `ü`, and letter by letter.
pub fn spellings(folds: &Folds, name: &str) -> Vec<String> {
    let mut folded = Vec::new();
    folds.fold(name, &mut folded);
    while folded.last().is_some_and(|f| f.c == ' ') {
        folded.pop();
    }
    let mut spellings: Vec<String> = Vec::new();
    let mut add = |spelling: String| {
        if !spelling.is_empty() && !spellings.contains(&spelling) {
            spellings.push(spelling);
        }
    };
    add(folded.iter().map(|f| f.c).collect());
    add(letters(&folded).collect());
    let mut spaced = String::new();
    let mut single = String::new();
    let mut umlauts = String::new();
    for (index, f) in folded.iter().enumerate() {
        if index > 0 && f.marked {
            spaced.push(' ');
        }
        spaced.push(f.c);
        if f.c != ' ' {
            if !single.is_empty() {
                single.push(' ');
            }
            single.push(f.c);
        }
        umlauts.push(f.c);
        if name
            .get(f.start..f.end)
            .is_some_and(|c| "äöüÄÖÜ".contains(c))
        {
            umlauts.push('e');
        }
    }
    add(spaced);
    add(umlauts.replace(' ', ""));
    add(umlauts);
    if (LONG..=LONGEST / 2).contains(&letters(&folded).count())
        && !folded.iter().any(|f| is_wordless(f.c))
    {
        add(single);
    }
    spellings
}

fn letters(folded: &[Folded]) -> impl Iterator<Item = char> {
    folded.iter().map(|f| f.c).filter(|c| *c != ' ')
}

/// The folded words of a name, and whether each identifies the person by itself; empty for
/// names of one word.
pub fn parts(folds: &Folds, name: &str) -> Vec<String> {
    let mut folded = Vec::new();
    folds.fold(name, &mut folded);
    let mut parts = Vec::new();
    let mut part = String::new();
    for f in &folded {
        let begins = f.begins != Edge::None
            && !(is_wordless(f.c) && !f.marked && part.chars().all(is_wordless));
        if (f.c == ' ' || begins) && !part.is_empty() {
            parts.push(std::mem::take(&mut part));
        }
        if f.c != ' ' {
            part.push(f.c);
        }
    }
    if !part.is_empty() {
        parts.push(part);
    }
    if parts.len() < 2 {
        return Vec::new();
    }
    parts.retain(|part| part.chars().any(char::is_alphabetic));
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(list: &[&str]) -> (Folds, Names) {
        let folds = Folds::new();
        let mut names = Names::default();
        for (target, name) in list.iter().enumerate() {
            let (name, only_signed) = match name.strip_suffix('?') {
                Some(name) => (name, true),
                None => (*name, false),
            };
            for spelling in spellings(&folds, name) {
                let target = target as u32;
                names.add(
                    &spelling,
                    Entry {
                        target,
                        sign: Sign::At,
                        only_signed,
                    },
                );
            }
        }
        (folds, names)
    }

    fn found(list: &[&str], text: &str) -> Vec<String> {
        let (folds, names) = names(list);
        let (mut folded, mut found) = (Vec::new(), Vec::new());
        folds.fold(text, &mut folded);
        names.find(text, &folded, &mut found);
        found
            .iter()
            .map(|hit| {
                let word = &text[hit.start..hit.end];
                let stays = if hit.stays { "?" } else { "" };
                format!("{}:{word}{stays}", hit.target)
            })
            .collect()
    }

    #[test]
    fn finds_whole_names_longest_first() {
        let list = ["Ada", "Ada Lovelace", "✨Zoë✨"];
        assert_eq!(
            found(&list, "ADA, ada lovelace, Adam, x_ada_1 zoë's ada"),
            ["0:ADA", "1:ada lovelace", "0:ada", "2:zoë", "0:ada"]
        );
    }

    #[test]
    fn finds_every_spelling() {
        let list = ["Jürgen Nowak-Łaska"];
        for text in [
            "jurgen nowak laska",
            "JuergenNowakLaska",
            "Ju\u{308}rgen_Nowak.Laska",
            "**Jü**rgen Nowak\u{2010}Łaska",
            "Jürgen\u{a0} Nowak-Łaska",
            "𝓙𝓾𝓻𝓰𝓮𝓷 𝓝𝓸𝔀𝓪𝓴-𝓛𝓪𝓼𝓴𝓪",
            "j u r g e n n o w a k l a s k a",
            "J%C3%BCrgen%20Nowak-%C5%81aska",
        ] {
            let name = text.trim_start_matches('*');
            assert_eq!(found(&list, text), [format!("0:{name}")], "{text}");
        }
        assert_eq!(
            found(&["민수", "田中"], "민수가 田中さん"),
            ["0:민수", "1:田中"]
        );
    }

    #[test]
    fn a_name_is_found_with_endings_but_not_within_longer_words() {
        assert_eq!(
            found(
                &["Nowak", "Ada"],
                "Nowakiem nowaks nowakish nowak87 piotrNowak Adas ada7 Nowakowskiego"
            ),
            ["0:Nowakiem", "0:nowaks", "0:nowak", "0:Nowak"]
        );
    }

    #[test]
    fn words_of_the_language_need_a_sign() {
        assert_eq!(
            found(&["The?", "Will Power"], "The will of @the, Will power"),
            ["0:The?", "0:the", "1:Will power"]
        );
        assert_eq!(found(&["The?", "The Kiln"], "the kiln"), ["1:the kiln"]);
    }

    #[test]
    fn many_names_and_long_ones_take_linear_time() {
        let steps = |length: usize| {
            let mut list: Vec<String> = (0..500)
                .map(|n| format!("aaaa {}", "a".repeat(n % 40)))
                .collect();
            list.push("a".repeat(10_000));
            let list: Vec<&str> = list.iter().map(String::as_str).collect();
            let (folds, names) = names(&list);
            let text = "aaaa aaaa-".repeat(length);
            let (mut folded, mut found) = (Vec::new(), Vec::new());
            folds.fold(&text, &mut folded);
            names.find(&text, &folded, &mut found)
        };
        let (short, long) = (steps(1_000), steps(10_000));
        assert!(long <= short * 11, "{short} steps, then {long}");
        assert!(long <= 100_000 * (LONGEST + 1), "{long}");
    }

    #[test]
    fn a_name_is_split_at_spaces_signs_and_capitals() {
        let folds = Folds::new();
        assert_eq!(
            parts(&folds, "Ada von Nowak-Łaska"),
            ["ada", "von", "nowak", "laska"]
        );
        assert_eq!(parts(&folds, "ada.nowak87"), ["ada", "nowak"]);
        assert_eq!(parts(&folds, "AdaNowak"), ["ada", "nowak"]);
        assert_eq!(parts(&folds, "Ada"), [""; 0]);
        assert_eq!(parts(&folds, "田中 太郎"), ["田中", "太郎"]);
        assert_eq!(parts(&folds, "田中太郎"), [""; 0]);
    }
}
