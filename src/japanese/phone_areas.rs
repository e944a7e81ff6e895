//! Which digits of a Japanese telephone number are its area code (市外局番).

/// Prefixes and the length of their area code; the file says where it comes from and under which licence.
const TABLE: &str = include_str!("phone_areas.csv");

/// How many digits of this number are its area code; `None` where there is no such area.
///
/// The longest matching prefix decides. A number still being typed is judged by what is there.
pub(super) fn area_code_digits(number: &str) -> Option<usize> {
    rows()
        .filter(|(prefix, _)| number.starts_with(prefix))
        .max_by_key(|(prefix, _)| prefix.len())
        .map(|(_, digits)| digits)
}

/// Whether more digits may turn this beginning into a number with an area code.
pub(super) fn may_become_area_code(beginning: &str) -> bool {
    rows().any(|(prefix, _)| prefix.starts_with(beginning))
}

pub(super) fn rows() -> impl Iterator<Item = (&'static str, usize)> {
    // Comments and the heading have no number in the second column and fall out by themselves.
    TABLE.lines().filter_map(|line| {
        let (prefix, digits) = line.split_once(',')?;
        Some((prefix, digits.parse().ok()?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sound() {
        let written = TABLE.lines().filter(|line| line.starts_with('0')).count();
        assert_eq!(rows().count(), written);
        assert!(rows().count() > 600);
        for (prefix, digits) in rows() {
            assert!(prefix.len() <= 7 && prefix.bytes().all(|b| b.is_ascii_digit()), "{prefix}");
            assert!((2..=5).contains(&digits) && digits <= prefix.len(), "{prefix}");
            assert!(
                !["00", "020", "050", "060", "070", "080", "090"].iter().any(|p| prefix.starts_with(p)),
                "{prefix}"
            );
        }
        let mut prefixes: Vec<_> = rows().map(|(prefix, _)| prefix).collect();
        prefixes.dedup();
        assert!(prefixes.is_sorted() && prefixes.len() == rows().count());
    }
}
