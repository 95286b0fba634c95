//! Files offered, under way and received. Shows what `browser::room` knows and passes on what people do.

mod notice;
mod offer;
mod row;
mod words;

use leptos::{html, prelude::*};

pub use notice::FileNotice;
pub use row::ReceivedFiles;

use super::use_room;
use crate::{transfer::TransferId, ui::use_messages};
use offer::Offer;
use row::FileRow;

/// Files offered, under way and received, and a way to send one.
#[component]
pub fn FilePanel() -> impl IntoView {
    let files = use_room().store.files;
    let messages = &use_messages().files;
    let list = NodeRef::<html::Ul>::new();
    let ids = Memo::new(move |_| {
        files
            .list
            .with(|list| list.iter().map(|file| file.transfer.id).collect::<Vec<_>>())
    });
    // What is new stands at the end, where it must be seen.
    Effect::new(move |before: Option<usize>| {
        let count = ids.with(Vec::len);
        if let Some(list) = list
            .get()
            .filter(|_| before.is_some_and(|before| before < count))
        {
            request_animation_frame(move || list.set_scroll_top(list.scroll_height()));
        }
        count
    });
    view! {
        <section class="files" aria-label=messages.files>
            <ul
                class="files-list"
                role="list"
                node_ref=list
                hidden=move || ids.with(Vec::is_empty)
            >
                <For each=move || ids.get() key=|id: &TransferId| *id let:id>
                    <FileRow id />
                </For>
            </ul>
            <Offer />
        </section>
    }
}
