//! To be written.

use leptos::prelude::*;

#[component]
pub fn InterviewsPage() -> impl IntoView {
    view! { <main></main> }
}
