//! Every answer that a paper offers, in its order and its words, marked as verified exactly where the table says V.
use super::{HISTORY, SPECIFIC, catalog, diseases, form, has_rows, specific, table};
use uketsuke::form::{Form, Item};

/// Sections with answers, and the items that hold them (the plain name, then those of the two forms that came first).
const SECTIONS: [(&str, &[&str]); 4] = [
    ("病型", &["disease_type", "pathogen", "species"]),
    ("症状", &["symptoms"]),
    ("診断方法", &["methods", "lab_method", "lab_methods"]),
    ("感染原因・感染経路", &["routes", "route"]),
];

/// Labels with a blank that is an item of its own, and what two released forms word otherwise.
const WORDED_OTHERWISE: &[(&str, &str)] = &[
    ("発疹(部位)", "発疹"),
    ("四肢の弛緩性麻痺(部位)", "四肢の弛緩性麻痺"),
    ("初期硬結(部位: 性器・口腔咽頭・その他)", "初期硬結"),
    ("硬性下疳(部位: 性器・口腔咽頭・その他)", "硬性下疳"),
    ("胎内感染(妊娠 週)", "胎内感染"),
    (
        "分離・同定による病原体の検出、かつ、分離菌における(1)毒素産生 (2)PCR法等による毒素遺伝子 いずれかによるベロ毒素の確認",
        "分離・同定による病原体の検出とベロ毒素の確認",
    ),
];
const WORDED_OTHERWISE_5_13: &[(&str, &str)] = &[
    ("検体から直接のPCR法", "検体から直接のPCR法による病原体の遺伝子の検出"),
    (
        "ラテックス法又はイムノクロマト法による抗原の検出",
        "ラテックス法又はイムノクロマト法による病原体の抗原の検出",
    ),
];

/// The words of the table as a form writes them: no character whose width is uncertain, no blank at the end.
fn folded(disease: &str, label: &str) -> String {
    let spelled = label
        .replace('①', "(1)")
        .replace('②', "(2)")
        .replace('③', "(3)")
        .replace('Ⅰ', "I")
        .replace('Ⅱ', "II")
        .replace('≧', ">=")
        .replace('μ', "u")
        .replace('γ', "ガンマ");
    let spelled = spelled.trim_end_matches("( )");
    let own: &[(&str, &str)] = if disease == "c5-13" { WORDED_OTHERWISE_5_13 } else { &[] };
    let other = own.iter().chain(WORDED_OTHERWISE).find(|(from, _)| *from == spelled);
    other.map_or(spelled, |(_, to)| to).to_owned()
}

/// Released before single answers could be marked: the whole item waits for "unknown" to be compared.
fn is_marked_as_a_whole(disease: &str, section: &str) -> bool {
    (disease, section) == ("c3-03", "感染原因・感染経路")
}

fn holder<'f>(form: &'f Form, keys: &[&str]) -> &'f Item {
    keys.iter().find_map(|key| form.item(key)).unwrap_or_else(|| panic!("{}: none of {keys:?}", form.head.id))
}

#[test]
fn every_answer_of_the_papers_is_offered() {
    let catalog = catalog();
    let mut compared = 0;
    for row in diseases() {
        let id = row["id"].as_str();
        let form = form(&catalog, id);
        for (section, keys) in SECTIONS {
            let mut after = None;
            for fact in specific(id, section) {
                let label = folded(id, &fact["label"]);
                let verified = fact["mark(V/P/O)"].starts_with('V');
                let holder = holder(form, keys);
                compared += 1;
                // 起因菌名( ) and 菌種( ) are not answers but the name of what is asked.
                if section == "病型" && holder.key != "disease_type" {
                    assert_eq!(
                        (holder.label.ja.as_str(), holder.source.verified),
                        (label.as_str(), verified)
                    );
                    continue;
                }
                let at = holder.kind.options().iter().position(|option| option.label.ja == label);
                assert!(at.is_some(), "{id} {section}: {label} is not offered");
                assert!(at > after, "{id} {section}: {label} stands elsewhere");
                after = at;
                let option = &holder.kind.options()[at.unwrap()];
                if !is_marked_as_a_whole(id, section) {
                    let marked = holder.source.verified && !option.unverified;
                    assert_eq!(marked, verified, "{id} {section}: {label}");
                }
            }
        }
    }
    assert_eq!(compared, answers_in_the_table());
    assert!(compared > 700, "{compared}");
}

fn answers_in_the_table() -> usize {
    let sections = SECTIONS.map(|(section, _)| section);
    let rows = table(SPECIFIC);
    rows.iter().filter(|r| r["disease_id"] != HISTORY && sections.contains(&r["section"].as_str())).count()
}

#[test]
fn no_answer_is_made_up() {
    let catalog = catalog();
    for row in diseases().iter().filter(|row| has_rows(&row["id"])) {
        let id = row["id"].as_str();
        let form = form(&catalog, id);
        for (section, keys) in SECTIONS {
            let known: Vec<String> =
                specific(id, section).iter().map(|fact| folded(id, &fact["label"])).collect();
            if known.is_empty() || !keys[1..].iter().all(|key| form.item(key).is_none()) {
                continue;
            }
            let offered = holder(form, keys).kind.options().iter().map(|option| option.label.ja.as_str());
            let extra: Vec<&str> = offered.filter(|label| !known.iter().any(|k| k == label)).collect();
            // A paper may leave the route open; nobody claims that the answer is printed.
            let expected: &[&str] =
                if section == "感染原因・感染経路" && id != "c5-09" { &["不明"] } else { &[] };
            assert_eq!(extra, expected, "{id} {section}");
        }
    }
}

/// The routes of the common form (section 2, item 18-1); those of a single disease are a part of them.
const COMMON_ROUTES: [&str; 12] = [
    "飛沫・飛沫核感染",
    "接触感染",
    "動物・蚊・昆虫等からの感染",
    "針等の鋭利なものの刺入による感染",
    "輸血・血液製剤",
    "経口感染",
    "創傷感染",
    "性的接触",
    "母子感染",
    "水系感染",
    "その他",
    "不明",
];

#[test]
fn what_is_not_known_is_asked_for_in_writing() {
    let catalog = catalog();
    let mut written = 0;
    for row in diseases() {
        let id = row["id"].as_str();
        let form = form(&catalog, id);
        let known = has_rows(id);
        for key in ["symptoms_state", "symptoms_written", "methods_written"] {
            assert_eq!(form.item(key).is_some(), !known, "{id} {key}");
        }
        if known {
            continue;
        }
        written += 1;
        assert!(!form.source.verified && form.item("symptoms").is_none() && form.item("methods").is_none());
        let routes = form.item("routes").unwrap();
        let offered: Vec<&str> = routes.kind.options().iter().map(|o| o.label.ja.as_str()).collect();
        assert_eq!(offered, COMMON_ROUTES, "{id}");
        assert!(!routes.source.verified, "{id}");
    }
    assert_eq!(written, 46);
}

/// An item of a region (保険種別, Saitama): a site adds it with an overlay.
const OF_A_REGION: &str = "保険種別(地方様式)";

/// Rows that are more than one item, a rule, or an item that the common form has already.
const IN_OTHER_SHAPE: &[(&str, &str, &[&str])] = &[
    ("c4-05", "渡航歴・痘そうワクチン接種歴", &["travel_history", "smallpox_vaccination"]),
    ("c5-04", "対象: 15歳未満", &["rule:below_fifteen"]),
    ("c5-09", "感染推定地域", &["place"]),
    ("c5-15", "母親のワクチン接種歴・妊娠中の罹患", &["mother_vaccinated", "mother_infected"]),
    ("c5-22", "感染源(同居: 父・母・兄弟姉妹・祖父母 / 学校・職場)", &["source_person"]),
];

#[test]
fn every_additional_item_is_there() {
    let catalog = catalog();
    for row in diseases() {
        let id = row["id"].as_str();
        let form = form(&catalog, id);
        for fact in specific(id, "追加項目") {
            let label = fact["label"].as_str();
            if label == OF_A_REGION {
                assert!(form.items.iter().all(|item| !item.label.ja.contains("保険")), "{id}");
            } else if let Some((_, _, keys)) =
                IN_OTHER_SHAPE.iter().find(|(of, l, _)| (*of, *l) == (id, label))
            {
                for key in *keys {
                    let rule = key.strip_prefix("rule:");
                    let there =
                        form.item(key).is_some() || form.rules.iter().any(|r| Some(r.id.as_str()) == rule);
                    assert!(there, "{id} {key}");
                }
            } else if label == "渡航期間" {
                assert!(form.item("departed_on").is_some(), "{id}");
            } else if let Some(rows) = label.strip_prefix("ワクチン接種歴 ") {
                vaccination(
                    form,
                    id,
                    rows.trim_end_matches("回目").parse().unwrap(),
                    &fact["detail(choices/specimen)"],
                );
            } else {
                let found = form.items.iter().find(|item| item.label.ja == label);
                let verified = found.unwrap_or_else(|| panic!("{id}: {label}")).source.verified;
                assert_eq!(verified, fact["mark(V/P/O)"].starts_with('V'), "{id}: {label}");
            }
        }
    }
}

/// The row is there, with the vaccines that the table names.
fn vaccination(form: &Form, id: &str, row: usize, detail: &str) {
    let vaccine =
        form.item(&format!("vaccination[{}].vaccine", row - 1)).unwrap_or_else(|| panic!("{id} {row}"));
    let more =
        specific(id, "追加項目").iter().any(|r| r["label"] == format!("ワクチン接種歴 {}回目", row + 1));
    assert_eq!(form.item(&format!("vaccination[{row}].vaccine")).is_some(), more, "{id}");
    // The released form of 5-13 writes each valency out.
    if id == "c5-13" {
        return;
    }
    let named = detail.split(" / ").find_map(|part| part.strip_prefix("種類: ")).expect("a kind");
    let offered: Vec<&str> = vaccine.kind.options().iter().map(|option| option.label.ja.as_str()).collect();
    assert_eq!(offered, named.split('・').chain(["不明"]).collect::<Vec<_>>(), "{id}");
}

#[test]
fn a_form_is_verified_when_all_its_rows_are() {
    let catalog = catalog();
    let mut verified = Vec::new();
    for row in diseases() {
        let id = row["id"].as_str();
        let facts: Vec<_> = table(SPECIFIC).into_iter().filter(|fact| fact["disease_id"] == id).collect();
        let all = !facts.is_empty() && facts.iter().all(|fact| fact["mark(V/P/O)"].starts_with('V'));
        let number = row["form_no_status(V=verified/O=own knowledge)"] == "V";
        assert_eq!(form(&catalog, id).source.verified, all && number, "{id}");
        verified.extend((all && number).then(|| id.to_owned()));
    }
    assert_eq!(verified, ["c1-04", "c3-03", "c5-05"]);
}
