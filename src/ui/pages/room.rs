//! To be written.

use leptos::prelude::*;

#[component]
pub fn RoomPage() -> impl IntoView {
    view! { <main></main> }
}
