//! To be written.

use leptos::prelude::*;

#[component]
pub fn EditPage() -> impl IntoView {
    view! { <main></main> }
}
