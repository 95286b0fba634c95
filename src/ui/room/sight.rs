//! Who sees and hears whom, for interviewers.

use leptos::prelude::*;

/// Who sees and hears whom, for interviewers.
#[component]
pub fn SightTable() -> impl IntoView {}
