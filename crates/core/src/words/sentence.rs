//! Splits a locale's sentence into pieces: placeholders are filled in, `*words*` are
//! emphasised, and `[words](target)`, a link in Discord, is reduced to its words.

/// A piece of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Its words.
    pub text: String,
    /// What it is.
    pub style: PieceStyle,
}

/// What a piece of a sentence is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PieceStyle {
    /// Words of the sentence.
    Plain,
    /// Emphasised: a name, a title, a number of boosts.
    Strong,
    /// A text in Discord's Markdown.
    Markdown,
}

/// The values of a sentence's placeholders.
pub(super) struct Filling {
    pub place: &'static str,
    pub text: String,
    pub style: PieceStyle,
}

/// The placeholders of a text.
pub(super) fn places(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices('{').filter_map(|(start, _)| {
        let name = text[start + 1..].split('}').next()?;
        let is_place = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase());
        is_place.then_some(name)
    })
}

/// The pieces of a sentence.
pub(super) fn pieces(text: &str, fillings: &[Filling]) -> Vec<Piece> {
    let mut pieces = Pieces::default();
    put(text, fillings, PieceStyle::Plain, &mut pieces);
    pieces.0
}

#[derive(Default)]
struct Pieces(Vec<Piece>);

impl Pieces {
    /// Adds words; adjacent pieces with the same style are merged.
    fn push(&mut self, text: &str, style: PieceStyle) {
        if text.is_empty() {
            return;
        }
        match self.0.last_mut() {
            Some(last) if last.style == style => last.text.push_str(text),
            _ => self.0.push(Piece {
                text: text.to_owned(),
                style,
            }),
        }
    }
}

fn put(text: &str, fillings: &[Filling], style: PieceStyle, pieces: &mut Pieces) {
    let mut rest = text;
    while let Some(start) = rest.find(['{', '*', '[']) {
        let (before, mark) = rest.split_at(start);
        pieces.push(before, style);
        let inner = &mark[1..];
        let taken = match mark.as_bytes()[0] {
            b'{' => inner.split_once('}').and_then(|(name, after)| {
                let filling = fillings.iter().find(|filling| filling.place == name)?;
                let is_plain = filling.style == PieceStyle::Plain;
                pieces.push(&filling.text, if is_plain { style } else { filling.style });
                Some(after)
            }),
            b'*' if style == PieceStyle::Plain => inner.split_once('*').map(|(words, after)| {
                put(words, fillings, PieceStyle::Strong, pieces);
                after
            }),
            b'[' => inner.split_once("](").and_then(|(words, after)| {
                let (_, after) = after.split_once(')')?;
                put(words, fillings, style, pieces);
                Some(after)
            }),
            _ => None,
        };
        rest = taken.unwrap_or_else(|| {
            pieces.push(&mark[..1], style);
            inner
        });
    }
    pieces.push(rest, style);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_split_into_pieces() {
        let fillings = [
            Filling {
                place: "user",
                text: "*{count}*".into(),
                style: PieceStyle::Strong,
            },
            Filling {
                place: "count",
                text: "4".into(),
                style: PieceStyle::Plain,
            },
        ];
        let said = pieces(
            "{user} pinned [a message](message), *{count} times*. {x} * [",
            &fillings,
        );
        let said: Vec<_> = said
            .iter()
            .map(|piece| (piece.text.as_str(), piece.style == PieceStyle::Strong))
            .collect();
        assert_eq!(
            said,
            [
                ("*{count}*", true),
                (" pinned a message, ", false),
                ("4 times", true),
                (". {x} * [", false)
            ]
        );
        assert_eq!(
            places("{user} {a-b} {count}{").collect::<Vec<_>>(),
            ["user", "count"]
        );
    }
}
