//! What the room must keep to.
