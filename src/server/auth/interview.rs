//! Who may do what with an interview.
