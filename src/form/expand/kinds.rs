//! What each item accepts, and its type in expressions.
use super::Expansion;
use super::words::{bad, min_over_max, unknown};
use crate::form::bilingual::Bilingual;
use crate::form::check_expression::{Codes, Type};
use crate::form::declaration::{AnswersDecl, ChoiceDecl, KindDecl, OptionsDecl};
use crate::form::kind;
use crate::form::mistake::Place;
use crate::form::reader::Located;
use crate::form::schema::{Choice, DateStyle, InputMode, Kind};
use crate::form::value::Decimal;

/// Two pages of a report; more belongs into an attachment.
const MAX_TEXT: i64 = 2000;

impl<'a> Expansion<'a> {
    pub(super) fn kind_of(&mut self, at: usize) -> Option<(Kind, Type)> {
        let entry = self.entries.get(at)?;
        let (place, key) = (entry.decl.place.clone(), entry.key.clone());
        let decl = entry.decl.kind.clone()?;
        Some(match decl {
            KindDecl::Text { max, input } => {
                let input = match input {
                    Some(word) => self.word("input", &word, &InputMode::NAMES)?,
                    None => InputMode::Ime,
                };
                (Kind::Text { max: self.text_max(max, &place)?, input }, Type::Text)
            }
            KindDecl::MultiLine { max } => (Kind::MultiLine { max: self.text_max(max, &place)? }, Type::Text),
            KindDecl::Reading { max } => (Kind::Reading { max: self.text_max(max, &place)? }, Type::Text),
            KindDecl::Name { max } => (Kind::Name { max: self.text_max(max, &place)? }, Type::Text),
            KindDecl::Date { style, past_only } => {
                let style = match style {
                    Some(word) => self.word("style", &word, &DateStyle::NAMES)?,
                    None => DateStyle::Recent,
                };
                (Kind::Date { style, past_only }, Type::Date)
            }
            KindDecl::Integer { min, max, unit } => {
                if min > max {
                    self.report(&place, min_over_max(&key));
                    return None;
                }
                (Kind::Integer { min, max, unit }, Type::Integer)
            }
            KindDecl::Decimal { min, max, places, unit } => {
                let limits = min.parse::<Decimal>().ok().zip(max.parse::<Decimal>().ok());
                let places = u8::try_from(places).ok().filter(|places| *places <= Decimal::MAX_PLACES);
                let (Some((low, high)), Some(places)) = (limits, places) else {
                    self.report(&place, min_over_max(&key));
                    return None;
                };
                if low.to_f64() > high.to_f64() {
                    self.report(&place, min_over_max(&key));
                    return None;
                }
                (Kind::Decimal { min, max, places, unit }, Type::Decimal)
            }
            KindDecl::Time => (Kind::Time, Type::Text),
            KindDecl::Phone => (Kind::Phone, Type::Text),
            KindDecl::Fax => (Kind::Fax, Type::Text),
            KindDecl::PostalCode { fills } => {
                if let Some(word) = fills.as_ref().filter(|w| !self.entries.iter().any(|e| e.key == w.value))
                {
                    let mistake = unknown(
                        "項目",
                        "item",
                        &word.value,
                        self.entries.iter().map(|entry| entry.key.as_str()),
                    );
                    self.report(&word.place, mistake);
                    return None;
                }
                (Kind::PostalCode { fills: fills.map(|word| word.value) }, Type::Text)
            }
            KindDecl::Choice { options } => {
                let (options, codes) = self.options(&options, &place)?;
                (Kind::Choice { options }, Type::Choice(codes))
            }
            KindDecl::Choices { options } => {
                let (options, codes) = self.options(&options, &place)?;
                (Kind::Choices { options }, Type::Choices(codes))
            }
            KindDecl::Computed { .. } => {
                // The expression is compiled when all types are known; the number stands in until then.
                (Kind::Integer { min: 0, max: 0, unit: Bilingual::default() }, Type::Integer)
            }
        })
    }

    fn text_max(&mut self, max: i64, place: &Place) -> Option<u16> {
        let sound = u16::try_from(max).ok().filter(|_| (1..=MAX_TEXT).contains(&max));
        if sound.is_none() {
            self.report(
                place,
                bad("max は 1 から 2000 です。", "\"max\" is 1 to 2000.", "直してください。", "Correct it."),
            );
        }
        sound
    }

    /// The answers of an item, and every code that expressions may name: an override can take answers away that a
    /// shared part goes on naming.
    fn options(&mut self, decl: &OptionsDecl, place: &Place) -> Option<(Vec<Choice>, Codes)> {
        let all = self.answers(&decl.answers)?;
        let before = match &decl.before {
            Some(before) => self.answers(before)?,
            None => &[],
        };
        let chosen = match &decl.only {
            Some(only) => self.chosen(only, all)?,
            None => all.to_vec(),
        };
        let mut options = match kind::number_choices(&chosen) {
            Ok(options) => options,
            Err(wrong) => {
                let (at, mistake) = *wrong;
                let place = at.unwrap_or_else(|| place.clone());
                self.report(&place, mistake);
                return None;
            }
        };
        for code in &decl.unverified {
            match options.iter_mut().find(|option| option.code == code.value) {
                Some(option) => option.unverified = true,
                None => {
                    let mistake = unknown(
                        "選択肢",
                        "answer",
                        &code.value,
                        options.iter().map(|option| option.code.as_str()),
                    );
                    self.report(&code.place, mistake);
                    return None;
                }
            }
        }
        let mut codes: Vec<String> = Vec::with_capacity(all.len());
        for choice in all.iter().chain(before) {
            if !codes.contains(&choice.code.value) {
                codes.push(choice.code.value.clone());
            }
        }
        Some((options, codes.into()))
    }

    fn answers<'d>(&mut self, decl: &'d AnswersDecl) -> Option<&'d [ChoiceDecl]>
    where
        'a: 'd,
    {
        let shared = self.shared;
        match decl {
            AnswersDecl::Here(choices) => Some(choices),
            AnswersDecl::List(name) => match shared.lists.get(&name.value) {
                Some(Some(choices)) => Some(choices),
                Some(None) => {
                    self.broken = true;
                    None
                }
                None => {
                    let mistake =
                        unknown("一覧", "list", &name.value, shared.lists.keys().map(String::as_str));
                    self.report(&name.place, mistake);
                    None
                }
            },
        }
    }

    fn chosen(&mut self, only: &[Located<String>], all: &[ChoiceDecl]) -> Option<Vec<ChoiceDecl>> {
        let mut chosen = Vec::with_capacity(only.len());
        for code in only {
            match all.iter().find(|choice| choice.code.value == code.value) {
                // A repeated code is reported where it is repeated.
                Some(choice) => chosen.push(ChoiceDecl { code: code.clone(), ..choice.clone() }),
                None => {
                    let mistake = unknown(
                        "選択肢",
                        "answer",
                        &code.value,
                        all.iter().map(|choice| choice.code.value.as_str()),
                    );
                    self.report(&code.place, mistake);
                    return None;
                }
            }
        }
        Some(chosen)
    }
}
