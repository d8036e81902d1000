//! Splits a locale's sentence into pieces: placeholders are filled in, `*words*` are
//! emphasised, and `[words](target)`, a link in Discord, is reduced to its words.

/// A piece of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Its words.
    pub text: String,
    /// Whether it is emphasised: a name, a title, a number of boosts.
    pub strong: bool,
}

/// The values of a sentence's placeholders.
pub(super) struct Filling {
    pub place: &'static str,
    pub text: String,
    pub strong: bool,
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
    put(text, fillings, false, &mut pieces);
    pieces.0
}

#[derive(Default)]
struct Pieces(Vec<Piece>);

impl Pieces {
    /// Adds words; adjacent pieces with the same style are merged.
    fn push(&mut self, text: &str, strong: bool) {
        if text.is_empty() {
            return;
        }
        match self.0.last_mut() {
            Some(last) if last.strong == strong => last.text.push_str(text),
            _ => self.0.push(Piece {
                text: text.to_owned(),
                strong,
            }),
        }
    }
}

fn put(text: &str, fillings: &[Filling], strong: bool, pieces: &mut Pieces) {
    let mut rest = text;
    while let Some(start) = rest.find(['{', '*', '[']) {
        let (before, mark) = rest.split_at(start);
        pieces.push(before, strong);
        let inner = &mark[1..];
        let taken = match mark.as_bytes()[0] {
            b'{' => inner.split_once('}').and_then(|(name, after)| {
                let filling = fillings.iter().find(|filling| filling.place == name)?;
                pieces.push(&filling.text, strong || filling.strong);
                Some(after)
            }),
            b'*' if !strong => inner.split_once('*').map(|(words, after)| {
                put(words, fillings, true, pieces);
                after
            }),
            b'[' => inner.split_once("](").and_then(|(words, after)| {
                let (_, after) = after.split_once(')')?;
                put(words, fillings, strong, pieces);
                Some(after)
            }),
            _ => None,
        };
        rest = taken.unwrap_or_else(|| {
            pieces.push(&mark[..1], strong);
            inner
        });
    }
    pieces.push(rest, strong);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_have_pieces() {
        let fillings = [
            Filling {
                place: "user",
                text: "*{count}*".into(),
                strong: true,
            },
            Filling {
                place: "count",
                text: "4".into(),
                strong: false,
            },
        ];
        let said = pieces(
            "{user} pinned [a message](message), *{count} times*. {x} * [",
            &fillings,
        );
        let said: Vec<_> = said
            .iter()
            .map(|piece| (piece.text.as_str(), piece.strong))
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
