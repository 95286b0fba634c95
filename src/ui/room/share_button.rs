//! Shares a screen or window, or stops.

use leptos::prelude::*;

/// Shares a screen or window, or stops.
#[component]
pub fn ShareButton() -> impl IntoView {}
