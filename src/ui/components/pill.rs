//! A word or number that names a state.

use leptos::prelude::*;

/// How a pill is coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PillKind {
    Plain,
    Accent,
    Warning,
    Bad,
}

/// A short text in a rounded box.
#[component]
pub fn Pill(kind: PillKind, #[prop(into)] text: String) -> impl IntoView {
    let class = match kind {
        PillKind::Plain => "pill",
        PillKind::Accent => "pill accent",
        PillKind::Warning => "pill warning",
        PillKind::Bad => "pill bad",
    };
    view! { <span class=class>{text}</span> }
}
