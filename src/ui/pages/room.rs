//! `/room/{number}`: asks the server who one is, then shows the room or why not.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use crate::{
    api::{
        ApiError,
        join::{JoinPage, check_join},
    },
    browser::media::use_local_media,
    model::{InterviewNumber, Refusal},
    ui::{
        room::{Room, TurnedAway},
        use_messages,
    },
};

/// The room's page.
#[component]
pub fn RoomPage() -> impl IntoView {
    let messages = use_messages();
    let params = use_params_map();
    let written = Memo::new(move |_| params.read().get("number").unwrap_or_default());
    let answer = Resource::new(
        move || written.get(),
        |number| async move { check_join(number, String::new()).await },
    );
    view! {
        <Suspense fallback=move || view! { <p class="room-waiting">{messages.room.connecting}</p> }>
            {move || Suspend::new(async move {
                let answer = answer.await;
                view! { <Answered written=written.get_untracked() answer /> }
            })}
        </Suspense>
    }
}

/// What follows from the server's answer.
#[component]
fn Answered(written: String, answer: Result<JoinPage, ApiError>) -> impl IntoView {
    let messages = use_messages();
    let number = written
        .parse::<InterviewNumber>()
        .unwrap_or(InterviewNumber::from_draw(0));
    if !matches!(answer, Ok(JoinPage::Lobby { .. })) {
        // The lobby left the devices open for a room that nobody enters now.
        let media = use_local_media();
        Effect::new(move |_| media.stop());
    }
    match answer {
        Ok(JoinPage::Lobby {
            interview,
            name,
            role,
            ..
        }) => view! { <Room interview name role /> }.into_any(),
        Ok(JoinPage::Refused {
            refusal, interview, ..
        }) => {
            let title = interview
                .map(|interview| interview.title)
                .unwrap_or_default();
            view! {
                <Title text=title />
                <TurnedAway number refusal />
            }
            .into_any()
        }
        Ok(JoinPage::NameNeeded { .. }) => {
            view! { <TurnedAway number refusal=Refusal::NotInvited /> }.into_any()
        }
        Err(error) => view! {
            <main class="room-over">
                <div class="card room-over-card" role="alert">
                    <p>{error.text(messages)}</p>
                    <div class="room-over-actions">
                        <a class="button primary" href="" rel="external">
                            {messages.common.try_again}
                        </a>
                    </div>
                </div>
            </main>
        }
        .into_any(),
    }
}
