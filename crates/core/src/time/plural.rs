//! Chooses the plural form for a number, by CLDR's rules.

use std::collections::BTreeMap;

use crate::error::Error;

/// The rules of a language, for whole numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plurals(Vec<(String, Condition)>);

/// Alternatives, each with relations that must all hold.
type Condition = Vec<Vec<Relation>>;

/// `n = 1`, `n % 100 != 12..14`.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Relation {
    modulus: Option<u64>,
    equal: bool,
    ranges: Vec<(u64, u64)>,
}

impl Plurals {
    /// Reads rules by category, such as `one` and `n = 1`.
    ///
    /// # Errors
    /// When a rule isn't one of CLDR's for integers.
    pub fn read(rules: &BTreeMap<String, String>) -> Result<Self, Error> {
        let read = |(category, rule): (&String, &String)| {
            let condition: Option<Condition> = rule
                .split(" or ")
                .map(|alternative| alternative.split(" and ").map(relation).collect())
                .collect();
            match condition {
                Some(condition) => Ok((category.clone(), condition)),
                None => Err(Error::option(
                    &format!("times.plurals.{category}"),
                    format_args!(
                        "expected a rule such as \"n % 10 = 2..4 and n % 100 != 12..14\", got {rule:?}"
                    ),
                )),
            }
        };
        rules.iter().map(read).collect::<Result<_, _>>().map(Self)
    }

    /// The category of a number: `zero`, `one`, `two`, `few`, `many`, else
    /// `other`.
    #[must_use]
    pub fn category(&self, n: u64) -> &str {
        self.0
            .iter()
            .find(|(_, condition)| {
                condition
                    .iter()
                    .any(|relations| relations.iter().all(|relation| relation.holds(n)))
            })
            .map_or("other", |(category, _)| category)
    }
}

impl Relation {
    fn holds(&self, n: u64) -> bool {
        let n = self.modulus.map_or(n, |modulus| n % modulus);
        let within = self.ranges.iter().any(|&(from, to)| from <= n && n <= to);
        within == self.equal
    }
}

fn relation(text: &str) -> Option<Relation> {
    let rest = text.strip_prefix('n')?;
    let (modulus, rest) = match rest.strip_prefix(" % ") {
        Some(rest) => {
            let (modulus, rest) = rest.split_once(' ')?;
            (
                Some(modulus.parse().ok().filter(|&modulus| modulus > 0)?),
                rest,
            )
        }
        None => (None, rest.strip_prefix(' ')?),
    };
    let (sign, list) = rest.split_once(' ')?;
    let equal = match sign {
        "=" => true,
        "!=" => false,
        _ => return None,
    };
    let range = |part: &str| {
        let (from, to) = part.split_once("..").unwrap_or((part, part));
        Some((from.parse().ok()?, to.parse().ok()?))
    };
    Some(Relation {
        modulus,
        equal,
        ranges: list.split(',').map(range).collect::<Option<_>>()?,
    })
}

#[cfg(test)]
mod tests {
    use super::Plurals;
    use std::collections::BTreeMap;

    fn read(rules: &[(&str, &str)]) -> Result<Plurals, String> {
        let rules: BTreeMap<String, String> = rules
            .iter()
            .map(|&(category, rule)| (category.into(), rule.into()))
            .collect();
        Plurals::read(&rules).map_err(|error| error.to_string())
    }

    #[test]
    fn a_number_gets_the_category_of_its_rule() {
        let polish = read(&[
            ("one", "n = 1"),
            ("few", "n % 10 = 2..4 and n % 100 != 12..14"),
            (
                "many",
                "n != 1 and n % 10 = 0,1 or n % 10 = 5..9 or n % 100 = 12..14",
            ),
        ])
        .expect("they are rules");
        let of = |n| polish.category(n).to_owned();
        assert_eq!([0, 1, 2, 5].map(of), ["many", "one", "few", "many"]);
        assert_eq!([12, 21, 22, 112].map(of), ["many", "many", "few", "many"]);
        assert_eq!(Plurals::default().category(1), "other");
    }

    #[test]
    fn what_is_no_rule_is_an_error() {
        for rule in [
            "",
            "n",
            "i = 1",
            "n = ",
            "n < 3",
            "n % 0 = 1",
            "n = 1 and",
            "n = 1..x",
        ] {
            assert_eq!(
                read(&[("one", rule)]),
                Err(format!(
                    "option `times.plurals.one`: expected a rule such as \
                     \"n % 10 = 2..4 and n % 100 != 12..14\", got {rule:?}"
                )),
            );
        }
    }
}
