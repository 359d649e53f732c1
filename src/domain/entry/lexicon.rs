//! The words of the trade in French and English, folded: set phrases, numbers, days, months.

use super::piece::{
    Beat, Day, Hand, Hour, Mark, Number, Piece, Unit,
    WeekPart::{Any, End, Middle, Start, WeekEnd},
};
use crate::domain::{money::Share, request::Payer};
use jiff::civil::Weekday;
use std::{collections::HashMap, sync::LazyLock};

/// Words that may stand between the words of a set phrase.
pub(super) fn is_joint(word: &str) -> bool {
    matches!(
        word,
        "le" | "la" | "les" | "l" | "de" | "d" | "du" | "des" | "the" | "of" | "son" | "sa" | "ma" | "mon" | "a" | "en"
    )
}

const fn part(from: i32, to: i32) -> Piece {
    Piece::Part { from: from * 60, to: to * 60, today: false }
}

const fn today(from: i32, to: i32) -> Piece {
    Piece::Part { from: from * 60, to: to * 60, today: true }
}

#[expect(clippy::too_many_lines, reason = "a table")]
/// Set phrases; the longest one at a place counts.
fn phrases() -> Vec<(Piece, &'static str)> {
    let half = Share::new(5000).map_or(Payer::Client, |client| Payer::Shared { client });
    let week = |part, weeks| Piece::Day(Day::PartOfWeek(part, weeks));
    vec![
        (Piece::Day(Day::Offset(0)), "aujourd hui|aujourdhui|auj|ajd|ajdh|today|ce jour|jour meme"),
        (Piece::Day(Day::Offset(1)), "demain|dem|dmain|deman|tomorrow|tomorow|tommorow|tomorrrow|tmrw|tmr|lendemain"),
        (
            Piece::Day(Day::Offset(2)),
            "apres demain|ap demain|apresdemain|apr demain|surlendemain|day after tomorrow|apres dem",
        ),
        (Piece::Day(Day::Offset(-1)), "hier|yesterday"),
        (Piece::Day(Day::Offset(-2)), "avant hier|day before yesterday"),
        (
            Piece::Day(Day::Now),
            "tout suite|toute suite|immediatement|maintenant|right now|right away|now|immediately|straight away|sur le champ",
        ),
        (
            Piece::Day(Day::Minutes(60)),
            "dans l heure|dans heure|within the hour|sous une heure|dans une heure|d ici une heure|in an hour|within an hour|in one hour",
        ),
        (Piece::Day(Day::Minutes(30)), "dans une demi heure|dans demi heure|in half an hour|in half hour"),
        (
            Piece::Day(Day::Offset(7)),
            "dans une semaine|in a week|sous huitaine|sous une semaine|dans 1 semaine|within a week|a week from today|d ici une semaine",
        ),
        (
            Piece::Day(Day::Offset(14)),
            "dans une quinzaine|sous quinzaine|in a fortnight|dans deux semaines|in two weeks",
        ),
        (Piece::Day(Day::Months(1)), "dans un mois|in a month|d ici un mois|dans 1 mois"),
        (week(End, 0), "fin semaine|fin sem|end week|end of week|fin cette semaine|later this week"),
        (
            week(End, 1),
            "fin semaine prochaine|fin sem prochaine|fin sem pro|fin semaine pro|end next week|late next week",
        ),
        (
            week(Start, 1),
            "debut semaine prochaine|debut sem prochaine|debut semaine pro|debut sem pro|early next week|start next week|beginning next week",
        ),
        (week(Start, 0), "debut semaine|debut sem|start week|beginning week"),
        (week(Middle, 0), "milieu semaine|mid week|midweek|middle week"),
        (week(Middle, 1), "milieu semaine prochaine|middle next week"),
        (week(Any, 1), "semaine prochaine|sem prochaine|semaine pro|sem pro|next week|semaine suivante|week prochaine"),
        (week(Any, 0), "cette semaine|this week|dans la semaine|courant semaine|cette sem"),
        (week(WeekEnd, 0), "ce week end|ce weekend|ce we|this weekend|this week end|week end|weekend"),
        (week(WeekEnd, 1), "week end prochain|weekend prochain|next weekend|le we prochain"),
        (Piece::Day(Day::EndOfMonth(None)), "fin mois|end month|end of the month|fin du mois"),
        (
            Piece::Day(Day::Date { weekday: None, day: 25, month: Some(12), year: None }),
            "jour noel|christmas day|le jour de noel",
        ),
        (
            Piece::Day(Day::Permanence),
            "prochaine permanence|prochaine perm|next permanence|next desk|la prochaine perm|permanence prochaine|permanence suivante|next desk session",
        ),
        (Piece::Hour(Hour { minutes: 720, late: false, length: false }), "midi|noon|midday|a midi"),
        (Piece::Hour(Hour { minutes: 1439, late: false, length: false }), "minuit|midnight"),
        (
            Piece::Hour(Hour { minutes: 750, late: false, length: false }),
            "midi demi|midi demie|midi et demi|midi et demie|midi trente|midi 30|half past twelve|half twelve",
        ),
        (
            Piece::Hour(Hour { minutes: 735, late: false, length: false }),
            "midi quart|midi et quart|midi 15|quarter past twelve",
        ),
        (
            Piece::Hour(Hour { minutes: 705, late: false, length: false }),
            "midi moins quart|midi moins le quart|quarter to twelve",
        ),
        (part(8, 12), "matin|matinee|mat|morning|mornings|matins|le matin|dans la matinee"),
        (today(8, 12), "ce matin|this morning|cette matinee"),
        (today(12, 12), "ce midi"),
        (
            part(8, 10),
            "debut matinee|debut mat|early morning|tot le matin|debut de journee|early in the morning|premiere heure|start of day",
        ),
        (part(11, 12), "fin matinee|fin mat|late morning|fin de matin|end of morning"),
        (part(14, 18), "apres midi|aprem|aprm|apm|afternoon|afternoons|l apres midi|apresmidi|apres m"),
        (
            today(14, 18),
            "cet apres midi|cet aprem|cette apres midi|this afternoon|cette aprem|cet apresmidi|cet ap midi",
        ),
        (part(14, 15), "debut apres midi|debut aprem|early afternoon"),
        (part(16, 18), "fin apres midi|fin aprem|late afternoon|fin d aprem"),
        (part(18, 21), "soir|soiree|evening|soirs|evenings|en soiree|le soir"),
        (today(18, 21), "ce soir|tonight|this evening|cette soiree"),
        (part(17, 18), "fin journee|end day|eod|end of the day|fin de journee|en fin de journee"),
        (part(8, 18), "dans la journee|en journee|toute la journee|journee|all day|during the day|la journee entiere"),
        (
            part(12, 14),
            "entre midi et deux|entre midi deux|pause dejeuner|pause midi|heure dejeuner|lunchtime|lunch time|lunch break|over lunch|at lunch|pause de midi",
        ),
        (Piece::Mark(Mark::Before), "avant|before|av"),
        (
            Piece::Mark(Mark::By),
            "d ici|d ici le|d ici a|dici|by|au plus tard|no later than|pour au plus tard|au plus tard le|ici le|not later than",
        ),
        (Piece::Mark(Mark::NotBefore), "pas avant|pas avant le|not before|not earlier than|no earlier than|pas av"),
        (
            Piece::Mark(Mark::From),
            "a partir|a partir du|a partir de|a compter|a compter du|starting|starting on|starting from|from|a dater du|debut le|commencant|beginning|starts",
        ),
        (Piece::Mark(Mark::Until), "jusqu au|jusqu a|jusqu|jusque|jusqu en|jusquau|jusqua|until|till|til|until the"),
        (
            Piece::Mark(Mark::Except),
            "sauf|sauf le|sauf les|hors|excepte|except|excluding|but not|pas le|pas les|not on|mais pas le|mais pas|a part le|sauf pour",
        ),
        (Piece::Mark(Mark::After), "apres|after|passe|a partir"),
        (Piece::Mark(Mark::Or), "ou|or|sinon|ou bien|ou alors|otherwise"),
        (
            Piece::Beat(Beat::Each),
            "chaque|chq|tous les|toutes les|every|each|tout les|ts les|toute les|each and every|all the",
        ),
        (
            Piece::Beat(Beat::Days(1)),
            "tous les jours|chaque jour|par jour|per day|every day|each day|daily|quotidien|quotidiennement|quotidienne|everyday|tout les jours|ts les jours|tlj",
        ),
        (
            Piece::Beat(Beat::Days(2)),
            "un jour sur deux|1 jour sur 2|tous les deux jours|tous les 2 jours|every other day|every two days|every 2 days|every second day",
        ),
        (
            Piece::Beat(Beat::WorkDays),
            "jours ouvres|jours ouvrables|chaque jour ouvre|tous les jours ouvres|tous les jours ouvrables|every weekday|weekdays|every working day|en semaine|jours semaine|tous les jours de la semaine|every week day|tous les jours sauf le week end|tous les jours sauf week end|tous les jours hors week end|chaque jour sauf le week end|tous les jours sauf weekend",
        ),
        (
            Piece::Beat(Beat::Weeks(1)),
            "chaque semaine|toutes les semaines|every week|each week|weekly|hebdo|hebdomadaire|par semaine|toutes les sem|chaque sem|a week|1 fois par semaine|une fois par semaine|once a week",
        ),
        (
            Piece::Beat(Beat::Weeks(2)),
            "une semaine sur deux|1 semaine sur 2|une sem sur deux|une sem sur 2|1 sem sur 2|une semaine sur 2|semaine sur deux|toutes les deux semaines|toutes les 2 semaines|tous les quinze jours|tous les 15 jours|every other week|every two weeks|every 2 weeks|every second week|fortnightly|biweekly|every fortnight|chaque quinzaine|tous les 15 j|bimensuel|ttes les 2 semaines|1s sur 2|every other|every second",
        ),
        (
            Piece::Beat(Beat::Weeks(3)),
            "toutes les trois semaines|toutes les 3 semaines|every three weeks|every 3 weeks",
        ),
        (
            Piece::Beat(Beat::Weeks(4)),
            "toutes les quatre semaines|toutes les 4 semaines|every four weeks|every 4 weeks",
        ),
        (
            Piece::Beat(Beat::Months),
            "chaque mois|tous les mois|every month|each month|monthly|mensuel|mensuellement|mensuelle|par mois|une fois par mois|1 fois par mois|once a month",
        ),
        (
            Piece::Holidays(false),
            "sauf ferie|sauf feries|sauf jours feries|sauf jour ferie|hors ferie|hors feries|hors jours feries|except holidays|except bank holidays|except public holidays|excluding holidays|excluding bank holidays|pas feries|pas les jours feries|sauf les jours feries|pas ferie|not on holidays|not on bank holidays|no holidays|hors jour ferie|sauf les feries|sauf fetes",
        ),
        (
            Piece::Holidays(true),
            "y compris feries|meme feries|meme les jours feries|including holidays|ferie compris|feries compris|y compris jours feries|meme ferie|feries inclus|including bank holidays",
        ),
        (Piece::Number(Number::Dozens(12)), "une douzaine|1 douzaine|douzaine|a dozen|dozen|one dozen"),
        (Piece::Number(Number::Dozens(24)), "deux douzaines|2 douzaines|two dozen|2 dozen"),
        (
            Piece::Number(Number::Dozens(6)),
            "une demi douzaine|demi douzaine|half a dozen|half dozen|une demie douzaine|1 2 douzaine|1 2 dozen",
        ),
        (Piece::Number(Number::Dozens(10)), "une dizaine|dizaine"),
        (Piece::Number(Number::Dozens(20)), "une vingtaine|vingtaine"),
        (Piece::Number(Number::Dozens(15)), "une quinzaine"),
        (Piece::Number(Number::Dozens(2)), "a couple|couple of|une couple"),
        (
            Piece::Number(Number::Parts(1, Unit::Hour)),
            "une demi heure|demi heure|half an hour|1 2 h|half hour|30 min|30 minutes|30 mn",
        ),
        (
            Piece::Hand(Hand::Locker),
            "casier|casiers|locker|lockers|casié|cassier|consigne|en casier|dans casier|au casier|in a locker|in locker",
        ),
        (
            Piece::Hand(Hand::Permanence),
            "permanence|permanences|perm|permence|permanance|desk|comptoir|a la permanence|at the desk|loge|bureau conciergerie|conciergerie|concierge|concierge desk|front desk",
        ),
        (
            Piece::Hand(Hand::Home),
            "a domicile|domicile|maison|a la maison|chez moi|chez lui|chez elle|chez eux|chez nous|home|at home|at her place|at his place|his home|her home|my home|my place|chez la personne|chez le client|dom|at my place",
        ),
        (
            Piece::Hand(Hand::OnSite),
            "sur place|sur site|on site|onsite|on the spot|au bureau|at work|au travail|at the office|sur le site|on the premises|a son bureau|a mon bureau",
        ),
        (
            Piece::Payer(Payer::Person),
            "a sa charge|a ma charge|a leur charge|a charge perso|sa charge|ma charge|il paie|elle paie|je paie|il paye|elle paye|je paye|paie lui meme|paye lui meme|paie elle meme|paye elle meme|paiement perso|perso|personnel|a titre personnel|sur son ardoise|sur mon ardoise|ardoise|ses frais|a ses frais|mes frais|a mes frais|he pays|she pays|i pay|they pay|pays himself|pays herself|own expense|at his own expense|at her own expense|own account|on his tab|on her tab|on my tab|on the tab|i ll pay|personal|salarie paie|beneficiaire paie|paye par le salarie|paye par elle|paye par lui|on her own account|on his own account|paid by the employee|charge salarie",
        ),
        (
            Piece::Payer(Payer::Client),
            "client paie|client paye|le client paie|paye par client|charge client|a la charge du client|entreprise paie|entreprise paye|l entreprise paie|boite paie|boite paye|la boite paie|societe paie|societe paye|employeur paie|employeur paye|patron paie|organisation paie|paye par entreprise|paye par societe|paye par employeur|par mon entreprise|par ma boite|par ma societe|par mon employeur|par le cse|a payer par entreprise|a payer par boite|paye par la boite|charge entreprise|a la charge de l entreprise|charge employeur|charge societe|sur compte entreprise|sur le compte de l entreprise|sur compte societe|sur compte client|sur le compte de la societe|sur le compte du client|compte entreprise|compte societe|compte client|compte organisation|compte employeur|compte boite|frais entreprise|aux frais de l entreprise|frais societe|aux frais de la princesse|offert par entreprise|offert par l employeur|facture entreprise|facturer entreprise|facturer a l entreprise|facture societe|facturer societe|facturer client|company pays|client pays|employer pays|on the company|on company|company account|on the company account|on the client|charge company|charge to company|charge the company|charged to the company|bill the company|bill company|bill the client|paid by company|paid by the company|paid by client|paid by the client|paid by employer|pris en charge par l entreprise|pris en charge|prise en charge entreprise|prise en charge|on expenses|note de frais|employeur regle|entreprise regle|client regle|la metropole paie",
        ),
        (
            Piece::Payer(half),
            "moitie moitie|moitie|50 50|fifty fifty|half and half|half half|partage|paiement partage|split|split the bill|moit moit|payer a deux|cinquante cinquante|par moitie|frais partages|shared|50 % chacun|50 % entreprise|50 % client|50 % employeur|moitie entreprise|moitie client|half company",
        ),
        (
            Piece::Urgent(true),
            "urgent|urgente|urgence|urgents|urgentes|en urgence|urg|tres urgent|asap|au plus vite|le plus vite possible|des que possible|vite|rapidement|as soon as possible|urgently|emergency|prioritaire|priorite|presse|tres presse|express|rush|urgentissime|urgnet|urgant|hurry|quickly|super urgent|c est urgent|il y a urgence|au plus tot",
        ),
        (
            Piece::Urgent(false),
            "pas urgent|pas presse|rien d urgent|not urgent|no rush|no hurry|sans urgence|pas d urgence|rien ne presse|pas urgente|quand vous pouvez|non urgent",
        ),
        (
            Piece::Not,
            "pas de|pas d|annuler|annule|annulez|cancel|supprimer|supprime|no|plus besoin|plus besoin de|ne veut pas|ne veut plus|don t want|does not want|doesn t want|arreter|arrete|stop|pas besoin|pas besoin de|je ne veux pas|je ne veux plus",
        ),
        (Piece::And, "et|and|puis|ainsi que|plus|et aussi|and also|et puis|as well as|avec aussi|et encore|aussi"),
        (
            Piece::Detail,
            "sur cintre|sur cintres|on hangers|on a hanger|au moins|at least|au plus|at most|accuse reception|avec ar",
        ),
        (
            Piece::Filler,
            "svp|stp|j|j ai|j aurais|j ai besoin|j aurais besoin|j voudrais|j aimerais|s il vous plait|s il te plait|merci|merci d avance|leave|leave it|leave them|pick up|bring|bring it|bring them|bring it back|bring back|bring them back|drop off|drop|it|them|il m en faut|il m en faudrait|m en faut|m en faudrait|please|pls|plz|thanks|thank you|thx|bonjour|bjr|hello|hi|bonsoir|allo|alors|euh|donc|voila|ok|oui|cordialement|bonne journee|mme|madame|monsieur|mr|mrs|ms|il|elle|on|je|nous|vous|i|we|she|he|they|veut|veux|voudrait|voudrais|voudrions|aimerait|aimerais|souhaite|souhaiterait|souhaiterais|demande|demander|commander|commande|besoin|a besoin|ai besoin|il faut|il faudrait|il lui faut|il me faut|faudrait|faut|pourrait|pouvez|pouvez vous|peux|peut|would like|i d like|d like|would|like|want|wants|need|needs|i need|can|could|can you|could you|you|have|get|order|may|me|him|her|lui|leur|us|faire|fait|faites|est|c est|ca|cela|is|it|be|serait|si possible|if possible|possible|prevoir|prendre|avoir|mettre|livrer|livre|livres|livree|livrees|livraison|remise|remettre|rendre|rendu|a rendre|deliver|delivered|delivery|drop|dropped|bring|brought|returned|return|heures pile|pile|environ|vers les|vers|around|about|de|du|des|d|le|la|les|l|un|une|a|au|aux|en|an|the|of|for|pour|to|in|at|sur|par|dans|qui|que|qu|ce|cet|cette|ces|son|sa|ses|mon|ma|mes|votre|vos|notre|nos|leurs|my|his|its|our|your|their|this|that|these|those|some|any|quelques|x|h|heure|prochain|prochaine|next|jour|jours|day|days|semaine|semaines|week|weeks|mois|month|months|un peu|fois|times|time|type|genre|cote|niveau|quantite|qte|qty|nombre|nb|site|service|rdv|rendez vous|appointment|tel|demandeur|nouvelle|dispo|disponible|par contre|bien|bien sur|of course|just|juste|seulement|only|pr|ds|av|avc|pdt|pcq|lors|comme d habitude|comme d hab|as usual|habituel|habituelle|usual|the usual|comme toujours",
        ),
    ]
}

/// Who may pay in the person's stead, and how it is said that somebody does: « l'entreprise réglera ».
const PAYERS: [&str; 10] =
    ["client", "entreprise", "boite", "societe", "employeur", "patron", "organisation", "company", "employer", "ce"];
const PAYS: [&str; 22] = [
    "paie",
    "paye",
    "paiera",
    "payera",
    "regle",
    "reglera",
    "va payer",
    "va regler",
    "prend en charge",
    "prendra en charge",
    "qui paie",
    "qui paye",
    "qui paiera",
    "qui payera",
    "qui regle",
    "qui reglera",
    "qui prend en charge",
    "pays",
    "will pay",
    "is paying",
    "who pays",
    "ll pay",
];

/// What follows the first word of a set phrase, and what it means.
type Entry = (Vec<String>, Piece);

static BOOK: LazyLock<HashMap<String, Vec<Entry>>> = LazyLock::new(|| {
    let mut book: HashMap<String, Vec<Entry>> = HashMap::new();
    for (piece, texts) in phrases() {
        for text in texts.split('|') {
            let words = super::token::fold_words(text);
            if let Some((first, rest)) = words.split_first() {
                book.entry(first.clone()).or_default().push((rest.to_vec(), piece.clone()));
            }
        }
    }
    for (who, pays) in PAYERS.iter().flat_map(|who| PAYS.iter().map(move |pays| (who, pays))) {
        let rest = pays.split(' ').map(str::to_owned).collect();
        book.entry((*who).to_owned()).or_default().push((rest, Piece::Payer(Payer::Client)));
    }
    // The longest comes first, and of equals the one that stands first above.
    for entries in book.values_mut() {
        entries.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
    }
    book
});

/// Arranges the set phrases, if they are not yet.
pub(super) fn arrange() {
    LazyLock::force(&BOOK);
}

/// The set phrases that begin with a word: what follows it, the longest first, and what it means.
pub(super) fn begun_by(first: &str) -> &'static [Entry] {
    BOOK.get(first).map_or(&[], Vec::as_slice)
}

/// A number in words, 2 to 100.
pub(super) fn number(word: &str) -> Option<u32> {
    Some(match word {
        "deux" | "two" => 2,
        "trois" | "three" => 3,
        "quatre" | "four" => 4,
        "cinq" | "five" => 5,
        "six" => 6,
        "sept" | "seven" => 7,
        "huit" | "eight" => 8,
        "neuf" | "nine" => 9,
        "dix" | "ten" => 10,
        "onze" | "eleven" => 11,
        "douze" | "twelve" => 12,
        "treize" | "thirteen" => 13,
        "quatorze" | "fourteen" => 14,
        "quinze" | "fifteen" => 15,
        "seize" | "sixteen" => 16,
        "vingt" | "twenty" => 20,
        "trente" | "thirty" => 30,
        "quarante" | "forty" => 40,
        "cinquante" | "fifty" => 50,
        "cent" | "hundred" => 100,
        _ => return None,
    })
}

const WEEKDAYS: [(&str, Weekday, &str); 14] = [
    ("lundi", Weekday::Monday, "lun"),
    ("mardi", Weekday::Tuesday, "mar"),
    ("mercredi", Weekday::Wednesday, "mer mercr merc"),
    ("jeudi", Weekday::Thursday, "jeu"),
    ("vendredi", Weekday::Friday, "ven vend vendr vdr"),
    ("samedi", Weekday::Saturday, "sam"),
    ("dimanche", Weekday::Sunday, "dim"),
    ("monday", Weekday::Monday, ""),
    ("tuesday", Weekday::Tuesday, "tue tues"),
    ("wednesday", Weekday::Wednesday, "wed weds"),
    ("thursday", Weekday::Thursday, "thu thur thurs"),
    ("friday", Weekday::Friday, "fri"),
    ("saturday", Weekday::Saturday, "sat"),
    ("sunday", Weekday::Sunday, "sun"),
];

/// A day of the week, and whether it is said of several. Full names may hold one slip.
pub(super) fn weekday(word: &str) -> Option<(Weekday, bool)> {
    if word.len() < 3 {
        return None;
    }
    for (name, day, short) in WEEKDAYS {
        if word == name || short.split(' ').any(|short| short == word) {
            return Some((day, false));
        }
        if word.strip_suffix('s') == Some(name) {
            return Some((day, true));
        }
    }
    if word.len() < 5 || word == "sunny" {
        return None;
    }
    let near = |name: &str| word.chars().next() == name.chars().next() && strsim::osa_distance(word, name) == 1;
    WEEKDAYS.iter().find(|(name, ..)| near(name)).map(|(_, day, _)| (*day, false))
}

/// A month, from 1; `whole` if the word has no other meaning.
pub(super) fn month(word: &str) -> Option<i8> {
    Some(match word {
        "janvier" | "janv" | "january" | "jan" => 1,
        "fevrier" | "fevr" | "fev" | "february" | "feb" => 2,
        "mars" | "march" => 3,
        "avril" | "avr" | "april" | "apr" => 4,
        "mai" | "may" => 5,
        "juin" | "june" | "jun" => 6,
        "juillet" | "juil" | "july" | "jul" => 7,
        "aout" | "august" | "aug" => 8,
        "septembre" | "sept" | "september" | "sep" => 9,
        "octobre" | "oct" | "october" => 10,
        "novembre" | "nov" | "november" | "novemebre" => 11,
        "decembre" | "dec" | "december" | "decembr" => 12,
        _ => return None,
    })
}

/// What an address has between its number and its name.
pub(super) fn is_street(word: &str) -> bool {
    matches!(
        word,
        "rue"
            | "avenue"
            | "av"
            | "ave"
            | "bd"
            | "bld"
            | "blvd"
            | "boulevard"
            | "place"
            | "pl"
            | "allee"
            | "allees"
            | "impasse"
            | "chemin"
            | "cours"
            | "quai"
            | "route"
            | "rte"
            | "square"
            | "esplanade"
            | "passage"
            | "sente"
            | "street"
            | "st"
            | "road"
            | "rd"
            | "lane"
            | "residence"
            | "lotissement"
            | "hameau"
            | "lieu"
            | "r"
    )
}

/// A word before a number that makes it a name: « bureau 214 ».
pub(super) fn is_label(word: &str) -> bool {
    matches!(
        word,
        "bureau"
            | "porte"
            | "etage"
            | "taille"
            | "pointure"
            | "chambre"
            | "appartement"
            | "appt"
            | "apt"
            | "bat"
            | "batiment"
            | "salle"
            | "code"
            | "digicode"
            | "numero"
            | "num"
            | "ref"
            | "reference"
            | "poste"
            | "office"
            | "room"
            | "floor"
            | "door"
            | "size"
            | "building"
            | "number"
            | "local"
            | "etagere"
            | "place"
            | "ligne"
            | "hall"
            | "escalier"
            | "suivi"
            | "commande"
            | "ticket"
            | "bon"
            | "facture"
            | "annee"
            | "immatriculation"
            | "no"
            | "nr"
            | "badge"
            | "zone"
            | "quai"
            | "niveau"
    )
}

/// A word after a number that makes it no quantity: « 3 ans ».
pub(super) fn is_measure(word: &str) -> bool {
    matches!(
        word,
        "ans"
            | "an"
            | "mois"
            | "enfants"
            | "enfant"
            | "gamins"
            | "petits"
            | "bebes"
            | "invites"
            | "convives"
            | "euros"
            | "euro"
            | "eur"
            | "cm"
            | "mm"
            | "m"
            | "m2"
            | "metres"
            | "metre"
            | "km"
            | "litres"
            | "litre"
            | "places"
            | "years"
            | "year"
            | "old"
            | "kids"
            | "kid"
            | "children"
            | "child"
            | "guests"
            | "portes"
            | "etages"
            | "points"
            | "eme"
            | "ieme"
            | "e"
            | "nd"
            | "pouces"
            | "fenetres"
            | "chambres"
            | "grammes"
            | "gr"
            | "g"
            | "parts"
            | "roses"
            | "tiges"
            | "windows"
            | "rooms"
            | "bedrooms"
            | "th"
            | "st"
            | "rd"
            | "er"
            | "chats"
            | "chiens"
            | "cats"
            | "dogs"
            | "min"
            | "mn"
            | "minutes"
            | "minute"
    )
}

/// How many of a month's days of that name are counted off.
pub(super) fn nth(word: &str) -> Option<i8> {
    Some(match word {
        "premier" | "1er" | "first" => 1,
        "deuxieme" | "second" | "2e" => 2,
        "troisieme" | "third" | "3e" => 3,
        "quatrieme" | "fourth" | "4e" => 4,
        "dernier" | "last" => -1,
        _ => return None,
    })
}
