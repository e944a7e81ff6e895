//! Values that must never be printed by accident.
use std::fmt;

use zeroize::Zeroize;

/// Something that says who a person is or what ails them.
///
/// `Debug` shows `[personal]` and there is no `Display`; whoever needs the value writes `.expose()`, which a
/// reviewer can search for. Use it for a record's values, names, numbers and addresses of people.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Personal<T>(T);

impl<T> Personal<T> {
    pub const fn new(value: T) -> Self {
        Self(value)
    }
    pub const fn expose(&self) -> &T {
        &self.0
    }
    pub fn expose_mut(&mut self) -> &mut T {
        &mut self.0
    }
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> fmt::Debug for Personal<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[personal]")
    }
}

impl<T> From<T> for Personal<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

/// Text that opens something: a password, a one-time code, a secret key. Wiped when dropped.
#[derive(Clone, Default)]
pub struct Secret(String);

impl Secret {
    pub const fn new(text: String) -> Self {
        Self(text)
    }
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl Drop for Secret {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[secret]")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neither_can_be_printed() {
        assert_eq!(format!("{:?}", Personal::new("仮野 花枝")), "[personal]");
        assert_eq!(format!("{:?}", Some(Secret::new("pass".into()))), "Some([secret])");
    }
}
