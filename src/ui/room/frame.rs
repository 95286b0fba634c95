//! The room from the first try to the last word: enters, arranges the parts, and steps aside for the
//! page that says why it is over.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{NavigateOptions, hooks::use_navigate};

use super::{
    control_bar::ControlBar, notice::Notice, over::OverPage, side::Side, stage::Stage,
    tabs::NarrowTabs, top_bar::TopBar, use_room, use_view_state, view_state::ViewState,
    visit::keep_visit,
};
use crate::{
    browser::{
        media::use_local_media,
        room::{Phase, RoomClient},
        storage, visit,
    },
    model::{InterviewNumber, Role},
    ui::use_messages,
};

/// The person this page is for, as the server says.
#[derive(Clone, Debug)]
pub(super) struct Myself {
    pub name: String,
    pub role: Role,
    pub number: InterviewNumber,
}

/// The room of `number`.
#[component]
pub fn Room(number: InterviewNumber, title: String, name: String, role: Role) -> impl IntoView {
    let room = RoomClient::new(number, title, use_local_media());
    provide_context(room);
    let view_state = ViewState::new();
    provide_context(view_state);
    // Before the room is entered: its first word is compared with what was read before.
    keep_visit(room, view_state, number);
    provide_context(Myself { name, role, number });
    enter_when_ready(room, number);

    let ending = Memo::new(move |_| match room.store.phase.get() {
        Phase::Over(ending) => Some(ending),
        _ => None,
    });
    let page_title = move || {
        let title = room.store.title.get();
        match room.store.chat.unread() {
            0 => title,
            unread => format!("({unread}) {title}"),
        }
    };
    view! {
        <Title text=page_title />
        {move || match ending.get() {
            Some(ending) => view! { <OverPage ending /> }.into_any(),
            None => view! { <LiveRoom /> }.into_any(),
        }}
    }
}

/// Enters in the browser, after the lobby; gives the seat back when the person goes to another page.
fn enter_when_ready(room: RoomClient, number: InterviewNumber) {
    let navigate = use_navigate();
    room.follow_devices();
    Effect::new(move |_| {
        untrack(|| {
            if storage::has_passed_lobby(number) {
                room.media.start(visit::media_wish(number));
                room.enter();
            } else {
                let replace = NavigateOptions {
                    replace: true,
                    ..Default::default()
                };
                navigate(&format!("/join/{number}"), replace);
            }
        });
    });
    on_cleanup(move || room.leave());
}

#[component]
fn LiveRoom() -> impl IntoView {
    let room = use_room();
    let view_state = use_view_state();
    let messages = use_messages();
    let side = move || {
        if view_state.side_open.get() {
            "open"
        } else {
            "closed"
        }
    };
    let pane = move || {
        if view_state.side_in_front.get() {
            "side"
        } else {
            "video"
        }
    };
    view! {
        <div
            class="room"
            data-phase=move || room.store.phase.with(Phase::name)
            data-side=side
            data-pane=pane
        >
            <TopBar />
            <main class="room-main">
                <div class="without-script">
                    <p class="room-notice">{messages.room.script_needed}</p>
                </div>
                <Notice />
                <Stage />
            </main>
            <Side />
            <NarrowTabs />
            <ControlBar />
        </div>
    }
}
