//! Asks before something is done that cannot be taken back; what is done belongs to whoever opens it.

use leptos::prelude::*;

use super::use_room;
use crate::{browser::room::Phase, ui::components::Dialog};

/// What the dialog says.
#[derive(Clone, Copy, Debug)]
pub(super) struct GraveTexts {
    pub title: &'static str,
    /// Why the answer has to wait while there is no way to the server.
    pub offline: &'static str,
    pub cancel: &'static str,
    pub confirm: &'static str,
    /// Names the button that confirms, for tests and styles.
    pub action: &'static str,
}

/// Closes when `on_confirm` could tell the server.
#[component]
pub(super) fn GraveDialog(
    open: RwSignal<bool>,
    texts: GraveTexts,
    explained: Signal<String>,
    on_confirm: impl Fn() -> bool + Send + 'static,
) -> impl IntoView {
    let room = use_room();
    let offline = move || room.store.phase.with(|phase| *phase != Phase::Live);
    let confirm = move |_| {
        if on_confirm() {
            open.set(false);
        }
    };
    view! {
        <Dialog open title=texts.title>
            <p>{move || explained.get()}</p>
            <p class="muted" role="status">
                {move || offline().then_some(texts.offline)}
            </p>
            <div class="room-dialog-actions">
                <button type="button" class="button" on:click=move |_| open.set(false)>
                    {texts.cancel}
                </button>
                <button
                    type="button"
                    class="button danger"
                    data-action=texts.action
                    disabled=offline
                    on:click=confirm
                >
                    {texts.confirm}
                </button>
            </div>
        </Dialog>
    }
}
