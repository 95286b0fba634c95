//! Queries about participants.
