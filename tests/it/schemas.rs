//! The shipped forms, and a corpus of broken ones.
use uketsuke::form::{Catalog, MistakeCode, SourceFile, Usage, shipped_sources};

#[test]
fn every_shipped_form_is_sound() {
    let loaded = Catalog::load(shipped_sources());
    let problems: Vec<String> = loaded.problems.iter().map(ToString::to_string).collect();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    // Which of them there must be is said by the table of diseases (tests/it/diseases).
    assert!(loaded.catalog.forms().count() > 94);
}

#[test]
fn every_released_form_is_pinned() {
    let sources = shipped_sources();
    let pins = &sources.iter().find(|source| source.name == "released.toml").unwrap().text;
    for form in Catalog::load(sources.clone()).catalog.forms().filter(|form| form.head.released) {
        let line = format!("\"{}\" = \"{}\"", form.head.id_and_version(), form.definition_digest());
        assert!(
            pins.lines().any(|known| known == line),
            "{} is released but not pinned. If it was never in use, add this line to schemas/released.toml:\n{line}\n\
             If it was, undo the change and add a file with a new version.",
            form.head.id_and_version()
        );
    }
}

#[test]
fn a_changed_released_form_is_refused() {
    let mut sources = shipped_sources();
    let list = sources.iter_mut().find(|source| source.name == "lists/sex.toml").unwrap();
    list.text = list.text.replace("女", "女性");
    let loaded = Catalog::load(sources);
    assert!(loaded.catalog.forms().all(|form| !form.head.released), "all released forms use the list");
    let (refused, rest): (Vec<_>, Vec<_>) =
        loaded.problems.iter().partition(|problem| problem.code == MistakeCode::Released);
    assert!(refused.len() == 3 && refused.iter().all(|problem| problem.line > 1));
    // What belongs to a form that is refused has nothing to belong to.
    assert!(rest.iter().all(|problem| problem.code == MistakeCode::UnknownReference), "{rest:?}");
}

#[test]
fn the_example_of_the_readme_loads() {
    let readme = include_str!("../../schemas/README.md");
    let (_, rest) = readme.split_once("```toml\n").unwrap();
    let (example, _) = rest.split_once("```").unwrap();
    let mut sources = shipped_sources();
    sources.push(SourceFile { name: "forms/my_form.toml".into(), text: example.into() });
    let loaded = Catalog::load(sources);
    assert!(loaded.problems.is_empty(), "{:?}", loaded.problems);
    assert!(loaded.catalog.latest("my_form").unwrap().item("dose[2].amount").is_some());
}

#[test]
fn the_picker_finds_forms() {
    let catalog = Catalog::load(shipped_sources()).catalog;
    let find = |word: &str| -> Vec<String> {
        catalog.find(word, &Usage::new()).iter().map(|head| head.id.clone()).collect()
    };
    for word in [
        "o157",
        "Ｏ１５７",
        "EHEC",
        "031",
        "3-3",
        "ちょうかん",
        "チョウカン",
        "cho",
        "chou",
        "tyou",
        "腸",
        "腸管",
    ] {
        assert_eq!(find(word).first().map(String::as_str), Some("ehec"), "{word}");
    }
    assert_eq!(find("shinshuuseihai"), ["invasive_pneumococcal"]);
    assert_eq!(find("肺炎"), ["invasive_pneumococcal"]);
    assert_eq!(find("jitaku"), ["homecare_support_request"]);
    assert_eq!(find("ペスト"), ["plague"]);
    assert_eq!(find("ペンギン"), [] as [&str; 0]);
    assert_eq!(find("").len(), 95, "every disease and home care, but not what belongs to another record");
    let used: Usage = [("homecare_support_request".to_owned(), 5)].into();
    assert_eq!(catalog.find("", &used)[0].id, "homecare_support_request");
}

/// Line numbers in the corpus count from here.
const BASE: &str = r#"id = "base"
version = 1
title = { ja = "様式", en = "Form" }
kana = "ヨウシキ"
class = "class3"
number = "099"
deadline = { immediately = true }
recipient = { ja = "所長", en = "Director" }
source = "test"
[[page]]
title = { ja = "頁", en = "Page" }
content = ["block:common", "birth", "sex", "extra"]
[item.birth]
label = { ja = "生年月日", en = "Birth" }
kind = "date"
[item.sex]
label = { ja = "性別", en = "Sex" }
kind = "choice"
list = "sex"
identity = "sex"
[item.extra]
label = { ja = "追加", en = "Extra" }
kind = "text"
"#;

const BLOCK: &str = r#"content = ["note"]
[item.note]
label = { ja = "備考", en = "Note" }
kind = "multi_line"
"#;

const LIST: &str = r#"choices = [{ code = "male", ja = "男", en = "male" }, { code = "female", ja = "女", en = "female" }]
"#;

fn sources(form: &str, block: &str, list: &str) -> Vec<SourceFile> {
    let file = |name: &str, text: &str| SourceFile { name: name.into(), text: text.into() };
    vec![
        file("forms/base.toml", form),
        file("blocks/common.toml", block),
        file("lists/sex.toml", list),
        file("forms/sound.toml", &BASE.replace("\"base\"", "\"sound\"").replace("\"block:common\", ", "")),
    ]
}

/// `line [code] what`, one a row.
fn problems(sources: Vec<SourceFile>) -> String {
    let rows = Catalog::load(sources).problems.into_iter().map(|p| {
        assert!(!p.remedy.ja.is_empty() && !p.remedy.en.is_empty() && !p.what.ja.is_empty(), "{p}");
        format!("{} {} [{}] {}", p.file, p.line, p.code.as_str(), p.what.en)
    });
    rows.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_base_of_the_corpus_is_sound() {
    assert_eq!(problems(sources(BASE, BLOCK, LIST)), "");
}

/// Each case changes one thing of the base; the expectation is every problem found.
const BROKEN: &[(&str, &str, &str)] = &[
    (
        r#"kana = "ヨウシキ"
"#,
        "",
        r#"forms/base.toml 1 [missing-key] "kana" is missing."#,
    ),
    (
        "kana =",
        "kanna =",
        r#"forms/base.toml 1 [missing-key] "kana" is missing.
forms/base.toml 4 [unknown-key] "kanna" is not known here."#,
    ),
    ("version = 1", "version = 0", r#"forms/base.toml 2 [bad-value] "version" counts from 1 to 999."#),
    ("version = 1", r#"version = "1""#, r#"forms/base.toml 2 [wrong-type] "version" has the wrong type."#),
    (
        r#"id = "base""#,
        r#"id = "Base Form""#,
        r#"forms/base.toml 1 [bad-value] "Base Form" cannot be a name."#,
    ),
    (r#""class3""#, r#""clas3""#, r#"forms/base.toml 5 [bad-value] "clas3" is not known for "class"."#),
    (
        "{ immediately = true }",
        r#"{ days = 7, from = "seen" }"#,
        r#"forms/base.toml 7 [unknown-reference] There is no date item "seen"."#,
    ),
    (
        "{ immediately = true }",
        r#"{ days = 0, from = "birth" }"#,
        r#"forms/base.toml 7 [bad-value] "days" is 1 to 366."#,
    ),
    (
        r#""block:common""#,
        r#""block:comon""#,
        r#"forms/base.toml 12 [unknown-reference] There is no block "comon"."#,
    ),
    (
        r#""block:common""#,
        r#""page:common""#,
        r#"forms/base.toml 12 [bad-value] "page" is not known for "content"."#,
    ),
    (r#""extra"]"#, r#""extra", "extra"]"#, r#"forms/base.toml 12 [duplicate] "extra" is there twice."#),
    (
        r#""extra"]"#,
        r#""extar"]"#,
        r#"forms/base.toml 12 [unknown-reference] There is no item "extar".
forms/base.toml 21 [unused] "extra" stands on no page."#,
    ),
    (r#", "extra"]"#, "]", r#"forms/base.toml 21 [unused] "extra" stands on no page."#),
    (
        r#"label = { ja = "追加", en = "Extra" }
kind = "text"
"#,
        r#"label = { ja = "追加", en = "Extra" }
kind = "text"
required = true
identity = "email"
"#,
        r#"forms/base.toml 25 [bad-value] "email" is not known for "identity"."#,
    ),
    (
        r#""extra"]
"#,
        r#""extra"]
[[page]]
title = { ja = "空", en = "Empty" }
"#,
        "forms/base.toml 13 [bad-value] The page has no items.",
    ),
    (
        r#"kind = "date""#,
        r#"kind = "daet""#,
        r#"forms/base.toml 15 [bad-value] "daet" is not known for "kind"."#,
    ),
    (
        r#"kind = "date""#,
        r#"kind = "date"
max = 3"#,
        r#"forms/base.toml 16 [unknown-key] "max" is not known here."#,
    ),
    (
        r#"kind = "date""#,
        r#"kind = "date"
style = "old""#,
        r#"forms/base.toml 16 [bad-value] "old" is not known for "style"."#,
    ),
    (
        r#"kind = "date""#,
        r#"kind = "date"
default = "2026-13-01""#,
        r#"forms/base.toml 16 [bad-value] The default "2026-13-01" does not fit the item."#,
    ),
    (
        r#"kind = "date""#,
        r#"kind = "integer"
min = 5
max = 1"#,
        r#"forms/base.toml 13 [bad-value] "min", "max" and "places" of "birth" do not fit."#,
    ),
    (
        r#"kind = "date""#,
        r#"kind = "decimal"
min = "0"
max = "x"
places = 1"#,
        r#"forms/base.toml 13 [bad-value] "min", "max" and "places" of "birth" do not fit."#,
    ),
    (
        r#"kind = "date""#,
        r#"kind = "date"
identity = "name""#,
        r#"forms/base.toml 13 [identity] The kind of "birth" does not fit its identity."#,
    ),
    (
        r#"list = "sex""#,
        r#"list = "sexes""#,
        r#"forms/base.toml 19 [unknown-reference] There is no list "sexes"."#,
    ),
    (
        r#"list = "sex"
"#,
        "",
        r#"forms/base.toml 16 [missing-key] "list" is missing."#,
    ),
    (
        r#"list = "sex""#,
        r#"choices = [{ code = "a", ja = "甲", en = "A" }, { code = "a", ja = "乙", en = "B" }]"#,
        r#"forms/base.toml 19 [duplicate] "a" is there twice among the answers."#,
    ),
    (
        r#"list = "sex""#,
        r#"choices = [{ code = "a", ja = "甲", en = "A", key = "1" }, { code = "b", ja = "乙", en = "B", key = "1" }]"#,
        r#"forms/base.toml 19 [duplicate] "1" is there twice among the answers."#,
    ),
    (r#"list = "sex""#, "choices = []", "forms/base.toml 16 [bad-value] There are no answers."),
    (
        r#"list = "sex""#,
        r#"list = "sex"
default = "unknown""#,
        r#"forms/base.toml 20 [bad-value] The default "unknown" does not fit the item."#,
    ),
    (
        r#"identity = "sex"
"#,
        "",
        "forms/base.toml 1 [identity] The person has no sex item, which the law asks for (article 12).",
    ),
    (
        r#"label = { ja = "追加", en = "Extra" }
kind = "text"
"#,
        r#"label = { ja = "追加", en = "Extra" }
kind = "text"
max = 5000
"#,
        r#"forms/base.toml 21 [bad-value] "max" is 1 to 2000."#,
    ),
    (
        r#"label = { ja = "追加", en = "Extra" }
kind = "text"
"#,
        r#"label = { ja = "追加", en = "Extra" }
kind = "text"
input = "imee"
"#,
        r#"forms/base.toml 24 [bad-value] "imee" is not known for "input"."#,
    ),
    (
        r#"label = { ja = "追加", en = "Extra" }
kind = "text"
"#,
        r#"label = { ja = "追加", en = "Extra" }
kind = "text"
required = true
required_if = "has(birth)"
"#,
        r#"forms/base.toml 21 [bad-value] "required" and "required_if" exclude each other."#,
    ),
    (
        r#"label = { ja = "追加", en = "Extra" }
kind = "text"
"#,
        r#"label = { ja = "追加", en = "Extra" }
kind = "text"
shown_if = "sex == 'mal'"
"#,
        r#"forms/base.toml 24 [expression] There is no answer "mal"; the answers are male, female."#,
    ),
    (
        r#"label = { ja = "追加", en = "Extra" }
kind = "text"
"#,
        r#"label = { ja = "追加", en = "Extra" }
kind = "text"
shown_if = "colour == 1"
"#,
        r#"forms/base.toml 24 [expression] The expression names "colour", and there is no such item."#,
    ),
    (
        r#"label = { ja = "追加", en = "Extra" }
kind = "text"
"#,
        r#"label = { ja = "追加", en = "Extra" }
kind = "text"
shown_if = "birth == sex"
"#,
        "forms/base.toml 24 [expression] a date cannot be compared with a choice.",
    ),
    (
        r#"label = { ja = "追加", en = "Extra" }
kind = "text"
"#,
        r#"label = { ja = "追加", en = "Extra" }
kind = "text"
shown_if = "birth"
"#,
        "forms/base.toml 24 [expression] The expression yields the wrong kind of value.",
    ),
    (
        r#"label = { ja = "追加", en = "Extra" }
kind = "text"
"#,
        r#"label = { ja = "追加", en = "Extra" }
kind = "text"
shown_if = "sex =="
"#,
        "forms/base.toml 24 [expression] The expression cannot be read: Syntax error: mismatched input '<EOF>' expecting {'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}.",
    ),
    (
        r#"label = { ja = "追加", en = "Extra" }
kind = "text"
"#,
        r#"label = { ja = "追加", en = "Extra" }
kind = "text"
shown_if = "[1].all(x, x > 0)"
"#,
        "forms/base.toml 24 [expression] An expression may not contain this construct.",
    ),
    (
        r#"label = { ja = "追加", en = "Extra" }
kind = "text"
"#,
        r#"label = { ja = "追加", en = "Extra" }
kind = "text"
shown_if = "true"
"#,
        r#"forms/base.toml 21 [unreachable] The "shown_if" of "extra" changes nothing."#,
    ),
    (
        r#"label = { ja = "追加", en = "Extra" }
kind = "text"
"#,
        r#"label = { ja = "追加", en = "Extra" }
kind = "text"
required = true
shown_if = "sex == 'male' && sex == 'female'"
"#,
        r#"forms/base.toml 21 [unreachable] "extra" is required but can never be shown."#,
    ),
    (
        r#"label = { ja = "追加", en = "Extra" }
kind = "text"
"#,
        r#"label = { ja = "追加", en = "Extra" }
kind = "text"
shown_if = "sex == 'male'"
required_if = "sex == 'female'"
"#,
        r#"forms/base.toml 21 [unreachable] "extra" is required never, or only while it is invisible."#,
    ),
    (
        r#"label = { ja = "追加", en = "Extra" }
kind = "text"
"#,
        r#"label = { ja = "追加", en = "Extra" }
kind = "text"
shown_if = "has(extra)"
"#,
        r#"forms/base.toml 21 [cycle] The expressions of "extra" depend on it in a circle."#,
    ),
    (
        r#"label = { ja = "追加", en = "Extra" }
kind = "text"
"#,
        r#"label = { ja = "追加", en = "Extra" }
kind = "text"
default_from = "birth"
"#,
        "forms/base.toml 24 [expression] The expression yields the wrong kind of value.",
    ),
    (
        r#"label = { ja = "追加", en = "Extra" }
kind = "text"
"#,
        r#"label = { ja = "追加", en = "Extra" }
kind = "computed"
compute = "age(birth, today)"
required = true
"#,
        r#"forms/base.toml 21 [bad-value] "extra" is computed: it can have no default and cannot be required."#,
    ),
    (
        r#"label = { ja = "追加", en = "Extra" }
kind = "text"
"#,
        r#"label = { ja = "追加", en = "Extra" }
kind = "computed"
compute = "birth"
"#,
        "forms/base.toml 24 [expression] The expression yields the wrong kind of value.",
    ),
    (
        r#"label = { ja = "追加", en = "Extra" }
kind = "text"
"#,
        r#"label = { ja = "追加", en = "Extra" }
kind = "postal_code"
fills = "adress"
"#,
        r#"forms/base.toml 24 [unknown-reference] There is no item "adress"."#,
    ),
    (
        r#"label = { ja = "追加", en = "Extra" }
kind = "text"
"#,
        r#"label = { ja = "追加", en = "Extra" }
kind = "text"
[override.sex]
required = true
"#,
        r#"forms/base.toml 24 [bad-value] "sex" is an item of this form."#,
    ),
    (
        r#"label = { ja = "追加", en = "Extra" }
kind = "text"
"#,
        r#"label = { ja = "追加", en = "Extra" }
kind = "text"
[override.nothing]
required = true
"#,
        r#"forms/base.toml 24 [unknown-reference] There is no item "nothing"."#,
    ),
    (
        r#"label = { ja = "追加", en = "Extra" }
kind = "text"
"#,
        r#"label = { ja = "追加", en = "Extra" }
kind = "text"
[override.note]
kind = "text"
"#,
        r#"forms/base.toml 25 [unknown-key] "kind" is not known here."#,
    ),
    (
        r#"label = { ja = "追加", en = "Extra" }
kind = "text"
"#,
        r#"label = { ja = "追加", en = "Extra" }
kind = "text"
[item.note]
label = { ja = "備考", en = "Note" }
kind = "text"
"#,
        r#"forms/base.toml 24 [duplicate] "note" is there twice."#,
    ),
    (
        r#"label = { ja = "追加", en = "Extra" }
kind = "text"
"#,
        r#"label = { ja = "追加", en = "Extra" }
kind = "text"
[item.extra]
kind = "text"
"#,
        r#"forms/base.toml 24 [duplicate] This is not TOML: duplicate key.
forms/base.toml 25 [duplicate] This is not TOML: duplicate key."#,
    ),
    (
        r#"label = { ja = "追加", en = "Extra" }
kind = "text"
"#,
        r#"label = { ja = "追加", en = "Extra" }
kind = "text"
[group.rows]
label = { ja = "組", en = "Rows" }
repeat = { min = 1, max = 2 }
content = ["birth"]
"#,
        r#"forms/base.toml 24 [unused] The group "rows" stands on no page."#,
    ),
    (
        r#"label = { ja = "追加", en = "Extra" }
kind = "text"
"#,
        r#"label = { ja = "追加", en = "Extra" }
kind = "text"
[[rule]]
id = "r"
assert = "birth <= today"
level = "fatal"
items = ["birth"]
message = { ja = "規則", en = "Rule" }
"#,
        r#"forms/base.toml 27 [bad-value] "fatal" is not known for "level"."#,
    ),
    (
        r#"label = { ja = "追加", en = "Extra" }
kind = "text"
"#,
        r#"label = { ja = "追加", en = "Extra" }
kind = "text"
[[rule]]
id = "r"
assert = "birth <= today"
level = "error"
items = []
message = { ja = "規則", en = "Rule" }
"#,
        "forms/base.toml 24 [bad-value] The rule names no items.",
    ),
    (
        r#"label = { ja = "追加", en = "Extra" }
kind = "text"
"#,
        r#"label = { ja = "追加", en = "Extra" }
kind = "text"
[[rule]]
id = "r"
assert = "has(sex) || !has(sex)"
level = "error"
items = ["sex"]
message = { ja = "規則", en = "Rule" }
"#,
        r#"forms/base.toml 24 [unreachable] The "assert" of the rule "r" can never fail."#,
    ),
    (
        r#"label = { ja = "追加", en = "Extra" }
kind = "text"
"#,
        r#"label = { ja = "追加", en = "Extra" }
kind = "text"
[[rule]]
id = "r"
when = "sex == 'male' && sex == 'female'"
assert = "has(birth)"
level = "error"
items = ["sex"]
message = { ja = "規則", en = "Rule" }
"#,
        r#"forms/base.toml 24 [unreachable] The "when" of the rule "r" can never hold."#,
    ),
    (
        r#"label = { ja = "追加", en = "Extra" }
kind = "text"
"#,
        r#"label = { ja = "追加", en = "Extra" }
kind = "text"
[[rule]]
id = "r"
for_each = "rows"
assert = "has(birth)"
level = "error"
items = ["sex"]
message = { ja = "規則", en = "Rule" }
"#,
        r#"forms/base.toml 26 [unknown-reference] There is no group "rows"."#,
    ),
];

#[test]
fn broken_forms_are_explained() {
    let mut wrong = Vec::new();
    for (from, to, expected) in BROKEN {
        assert!(BASE.contains(from), "{from}");
        let files = sources(&BASE.replacen(from, to, 1), BLOCK, LIST);
        let found = problems(files.clone());
        if found != *expected {
            wrong.push(format!("{from:?} -> {to:?}\n{found}"));
        }
        let catalog = Catalog::load(files).catalog;
        assert!(catalog.latest("sound").is_some(), "a sound form survives a broken one");
        assert!(catalog.latest("base").is_none(), "{to}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn broken_blocks_and_lists_are_reported_once_where_they_are() {
    let block = BLOCK.replace("kind", "knid");
    assert_eq!(
        problems(sources(BASE, &block, LIST)),
        "blocks/common.toml 2 [missing-key] \"kind\" is missing.\nblocks/common.toml 4 [unknown-key] \"knid\" is not known here."
    );
    let list = LIST.replace("\"female\", ja", "\"female\", jp");
    let loaded = Catalog::load(sources(BASE, BLOCK, &list));
    assert_eq!(loaded.problems.iter().filter(|p| p.file == "lists/sex.toml").count(), loaded.problems.len());
    assert_eq!(loaded.catalog.forms().count(), 0, "both forms use the list");
    let stray = SourceFile { name: "stray.toml".into(), text: "a = 1".into() };
    assert_eq!(problems(vec![stray]), "stray.toml 1 [unknown-file] It is not clear what \"stray.toml\" is.");
    let mut twice = sources(BASE, BLOCK, LIST);
    twice.push(SourceFile { name: "forms/zz.toml".into(), text: BASE.into() });
    assert_eq!(problems(twice), "forms/zz.toml 1 [duplicate] The form base@1 is there twice.");
}

#[test]
fn all_mistakes_are_reported_at_once() {
    let form =
        BASE.replace("kana =", "kanna =").replace("\"date\"", "\"dtae\"").replace("en = \"Extra\"", "en = 3");
    assert_eq!(problems(sources(&form, BLOCK, LIST)).lines().count(), 4);
}

#[test]
fn garbage_never_panics() {
    for text in
        ["", "[", "a = ", "\u{0}", "[[page]]\n[page]", "id = 1979-05-27", "x = [[[[[[[[[[", "\"\"\"", "é=1"]
    {
        for name in ["forms/a.toml", "blocks/a.toml", "lists/a.toml", "released.toml"] {
            let _ = Catalog::load(vec![SourceFile { name: name.into(), text: text.into() }]);
        }
    }
}
