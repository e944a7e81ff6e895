//! The checks that the common form implies (section 4), in every form.
use super::{catalog, diseases, form, has_rows};
use uketsuke::form::Form;

const EVERYWHERE: [&str; 6] = [
    "reported_after_receipt",
    "onset_before_first_visit",
    "first_visit_before_diagnosis",
    "diagnosis_before_report",
    "infection_before_onset",
    "death_before_report",
];
const WITH_A_DATE_OF_BIRTH: [&str; 5] = [
    "born_before_diagnosis",
    "born_before_onset",
    "born_before_first_visit",
    "born_before_infection",
    "born_before_death",
];

fn rule(form: &Form, id: &str) -> bool {
    form.rules.iter().any(|rule| rule.id == id)
}

#[test]
fn dates_follow_one_another_in_every_form() {
    let catalog = catalog();
    for row in diseases() {
        let id = row["id"].as_str();
        let form = form(&catalog, id);
        for wanted in EVERYWHERE {
            assert!(rule(form, wanted), "{id} {wanted}");
        }
        // The form of EHEC was released before the other three were written.
        let named = row["name_address_on_form"].starts_with("あり");
        let born: &[&str] = match (named, id) {
            (false, _) => &[],
            (true, "c3-03") => &WITH_A_DATE_OF_BIRTH[..2],
            (true, _) => &WITH_A_DATE_OF_BIRTH,
        };
        for wanted in WITH_A_DATE_OF_BIRTH {
            assert_eq!(rule(form, wanted), born.contains(&wanted), "{id} {wanted}");
        }
        let travels = form.item("departed_on").is_some();
        assert_eq!(
            rule(form, "departure_before_return") && rule(form, "return_before_report"),
            travels,
            "{id}"
        );
        assert_eq!(rule(form, "born_before_departure"), travels && named, "{id}");
        let offers_none =
            has_rows(id) && form.item("symptoms").unwrap().kind.options().iter().any(|o| o.code == "none");
        let patients = form.item("case_type").unwrap().kind.options().iter().any(|o| o.code == "patient");
        assert_eq!(rule(form, "patient_with_symptoms"), patients && (offers_none || !has_rows(id)), "{id}");
    }
}

#[test]
fn specimens_are_taken_before_the_diagnosis_and_read_after_they_were_taken() {
    let catalog = catalog();
    let mut dates = 0;
    for form in catalog.forms().filter(|form| form.head.class.is_notifiable()) {
        for item in &form.items {
            let name = item.key.rsplit('.').next().unwrap_or(&item.key);
            let says = |words: &str| form.rules.iter().any(|rule| rule.assert.source().contains(words));
            if ["採取日", "採血日"].iter().any(|word| item.label.ja.contains(word)) {
                dates += 1;
                let next = if name == "paired_first_on" { "paired_second_on" } else { "diagnosed" };
                assert!(says(&format!("{name} <= {next}")), "{} {}", form.head.id, item.key);
            }
            if item.label.ja.contains("判定日") {
                assert!(says(&format!(" <= {name}")), "{} {}", form.head.id, item.key);
            }
        }
    }
    assert_eq!(dates, 5 + 5 + 3 + 5, "measles, rubella, tuberculosis, flaccid paralysis");
}

#[test]
fn vaccinations_lie_between_birth_and_diagnosis() {
    let catalog = catalog();
    let with = catalog.forms().filter(|form| form.item("vaccination[0].vaccine").is_some());
    let mut forms = 0;
    for form in with {
        forms += 1;
        let id = form.head.id.as_str();
        assert!(rule(form, "vaccinated_within_life") && rule(form, "vaccinated_before_diagnosis"), "{id}");
        assert_eq!(rule(form, "born_before_vaccination"), form.item("birth_date").is_some(), "{id}");
    }
    assert_eq!(forms, 10);
}
