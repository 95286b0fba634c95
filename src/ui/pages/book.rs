//! To be written.

use leptos::prelude::*;

#[component]
pub fn BookPage() -> impl IntoView {
    view! { <main></main> }
}
