//! Chooses how the pictures are arranged.

use leptos::prelude::*;

/// Chooses how the pictures are arranged.
#[component]
pub fn LayoutSwitch() -> impl IntoView {}
