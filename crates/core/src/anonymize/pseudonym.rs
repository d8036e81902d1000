//! Names for people who shall not be known.

use crate::index::Index;

const ANIMALS: [&str; 60] = [
    "Badger",
    "Otter",
    "Heron",
    "Lynx",
    "Marten",
    "Plover",
    "Newt",
    "Curlew",
    "Vole",
    "Bison",
    "Wren",
    "Ibex",
    "Puffin",
    "Hare",
    "Stoat",
    "Egret",
    "Tapir",
    "Gecko",
    "Quail",
    "Moose",
    "Osprey",
    "Shrew",
    "Lemur",
    "Kestrel",
    "Beaver",
    "Finch",
    "Okapi",
    "Petrel",
    "Dormouse",
    "Swift",
    "Marmot",
    "Avocet",
    "Weasel",
    "Siskin",
    "Gazelle",
    "Toad",
    "Lapwing",
    "Pika",
    "Dipper",
    "Walrus",
    "Raven",
    "Civet",
    "Teal",
    "Hedgehog",
    "Grebe",
    "Numbat",
    "Jackdaw",
    "Quokka",
    "Pipit",
    "Seal",
    "Linnet",
    "Genet",
    "Magpie",
    "Manatee",
    "Shrike",
    "Caracal",
    "Nuthatch",
    "Serow",
    "Turnstone",
    "Yak",
];

/// Pseudonyms without end, in a fixed order; none that someone has as a name.
pub fn pseudonyms(taken: &Index) -> impl Iterator<Item = String> {
    (1..).flat_map(move |round: usize| {
        ANIMALS.iter().filter_map(move |animal| {
            let name = if round == 1 {
                (*animal).to_owned()
            } else {
                format!("{animal} {round}")
            };
            (!taken.contains_key(&*animal.to_lowercase())).then_some(name)
        })
    })
}
