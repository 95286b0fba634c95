//! The room as a state machine.
