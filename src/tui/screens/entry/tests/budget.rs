//! How many keys every form takes: a short record typed by rule on the real screens, from the worklist to the
//! registration. `tests/it/output/key_budget.txt` is what was reviewed; a form that takes more keys fails here.
//!
//! The rule: the institution and its doctor come out of the register, what must be answered is answered the shortest
//! way to which nothing is objected, everything else is passed by Enter, and F12 comes when nothing is missing.
use super::replay;
use crate::domain::intake::{Channel, Intake};
use crate::form::{
    Catalog, Choice, Context, DateStyle, Fact, Form, Head, InputMode, Item, Kind, SiteFiles, Value, Values,
    View, shipped_sources,
};
use crate::office::ops::{self, OpenDraft, RegisterDraft};
use crate::tui::counter::Seat;
use crate::tui::screens::rig::Rig;
use crate::tui::script;
use crate::tui::widgets::table::{Column, row};
use std::fmt::Write as _;
use std::path::Path;

const REVIEWED: &str = "tests/it/output/key_budget.txt";
const BORN: (&str, &str) = ("3500304", "1975-03-04");
/// Records that others belong to, by form, with their numbers.
const PARENTS: [(&str, &str); 2] = [("ehec", "0001"), ("homecare_support_request", "0002")];
const REQUEST: &str = r#"{"reading": "カリノ ハナエ", "name": "仮野 花枝", "sex": "female", "birth_date": "1975-03-04",
    "phone": "0300000123", "requests": ["phone_consultation"], "urgency": "same_day", "consent": "person"}"#;
const HEADING: &str = "form                                 keys  content  written  overhead\n";
/// Columns of a label on the screen.
const LABEL: usize = 22;

/// Keys by what they are for.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Keys {
    /// Digits and letters that say something.
    content: usize,
    /// Characters of names and free text, one for each item.
    written: usize,
    /// Going on, opening, registering.
    overhead: usize,
}

impl Keys {
    const fn total(self) -> usize {
        self.content + self.written + self.overhead
    }
}

/// One way to answer an item.
struct Answer {
    typed: String,
    value: Value,
    written: bool,
    /// The focus goes on by itself.
    complete: bool,
}

/// A form while it is being typed, and what the typist knows of it.
struct Walk<'a> {
    rig: &'a mut Rig,
    form: &'a Form,
    belongs: bool,
    values: Values,
    view: View,
    at: usize,
    /// The focus came here by itself, behind a birth date.
    went_on: bool,
    keys: Keys,
}

impl<'a> Walk<'a> {
    fn begin(rig: &'a mut Rig, form: &'a Form, parent: Option<&str>) -> Self {
        let view = form.view(&Values::new(), &context(rig));
        let belongs = parent.is_some();
        let mut walk = Self {
            rig,
            form,
            belongs,
            values: Values::new(),
            view,
            at: 0,
            went_on: false,
            keys: Keys::default(),
        };
        walk.say(parent.unwrap_or_default());
        walk.press("F6");
        walk.say(&form.head.number);
        walk.press("Enter");
        // What stands there by default is above the focus.
        let open = |at: &usize| walk.takes_focus(*at) && walk.view.items[*at].value.is_none();
        walk.at = (0..form.items.len()).find(open).expect("a form asks something");
        walk.check_focus();
        walk
    }

    /// Types until nothing is missing, and registers.
    fn finish(mut self) -> Keys {
        while self.view.items.iter().any(crate::form::ItemView::is_missing) {
            self.answer();
        }
        self.press("F12");
        self.press("Enter");
        assert!(
            self.rig.screen().contains("を登録しました"),
            "{} as typed by rule:\n{}",
            self.form.head.id,
            self.rig.screen()
        );
        if self.belongs {
            // Back from the record to which it belongs.
            self.rig.keys("F3");
        }
        self.keys
    }

    fn answer(&mut self) {
        let (form, at) = (self.form, self.at);
        let item = &form.items[at];
        if item.register.as_ref().is_some_and(|register| register.contract.is_none()) {
            return self.take_institution(item);
        }
        let doctor = form.items.iter().filter_map(|item| item.register.as_ref()?.doctor.as_ref());
        if doctor.into_iter().any(|doctor| *doctor == item.key) {
            self.say("1");
            return self.take(item, Value::Text(replay::expected()["doctor"].as_str().unwrap().into()));
        }
        let went_on = std::mem::take(&mut self.went_on);
        if !self.view.items[at].is_missing() {
            // Behind a birth date Enter stays where it is.
            self.press(if went_on { "Tab" } else { "Enter" });
            return self.go_on();
        }
        let answer = self.shortest(item);
        if answer.written {
            self.rig.text(&answer.typed);
            self.keys.written += 1;
        } else {
            self.say(&answer.typed);
        }
        if !answer.complete || self.stays_for(item) {
            self.press("Enter");
        } else {
            self.went_on = matches!(item.kind, Kind::Date { .. });
        }
        self.take(item, answer.value);
    }

    /// A birth date goes on only where the next item would not take a digit too many.
    fn stays_for(&self, item: &Item) -> bool {
        let birth = matches!(item.kind, Kind::Date { .. });
        birth && self.rig.focused().starts_with(&label(item))
    }

    fn take_institution(&mut self, item: &Item) {
        self.press("F2");
        self.say("1");
        let hospital = &replay::expected()["institution"];
        let text = |key: &str| Value::Text(hospital[key].as_str().unwrap().to_owned());
        self.values.set(item.key.clone(), text("code"));
        for (fact, key) in &item.register.as_ref().unwrap().fills {
            let fact = match fact {
                Fact::Name => "name",
                Fact::Address => "address",
                Fact::Phone => "phone",
                Fact::Fax => "fax",
            };
            self.values.set(key.clone(), text(fact));
        }
        self.evaluate();
        let behind = (self.at + 1..self.form.items.len()).filter(|at| self.takes_focus(*at));
        self.at = behind.into_iter().find(|at| self.view.items[*at].is_missing()).unwrap();
        self.check_focus();
    }

    fn take(&mut self, item: &Item, value: Value) {
        self.values.set(item.key.clone(), value);
        self.evaluate();
        self.go_on();
    }

    fn go_on(&mut self) {
        if let Some(next) = self.next_from(self.at + 1) {
            self.at = next;
        }
        self.check_focus();
    }

    /// The shortest answer after which nothing new is wrong.
    fn shortest(&self, item: &Item) -> Answer {
        let mut answers = answers(item);
        let sound = answers.iter().position(|answer| {
            let mut values = self.values.clone();
            values.set(item.key.clone(), answer.value.clone());
            objections(&self.form.view(&values, &context(self.rig))) <= objections(&self.view)
        });
        answers.swap_remove(
            sound.unwrap_or_else(|| panic!("{}: no answer to {} will do", self.form.head.id, item.key)),
        )
    }

    fn evaluate(&mut self) {
        self.view = self.form.view(&self.values, &context(self.rig));
    }

    fn next_from(&self, at: usize) -> Option<usize> {
        (at..self.form.items.len()).find(|at| self.takes_focus(*at))
    }

    fn takes_focus(&self, at: usize) -> bool {
        self.view.items[at].shown && !matches!(self.form.items[at].kind, Kind::Computed { .. })
    }

    fn check_focus(&self) {
        let expected = label(&self.form.items[self.at]);
        assert!(
            self.rig.focused().starts_with(&expected),
            "{}: not at {expected}\n{}",
            self.form.head.id,
            self.rig.screen()
        );
    }

    fn say(&mut self, typed: &str) {
        self.rig.text(typed);
        self.keys.content += typed.chars().count();
    }

    fn press(&mut self, key: &str) {
        self.rig.keys(key);
        self.keys.overhead += 1;
    }
}

/// What a person would try, the shortest first.
fn answers(item: &Item) -> Vec<Answer> {
    let typed =
        |typed: &str, value: Value| Answer { typed: typed.into(), value, written: false, complete: false };
    let text = |text: &str| Value::Text(text.to_owned());
    let written = |text: &str| Answer { written: true, ..typed(text, Value::Text(text.to_owned())) };
    let one = match &item.kind {
        Kind::Choice { options } => {
            let chosen = options.iter().map(|option| Answer {
                complete: true,
                ..typed(&option.key.to_string(), Value::Choice(option.code.clone()))
            });
            return chosen.collect();
        }
        Kind::Choices { options } => {
            // One of them; two where a rule asks for more than one.
            let some = |options: &[&Choice]| {
                let keys: String = options.iter().map(|option| option.key).collect();
                typed(&keys, Value::Choices(options.iter().map(|option| option.code.clone()).collect()))
            };
            let one = options.iter().map(|option| some(&[option]));
            let two = (1..options.len()).flat_map(|at| (0..at).map(move |before| (before, at)));
            let two = two.map(|(before, at)| some(&[&options[before], &options[at]]));
            return one.chain(two).collect();
        }
        Kind::Date { style: DateStyle::Birth, .. } => {
            Answer { complete: true, ..typed(BORN.0, Value::Date(BORN.1.parse().unwrap())) }
        }
        Kind::Date { .. } => typed("t", Value::Date(script::reading(0).wall.date_in_japan())),
        Kind::Text { input: InputMode::Alphanumeric, .. } => typed("1", text("1")),
        Kind::Text { .. } | Kind::MultiLine { .. } => written("他"),
        Kind::Name { .. } => written("仮"),
        Kind::Reading { .. } => typed("a", text("ア")),
        Kind::Time => typed("930", text("09:30")),
        Kind::Phone | Kind::Fax => typed("0300000123", text("0300000123")),
        Kind::PostalCode { .. } => typed("1000014", text("1000014")),
        Kind::Integer { min, .. } => typed(&min.to_string(), Value::Integer(*min)),
        Kind::Decimal { min, .. } => typed(min, Value::Decimal(min.parse().unwrap())),
        Kind::Computed { .. } => unreachable!("not typed"),
    };
    vec![one]
}

/// What is wrong, except for what is still missing.
fn objections(view: &View) -> usize {
    let present = view.items.iter().filter(|item| !item.is_missing());
    present.flat_map(|item| &item.problems).count()
}

fn context(rig: &Rig) -> Context {
    let now = script::reading(rig.player.now_us).wall;
    Context { today: now.date_in_japan(), received_at: now }
}

fn label(item: &Item) -> String {
    row(&[Column::left(LABEL)], &[&item.label.ja])
}

/// The number of the record to which one of this form belongs.
fn parent_of(form: &Form, catalog: &Catalog) -> Option<&'static str> {
    if form.head.may_stand_alone() {
        return None;
    }
    let fits = |id: &str| catalog.head(id).is_some_and(|parent| form.head.may_belong_to(parent));
    Some(PARENTS.iter().find(|(id, _)| fits(id)).expect("a record it can belong to").1)
}

/// An office where the institution and a case are known, and a request for the case is under way.
fn office(catalog: &Catalog) -> Rig {
    let mut rig = replay::office(&[("ミホン タロウ", "見本 太郎")]);
    let form = catalog.latest(PARENTS[1].0).unwrap();
    let intake = Intake { channel: Channel::OwnOffice, received_at: context(&rig).received_at, pages: None };
    let open = OpenDraft { form: form.head.id.clone(), intake, link: None };
    let ops::Reply::OpenDraft(Ok(opened)) = rig.ask(Seat::Main, open) else { panic!("a draft") };
    let values = form.parse_json_values(REQUEST.as_bytes()).unwrap();
    let done = rig.ask(Seat::Main, RegisterDraft { draft: opened.draft, values, passed: Vec::new() });
    assert!(matches!(done, ops::Reply::RegisterDraft(Ok(ops::RegisterOutcome::Registered(_)))));
    assert_eq!(format!("{:04}", opened.number), PARENTS[1].1);
    rig
}

fn measure(catalog: &Catalog, forms: &[&Form]) -> Vec<Keys> {
    let mut rig = office(catalog);
    forms.iter().map(|form| Walk::begin(&mut rig, form, parent_of(form, catalog)).finish()).collect()
}

fn table(forms: &[&Form], keys: &[Keys]) -> String {
    let mut table = String::from(HEADING);
    for (form, keys) in forms.iter().zip(keys) {
        let Keys { content, written, overhead } = keys;
        let name = form.head.id_and_version();
        writeln!(table, "{name:<36} {:>4} {content:>8} {written:>8} {overhead:>9}", keys.total()).unwrap();
    }
    table
}

#[test]
fn no_form_takes_more_keys_than_it_did() {
    let catalog = Catalog::open(shipped_sources(), SiteFiles::default()).catalog;
    let newest = |head: &&Head| catalog.head(&head.id).is_some_and(|newest| newest.version == head.version);
    let forms: Vec<&Form> =
        catalog.heads().filter(newest).map(|head| catalog.latest(&head.id).unwrap()).collect();
    // Two desks, so that it takes half the time.
    let (one, other) = forms.split_at(forms.len() / 2);
    let keys = std::thread::scope(|scope| {
        let beside = scope.spawn(|| measure(&catalog, other));
        let mut keys = measure(&catalog, one);
        keys.extend(beside.join().unwrap());
        keys
    });
    let asked = |form: &Form| form.head.answers || catalog.is_answered(&form.head);
    for (form, keys) in forms.iter().zip(&keys).filter(|(form, _)| asked(form)) {
        assert!(keys.total() - keys.written <= 40, "help at home is urgent: {}", form.head.id);
    }
    let now = table(&forms, &keys);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(REVIEWED);
    let reviewed = std::fs::read_to_string(&path).unwrap_or_default();
    if now == reviewed {
        return;
    }
    let kept = std::env::temp_dir().join("uketsuke-key-budget.txt");
    std::fs::write(&kept, &now).unwrap();
    let changed = |text: &str, other: &str| -> Vec<String> {
        text.lines().filter(|line| !other.lines().any(|one| one == *line)).map(str::to_owned).collect()
    };
    panic!(
        "{REVIEWED} says\n{}\nand it is\n{}\nMake it shorter where it grew; where it shrank, take {} over.",
        changed(&reviewed, &now).join("\n"),
        changed(&now, &reviewed).join("\n"),
        kept.display()
    );
}
