//! Reads the options, builds the server, runs it.

fn main() {}
