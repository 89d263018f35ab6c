//! Something that is known by its place in memory.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// Something by its place in memory（置き場所で見分けるもの）: to remember an answer under it costs nothing, however large it is.
///
/// Whoever remembers an answer under it gives a copy of it back with the answer. So it is held as long as the answer, and nothing else comes
/// to stand in its place.
#[derive(Debug)]
pub struct ByPlace<T: ?Sized>(pub Arc<T>);

impl<T: ?Sized> Clone for ByPlace<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T: ?Sized> Hash for ByPlace<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        Arc::as_ptr(&self.0).addr().hash(state);
    }
}
