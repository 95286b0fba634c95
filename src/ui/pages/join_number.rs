//! To be written.

use leptos::prelude::*;

#[component]
pub fn JoinNumberPage() -> impl IntoView {
    view! { <main></main> }
}
