//! Properties that a form changes of items that stand in a block or in its frame.
use super::Expansion;
use super::words::{bad, unknown};
use crate::form::declaration::{OverrideDecl, Parts};
use crate::form::reader::Located;

impl Expansion<'_> {
    pub(super) fn apply_overrides(&mut self) {
        if let Some(frame) = self.frame {
            self.apply(&frame.overrides, &frame.parts);
        }
        let decl = self.decl;
        self.apply(&decl.overrides, &decl.parts);
    }

    fn apply(&mut self, overrides: &[(Located<String>, OverrideDecl)], own: &Parts) {
        for (key, over) in overrides {
            let name = &key.value;
            if own.items.iter().any(|(own, _)| own.value == *name) {
                self.report(
                    &key.place,
                    bad(
                        format!("「{name}」はこの様式の項目です。"),
                        format!("\"{name}\" is an item of this form."),
                        "[item] の方を直してください。",
                        "Change its [item] instead; overrides are for items of blocks.",
                    ),
                );
                continue;
            }
            // An item of a repeated group is changed in all its rows.
            let suffix = format!("].{name}");
            let mut found = false;
            let mut unfit = false;
            for entry in self.entries.iter_mut().filter(|e| e.key == *name || e.key.ends_with(&suffix)) {
                found = true;
                match entry.decl.overridden_by(over) {
                    Some(decl) => entry.decl = decl,
                    None => unfit = true,
                }
            }
            if !found {
                let known = self.entries.iter().map(|entry| entry.key.as_str());
                let mistake = unknown("項目", "item", name, known);
                self.report(&key.place, mistake);
            }
            if unfit {
                self.report(
                    &key.place,
                    bad(
                        format!("「{name}」に選択肢はありません。"),
                        format!("\"{name}\" has no answers to choose from."),
                        "list, choices, only, unverified を消してください。",
                        "Remove \"list\", \"choices\", \"only\" and \"unverified\".",
                    ),
                );
            }
        }
    }
}
