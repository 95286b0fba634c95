//! To be written.

use leptos::prelude::*;

#[component]
pub fn JoinPage() -> impl IntoView {
    view! { <main></main> }
}
