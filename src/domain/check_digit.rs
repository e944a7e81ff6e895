//! The check digit that medical codes in Japan use (モジュラス10・ウェイト2-1).

/// Doubles every second digit from the last, adds the digits of the products, and fills up to the next ten.
///
/// Notices every wrong digit and nearly every exchange of two neighbours (not 09 and 90).
pub fn luhn_check_digit(body: &[u8]) -> u8 {
    let sum: u32 = body
        .iter()
        .rev()
        .zip([2, 1].into_iter().cycle())
        .map(|(digit, factor)| u32::from(*digit) * factor)
        .map(|product| product / 10 + product % 10)
        .sum();
    u8::try_from((10 - sum % 10) % 10).expect("a remainder of ten fits")
}
