//! The shipped forms, and a corpus of broken ones.
use uketsuke::form::{Catalog, shipped_sources};

#[test]
fn every_shipped_form_is_sound() {
    let loaded = Catalog::load(shipped_sources());
    let problems: Vec<String> = loaded.problems.iter().map(ToString::to_string).collect();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    let names: Vec<String> = loaded.catalog.forms().map(|form| form.id_and_version()).collect();
    assert_eq!(names, ["ehec@1", "homecare_support_request@1", "invasive_pneumococcal@1"]);
}
