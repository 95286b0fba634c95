//! The room from the first try to the last word: enters, arranges the parts, and steps aside for the
//! page that says why it is over.

use leptos::{html, prelude::*};
use leptos_meta::Title;
use leptos_router::{NavigateOptions, hooks::use_navigate};

use super::{
    announcements::Announcements,
    arrivals::Arrivals,
    control_bar::ControlBar,
    dealings::{DealingDialogs, Dealings},
    extend::EndNear,
    keyboard::Keyboard,
    notice::Notice,
    over::OverPage,
    questions::QuestionNotes,
    side::Side,
    signs::SpokenSigns,
    stage::Stage,
    tabs::NarrowTabs,
    top_bar::TopBar,
    use_room, use_view_state,
    view_state::ViewState,
    visit::keep_visit,
    waiting::WaitingPage,
    work::{SpokenQuestions, Work, follow_questions},
};
use crate::{
    api::{Moment, join::Invitation},
    browser::{
        chime,
        media::use_local_media,
        room::{Ending, Phase, RoomClient},
        storage, visit,
    },
    model::{InterviewNumber, Role},
    ui::use_messages,
};

/// The person this page is for and what they were invited to, as the server said when it was loaded. The
/// role is not among it: that may change, and stands in the store.
#[derive(Clone, Debug)]
pub(super) struct Myself {
    pub name: String,
    pub number: InterviewNumber,
    pub host: String,
    pub starts_at: Moment,
    pub ends_at: Moment,
}

/// Which of its pages the room shows.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Shown {
    Waiting,
    Room,
    Over(Ending),
}

/// The room of `interview`, for somebody who came with that role.
#[component]
pub fn Room(interview: Invitation, name: String, role: Role) -> impl IntoView {
    let number = interview.number;
    let room = RoomClient::new(number, interview.title, role, use_local_media());
    provide_context(room);
    let view_state = ViewState::new();
    provide_context(view_state);
    // Before the room is entered: its first word is compared with what was read before.
    keep_visit(room, view_state, number);
    provide_context(Myself {
        name,
        number,
        host: interview.host,
        starts_at: interview.starts_at,
        ends_at: interview.ends_at,
    });
    room.follow_answers();
    enter_when_ready(room, number);

    let shown = Memo::new(move |_| match room.store.phase.get() {
        Phase::Over(ending) => Shown::Over(ending),
        _ if room.store.waits.get() => Shown::Waiting,
        _ => Shown::Room,
    });
    // Who waits may be looking at another window.
    Effect::new(move |before: Option<bool>| {
        let waits = room.store.waits.get();
        if before == Some(true) && !waits && room.store.phase.get_untracked() == Phase::Live {
            chime::play();
        }
        waits
    });
    let waiting = use_messages().charge.waiting_title;
    let page_title = move || {
        let title = room.store.title.get();
        match room.store.chat.unread() {
            _ if *shown.read() == Shown::Waiting => format!("{waiting} · {title}"),
            0 => title,
            unread => format!("({unread}) {title}"),
        }
    };
    // The server reads it when the page's own signals may be gone already: this one lives apart.
    let tab_title = ArcRwSignal::new(room.store.title.get_untracked());
    let shown_title = tab_title.clone();
    Effect::new(move |_| tab_title.set(page_title()));
    view! {
        <Title text=move || shown_title.get() />
        {move || match shown.get() {
            Shown::Over(ending) => view! { <OverPage ending /> }.into_any(),
            Shown::Waiting => view! { <WaitingPage /> }.into_any(),
            Shown::Room => view! { <LiveRoom /> }.into_any(),
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
    provide_context(Dealings::new());
    let main = NodeRef::<html::Main>::new();
    // Who comes from the lobby or the queue begins at the video: what had the focus is gone.
    Effect::new(move |_| {
        if let Some(main) = main.get().filter(|_| nothing_has_focus()) {
            // Focus fails only for an element that is not shown.
            let _ = main.focus();
        }
    });
    let side = move || {
        if view_state.side_open.get() {
            "open"
        } else {
            "closed"
        }
    };
    let work = Memo::new(move |_| {
        room.store.answers.question.get().is_some() && view_state.work_wanted.get()
    });
    let pane = move || match (view_state.side_in_front.get(), work.get()) {
        (true, _) => "side",
        (false, true) => "work",
        (false, false) => "video",
    };
    provide_context(QuestionNotes::new(expect_context::<Myself>().number));
    follow_questions(room, view_state);
    view! {
        <div
            class="room"
            data-phase=move || room.store.phase.with(Phase::name)
            data-side=side
            data-pane=pane
            data-work=move || work.get().then_some("open")
        >
            <TopBar />
            <main class="room-main" node_ref=main tabindex="-1" aria-label=messages.room.video>
                <div class="without-script">
                    <p class="room-notice">{messages.room.script_needed}</p>
                </div>
                <Notice />
                <div class="room-stage-frame">
                    <Stage />
                    <div class="room-cards-over">
                        <Arrivals />
                        <EndNear />
                        <Announcements />
                    </div>
                </div>
            </main>
            <Work />
            <Side />
            <NarrowTabs />
            <ControlBar />
            <DealingDialogs />
            <Keyboard />
            <SpokenSigns />
            <SpokenQuestions />
        </div>
    }
}

fn nothing_has_focus() -> bool {
    let focused = document().active_element();
    focused.is_none_or(|element| element.tag_name() == "BODY")
}
