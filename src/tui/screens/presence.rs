//! Who is signed in at this terminal, as the lock and the way home need to know it.
use crate::office::Face;
use std::cell::RefCell;
use std::rc::Rc;

/// Shared by the screens of one terminal; they all live on one thread.
#[derive(Clone, Default)]
pub struct Presence(Rc<RefCell<Option<Face>>>);

impl Presence {
    pub fn arrive(&self, face: &Face) {
        *self.0.borrow_mut() = Some(face.clone());
    }
    pub fn leave(&self) {
        *self.0.borrow_mut() = None;
    }
    pub fn face(&self) -> Option<Face> {
        self.0.borrow().clone()
    }
}
