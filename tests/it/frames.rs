//! Frames, slots, single items of blocks, and what is left out because a form cannot use it.
use uketsuke::form::{Catalog, Form, Kind, Loaded, SourceFile};

const FRAME: &str = r#"recipient = { ja = "所長", en = "Director" }
retention_years = 5
[[page]]
title = { ja = "患者", en = "Patient" }
content = ["kind_of_case", "sex", "slot:more"]
[[page]]
title = { ja = "追加", en = "More" }
content = ["slot:extra"]
[item.sex]
label = { ja = "性別", en = "Sex" }
kind = "choice"
choices = [{ code = "male", ja = "男", en = "male" }, { code = "female", ja = "女", en = "female" }]
identity = "sex"
[item.kind_of_case]
label = { ja = "類型", en = "Type" }
kind = "choice"
list = "cases"
"#;

const LISTS: &str = r#"choices = [
  { code = "patient", ja = "患者", en = "patient" },
  { code = "carrier", ja = "保有者", en = "carrier" },
  { code = "body", ja = "死体", en = "body" },
]
"#;

const DEATH: &str = r#"content = ["died", "place_of_death"]
[item.died]
label = { ja = "死亡年月日", en = "Died" }
kind = "date"
shown_if = "kind_of_case == 'body'"
[item.place_of_death]
label = { ja = "死亡した所", en = "Place" }
kind = "text"
shown_if = "has(died)"
[[rule]]
id = "not_in_the_future"
assert = "died <= today"
level = "error"
items = ["died"]
message = { ja = "先の日付です。", en = "That is in the future." }
"#;

const LIBRARY: &str = r#"[item.serotype]
label = { ja = "血清型", en = "Serotype" }
kind = "text"
[item.phage]
label = { ja = "ファージ型", en = "Phage type" }
kind = "text"
"#;

fn form(rest: &str) -> String {
    format!(
        r#"id = "measured"
version = 1
frame = "plain"
title = {{ ja = "様式", en = "Form" }}
kana = "ヨウシキ"
class = "class3"
number = "099"
deadline = {{ immediately = true }}
source = "test"
{rest}"#
    )
}

fn load(rest: &str) -> Loaded {
    let files = [
        ("frames/plain.toml", FRAME.to_owned()),
        ("lists/cases.toml", LISTS.to_owned()),
        ("blocks/death.toml", DEATH.to_owned()),
        ("blocks/library.toml", LIBRARY.to_owned()),
        // Uses everything that the shared files offer.
        (
            "forms/other.toml",
            form("[slot]\nmore = [\"block:death\"]\nextra = [\"block:library/serotype\", \"block:library/phage\"]\n")
                .replace("measured", "other"),
        ),
        ("forms/measured.toml", form(rest)),
    ];
    Catalog::load(files.into_iter().map(|(name, text)| SourceFile { name: name.into(), text }).collect())
}

/// The form under test; everything loads.
fn sound(rest: &str) -> Loaded {
    let loaded = load(rest);
    let problems: Vec<String> = loaded.problems.iter().map(ToString::to_string).collect();
    assert_eq!(problems, [""; 0]);
    loaded
}

fn keys(loaded: &Loaded) -> Vec<&str> {
    measured(loaded).items.iter().map(|item| item.key.as_str()).collect()
}

fn measured(loaded: &Loaded) -> &Form {
    loaded.catalog.latest("measured").expect("the form under test")
}

#[test]
fn a_form_fills_the_slots_of_its_frame_and_takes_its_terms() {
    let loaded = sound(
        "[slot]\nmore = [\"block:death\"]\nextra = [\"own\"]\n[item.own]\nlabel = { ja = \"独\", en = \"Own\" }\nkind = \"text\"\n",
    );
    assert_eq!(keys(&loaded), ["kind_of_case", "sex", "died", "place_of_death", "own"]);
    let form = measured(&loaded);
    assert_eq!((form.recipient.en.as_str(), form.retention_years), ("Director", Some(5)));
    assert_eq!(form.pages.len(), 2);
}

#[test]
fn a_page_without_items_is_not_there() {
    let loaded = sound("");
    assert_eq!(keys(&loaded), ["kind_of_case", "sex"]);
    assert_eq!(measured(&loaded).pages.len(), 1);
}

#[test]
fn an_override_chooses_among_the_answers_of_a_list() {
    let loaded =
        sound("[override.kind_of_case]\nonly = [\"carrier\", \"patient\"]\nunverified = [\"carrier\"]\n");
    let Kind::Choice { options } = &measured(&loaded).item("kind_of_case").expect("it").kind else {
        panic!("a choice")
    };
    let shown: Vec<(&str, char, bool)> =
        options.iter().map(|o| (o.code.as_str(), o.key, o.unverified)).collect();
    assert_eq!(shown, [("carrier", '1', true), ("patient", '2', false)]);
}

#[test]
fn what_waits_for_an_answer_that_is_not_offered_is_left_out() {
    let without_bodies = "[override.kind_of_case]\nonly = [\"patient\"]\n[slot]\nmore = [\"block:death\"]\n";
    let loaded = sound(without_bodies);
    assert_eq!(keys(&loaded), ["kind_of_case", "sex"], "also the item behind the item");
    assert!(measured(&loaded).rules.is_empty());
}

#[test]
fn single_items_of_a_block_can_be_picked() {
    let loaded = sound("[slot]\nextra = [\"block:library/phage\"]\n");
    assert_eq!(keys(&loaded), ["kind_of_case", "sex", "phage"]);
}

#[test]
fn rows_are_labelled_as_their_group_says() {
    let rows = |row_label: &str| {
        let group = format!("[group.dose]\nlabel = {{ ja = \"投与\", en = \"Dose\" }}\n{row_label}\n");
        let rest = "repeat = { min = 1, max = 2 }\ncontent = [\"amount\"]\n[item.amount]\n\
                    label = { ja = \"量\", en = \"amount\" }\nkind = \"text\"\n[slot]\nextra = [\"group:dose\"]\n";
        sound(&(group + rest))
    };
    let labels = |loaded: &Loaded| -> Vec<(String, String)> {
        let rows = measured(loaded).items.iter().filter(|item| item.row.is_some());
        rows.map(|item| (item.label.ja.clone(), item.label.en.clone())).collect()
    };
    let said = |ja: &str, en: &str| (ja.to_owned(), en.to_owned());
    let counted = labels(&rows(""));
    assert_eq!(counted, [said("投与 1回目 量", "Dose 1: amount"), said("投与 2回目 量", "Dose 2: amount")]);
    let numbered = labels(&rows("row_label = { ja = \"薬剤({0}) {1}\", en = \"Medicine {0}: {1}\" }"));
    assert_eq!(numbered[1], said("薬剤(2) 量", "Medicine 2: amount"));
}
