//! The reference case R1, key by key as its script has it, and what stands in the record afterwards (behaviour 32).
use crate::domain::institution::{Band, Contract, Doctor, Institution};
use crate::form::{Catalog, Context, Item, SiteFiles, Value, shipped_sources};
use crate::japanese::romaji;
use crate::office::ops::{
    self, KeepInstitution, ListInstitutions, ListRecords, RecordView, ShowRecord, ShowTimeline, TimelineOf,
};
use crate::tui::counter::Seat;
use crate::tui::screens::entry::say;
use crate::tui::screens::rig::Rig;
use crate::tui::script::named;
use serde::Deserialize;
use serde_json::{Value as Json, json};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

const CASE: &str = include_str!("../../../../../tests/it/data/reference_case.json");
const KEYS: &str = include_str!("../../../../../tests/it/data/reference_case_keys.json");
const IME_KEYS: &str = include_str!("../../../../../tests/it/data/reference_case_ime_keys.json");
const HOMECARE_KEYS: &str = include_str!("../../../../../tests/it/data/homecare_keys.json");
/// When the fax lay there, and its two sheets: facts of arrival, which the script takes as noted already.
const ARRIVAL: &str = "F2 1 2 Enter 0912 Enter";
const IME_SWITCH: &str = "<半角/全角>";

/// The keys of one item, and what each of them is for.
#[derive(Clone, Deserialize)]
struct Step {
    field: String,
    keys: Vec<String>,
    kinds: Vec<Purpose>,
}

/// As the measurements of the ergonomics count them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
enum Purpose {
    /// Says something that nothing else says.
    #[serde(rename = "c")]
    Content,
    #[serde(rename = "n")]
    GoingOn,
    /// Switches the input method.
    #[serde(rename = "m")]
    Switch,
    /// Converts or takes over what was converted.
    #[serde(rename = "v")]
    Conversion,
    /// Begins or registers the record.
    #[serde(rename = "s")]
    Record,
}

fn script() -> Vec<Step> {
    serde_json::from_str(KEYS).unwrap()
}

/// The script where nobody of this name is known: both halves by the input method.
fn script_with_ime() -> Vec<Step> {
    let other: Vec<Step> = serde_json::from_str(IME_KEYS).unwrap();
    let changed = |step: Step| other.iter().find(|other| other.field == step.field).cloned().unwrap_or(step);
    script().into_iter().map(changed).collect()
}

/// An input method: the program sees nothing of what is being converted, and then all of it at once.
#[derive(Default)]
struct InputMethod {
    on: bool,
    letters: String,
}

impl InputMethod {
    const WORDS: [(&str, &str); 3] =
        [("カリノ", "仮野"), ("ハナエ", "花枝"), ("ヤキニクテンデノキッショク", "焼肉店での喫食")];

    /// What the program sees of a key.
    fn press(&mut self, key: &str, rig: &mut Rig) {
        match key {
            IME_SWITCH => {
                assert!(self.letters.is_empty(), "something is being converted");
                self.on = !self.on;
            }
            "<Space>" if self.on && self.letters.is_empty() => drop(rig.text("\u{3000}")),
            "<Space>" => assert!(self.on, "nothing to convert"),
            "<Enter>" if !self.letters.is_empty() => {
                let kana = romaji::finish(&std::mem::take(&mut self.letters)).unwrap();
                let word = Self::WORDS.iter().find(|(reading, _)| *reading == kana);
                rig.text(word.unwrap_or_else(|| panic!("{kana} is not in the dictionary")).1);
            }
            _ => match key.strip_prefix('<').and_then(|key| key.strip_suffix('>')) {
                Some(name) => rig.press(named(name)),
                None if self.on => self.letters.push_str(key),
                None => drop(rig.text(key)),
            },
        }
    }
}

/// Presses everything, and counts what it was for.
fn play(rig: &mut Rig, script: &[Step]) -> BTreeMap<Purpose, usize> {
    let mut counts = BTreeMap::new();
    let mut input_method = InputMethod::default();
    for step in script {
        assert_eq!(step.keys.len(), step.kinds.len(), "{}", step.field);
        for (key, purpose) in step.keys.iter().zip(&step.kinds) {
            input_method.press(key, rig);
            *counts.entry(*purpose).or_default() += 1;
        }
        if step.field == "新規" {
            rig.keys(ARRIVAL);
        }
    }
    counts
}

/// The office as the case found it: the institution in its register, and reports of others before.
pub(super) fn office(others: &[(&str, &str)]) -> Rig {
    let case = expected();
    let text = |key: &str| case["institution"][key].as_str().unwrap().to_owned();
    let hospital = Institution {
        code: text("code"),
        name: text("name"),
        reading: text("kana"),
        address: text("address"),
        phone: text("phone"),
        fax: text("fax"),
        doctors: ["仮田 一郎", "見本 次郎"]
            .map(|name| Doctor { name: name.into(), reading: String::new() })
            .to_vec(),
        ..Institution::default()
    };
    let clinic = Institution {
        code: "0013".into(),
        name: "架空診療所".into(),
        reading: "カクウシンリョウジョ".into(),
        ..Institution::default()
    };
    let mut rig = Rig::at_worklist();
    for institution in [clinic, hospital] {
        let kept = rig.ask(Seat::Main, KeepInstitution { change: None, institution });
        assert!(matches!(kept, ops::Reply::KeepInstitution(Ok(_))));
    }
    // Reports from this hospital, which is offered first from then on.
    super::candidates::remembered(&mut rig, others);
    // The worklist reads the register when it is opened.
    rig.keys("F3 1");
    rig
}

pub(super) fn expected() -> Json {
    let case: Json = serde_json::from_str(CASE).unwrap();
    case["values"].clone()
}

#[test]
fn the_script_gives_the_reference_case() {
    let mut rig = office(&[
        ("カリノ ハナエ", "仮野 花江"),
        ("ミホン ハナエ", "見本 花江"),
        ("カリノ ハナエ", "仮野 花枝"),
    ]);
    let counts = play(&mut rig, &script());
    assert!(rig.screen().contains("を登録しました"), "{}", rig.screen());
    assert_eq!(Told::of(&mut rig).case(), expected());
    let total: usize = counts.values().sum();
    let overhead = total - counts[&Purpose::Content];
    assert!(total <= 130 && overhead <= 25 && counts[&Purpose::Switch] <= 2, "{counts:?}");
    assert_eq!((total, overhead), (128, 23), "as it was designed");
}

#[test]
fn a_name_that_nobody_knows_gives_it_too() {
    let mut rig = office(&[("ミホン タロウ", "見本 太郎")]);
    let counts = play(&mut rig, &script_with_ime());
    assert!(rig.screen().contains("を登録しました"), "{}", rig.screen());
    assert_eq!(Told::of(&mut rig).case(), expected());
    let total: usize = counts.values().sum();
    let overhead = total - counts[&Purpose::Content];
    assert!(total <= 150 && overhead <= 35, "{counts:?}");
}

/// R2: help at home for somebody who was reported.
#[test]
fn a_request_for_a_case_takes_few_keys() {
    let mut rig = office(&[("カリノ ハナエ", "仮野 花枝")]);
    let partner = Institution {
        code: "0021".into(),
        name: "架空訪問診療所".into(),
        reading: "カクウホウモンシンリョウジョ".into(),
        phone: "0300000210".into(),
        contract: Some(Contract {
            from: "2026-04-01".parse().unwrap(),
            until: "2027-03-31".parse().unwrap(),
            bands: vec![Band::Weekday],
        }),
        ..Institution::default()
    };
    let kept = rig.ask(Seat::Main, KeepInstitution { change: None, institution: partner });
    assert!(matches!(kept, ops::Reply::KeepInstitution(Ok(_))));
    rig.keys("F3 1");
    let script: Vec<Step> = serde_json::from_str(HOMECARE_KEYS).unwrap();
    let counts = play(&mut rig, &script);
    assert!(rig.screen().contains("0002 を登録しました"), "{}", rig.screen());
    let told = Told::of(&mut rig);
    let expected = [
        ("reading", "カリノ ハナエ"),
        ("name", "仮野 花枝"),
        ("sex", "女"),
        ("birth_date", "1975-03-04"),
        ("age", "51"),
        ("phone", "0300000123"),
        ("requests", "電話診療、往診、薬剤処方"),
        ("urgency", "至急"),
        ("consent", "本人の同意あり"),
        ("partner_code", "0021"),
        ("partner_name", "架空訪問診療所"),
        ("partner_phone", "0300000210"),
        ("partner_hours", "平日日中"),
        ("answer_by_on", "2026-07-15"),
        ("address", "東京都千代田区永田町9-99-99"),
        ("wished_on", "2026-07-21"),
        ("requested_on", "2026-07-14"),
        ("measured_on", "2026-07-14"),
        // Taken over from the report.
        ("postal_code", "1000014"),
        ("disease", "腸管出血性大腸菌感染症"),
        ("onset", "2026-07-09"),
        ("diagnosed", "2026-07-14"),
        ("report_number", "26-00001-8"),
    ];
    let expected = expected.map(|(key, said)| (key.to_owned(), said.to_owned()));
    assert_eq!(told.said, BTreeMap::from(expected));
    let total: usize = counts.values().sum();
    assert!(total <= 40, "{counts:?}");
}

/// The registered record in the words of the reference case.
struct Told {
    shown: RecordView,
    hospital: Option<Institution>,
    /// What is in force, by item: typed, by default or computed.
    said: BTreeMap<String, String>,
    asked: RefCell<BTreeSet<String>>,
}

impl Told {
    /// Where the case says it shorter than the form.
    const SHORTER: [(&str, &str); 3] = [
        ("分離・同定による病原体の検出とベロ毒素の確認", "分離・同定とベロ毒素の確認"),
        ("PCR法等による毒素遺伝子", "PCR"),
        ("VT1・VT2", "VT1+VT2"),
    ];

    fn of(rig: &mut Rig) -> Self {
        let shown = newest(rig);
        let catalog = Catalog::open(shipped_sources(), SiteFiles::default()).catalog;
        let form = catalog.form(&shown.form, shown.form_version).unwrap();
        let context =
            Context { today: shown.registered_at.date_in_japan(), received_at: shown.intake.received_at };
        let view = form.view(&shown.values, &context);
        assert_eq!(view.problems().count(), 0);
        let in_force = form.items.iter().zip(&view.items).filter(|(_, view)| view.shown);
        let said: BTreeMap<String, String> = in_force
            .filter_map(|(item, view)| Some((item.key.clone(), plain(item, view.value.as_ref()?))))
            .collect();
        let ops::Reply::ListInstitutions(Ok(register)) = rig.ask(Seat::Main, ListInstitutions) else {
            panic!("the register can be read")
        };
        let code = said.get("institution_code").map_or("", String::as_str);
        let hospital = register.into_iter().map(|row| row.institution).find(|one| one.code == code);
        Self { shown, hospital, said, asked: RefCell::default() }
    }

    /// What an item says, nothing when it says nothing.
    fn item(&self, key: &str) -> Json {
        self.asked.borrow_mut().insert(key.to_owned());
        let said = self.said.get(key);
        said.map_or(Json::Null, |said| {
            Self::SHORTER.iter().find(|(form, _)| form == said).map_or(said.as_str(), |(_, case)| case).into()
        })
    }

    fn several(&self, key: &str) -> Json {
        let said = self.item(key);
        said.as_str().unwrap_or_default().split('、').collect()
    }

    /// The whole record: an item that is not asked for must not say anything.
    fn case(&self) -> Json {
        let told = self.told();
        let asked = self.asked.borrow();
        let beside: Vec<&String> = self.said.keys().filter(|key| !asked.contains(*key)).collect();
        assert!(beside.is_empty(), "the case knows nothing of {beside:?}");
        told
    }

    fn told(&self) -> Json {
        let intake = self.shown.intake;
        let hospital = self.hospital.as_ref().unwrap();
        let title = &self.shown.title.as_ref().unwrap().ja;
        json!({
            "disease": format!("{title} (三類)"),
            "reported_on": self.item("reported_on"),
            "received_at": intake.received_at.in_japan().format("%Y-%m-%dT%H:%M:%S+09:00").to_string(),
            "channel": say::channel(intake.channel).ja,
            "pages": intake.pages,
            "institution": {
                "code": self.item("institution_code"),
                "name": self.item("institution_name"),
                // Report and register together: the form has neither reading nor fax.
                "kana": hospital.reading,
                "address": self.item("institution_address"),
                "phone": self.item("institution_phone"),
                "fax": hospital.fax,
            },
            "doctor": self.item("doctor"),
            "case_type": self.item("case_type"),
            "patient": {
                "kana": self.item("reading"),
                "name": self.item("name"),
                "sex": self.item("sex"),
                "birth": self.item("birth_date"),
                "age": self.item("age").as_str().and_then(|age| age.parse::<u8>().ok()),
                "occupation": self.item("occupation"),
                "postal": self.item("postal_code"),
                "address": self.item("address"),
                "phone": self.item("phone"),
                "whereabouts": self.item("whereabouts"),
                "guardian": self.item("guardian_name"),
            },
            "symptoms": self.several("symptoms"),
            "lab": {
                "method": self.item("lab_method"),
                "specimen": self.item("lab_specimen"),
                "O": self.item("o_serogroup"),
                "H": self.item("h_type"),
                "toxin_check": self.item("toxin_check"),
                "toxin": self.item("toxin_type"),
            },
            "dates": {
                "first_visit": self.item("first_visit"),
                "diagnosed": self.item("diagnosed"),
                "infected_est": self.item("infected"),
                "onset": self.item("onset"),
                "death": self.item("died"),
            },
            "route": {
                "certainty": self.item("route_certainty"),
                "kind": self.item("route"),
                "detail": self.item("route_detail"),
            },
            "place": {
                "certainty": self.item("place_certainty"),
                "domestic": self.item("place") == "日本国内",
                "pref_city": self.item("place_municipality"),
            },
            "other": self.item("remarks").as_str().unwrap_or_default(),
        })
    }
}

fn newest(rig: &mut Rig) -> RecordView {
    let ops::Reply::ListRecords(Ok(page)) = rig.ask(Seat::Main, ListRecords) else {
        panic!("the list can be read")
    };
    let record = page.lines.iter().max_by_key(|line| line.number).unwrap().record;
    // What belongs to a case is not in the list of the day.
    let ops::Reply::ShowTimeline(Ok(case)) =
        rig.ask(Seat::Main, ShowTimeline { record, of: TimelineOf::Case })
    else {
        panic!("the case can be read")
    };
    let record = case.entries.iter().max_by_key(|entry| entry.case.number).unwrap().record;
    match rig.ask(Seat::Main, ShowRecord { record }) {
        ops::Reply::ShowRecord(Ok(shown)) => shown,
        _ => panic!("the record is registered"),
    }
}

/// Answers in their words, everything else as it is stored.
fn plain(item: &Item, value: &Value) -> String {
    let label = |code: &String| {
        item.kind.options().iter().find(|option| option.code == *code).unwrap().label.ja.clone()
    };
    match value {
        Value::Choice(code) => label(code),
        Value::Choices(codes) => codes.iter().map(label).collect::<Vec<_>>().join("、"),
        Value::Text(text) => text.clone(),
        Value::Date(date) => date.to_string(),
        Value::Integer(number) => number.to_string(),
        Value::Decimal(number) => number.to_string(),
    }
}
