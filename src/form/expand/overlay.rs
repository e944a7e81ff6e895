//! Items that a site adds to a form, and properties that it tightens. Nothing is taken away: what the ministry asks
//! for stays asked for.
use super::Expansion;
use super::layout::Scope;
use super::words::{bad, unknown};
use crate::form::declaration::{InsertDecl, ItemDecl, KindDecl, OverlayDecl, OverrideDecl};
use crate::form::mistake::Mistake;
use crate::form::reader::Located;

impl<'a> Expansion<'a> {
    pub(super) fn lay_over(&mut self, overlay: &'a OverlayDecl) {
        let mut own = Scope::of(&overlay.parts);
        for insert in &overlay.inserts {
            self.insert(insert, &mut own);
        }
        self.rules.extend(overlay.parts.rules.iter().cloned());
        self.problems.extend(super::unused(&overlay.parts, own.used()));
        for (key, over) in &overlay.overrides {
            self.tighten(overlay, key, over);
        }
    }

    fn insert(&mut self, insert: &'a InsertDecl, own: &mut Scope<'a>) {
        let after = &insert.after;
        let found = self.position(&after.value);
        if found.is_none() {
            let known = self.entries.iter().map(|entry| entry.key.as_str());
            let mistake = unknown("項目", "item", &after.value, known);
            self.report(&after.place, mistake);
        }
        // Also without a place the content is gone through: all its mistakes are told at once.
        let end = self.entries.len();
        let at = found.unwrap_or_else(|| end.saturating_sub(1));
        let page = self.entries.get(at).map_or(0, |entry| entry.page);
        for word in &insert.content {
            self.place_word(page, word, own);
        }
        // They were laid at the end: bring them to their place.
        let added = self.entries.split_off(end);
        let next = (at + 1).min(end);
        self.entries.splice(next..next, added);
    }

    fn tighten(&mut self, overlay: &OverlayDecl, key: &Located<String>, over: &OverrideDecl) {
        let name = &key.value;
        let is_own = overlay.parts.items.iter().any(|(own, _)| own.value == *name);
        let Some(entry) = self.entries.iter_mut().find(|entry| entry.key == *name && !is_own) else {
            let known = self.entries.iter().map(|entry| entry.key.as_str()).filter(|known| *known != name);
            let mistake = unknown("項目", "item", name, known);
            self.report(&key.place, mistake);
            return;
        };
        let changed = entry.decl.overridden_by(over).filter(|_| tightens(&entry.decl, over));
        match changed {
            Some(decl) => entry.decl = decl,
            None => self.report(&key.place, loosens(name)),
        }
    }
}

/// Whether an override only asks for more: required, keyed twice, fewer answers; and it may say more in the help.
fn tightens(base: &ItemDecl, over: &OverrideDecl) -> bool {
    let ItemDecl {
        place: _,
        required,
        required_if,
        second_entry,
        help: _,
        household: _,
        carried_from: _,
        phrases: _,
        register,
        label,
        number,
        kind,
        shown_if,
        default,
        default_from,
        sensitive,
        identity,
        verified,
        source,
    } = &over.properties;
    let untouched = label.is_none()
        && number.is_none()
        && kind.is_none()
        && shown_if.is_none()
        && default.is_none()
        && default_from.is_none()
        && sensitive.is_none()
        && identity.is_none()
        && verified.is_none()
        && source.is_none()
        && register.is_none();
    let asks = *required != Some(false)
        && *second_entry != Some(false)
        && (required_if.is_none() || base.required.is_none() && base.required_if.is_none());
    untouched && asks && narrows(base, over)
}

/// Whether the answers are some of those that were there.
fn narrows(base: &ItemDecl, over: &OverrideDecl) -> bool {
    if over.options.answers.is_some() || over.options.unverified.is_some() {
        return false;
    }
    let before = match &base.kind {
        Some(KindDecl::Choice { options } | KindDecl::Choices { options }) => options.only.as_deref(),
        _ => None,
    };
    match (before, &over.options.only) {
        (Some(before), Some(only)) => {
            only.iter().all(|code| before.iter().any(|known| known.value == code.value))
        }
        _ => true,
    }
}

fn loosens(name: &str) -> Mistake {
    bad(
        format!("「{name}」を緩めるか変えることになります。"),
        format!("This would loosen or change \"{name}\"."),
        "上乗せでできるのは required, required_if, second_entry, help, only (選択肢をしぼる) だけです。",
        "An overlay may only set required, required_if, second_entry, help, and \"only\" (fewer answers).",
    )
}
