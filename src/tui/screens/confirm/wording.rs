//! What was agreed to, in words: the same on the panel and at the prompt of the command line.
use crate::domain::destination::Address;
use crate::japanese::destination::{ending, in_groups};
use crate::office::ops::{Reveal, Revealed};
use crate::text::{Lang, fill, outbox as say};
use crate::tui::look::display_width;

/// Characters of an address that are read together, and how many still stand whole.
const GROUP: usize = 3;
const WHOLE: usize = 4;
pub(super) const VALUE_COLUMNS: usize = 66;

/// Where, whose, what, by whom: labels and values.
pub fn rows(shown: &Reveal, lang: Lang) -> Vec<(String, String)> {
    let subject = shown.subject.as_ref().map(|name| name.expose().clone());
    let pages = fill(say::PAGES.in_lang(lang), &[&shown.pages]);
    let mut rows = vec![
        (say::REVEAL_TO, format!("{}  ({})", shown.organisation, shown.code)),
        (say::REVEAL_ADDRESS, spelled(&shown.address)),
    ];
    let what = match &shown.what {
        Revealed::Record { title } => title.as_str(),
        Revealed::TestPage => say::TEST_PAGE.in_lang(lang),
    };
    rows.extend(subject.map(|name| (say::REVEAL_WHOSE, name)));
    rows.push((say::REVEAL_WHAT, format!("{what} {pages}")));
    rows.extend(shown.mention.as_ref().map(|words| (say::REVEAL_MENTION, words.expose().clone())));
    rows.push((say::REVEAL_SENDER, shown.author.clone()));
    rows.into_iter().map(|(label, value)| (label.in_lang(lang).to_owned(), value)).collect()
}

/// What is said aloud, with a finger on it.
pub fn aloud(shown: &Reveal, lang: Lang) -> [String; 2] {
    let tail = ending(&shown.address);
    let whose = match &shown.subject {
        Some(name) => fill(say::ALOUD_WHOSE.in_lang(lang), &[name.expose(), &shown.pages]),
        None => fill(say::ALOUD_NAMELESS.in_lang(lang), &[&shown.pages]),
    };
    [fill(say::ALOUD_TO.in_lang(lang), &[&shown.organisation, &tail]), whose]
}

/// `131016-0456` as `1 3 1   0 1 6  -  0 4 5 6`; only grouped when that would not fit. A mail address stands as it is: its
/// dots and dashes are part of it.
fn spelled(address: &Address) -> String {
    let text = match address {
        Address::Mail(mail) => return mail.as_str().to_owned(),
        Address::Fax(_) | Address::ManualFax(_) => in_groups(address).replace(' ', ""),
        Address::Folder(_) | Address::Media(_) => address.as_str().to_owned(),
    };
    let spread = |between: &str, groups: &str, parts: &str| {
        let part = |part: &str| {
            let characters: Vec<String> = part.chars().map(String::from).collect();
            // As in a telephone number: short parts stand whole, long ones in threes.
            let size = if characters.len() > WHOLE { GROUP } else { WHOLE };
            characters.chunks(size).map(|group| group.join(between)).collect::<Vec<_>>().join(groups)
        };
        text.split('-').map(part).collect::<Vec<_>>().join(parts)
    };
    let wide = spread(" ", "   ", "  -  ");
    if display_width(&wide) <= VALUE_COLUMNS { wide } else { spread("", " ", " - ") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::destination::Channel;
    use crate::domain::sensitive::Personal;

    /// The panel and the prompt say the same, and both say all of it.
    #[test]
    fn everything_that_is_agreed_to_is_said() {
        let shown = Reveal {
            code: "D014".into(),
            organisation: "架空県庁".into(),
            address: Address::from_canonical(Channel::Fax, "0300000456").expect("good"),
            subject: Some(Personal::new("仮野 花枝".into())),
            what: Revealed::Record { title: "届出".into() },
            pages: 3,
            mention: Some(Personal::new("同居の家族".into())),
            author: "1001 仮田".into(),
        };
        let said = rows(&shown, Lang::Ja).into_iter().map(|(_, value)| value).collect::<Vec<_>>().join("|");
        for part in ["架空県庁  (D014)", "0 4 5 6", "仮野 花枝", "届出 3枚", "同居の家族", "1001 仮田"]
        {
            assert!(said.contains(part), "{part}: {said}");
        }
        let aloud = aloud(&shown, Lang::Ja).concat();
        for part in ["架空県庁", "0456", "仮野 花枝", "3枚"] {
            assert!(aloud.contains(part), "{part}: {aloud}");
        }
    }

    #[test]
    fn addresses_are_spelled() {
        let spelled = |channel, text| spelled(&Address::from_canonical(channel, text).expect("good"));
        assert_eq!(spelled(Channel::Folder, "131016-0456"), "1 3 1   0 1 6  -  0 4 5 6");
        assert_eq!(spelled(Channel::Fax, "0300000456"), "0 3  -  0 0 0 0  -  0 4 5 6");
        assert_eq!(spelled(Channel::Mail, "a-b@c.example.jp"), "a-b@c.example.jp");
        let long = "abcdefgh-ijklmnop-qrstuvwx-yz012";
        assert_eq!(spelled(Channel::Folder, long), "abc def gh - ijk lmn op - qrs tuv wx - yz0 12");
    }
}
