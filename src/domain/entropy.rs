//! Randomness, by argument.

/// A source of unpredictable bytes. The product uses the kernel's; tests use a counter.
pub trait Entropy: Send {
    /// Fills the whole buffer. There is no way to fail: without randomness the program must stop.
    fn fill(&mut self, buffer: &mut [u8]);
}

impl dyn Entropy + '_ {
    /// An array of fresh random bytes.
    pub fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut buffer = [0u8; N];
        self.fill(&mut buffer);
        buffer
    }
}
