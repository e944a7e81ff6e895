//! The sheet on top (送付状, FAX送信票) and the test page: who, to whom, how many sheets, and nothing about a person.
use super::Case;
use super::flow::Flow;
use super::letter::{Cover, Letter};
use super::sheet::{Align, BODY, COVER, COVER_TITLE, HAIRLINE, HUGE, LARGE, Sheet, TITLE};
use crate::text::{fill, papers};

/// Lays the cover on the report, if the letter has one: it counts the sheets, itself included.
pub(super) fn set(letter: &Letter, title: &str, report: Vec<Sheet>, case: &mut Case) -> Vec<Sheet> {
    let Some(cover) = letter.cover else { return report };
    let of = |total: usize, case: &mut Case| of_cover(letter, cover, title, total, case);
    let own = of(report.len() + 1, &mut Case::default()).len();
    let mut sheets = of(report.len() + own, case);
    sheets.extend(report);
    sheets
}

fn of_cover(letter: &Letter, cover: Cover, title: &str, total: usize, case: &mut Case) -> Vec<Sheet> {
    let mut flow = Flow::new();
    let heading = match cover {
        Cover::Letter => papers::COVER_TITLE.ja,
        Cover::Fax | Cover::DialledByHand => papers::FAX_TITLE.ja,
    };
    flow.paragraph(Align::Centre, COVER_TITLE, heading);
    flow.space(6.0);
    to(&mut flow, letter, cover, case);
    from(&mut flow, letter, case);
    flow.space(3.0);
    field_of(&mut flow, case, papers::SUBJECT.ja, title);
    field_of(&mut flow, case, papers::REFERENCE.ja, &letter.reference);
    field_of(&mut flow, case, papers::SHEETS.ja, &fill(papers::SHEETS_COUNT.ja, &[&total]));
    flow.space(2.0);
    control(&mut flow, letter, case);
    flow.space(6.0);
    flow.framed(&[(COVER, papers::MISDIRECTED.ja)]);
    notes(flow, case)
}

pub(super) fn set_test(letter: &Letter, case: &mut Case) -> Vec<Sheet> {
    let mut flow = Flow::new();
    flow.paragraph(Align::Centre, COVER_TITLE, papers::TEST_TITLE.ja);
    flow.paragraph(Align::Centre, COVER, &format!("({})", papers::TEST_NOTE.ja));
    flow.space(6.0);
    to(&mut flow, letter, Cover::Letter, case);
    from(&mut flow, letter, case);
    flow.space(4.0);
    control(&mut flow, letter, case);
    flow.space(6.0);
    flow.paragraph(Align::Centre, COVER, papers::READ_ALOUD.ja);
    notes(flow, case)
}

fn to(flow: &mut Flow, letter: &Letter, cover: Cover, case: &mut Case) {
    let to = &letter.to;
    let organisation = format!("{} {}", to.organisation, papers::ORGANISATION_HONORIFIC.ja);
    flow.rule(HAIRLINE);
    flow.space(3.0);
    flow.field(papers::TO.ja, &case.set(papers::TO.ja, &organisation), TITLE);
    field_of(flow, case, papers::REGISTER_CODE.ja, &to.code);
    if cover == Cover::DialledByHand {
        let number = case.set(papers::DIAL.ja, &to.address);
        flow.space(2.0);
        flow.framed(&[(BODY, papers::DIAL.ja), (LARGE, &number)]);
        // One person keyed it and the machine may have it wrong: the number above is the one that two have agreed to.
        if !to.short_dial.is_empty() {
            flow.space(4.0);
            field_of(flow, case, papers::SHORT_DIAL.ja, &to.short_dial);
            flow.paragraph(Align::Left, BODY, papers::SHORT_DIAL_NOTE.ja);
        }
        flow.space(4.0);
    } else {
        field_of(flow, case, papers::ADDRESS.ja, &to.address);
        flow.space(1.5);
        flow.rule(HAIRLINE);
        flow.space(3.0);
    }
}

fn from(flow: &mut Flow, letter: &Letter, case: &mut Case) {
    let from = &letter.from;
    flow.field(papers::FROM.ja, &case.set(papers::FROM.ja, &from.name), TITLE);
    field_of(flow, case, papers::PHONE.ja, &from.phone);
    field_of(flow, case, papers::FAX.ja, &from.fax);
    field_of(flow, case, papers::OFFICER.ja, &letter.officer);
    field_of(flow, case, papers::DATE.ja, &letter.date());
    flow.space(1.5);
    flow.rule(HAIRLINE);
}

fn field_of(flow: &mut Flow, case: &mut Case, label: &str, value: &str) {
    if !value.is_empty() {
        flow.field(label, &case.set(label, value), COVER);
    }
}

fn control(flow: &mut Flow, letter: &Letter, case: &mut Case) {
    let number = case.set(papers::CONTROL.ja, &letter.control);
    if !number.is_empty() {
        flow.framed(&[(BODY, papers::CONTROL.ja), (HUGE, &number)]);
    }
}

fn notes(mut flow: Flow, case: &mut Case) -> Vec<Sheet> {
    flow.space(4.0);
    for note in case.take_notes() {
        flow.note(&note);
    }
    flow.finish()
}
