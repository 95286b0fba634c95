//! To be written.

use leptos::prelude::*;

#[component]
pub fn SignUpPage() -> impl IntoView {
    view! { <main></main> }
}
