//! Words that are too common to be taken for a name wherever they stand.

use super::fold::{Folds, is_wordless};
use crate::index::Index;

/// The commonest words of languages that people chat in, folded, and what channels and
/// roles are mostly called. A person may still be called so; in texts only `@the` is then
/// that person.
const WORDS: &str = "\
a able about above add after again against ago air all almost alone along already also always am among an and \
another answer any anyone anything app are area around art as ask at away baby back bad ball bank be bear beat \
beautiful because become bed been before began begin behind being believe below best better between big bird bit \
black blue board boat body book born both bottom box boy break bring brother brown build burn business but buy by \
call came can cannot car card care carry case cat catch caught cause center certain chance change chat check child \
children city class clean clear close cloud club code cold come common complete computer contain cook cool copy \
correct could country course cover create cross cry cup cut dad dance dark data date day days dead deal death decide deep \
did didnt die different do does doesnt dog doing done dont door down draw dream drink drive drop dry each early earth \
east easy eat edge eight either else end energy enough even evening ever every everyone everything example eye eyes face \
fact fall family far farm fast father favorite feel feet few field fight file fill find fine fire first fish five \
fix floor fly follow food foot for force form found four free friend friends from front full fun game games garden gave \
general get girl give given go god goes going gold gone good got great green ground group grow guess guy guys had half \
hand hands happen happy hard has hat have he head hear heard heart heat heavy held hello help her here hey hi high \
him his hit hold home hope horse hot hour house how huge human hundred i ice idea if ill im image important in inside \
interest into is island isnt it its job join joy just keep kept kid kids kill kind king knew know known lady lake land \
language large last late later laugh law lay lead learn least leave left leg less let letter level lie life light like \
line link list listen little live local lol long look lord lost lot love low luck machine mad made main make man many \
map mark market may maybe me mean meet memory men message middle might mile milk mind mine minute miss mod moment money \
monster month moon more morning most mother mountain mouth move movie much music must my name near need never new news \
next nice night nine no none normal north not note nothing notice now number object ocean of off often oh ok old on \
once one online only open or orange order other our out over own page paint pair paper park part party pass past pay \
peace people perhaps person phone pick picture piece pink place plain plan plane plant play player please point poor \
post power press pretty problem product pull push put queen question quick quiet quite race rain ran random reach read ready \
real really reason red remember rest rich ride right ring rise river road rock role roll room rose round rule rules run \
sad said sail same sand save saw say school science sea second see seem seen self send sent server set seven several \
shadow shall shape she ship shoe shop short should show side sign silver simple since sing sister sit six size skin sky \
sleep slow small smile snow so soft soldier some someone something sometimes son song soon sorry sound south space \
special spring staff stand star start state stay step still stone stood stop store storm story street strong study \
such summer sun support sure surprise sweet table take talk tall team tell ten test text than thank thanks that thats the \
their them then there these they thing things think third this those though thought thousand three through tiger time tiny to today \
together told tomorrow tonight too took top total touch toward town travel tree trip true try turn two type under until \
up update upon us use used user very video voice wait walk wall want war warm was wasnt watch water way we wear weather week \
welcome well went were west what wheel when where which while white who whole whose why wide wife wild will win wind \
window winter wish with without woman women wonder wont wood word words work world would write wrong yeah year years yellow \
yes yesterday yet you young your \
admin admins administrator announcement announcements bot bots community dev developer developers gaming guest info \
member members memes meta moderator moderators mods offtopic owner random suggestions vip voice \
der die das und ist ich du er sie es wir ihr nicht ein eine einen mit auf fur von zu im den dem des auch aber oder wie \
was wer wo wann ja nein doch noch schon nur so dann wenn weil dass hat haben war sind bin kann muss soll wird sehr mehr \
mal hier da alle alles gut heute morgen man mir mich dir dich uns kein keine \
le la les un une de du des et est je tu il elle nous vous ils pas ne que qui quoi dans sur avec pour mais ou donc si oui \
non plus tres bien merci tout tous fait ca cest mon ton son \
el los las una y es yo ella no que en con por para pero como si muy bien gracias todo todos hay este esta lo al del mi tu su \
o os um uma e eu ele nao com mas sim muito bem obrigado tudo isso \
i il gli uno che di per ma anche sono come piu questo quello grazie tutto \
i w na z do to jest sie nie tak ale jak co ten ta ze od po za czy juz tylko dla moze mnie ja ty on ona my wy oni dobra \
het een van dat niet ik je we ze maar ook voor met aan naar \
ve bir bu da ne icin ama cok var yok ben sen \
и в не на я что он с это как а то по но мы ты вы да нет все так он она они у за от \
the";

/// Which words are common.
pub struct Common(Index<'static>);

impl Common {
    /// Makes the list ready.
    pub fn new(folds: &Folds) -> Self {
        let words = WORDS.split(' ').enumerate();
        Self(
            words
                .map(|(at, word)| (folds.folded(word).into(), at))
                .collect(),
        )
    }

    /// Whether a folded name, alone in a text, may just be words: all are common and there
    /// are two at most, or it has too few letters to tell.
    pub fn covers(&self, name: &str) -> bool {
        self.is_short(name)
            || name.split(' ').count() < 3 && name.split(' ').all(|word| self.0.contains_key(word))
    }

    fn is_short(&self, name: &str) -> bool {
        // A syllable of Hangul is two or three letters here.
        let least = match name.chars().next() {
            Some('\u{1100}'..='\u{11FF}') => 4,
            Some(c) if ('\u{3040}'..='\u{30FF}').contains(&c) => 3,
            Some(c) if is_wordless(c) => 2,
            _ => 3,
        };
        name.chars().filter(|c| c.is_alphanumeric()).count() < least
            || !name.chars().any(char::is_alphabetic)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_words_are_told_from_names() {
        let folds = Folds::new();
        let common = Common::new(&folds);
        for name in [
            "The",
            "Will",
            "jo",
            "Für",
            "general",
            "Off-Topic",
            "New Members",
            "42",
            "민",
            "и",
            "アン",
        ] {
            assert!(common.covers(&folds.folded(name)), "{name}");
        }
        for name in [
            "Ada",
            "Nowak",
            "Will Power Bob",
            "the kiln room",
            "민수",
            "田中",
            "Анна",
            "x9z",
        ] {
            assert!(!common.covers(&folds.folded(name)), "{name}");
        }
    }
}
