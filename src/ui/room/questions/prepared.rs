//! One prepared question in the list.

use leptos::prelude::*;

use super::super::use_room;
use crate::{
    browser::room::RoomStore,
    messages::WorkMessages,
    model::{InterviewQuestionId, PeerId},
    protocol::{AnswerKey, PreparedQuestion},
    ui::{
        components::{Icon, IconName},
        use_messages,
    },
};

/// Its title, who looks at it, and the buttons to read and to show it.
#[component]
pub fn Prepared(
    place: usize,
    question: PreparedQuestion,
    reading: RwSignal<Option<InterviewQuestionId>>,
) -> impl IntoView {
    let room = use_room();
    let answers = room.store.answers;
    let messages = use_messages();
    let texts = &messages.work;
    let id = question.question;
    let shown = Memo::new(move |_| {
        answers
            .prepared
            .with(|all| all.iter().any(|other| other.question == id && other.shown))
    });
    let kind = (messages.questions.kind_of)(question.kind);
    let below = move || match shown.get() {
        true => format!("{kind} · {}", texts.shown_now),
        false => kind.to_owned(),
    };
    view! {
        <li
            class="work-prepared"
            data-prepared=id.0.to_string()
            data-shown=move || shown.get().to_string()
        >
            <div class="work-prepared-text">
                <span class="work-prepared-title">{(texts.tab)(place + 1, &question.title)}</span>
                <span class="muted small">{below}</span>
                <Lookers id />
            </div>
            <div class="work-prepared-actions">
                <button
                    type="button"
                    class="button quiet small"
                    data-action="read-question"
                    aria-label=(texts.read_question)(&question.title)
                    on:click=move |_| reading.set(Some(id))
                >
                    {texts.read}
                </button>
                <button
                    type="button"
                    class="button small work-show"
                    data-action="show-question"
                    aria-pressed=move || shown.get().to_string()
                    aria-label=(texts.show_question)(&question.title)
                    on:click=move |_| room.show_question(id, !shown.get_untracked())
                >
                    {move || {
                        let name = if shown.get() { IconName::Check } else { IconName::Eye };
                        view! { <Icon name /> }
                    }}
                    {texts.show}
                </button>
            </div>
        </li>
    }
}

/// Who looks at answers to it, oneself left out.
#[component]
fn Lookers(id: InterviewQuestionId) -> impl IntoView {
    let store = use_room().store;
    let messages = &use_messages().work;
    let lines = Memo::new(move |_| {
        let mut looking: Vec<(PeerId, AnswerKey)> = store.answers.looking.with(|looking| {
            let here = looking.iter().filter(|(_, at)| at.question == id);
            here.map(|(peer, at)| (*peer, *at)).collect()
        });
        looking.sort_unstable();
        let lines = looking
            .into_iter()
            .filter_map(|(peer, at)| line(store, messages, peer, at));
        lines.collect::<Vec<_>>()
    });
    view! {
        <ul class="work-lookers" role="list">
            <For each=move || lines.get() key=Clone::clone let:line>
                <li class="small">
                    <Icon name=IconName::Eye />
                    {line}
                </li>
            </For>
        </ul>
    }
}

fn line(store: RoomStore, messages: &WorkMessages, peer: PeerId, at: AnswerKey) -> Option<String> {
    if store.is_me(peer) {
        return None;
    }
    let name = |peer: PeerId| store.member(peer).map(|member| member.name);
    let who = name(peer)?;
    if at.peer == peer {
        return Some((messages.looks_at_own)(&who));
    }
    let owner = name(at.peer).or_else(|| store.answers.name_of(at.peer))?;
    Some((messages.looks_at)(&who, &owner))
}
