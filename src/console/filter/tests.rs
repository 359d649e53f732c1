//! What a filter lets pass, how it is said again, and that nothing typed makes it stumble.

use super::*;
use jiff::civil::date;
use proptest::prelude::*;
use rstest::rstest;
use uuid::Uuid;

const FR: Language = Language::Fr;
const EN: Language = Language::En;
/// A Tuesday.
const TODAY: Date = date(2026, 11, 24);

fn operator(n: u128) -> OperatorId {
    Uuid::from_u128(n).to_string().parse().unwrap()
}

fn moment() -> Moment {
    Moment { now: "2026-11-24T14:32:00Z".parse().unwrap(), today: TODAY, me: operator(1) }
}

/// Shirts for Madame Durand at Bruges, assigned, due on Friday.
fn facts() -> Facts<'static> {
    Facts {
        number: RequestNumber::new(26, 1047),
        state: RequestState::Assigned,
        channel: Channel::Phone,
        urgency: Urgency::Normal,
        service: &["Pressing", "Dry cleaning"],
        site: "Bruges",
        requester: &["Claire Durand"],
        phones: &["+33536491234"],
        provider: "Lavoir Solidaire",
        words: &["3 chemises à l'amidon", "Sonner chez Venturi"],
        came_in: date(2026, 11, 23),
        due: Some(date(2026, 11, 27)),
        late_from: Some("2026-11-27T11:00:00Z".parse().unwrap()),
        operator: Some(operator(1)),
    }
}

fn passes(filter: &str, facts: &Facts<'_>) -> bool {
    let filter = Filter::parse(filter);
    assert_eq!(filter.faults(), []);
    filter.at(&moment()).accepts(&Row::new(facts))
}

#[rstest]
#[case::nothing("")]
#[case::the_example("site:bruges statut:attribuée ven")]
#[case::in_any_order("VEN STATUT:ATTRIBUEE Site:BRUGES")]
#[case::in_english("status:assigned fri site:bru")]
#[case::words_begin("durand chem amidon")]
#[case::phrase("\"claire dur\"")]
#[case::french_quotes("«\u{a0}Claire Durand\u{a0}»")]
#[case::number("26-1047")]
#[case::number_begun("26-10")]
#[case::number_without_year("1047")]
#[case::telephone("0536491234")]
#[case::telephone_with_dots("05.36.49.12")]
#[case::telephone_abroad("+335364")]
#[case::service_in_french("service:press")]
#[case::service_in_english("service:\"dry clean\"")]
#[case::who("pour:durand who:claire")]
#[case::provider("prestataire:lavoir")]
#[case::field_begun("presta:solid")]
#[case::channel("canal:tel")]
#[case::channel_in_english("channel:phone")]
#[case::mine("à moi")]
#[case::mine_in_english("mine")]
#[case::open("ouvert -clos -urgent -late")]
#[case::either_site("site:merignac site:bruges")]
#[case::due("échéance:27/11 due:2026-11-27")]
#[case::since("depuis:lun")]
#[case::before("avant:28.11.2026")]
#[case::not("-site:merignac -pain -statut:proposée")]
#[case::a_day_may_be_a_word("ven pour:durand")]
fn the_row_passes(#[case] filter: &str) {
    assert!(passes(filter, &facts()));
}

#[rstest]
#[case("site:merignac")]
#[case("durand -claire")]
#[case("urand")]
#[case("26-1046")]
#[case("statut:proposée")]
#[case("-ven")]
#[case("jeu")]
#[case("urgent")]
#[case("en retard")]
#[case("-à moi")]
#[case("clos")]
#[case("depuis:auj")]
#[case("avant:ven")]
#[case("canal:courriel")]
#[case("\"durand claire\"")]
#[case("site:durand")]
fn the_row_does_not_pass(#[case] filter: &str) {
    assert!(!passes(filter, &facts()));
}

#[test]
fn a_bare_day_also_finds_the_word_and_a_quoted_one_the_word_alone() {
    let other_day = Facts { due: None, ..facts() };
    assert!(passes("ven", &other_day), "Venturi");
    assert!(!passes("due:ven", &other_day));
    assert!(!passes("\"ven\"", &Facts { words: &[], ..facts() }));
}

#[test]
fn late_is_what_is_past_its_time_and_not_over() {
    let late = Facts { late_from: Some("2026-11-24T14:31:00Z".parse().unwrap()), ..facts() };
    assert!(passes("en retard", &late));
    assert!(!passes("late", &Facts { state: RequestState::Closed, ..late }));
    assert!(passes("clos", &Facts { state: RequestState::Cancelled, ..late }));
}

#[test]
fn the_beginning_of_a_state_means_every_state_that_begins_so_and_a_whole_name_itself() {
    for (filter, state, passed) in [
        ("statut:re", RequestState::Refused, true),
        ("statut:re", RequestState::Ready, true),
        ("statut:re", RequestState::New, false),
        ("statut:cours", RequestState::Underway, true),
        ("statut:\"en cours\"", RequestState::Underway, true),
        ("statut:close", RequestState::Closed, true),
    ] {
        assert_eq!(passes(filter, &Facts { state, ..facts() }), passed, "{filter} {state:?}");
    }
}

#[rstest]
#[case("stat:attribuee  VEN \"l'été\"", FR, "statut:attribuée ven \"l ete\"")]
#[case("mine -late channel:mail", FR, "à moi -en retard canal:courriel")]
#[case("à moi statut:\"en cours\"", EN, "mine status:underway")]
#[case("depuis:hier avant:3/12 due:friday", FR, "depuis:hier avant:3/12 échéance:ven")]
#[case("statut:re 27-11 05.36.49.12", FR, "statut:re 27-11 05364912")]
#[case("27/11 a \"moi\" aujourd'hui", FR, "échéance:27/11 \"a\" moi aujourd'hui")]
#[case("\"urgent\" -\"pain de mie\" -pain pain pain", FR, "\"urgent\" -\"pain de mie\" -pain pain")]
fn a_filter_is_said_in_one_way(#[case] filter: &str, #[case] language: Language, #[case] said: &str) {
    assert_eq!(Filter::parse(filter).display(language), said);
}

#[rstest]
#[case("sit:bruges stauts:x", 11..19, "« stauts » n'est pas un champ")]
#[case("pain site:", 5..10, "« site: » attend une valeur")]
#[case("statut:attribuez", 0..16, "Vouliez-vous dire « attribuée » ?")]
#[case("canal:pigeon", 0..12, "téléphone, courriel, permanence, casier, maison")]
#[case("avant:jamais", 0..12, "« jamais » n'est pas un jour")]
#[case("due:31/2", 0..8, "« 31/2 » n'est pas un jour")]
fn what_is_left_out_is_explained_where_it_stands(#[case] filter: &str, #[case] at: Range<usize>, #[case] said: &str) {
    let filter = Filter::parse(filter);
    assert_eq!(filter.faults().len(), 1);
    let sentence = filter.faults()[0].said(FR).replace('\u{a0}', " ");
    assert_eq!(filter.faults()[0].at, at);
    assert!(sentence.contains(said), "{sentence}");
}

#[test]
fn a_time_of_day_is_no_field() {
    assert_eq!(Filter::parse("10:30").faults(), []);
}

#[rstest]
#[case("ven", date(2026, 11, 27), date(2026, 11, 20))]
#[case("mar", TODAY, TODAY)]
#[case("demain", date(2026, 11, 25), date(2026, 11, 25))]
#[case("aujourd'hui", TODAY, TODAY)]
#[case("3/1", date(2027, 1, 3), date(2027, 1, 3))]
#[case("3.10", date(2026, 10, 3), date(2026, 10, 3))]
#[case("29/2", date(2028, 2, 29), date(2028, 2, 29))]
#[case("1/1/25", date(2025, 1, 1), date(2025, 1, 1))]
fn days_are_counted_from_today(#[case] text: &str, #[case] due: Date, #[case] since: Date) {
    let day = Day::read(text).unwrap();
    assert_eq!((day.from_now_on(TODAY), day.until_now(TODAY)), (due, since));
}

#[test]
fn completion_proposes_fields_flags_and_the_houses_names() {
    let names = Names { sites: &["Bruges", "Mérignac", "Bègles"], people: &["Claire Durand"], ..Names::default() };
    let proposed = |text: &str, language| {
        let all = complete(text, text.len(), &names, language);
        all.into_iter().map(|way| format!("{}{}", &text[..way.replaces.start], way.text)).collect::<Vec<_>>()
    };
    assert_eq!(proposed("pain s", FR), ["pain statut:", "pain site:", "pain service:"]);
    assert_eq!(proposed("stat", EN), ["status:"]);
    assert_eq!(proposed("site:b", FR), ["site:Bruges ", "site:Bègles "]);
    assert_eq!(proposed("-site:mer", EN), ["-site:Mérignac "]);
    assert_eq!(proposed("pour:dur", FR), ["qui:\"Claire Durand\" "]);
    assert_eq!(proposed("statut:cours", FR), ["statut:\"en cours\" "]);
    assert_eq!(proposed("status:o", EN), ["status:offered "]);
    assert_eq!(proposed("moi", FR), ["à moi "]);
    assert_eq!(proposed("site:b ", FR).len(), Field::ALL.len() + Flag::ALL.len());
    assert!(proposed("nonsense:b", FR).is_empty());
}

/// Pieces that filters are made of, and rubbish between them.
fn texts() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("site:bruges".to_owned()),
        Just("statut:re".to_owned()),
        Just("status:\"en cours\"".to_owned()),
        Just("canal:c".to_owned()),
        Just("-à moi".to_owned()),
        Just("en retard".to_owned()),
        Just("urgent".to_owned()),
        Just("\"urgent\"".to_owned()),
        Just("ven".to_owned()),
        Just("aujourd'hui".to_owned()),
        Just("depuis:27/11".to_owned()),
        Just("26-10".to_owned()),
        Just("27-11".to_owned()),
        Just("05.36.49".to_owned()),
        Just("moi".to_owned()),
        Just("à".to_owned()),
        "[a-zéà0-9:\"'./-]{0,12}",
        any::<String>(),
    ];
    prop::collection::vec(piece, 0..6).prop_map(|pieces| pieces.join(" "))
}

proptest! {
    #[test]
    fn what_is_said_of_a_filter_reads_as_that_filter(text in texts(), english: bool) {
        let language = if english { EN } else { FR };
        let filter = Filter::parse(&text);
        let said = filter.display(language);
        let again = Filter::parse(&said);
        prop_assert_eq!(again.faults(), &[]);
        prop_assert_eq!(again.display(language), said.as_str());
        let test = (filter.at(&moment()), again.at(&moment()));
        prop_assert_eq!(test.0.accepts(&Row::new(&facts())), test.1.accepts(&Row::new(&facts())), "{}", said);
    }

    #[test]
    fn accents_and_case_change_nothing(text in texts()) {
        let plain: String = text.split(' ').map(|piece| match piece.strip_prefix('-') {
            _ if piece.chars().any(|c| !c.is_ascii() && !"éàÉÀ".contains(c)) => piece.to_owned(),
            _ => piece.replace(['é', 'É'], "e").replace(['à', 'À'], "a").to_uppercase(),
        }).collect::<Vec<_>>().join(" ");
        prop_assert_eq!(Filter::parse(&text), Filter::parse(&plain));
    }

    #[test]
    fn no_text_makes_reading_or_completing_stumble(text in any::<String>(), cursor in 0..200_usize) {
        let filter = Filter::parse(&text);
        for fault in filter.faults() {
            prop_assert!(text.get(fault.at.clone()).is_some());
            prop_assert!(!fault.said(FR).is_empty());
        }
        for way in complete(&text, cursor, &Names::default(), EN) {
            prop_assert!(text.get(way.replaces).is_some());
        }
    }

    #[test]
    fn days_never_leave_the_calendar(text in "[0-9]{1,4}[./-][0-9]{1,4}([./-][0-9]{1,4})?", days in 0..3_000_000_i32) {
        use jiff::ToSpan as _;
        if let Some(day) = Day::read(&text) {
            let today = date(1, 1, 1).saturating_add(days.days());
            let _ = (day.from_now_on(today), day.until_now(today));
        }
    }
}
