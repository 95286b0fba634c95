//! Files offered, under way and received.

use leptos::prelude::*;

/// Files offered, under way and received.
#[component]
pub fn FilePanel() -> impl IntoView {}
