//! Sending files: whom to, by a button or by dropping them on the chat.

use leptos::{html, prelude::*, reactive::send_wrapper_ext::SendOption};
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, Event, File, FileList};

use super::super::use_room;
use crate::{
    browser::{listener::Listener, room::RoomClient},
    model::PeerId,
    ui::{
        components::{Icon, IconName},
        use_messages,
    },
};

/// The part of the page on which files may be dropped.
const TARGET: &str = "[data-chat]";
/// What the list of dragged things says when there are files among them.
const FILES: &str = "Files";

/// Whom to, and a button that opens the browser's own choice of files.
#[component]
pub(super) fn Offer() -> impl IntoView {
    let room = use_room();
    let messages = &use_messages().files;
    let to = RwSignal::new(None::<PeerId>);
    let dragging = RwSignal::new(false);
    let frame = NodeRef::<html::Div>::new();
    let input = NodeRef::<html::Input>::new();
    take_drops(room, to, frame, dragging);
    let alone = Memo::new(move |_| room.store.members.with(Vec::is_empty));
    // Whoever was chosen may have left.
    Effect::new(move |_| {
        let gone = to
            .get()
            .is_some_and(|peer| room.store.member(peer).is_none());
        if gone {
            to.set(None);
        }
    });
    let choose = move |_| {
        if let Some(input) = input.get_untracked() {
            input.click();
        }
    };
    let take = move |_| {
        if let Some(input) = input.get_untracked() {
            room.offer_files(files_of(input.files()), to.get_untracked());
            // The same file may be chosen again.
            input.set_value("");
        }
    };
    view! {
        <div class="files-offer" node_ref=frame data-dragging=move || dragging.get().then_some("")>
            <input
                type="file"
                multiple
                hidden
                aria-label=messages.offer_file
                data-file-input=""
                node_ref=input
                on:change=take
            />
            <Recipients to />
            <button
                type="button"
                class="button"
                title=messages.limit
                data-action="offer-file"
                disabled=move || alone.get()
                on:click=choose
            >
                <Icon name=IconName::File />
                {messages.offer_file}
            </button>
            <p class="files-drop" hidden=move || !dragging.get()>
                {move || if alone.get() { messages.nobody } else { messages.drop_here }}
            </p>
        </div>
    }
}

#[component]
fn Recipients(to: RwSignal<Option<PeerId>>) -> impl IntoView {
    let members = use_room().store.members;
    let messages = &use_messages().files;
    let people = Memo::new(move |_| {
        members.with(|members| {
            let people = members.iter().map(|m| (m.peer, m.name.clone()));
            people.collect::<Vec<_>>()
        })
    });
    view! {
        <select
            class="files-to"
            aria-label=messages.to
            data-file-to=""
            on:change:target=move |event| {
                to.set(event.target().value().parse().ok().map(PeerId));
            }
        >
            <option value="">{messages.everyone}</option>
            <For each=move || people.get() key=Clone::clone let((peer, name))>
                <option value=peer.to_string()>{name}</option>
            </For>
        </select>
    }
}

fn files_of(list: Option<FileList>) -> Vec<File> {
    let Some(list) = list else {
        return Vec::new();
    };
    (0..list.length())
        .filter_map(|place| list.get(place))
        .collect()
}

/// Takes files that are dropped on the chat. Elsewhere in the room they are not taken, and above all
/// not opened in place of it.
fn take_drops(
    room: RoomClient,
    to: RwSignal<Option<PeerId>>,
    frame: NodeRef<html::Div>,
    dragging: RwSignal<bool>,
) {
    let listeners = StoredValue::new(SendOption::<Vec<Listener>>::new_local(None));
    Effect::new(move |_| {
        let target = frame.get().and_then(|frame| frame.closest(TARGET).ok());
        let Some(target) = target.flatten() else {
            return;
        };
        let inside = {
            let target = target.clone();
            move |event: &Event| {
                let node = event.target().and_then(|node| node.dyn_into().ok());
                node.is_some_and(|node: web_sys::Node| target.contains(Some(&node)))
            }
        };
        let over = {
            let inside = inside.clone();
            move |event: Event| {
                let Some(drag) = drag_of_files(&event) else {
                    return;
                };
                event.prevent_default();
                let taken = inside(&event);
                dragging.try_set(taken);
                if let Some(data) = drag.data_transfer() {
                    data.set_drop_effect(if taken { "copy" } else { "none" });
                }
            }
        };
        let drop = move |event: Event| {
            let Some(drag) = drag_of_files(&event) else {
                return;
            };
            event.prevent_default();
            dragging.try_set(false);
            if inside(&event) {
                let files = drag.data_transfer().and_then(|data| data.files());
                room.offer_files(files_of(files), to.get_untracked());
            }
        };
        let leave = move |event: Event| {
            // Going from one element to another is not leaving.
            let outside = event
                .dyn_ref::<DragEvent>()
                .is_none_or(|drag| drag.related_target().is_none());
            if outside {
                dragging.try_set(false);
            }
        };
        let window = window();
        listeners.set_value(SendOption::new_local(Some(vec![
            Listener::new(&window, "dragover", over),
            Listener::new(&window, "drop", drop),
            Listener::new(&window, "dragleave", leave),
        ])));
    });
}

fn drag_of_files(event: &Event) -> Option<&DragEvent> {
    let drag = event.dyn_ref::<DragEvent>()?;
    let types = drag.data_transfer()?.types();
    types
        .iter()
        .any(|kind| kind.as_string().as_deref() == Some(FILES))
        .then_some(drag)
}
