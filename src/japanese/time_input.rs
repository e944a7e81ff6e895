//! A time of day as it is typed: `930`, `1430`, `14:30`, `14時30分`, `午後2時`; kept as `14:30`.
use super::width::fold_ascii;

/// Hours and minutes of a day as `HH:MM`; `None` for what is no time from 00:00 to 23:59.
///
/// The end of a day is the next day's 00:00: what is asked is when something happened, and 24:00 of one day and 0:00 of
/// the other would be two answers to it.
pub fn parse_time(text: &str) -> Option<String> {
    let folded = fold_ascii(text);
    let typed = folded.trim();
    let (later, typed) = match (typed.strip_prefix("午前"), typed.strip_prefix("午後")) {
        (Some(rest), _) => (Some(false), rest),
        (_, Some(rest)) => (Some(true), rest),
        _ => (None, typed),
    };
    let (hours, minutes, least) = split(typed.trim())?;
    let hours = match later {
        None => number(hours, 1, 23)?,
        Some(later) => number(hours, 1, 11)? + if later { 12 } else { 0 },
    };
    let minutes = number(minutes, least, 59)?;
    Some(format!("{hours:02}:{minutes:02}"))
}

/// Hours, minutes, and how many digits the minutes have at least: `14:3` may lack one, `14時3分` does not.
fn split(typed: &str) -> Option<(&str, &str, usize)> {
    if let Some((hours, rest)) = typed.split_once('時') {
        let minutes = match rest.strip_suffix('分') {
            Some(minutes) => minutes,
            None if rest.is_empty() => "00",
            None if rest == "半" => "30",
            None => return None,
        };
        return Some((hours, minutes, 1));
    }
    if let Some((hours, minutes)) = typed.split_once(':') {
        return Some((hours, minutes, 2));
    }
    // Two digits may be an hour or minutes: nobody has to guess.
    let (hours, minutes) =
        matches!(typed.len(), 3 | 4).then(|| typed.split_at_checked(typed.len() - 2))??;
    Some((hours, minutes, 2))
}

/// Two digits at most.
fn number(digits: &str, least: usize, most: u32) -> Option<u32> {
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit()) && (least..=2).contains(&digits.len());
    digits.parse().ok().filter(|number| plain && *number <= most)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn times_are_read_as_they_are_written() {
        for (typed, time) in [
            ("1430", "14:30"),
            ("930", "09:30"),
            ("0930", "09:30"),
            ("14:30", "14:30"),
            ("9:05", "09:05"),
            ("14時30分", "14:30"),
            ("9時05分", "09:05"),
            ("9時5分", "09:05"),
            ("9時", "09:00"),
            ("9時半", "09:30"),
            ("午後2時30分", "14:30"),
            ("午前9:15", "09:15"),
            ("午後0時05分", "12:05"),
            ("１４３０", "14:30"),
            ("１４：３０", "14:30"),
            (" 000 ", "00:00"),
            ("2359", "23:59"),
        ] {
            assert_eq!(parse_time(typed).as_deref(), Some(time), "{typed}");
        }
    }

    #[test]
    fn what_is_no_time_of_a_day_is_refused() {
        for typed in [
            "",
            "2561",
            "2400",
            "24:00",
            "1460",
            "9",
            "14",
            "14:3",
            "14:300",
            "14-30",
            "+9:30",
            "14時30",
            "時分",
            "午後14時",
            "14:30:00",
            "99999",
            "昼",
            "-930",
        ] {
            assert_eq!(parse_time(typed), None, "{typed}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused_and_what_is_read_stays(text in ".*", hhmm in "[0-9０-９:：時分半午前後]{0,8}") {
            for typed in [text, hhmm] {
                if let Some(time) = parse_time(&typed) {
                    prop_assert_eq!(time.len(), 5);
                    prop_assert_eq!(parse_time(&time), Some(time));
                }
            }
        }
    }
}
