//! What people say in place of the catalogue's own words, folded, and which words say little.

use std::{collections::HashMap, sync::LazyLock};

/// On the left what is said, on the right words that a catalogue may hold.
const SAID: &[(&str, &str)] = &[
    (
        "retirer recuperer recevoir recup retrait receptionner recu recus arrive arrivee receipt receive collect pickup incoming recoit chercher",
        "reception received",
    ),
    ("envoyer expedier poster envoie send ship sending shipping renvoyer retourner chronopost", "envoi sent"),
    ("tondre tondeuse pelouse gazon lawn mow mowing", "tonte jardinage"),
    ("jardinier gardener", "jardinage"),
    ("cheveux haircut hair brushing barbier coiffeuse hairdresser", "coiffure"),
    ("brioche brioches chocolatine chocolatines pastry muffin chausson chaussons", "viennoiserie"),
    ("tradition traditions tradi tradis flute ficelle loaf bread baguettes", "baguette"),
    ("sandwich salade meal lunch lunchbox gamelle", "repas"),
    ("apero reunion catering petits-fours pot", "buffet"),
    ("anniv birthday", "anniversaire"),
    ("math maths anglais francais tutor tutoring homework lecon lecons", "devoirs"),
    ("babysitter nanny childminder creche", "nounou"),
    ("babysitting", "sitting"),
    ("toutou promenade promener walk walking dog dogs puppy", "chien"),
    ("cat cats kitten minou", "chat"),
    ("pc ordi mac laptop computer imprimante printer virus windows", "ordinateur"),
    ("internet box", "wifi"),
    ("formulaire dossier administratif administratives administrative paperwork passeport cerfa", "papiers"),
    ("mecanicien mechanic", "garage"),
    ("bike bicycle bicyclette vtt", "velo"),
    ("vehicule bagnole", "voiture"),
    ("ironing iron", "repassage"),
    ("laundry linge draps drap serviettes", "lessive"),
    ("aiguiser aiguisage sharpen sharpening affuter affutage", "affutes"),
    ("rose roses fleur flower bouquets", "bouquet"),
    ("steak boeuf poulet", "viande"),
    ("vegetables vegetable veggies veggie veg", "legumes"),
    ("fenetre fenetres baies", "vitres"),
    ("plombier robinet ampoule bricoleur handyman perceuse ikea plumber", "bricolage"),
    ("reco lrar rar recomande", "recommandee"),
    ("gift present xmas", "cadeau"),
    ("aspirer", "aspirateur"),
    ("parka anorak", "manteau"),
    ("carer carers elderly", "aidant"),
    ("mot inspection", "controle"),
    ("retoucher retouche retouches alteration alterations couturiere", "couture"),
    ("masseur masseuse", "massage"),
    ("coursier-velo courier messenger bicycle-courier", "coursier"),
    ("cleaner aide-menagere cleaning", "menage"),
    ("cles clefs keys", "cle"),
    ("pants", "trousers"),
    ("creve creves crevee flat", "crevaison"),
    ("urgent urgente urg asap emergency", "urgence emergency"),
    ("doudounes", "manteau"),
    ("lavage laver wash washing washed", "lavage"),
    ("recoudre recousu couture bouton boutons button buttons", "bouton"),
];

static BOOK: LazyLock<HashMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let mut book: HashMap<&str, Vec<&str>> = HashMap::new();
    for (said, meant) in SAID {
        for word in said.split(' ') {
            book.entry(word).or_default().extend(meant.split(' '));
        }
    }
    book
});

/// Arranges the words, if they are not yet.
pub(super) fn arrange() {
    LazyLock::force(&BOOK);
}

/// The words that a catalogue may hold for what was said.
pub(super) fn meant_by(word: &str) -> &'static [&'static str] {
    BOOK.get(word).map_or(&[], Vec::as_slice)
}

/// Two words that together are another thing than the first alone, and a word that a catalogue may hold for it.
const TOGETHER: [(&str, &[&str], &str); 2] =
    [("pain", &["chocolat", "raisin", "raisins"], "viennoiserie"), ("cle", &["usb"], "ordinateur")];

/// What two words mean together, if that is something of its own.
pub(super) fn meant_together(plain: &str, next: &str) -> Option<&'static str> {
    let (.., meant) = TOGETHER.iter().find(|(first, seconds, _)| *first == plain && seconds.contains(&next))?;
    Some(meant)
}

/// Words that stand in names of services and say little alone.
pub(super) fn is_weak(word: &str) -> bool {
    matches!(
        word,
        "petit"
            | "san"
            | "deu"
            | "assi"
            | "fete"
            | "double"
            | "aide"
            | "sans"
            | "assis"
            | "travail"
            | "site"
            | "jour"
            | "frais"
            | "fresh"
            | "place"
            | "vetement"
            | "piece"
            | "deux"
            | "work"
            | "help"
            | "odd"
            | "made"
            | "two"
            | "new"
            | "eau"
            | "cuir"
            | "job"
            | "taken"
            | "out"
            | "day"
            | "dish"
            | "lettre"
            | "letter"
            | "porte"
            | "conduite"
            | "femme"
            | "good"
            | "goods"
            | "bien"
            | "sur"
            | "remplacee"
            | "replaced"
            | "nourrir"
            | "reprendre"
            | "grise"
            | "carte"
            | "casse"
            | "kilo"
            | "weight"
            | "telephone"
            | "parent"
            | "malade"
            | "meeting"
            | "box"
            | "basket"
            | "care"
            | "service"
            | "fetes"
            | "emporter"
            | "serviced"
            | "copied"
            | "cleaned"
            | "clean"
            | "washed"
            | "relai"
            | "local"
    )
}

/// What is done to anything: what it is done to says which service is meant.
pub(super) fn is_act(word: &str) -> bool {
    matches!(
        word,
        "laver"
            | "lavage"
            | "nettoyer"
            | "nettoyage"
            | "reparer"
            | "reparation"
            | "refaire"
            | "entretien"
            | "livrer"
            | "livraison"
            | "wash"
            | "washing"
            | "clean"
            | "cleaning"
            | "repair"
            | "repairing"
            | "fix"
    )
}

/// What a laundry does with everything: beside a thing that it takes, nothing more is said by it.
pub(super) fn is_cleaning(word: &str) -> bool {
    matches!(word, "laver" | "lavage" | "nettoyer" | "nettoyage" | "wash" | "washing" | "clean" | "cleaning")
}

/// What is done with a thing before and after the service: it names none beside one.
pub(super) fn is_fetched(word: &str) -> bool {
    matches!(
        word,
        "retirer"
            | "recuperer"
            | "recup"
            | "recupere"
            | "retrait"
            | "chercher"
            | "recevoir"
            | "renvoyer"
            | "retourner"
            | "collect"
            | "pickup"
    )
}

/// What is itself sent and received.
pub(super) fn is_sent(word: &str) -> bool {
    matches!(word, "coli" | "colis" | "paquet" | "parcel" | "pli" | "lettre" | "letter" | "courrier")
}

/// Days that are also what is sold for them: « panier de noël ».
pub(super) fn is_feast(word: &str) -> bool {
    matches!(word, "noel" | "christmas" | "xmas" | "fetes")
}

/// Things that something is done to: beside what is done they only say more.
pub(super) fn is_object(word: &str) -> bool {
    matches!(
        word,
        "chemise"
            | "chemisier"
            | "pantalon"
            | "jean"
            | "costume"
            | "costard"
            | "tailleur"
            | "manteau"
            | "pardessu"
            | "doudoune"
            | "robe"
            | "couette"
            | "edredon"
            | "rideau"
            | "voilage"
            | "blouse"
            | "tenue"
            | "chaussure"
            | "shoe"
            | "sac"
            | "ceinture"
            | "cartable"
            | "leather"
            | "cle"
            | "clef"
            | "key"
            | "voiture"
            | "auto"
            | "car"
            | "velo"
            | "bicycle"
            | "bike"
            | "coli"
            | "colis"
            | "parcel"
            | "veste"
            | "shirt"
            | "trouser"
            | "suit"
            | "coat"
            | "dress"
            | "duvet"
            | "curtain"
            | "linge"
            | "lessive"
            | "vetement"
            | "garment"
            | "plante"
            | "meuble"
            | "etagere"
            | "carreau"
            | "enfant"
            | "panier"
            | "boite"
            | "telephone"
            | "ordinateur"
            | "garage"
    )
}
