//! The one modal dialog. Owns opening and closing; what it asks belongs to the page.

use leptos::{html, prelude::*};

use super::{Icon, IconName};
use crate::ui::use_messages;

/// A `<dialog>` that is shown while `open` is true. Escape and its close button set `open` to false.
#[component]
pub fn Dialog(
    open: RwSignal<bool>,
    #[prop(into)] title: String,
    children: Children,
) -> impl IntoView {
    let messages = use_messages();
    let element = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let wanted = open.get();
        if let Some(dialog) = element.get() {
            if wanted && !dialog.open() {
                // Fails only for an element outside the document, which cannot be shown anyway.
                let _ = dialog.show_modal();
            } else if !wanted && dialog.open() {
                dialog.close();
            }
        }
    });

    view! {
        <dialog
            class="dialog"
            node_ref=element
            aria-label=title.clone()
            on:close=move |_| open.set(false)
        >
            <header class="dialog-head">
                <h2>{title.clone()}</h2>
                <button
                    type="button"
                    class="button quiet icon-only"
                    aria-label=messages.common.close
                    on:click=move |_| open.set(false)
                >
                    <Icon name=IconName::Close />
                </button>
            </header>
            <div class="dialog-body">{children()}</div>
        </dialog>
    }
}
