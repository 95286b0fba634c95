//! The lobby: what a person checks before entering.

use leptos::prelude::*;

use crate::{api::join::Invitation, model::Role};

/// Preview, devices and the way in.
#[component]
pub fn Lobby(interview: Invitation, name: String, role: Role) -> impl IntoView {
    let _ = (interview, name, role);
    view! { <main></main> }
}
