//! To be written.

use leptos::prelude::*;

#[component]
pub fn InterviewPage() -> impl IntoView {
    view! { <main></main> }
}
