//! The papers that leave: every form on paper, and what other people's programs read in them.
//!
//! What was made lies in the folder for temporary files of the build (`target/tmp/papers`): look at it.
use std::collections::BTreeSet;
use std::path::PathBuf;

use chrono::NaiveDate;
use serde_json::Value as Json;
use uketsuke::domain::archive::is_sealed;
use uketsuke::domain::sensitive::Secret;
use uketsuke::domain::time::Timestamp;
use uketsuke::export::document::{Cover, Document, Letter, MARGIN, Office, PAPER, Recipient};
use uketsuke::export::{Rendition, archive, face, fax, pdf};
use uketsuke::form::{Catalog, Complete, Context, Form, Item, Kind, Value, Values, shipped_sources};
use uketsuke::text::Lang;

use crate::forms::{EHEC, HOME_CARE};
use crate::judges::{self, PDFFONTS, PDFINFO, PDFTOPPM, PDFTOTEXT, QPDF, SEVEN_ZIP, TIFFINFO};

const PASSWORD: &str = "kasa-ga-nai-to-nureru";

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 7, 14).expect("a date")
}

/// What stands on the paper of a record, without spaces: everything that was answered.
pub fn paper(form: &Form, complete: &Complete) -> String {
    let document = Document::of_record(form, complete, &letter(None), &BTreeSet::new()).expect("printable");
    document.preview().expose().concat().chars().filter(|c| !c.is_whitespace()).collect()
}

fn context(today: NaiveDate) -> Context {
    Context { today, received_at: Timestamp::from_japan(today.and_hms_opt(9, 12, 0).expect("a time")) }
}

fn letter(cover: Option<Cover>) -> Letter {
    Letter {
        to: Recipient {
            code: "D012".into(),
            organisation: "架空県 保健福祉部 感染症対策課".into(),
            address: "03 - 0000 - 0120".into(),
            short_dial: String::new(),
        },
        from: Office {
            name: "架空保健所".into(), phone: "03-0000-0100".into(), fax: "03-0000-0101".into()
        },
        officer: "見本 太郎".into(),
        reference: "0226".into(),
        control: "K7Q4-9M2X".into(),
        sent_on: day(),
        cover,
    }
}

fn complete(form: &Form, json: &str, changes: &[(&str, &str)]) -> Complete {
    let mut values = form.parse_json_values(json.as_bytes()).expect("fits the form");
    for (key, text) in changes {
        values.set(*key, Value::Text((*text).to_owned()));
    }
    form.complete(&values, &context(day())).unwrap_or_else(|problems| panic!("{problems:?}"))
}

fn made(form: &Form, record: &Complete, cover: Option<Cover>) -> Document {
    Document::of_record(form, record, &letter(cover), &BTreeSet::new()).expect("printable")
}

/// Keeps what was made, for the judges and for the eye.
fn kept(rendition: &Rendition, name: &str) -> String {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("papers");
    std::fs::create_dir_all(&folder).expect("a folder");
    let (_, suffix) = rendition.file_name.rsplit_once('.').expect("a suffix");
    let path = folder.join(format!("{name}.{suffix}"));
    std::fs::write(&path, &rendition.bytes).expect("room");
    path.to_str().expect("UTF-8").to_owned()
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The values of a record as they stand in the table, in the order of the form.
fn values(form: &Form, record: &Complete) -> Vec<(String, String)> {
    let shown = |item: &Item| {
        let value = form.format_value(item, record.value(&item.key)?, Lang::Ja);
        Some((item.key.clone(), squeezed(&face::settable(&value).text)))
    };
    form.items.iter().filter_map(shown).collect()
}

/// A value that is typed into any item of its kind, as long as the kind allows.
fn sample(item: &Item, today: NaiveDate) -> Option<Value> {
    let text = |text: &str, max: u16| Some(Value::Text(text.chars().cycle().take(max.into()).collect()));
    match &item.kind {
        Kind::Text { max, .. } => text("架空の記載・1-2-3(仮)、", (*max).min(120)),
        Kind::MultiLine { max } => text("経過は良好。発熱なし。\n", *max),
        Kind::Name { .. } => Some(Value::Text("仮野 花枝".into())),
        Kind::Reading { .. } => Some(Value::Text("カリノ ハナエ".into())),
        Kind::Time => Some(Value::Text("09:30".into())),
        Kind::Phone | Kind::Fax => Some(Value::Text("0300000123".into())),
        Kind::PostalCode { .. } => Some(Value::Text("1000014".into())),
        Kind::Date { .. } if item.key == "birth_date" => "1975-03-04".parse().ok().map(Value::Date),
        Kind::Date { .. } => Some(Value::Date(today)),
        Kind::Integer { min, .. } => Some(Value::Integer((*min).max(3))),
        Kind::Decimal { min, .. } => min.parse().ok().map(Value::Decimal),
        Kind::Choice { options } => Some(Value::Choice(options.first()?.code.clone())),
        Kind::Choices { options } => {
            let codes = options.iter().filter(|option| !option.exclusive).map(|option| option.code.clone());
            Some(Value::Choices(codes.collect()))
        }
        Kind::Computed { .. } => None,
    }
}

/// As much as the form takes: what it objects to is emptied again, or made short where it must stay.
fn filled(form: &Form) -> Complete {
    let context = context(NaiveDate::from_ymd_opt(2026, 11, 20).expect("a date"));
    let mut values = Values::new();
    let mut given_up: BTreeSet<String> = BTreeSet::new();
    for _ in 0..40 {
        let view = form.view(&values, &context);
        for (item, view) in form.items.iter().zip(&view.items) {
            let wanted = view.shown && (!given_up.contains(&item.key) || view.required);
            if let Some(value) =
                sample(item, context.today).filter(|_| wanted && values.value(&item.key).is_none())
            {
                let short = Value::Text("x".into());
                let is_text = matches!(item.kind, Kind::Text { .. });
                values.set(
                    item.key.clone(),
                    if is_text && given_up.contains(&item.key) { short } else { value },
                );
            }
        }
        let problems = match form.complete(&values, &context) {
            Ok(complete) => return complete,
            Err(problems) => problems,
        };
        for problem in problems {
            given_up.insert(problem.item.clone());
            values.clear(&problem.item);
        }
    }
    panic!("{} cannot be filled in", form.head.id)
}

#[test]
fn every_form_is_printed_whole() {
    let catalog = Catalog::load(shipped_sources()).catalog;
    let (mut forms, mut longest) = (0, 0);
    for form in catalog.forms() {
        let id = &form.head.id;
        let record = filled(form);
        let document = made(form, &record, Some(Cover::Fax));
        let preview = squeezed(&document.preview().expose().join("\n"));
        let values = values(form, &record);
        assert!(values.len() > 4, "{id}: {}", values.len());
        // A value that goes on over a page has a foot in its midst.
        let lost = values.iter().filter(|(_, value)| !cells(&document).contains(value.as_str()));
        assert_eq!(lost.map(|(key, _)| key).collect::<Vec<_>>(), [] as [&String; 0], "{id}");
        assert!(preview.contains(&squeezed(&form.head.title.ja)), "{id}");
        check_places(&document);
        let pdf = pdf::render(&document).expect("PDF/A");
        assert_eq!(pdf.pages, document.pages(), "{id}");
        assert_eq!(pdf.file_name, format!("{id}-v{}.pdf", form.head.version));
        if document.pages() > longest {
            longest = document.pages();
            kept(&pdf, "longest");
        }
        forms += 1;
    }
    assert!(forms > 90 && longest > 4, "{forms} forms, {longest} pages");
}

/// The text of all pages as the cells of the values have it, without what stands between the parts of one cell.
fn cells(document: &Document) -> String {
    let runs = document.sheets().iter().flat_map(|page| &page.runs);
    let values = runs.filter(|run| (91.0..93.0).contains(&run.x));
    squeezed(&values.map(|run| run.text.expose().as_str()).collect::<String>())
}

/// Everything within the margins, nothing on anything else.
fn check_places(document: &Document) {
    for page in document.sheets() {
        let texts = page.runs.iter().map(|run| {
            let top = run.baseline - run.size * face::ASCENT;
            [run.x, top, run.right(), top + run.size]
        });
        let rules = page.rules.iter().map(|rule| [rule.x, rule.y, rule.x + rule.width, rule.y + rule.height]);
        let (texts, rules): (Vec<_>, Vec<_>) = (texts.collect(), rules.collect());
        for [left, top, right, bottom] in texts.iter().chain(&rules) {
            assert!(*left >= MARGIN && *top >= MARGIN, "{left} {top}");
            assert!(*right <= PAPER.0 - MARGIN && *bottom <= PAPER.1 - MARGIN, "{right} {bottom}");
        }
        for (at, one) in texts.iter().enumerate() {
            let mut others = texts.iter().skip(at + 1).chain(&rules);
            let hit = others.find(|it| one[0] < it[2] && it[0] < one[2] && one[1] < it[3] && it[1] < one[3]);
            assert_eq!(hit, None, "{one:?} in {}", document.stem());
        }
    }
}

#[test]
fn the_same_document_has_the_same_bytes() {
    let catalog = Catalog::load(shipped_sources()).catalog;
    let form = catalog.latest("ehec").expect("shipped");
    let record = complete(form, EHEC, &[]);
    let one = pdf::render(&made(form, &record, Some(Cover::Fax))).expect("PDF/A");
    let other = pdf::render(&made(form, &record, Some(Cover::Fax))).expect("PDF/A");
    assert_eq!(one, other);
    assert_eq!(fax::render(&one), fax::render(&other));
    let other = pdf::render(&made(form, &record, None)).expect("PDF/A");
    assert_ne!(one.bytes, other.bytes);
}

#[test]
fn judges_read_the_text_of_a_pdf() {
    if judges::are_left_out() {
        return;
    }
    let catalog = Catalog::load(shipped_sources()).catalog;
    let gaiji = [("name", "𠮷野 髙﨑"), ("occupation", "ｶﾞｿﾘﾝｽﾀﾝﾄﾞ店員①㈱𩿎𩿗")];
    let form = catalog.latest("ehec").expect("shipped");
    let record = complete(form, EHEC, &gaiji);
    let document = made(form, &record, Some(Cover::Fax));
    assert_eq!(document.missing().iter().collect::<String>(), "𠮷");
    let pdf = pdf::render(&document).expect("PDF/A");
    let path = kept(&pdf, "ehec");

    let checked = QPDF.text(&["--check", &path]);
    assert!(checked.contains("No syntax or stream encoding errors"), "{checked}");
    let fonts = PDFFONTS.text(&[&path]);
    let font: Vec<&str> = fonts.lines().nth(2).expect("one font").split_whitespace().collect();
    // Name with the tag of a subset, type, encoding, then: embedded, subset, with a table to Unicode.
    assert!(font[0].ends_with("+BIZUDGothic-Regular"), "{fonts}");
    assert_eq!(font[font.len() - 5..font.len() - 2], ["yes", "yes", "yes"], "{fonts}");
    assert_eq!(fonts.lines().count(), 3, "and no other: {fonts}");
    let info = PDFINFO.text(&["-meta", &path]);
    assert!(
        info.contains("<pdfaid:part>2</pdfaid:part>") && info.contains("<pdfaid:conformance>U</"),
        "{info}"
    );
    let info = PDFINFO.text(&[&path]);
    assert!(info.contains("腸管出血性大腸菌感染症 発生届") && info.contains("A4"), "{info}");
    assert!(!info.contains("髙﨑"), "{info}");

    let text = squeezed(&PDFTOTEXT.text(&["-layout", &path, "-"]));
    for (key, value) in values(form, &record) {
        // A value in several lines has labels between them.
        let known = value
            .chars()
            .collect::<Vec<_>>()
            .chunks(20)
            .all(|part| text.contains(&part.iter().collect::<String>()));
        assert!(known, "{key}");
    }
    // The last two characters have one glyph.
    for known in ["〓野髙﨑", "ｶﾞｿﾘﾝｽﾀﾝﾄﾞ店員①㈱𩿎𩿗", "氏名:〓=U+20BB7", "頁1/3", "管理番号K7Q4-9M2X"]
    {
        assert!(text.contains(known), "{known}: {text}");
    }
    let cover = PDFTOTEXT.text(&["-l", "1", "-layout", &path, "-"]);
    for canary in ["髙﨑", "カリノ", "永田町", "0123", "昭和50年", "調理員", "腹痛"] {
        assert!(!cover.contains(canary), "{canary}: {cover}");
    }
}

#[test]
fn judges_see_the_same_pages_on_a_fax() {
    if judges::are_left_out() {
        return;
    }
    let catalog = Catalog::load(shipped_sources()).catalog;
    let form = catalog.latest("ehec").expect("shipped");
    let reference = made(form, &complete(form, EHEC, &[]), Some(Cover::DialledByHand));
    let form = catalog.latest("homecare_support_request").expect("shipped");
    let request = made(form, &complete(form, HOME_CARE, &[]), Some(Cover::Letter));
    let test = Document::test_page(&letter(None)).expect("printable");
    for (name, document) in [("reference", reference), ("request", request), ("test", test)] {
        let pdf = pdf::render(&document).expect("PDF/A");
        let fax = fax::render(&pdf).expect("a fax");
        assert_eq!((fax.pages, fax.media_type), (document.pages(), "image/tiff"));
        let (pdf, fax) = (kept(&pdf, name), kept(&fax, name));
        let info = TIFFINFO.text(&[&fax]);
        let count = |line: &str| info.matches(line).count();
        for line in [
            "Image Width: 1728 Image Length: 2292",
            "Resolution: 204, 196 pixels/inch",
            "Compression Scheme: CCITT Group 4",
            "Bits/Sample: 1",
            "Photometric Interpretation: min-is-white",
            "Subfile Type: multi-page document",
        ] {
            assert_eq!(count(line), usize::from(document.pages()), "{line}: {info}");
        }
        assert!(!info.to_lowercase().contains("warning"), "{info}");

        let pages: Vec<String> = (1..=document.pages())
            .map(|page| format!("{}-{page}.pgm", pdf.trim_end_matches(".pdf")))
            .collect();
        let root = pdf.trim_end_matches(".pdf");
        PDFTOPPM.output(&["-gray", "-rx", "204", "-ry", "196", &pdf, root], b"");
        let mut arguments = vec![fax.as_str()];
        arguments.extend(pages.iter().map(String::as_str));
        let seen: Vec<Json> = serde_json::from_str(&judges::python("pages.py", &arguments)).expect("JSON");
        assert_eq!(seen.len(), usize::from(document.pages()));
        for page in &seen {
            assert_eq!(
                (&page["of"], &page["mode"]),
                (&Json::from(document.pages()), &Json::from("1")),
                "{page}"
            );
            let share = |key: &str| page[key].as_f64().expect("a number");
            assert!((0.005..0.10).contains(&share("ink")), "{page}");
            assert!(share("too_much") < 0.002 && share("too_little") < 0.002, "{page}");
        }
    }
}

#[test]
fn judges_open_an_archive_with_its_password_only() {
    if judges::are_left_out() {
        return;
    }
    let catalog = Catalog::load(shipped_sources()).catalog;
    let form = catalog.latest("ehec").expect("shipped");
    let pdf = pdf::render(&made(form, &complete(form, EHEC, &[]), None)).expect("PDF/A");
    let sealed = archive::seal(&pdf, &Secret::new(PASSWORD.into()), day()).expect("sealed");
    let path = kept(&sealed, "sealed");
    let with =
        |password: &str, verb: &str| SEVEN_ZIP.run(&[verb, &format!("-p{password}"), "-so", &path], b"");
    assert!(with(PASSWORD, "t").status.success());
    assert_eq!(with(PASSWORD, "x").stdout, pdf.bytes);
    for wrong in ["kasa-ga-nai-to-nurerU", "x"] {
        let output = with(wrong, "x");
        assert!(!output.status.success() && output.stdout != pdf.bytes, "{wrong}");
    }
    let list = SEVEN_ZIP.text(&["l", "-slt", &path]);
    for line in
        ["Path = ehec-v1.pdf", "Encrypted = +", "Method = AES-256 Deflate", "Modified = 2026-07-14 00:00:00"]
    {
        assert!(list.contains(line), "{line}: {list}");
    }
    // Another program adds a file to it in the clear.
    let folder = tempfile::tempdir().expect("a directory");
    let place = |name: &str| folder.path().join(name).to_str().expect("UTF-8").to_owned();
    let (one, archive) = (place("one.txt"), place("sealed.zip"));
    std::fs::write(&one, "one").expect("room");
    std::fs::write(&archive, &sealed.bytes).expect("room");
    SEVEN_ZIP.output(&["a", "-tzip", &archive, &one], b"");
    let list = SEVEN_ZIP.text(&["l", "-slt", &archive]);
    assert!(list.contains("Encrypted = +") && list.contains("Encrypted = -"), "{list}");
    assert!(is_sealed(&sealed.bytes));
    assert!(!is_sealed(&std::fs::read(&archive).expect("it was made")));
    // Archives that never had a good password.
    let password = format!("-p{PASSWORD}");
    for (name, arguments) in [
        ("plain.zip", vec![]),
        ("old.zip", vec![password.as_str(), "-mem=ZipCrypto"]),
        ("weak.zip", vec![password.as_str(), "-mem=AES128"]),
    ] {
        let archive = place(name);
        SEVEN_ZIP.output(&[vec!["a", "-tzip", &archive, &one], arguments].concat(), b"");
        assert!(!is_sealed(&std::fs::read(&archive).expect("it was made")), "{name}");
    }
}
