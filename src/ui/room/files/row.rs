//! One file of the list: how it stands and what can be done about it.

use leptos::{html, prelude::*};

use super::{super::use_room, words::words};
use crate::{
    browser::room::HandedFile,
    messages::FileMessages,
    transfer::{TransferId, TransferState},
    ui::{
        components::{Icon, IconName},
        use_messages,
    },
};

/// What can be done about a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Choices {
    AcceptOrRefuse,
    Cancel,
    Dismiss,
}

impl Choices {
    fn of(file: &HandedFile) -> Self {
        if file.transfer.wants_answer() {
            Self::AcceptOrRefuse
        } else if file.transfer.state.is_over() {
            Self::Dismiss
        } else {
            Self::Cancel
        }
    }
}

/// One file; nothing once it is taken off the list.
#[component]
pub(super) fn FileRow(id: TransferId) -> impl IntoView {
    let files = use_room().store.files;
    let messages = &use_messages().files;
    let file = Memo::new(move |_| files.find(id));
    let item = NodeRef::<html::Li>::new();
    let of = move |ask: fn(&HandedFile) -> &'static str| file.with(|file| file.as_ref().map(ask));
    let choices = Memo::new(move |_| file.with(|file| file.as_ref().map(Choices::of)));
    let address = Memo::new(move |_| file.with(|file| file.as_ref()?.address.clone()));
    let name = file.with_untracked(|file| {
        let file = file.as_ref();
        file.map(|file| file.transfer.name.clone())
            .unwrap_or_default()
    });
    let saved_as = name.clone();
    let named = name.clone();
    view! {
        <li
            class="files-item"
            data-file=name.clone()
            data-state=move || of(|file| file.transfer.state.name())
            data-direction=move || of(|file| if file.is_incoming() { "incoming" } else { "outgoing" })
            node_ref=item
            tabindex="-1"
        >
            <p class="files-name">{name.clone()}</p>
            <p class="files-facts small muted">{move || file.with(|file| facts(file, messages))}</p>
            {move || bar(file, messages)}
            <p class="files-words small" role="status">
                {move || file.with(|file| file.as_ref().map(|file| words(file, messages)))}
            </p>
            <div class="files-actions">
                {move || {
                    let named = saved_as.clone();
                    address.get().map(|address| view! { <SaveLink name=named address /> })
                }}
                {move || {
                    let name = named.clone();
                    choices.get().map(|choices| view! { <Actions id name choices item /> })
                }}
            </div>
        </li>
    }
}

/// Size and person.
fn facts(file: &Option<HandedFile>, messages: &FileMessages) -> Option<String> {
    let file = file.as_ref()?;
    let whom = if file.is_incoming() {
        messages.from_peer
    } else {
        messages.to_peer
    };
    let size = (messages.size)(file.transfer.size);
    Some(format!("{size} · {}", whom(&file.name_of_peer)))
}

/// How much is there, while it is under way.
fn bar(file: Memo<Option<HandedFile>>, messages: &'static FileMessages) -> Option<AnyView> {
    let under_way = |file: &HandedFile| {
        matches!(
            file.transfer.state,
            TransferState::Moving | TransferState::Paused
        )
    };
    let transfer = file.with(|file| {
        let file = file.as_ref().filter(|file| under_way(file));
        file.map(|file| file.transfer.clone())
    })?;
    let percent = transfer.percent();
    let [done, all] = [transfer.done, transfer.size].map(messages.size);
    let shown = view! {
        <progress
            max="100"
            value=percent.to_string()
            aria-label=(messages.progress)(&transfer.name, percent)
        ></progress>
        <p class="files-part small muted" aria-hidden="true">
            {(messages.part)(&done, &all)}
        </p>
    };
    Some(shown.into_any())
}

#[component]
fn SaveLink(name: String, address: String) -> impl IntoView {
    let messages = &use_messages().files;
    let does = (messages.does)(messages.save, &name);
    view! {
        <a class="button primary" href=address download=name aria-label=does data-action="save-file">
            <Icon name=IconName::Download />
            {messages.save}
        </a>
    }
}

#[component]
fn Actions(
    id: TransferId,
    name: String,
    choices: Choices,
    item: NodeRef<html::Li>,
) -> impl IntoView {
    let room = use_room();
    let messages = &use_messages().files;
    // The button goes with its click: the focus stays with the file.
    let focus = move || {
        if let Some(item) = item.get_untracked() {
            let _ = item.focus();
        }
    };
    let does = move |action: &str| (messages.does)(action, &name);
    match choices {
        Choices::AcceptOrRefuse => view! {
            <button
                type="button"
                class="button primary"
                aria-label=does(messages.accept)
                data-action="accept-file"
                on:click=move |_| {
                    room.accept_file(id);
                    focus();
                }
            >
                {messages.accept}
            </button>
            <button
                type="button"
                class="button"
                aria-label=does(messages.refuse)
                data-action="refuse-file"
                on:click=move |_| {
                    room.cancel_file(id);
                    focus();
                }
            >
                {messages.refuse}
            </button>
        }
        .into_any(),
        Choices::Cancel => view! {
            <button
                type="button"
                class="button"
                aria-label=does(messages.cancel)
                data-action="cancel-file"
                on:click=move |_| {
                    room.cancel_file(id);
                    focus();
                }
            >
                {messages.cancel}
            </button>
        }
        .into_any(),
        Choices::Dismiss => view! {
            <button
                type="button"
                class="button quiet icon-only"
                aria-label=does(messages.dismiss)
                title=messages.dismiss
                data-action="dismiss-file"
                on:click=move |_| room.dismiss_file(id)
            >
                <Icon name=IconName::Close />
            </button>
        }
        .into_any(),
    }
}

/// What was received and can still be saved, for the page after the room.
#[component]
pub fn ReceivedFiles() -> impl IntoView {
    let files = use_room().store.files;
    let messages = &use_messages().files;
    let received = Memo::new(move |_| {
        files.list.with(|list| {
            let received = list.iter().filter(|file| file.address.is_some());
            received.cloned().collect::<Vec<_>>()
        })
    });
    move || {
        let received = received.get();
        (!received.is_empty()).then(|| {
            let rows = received.into_iter().map(|file| {
                let name = file.transfer.name;
                let address = file.address.unwrap_or_default();
                view! {
                    <li class="files-kept">
                        <span class="files-name">{name.clone()}</span>
                        <SaveLink name address />
                    </li>
                }
            });
            view! {
                <section>
                    <h2>{messages.still_here}</h2>
                    <p class="muted small">{messages.still_here_more}</p>
                    <ul class="files-list" role="list">
                        {rows.collect_view()}
                    </ul>
                </section>
            }
        })
    }
}
