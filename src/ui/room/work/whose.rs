//! For interviewers: whose answer is in front, and whether the view follows that person.

use leptos::prelude::*;

use super::super::use_room;
use crate::{
    browser::room::Owner,
    ui::{
        components::{Icon, IconName},
        use_messages,
    },
};

/// One button for each person who may have an answer.
#[component]
pub fn Whose() -> impl IntoView {
    let store = use_room().store;
    let there = Memo::new(move |_| {
        store.role.get().is_interviewer() && store.answers.owners.with(|owners| !owners.is_empty())
    });
    view! {
        <Show when=move || there.get()>
            <div class="work-whose">
                <Owners />
                <Follow />
            </div>
        </Show>
    }
}

#[component]
fn Owners() -> impl IntoView {
    let answers = use_room().store.answers;
    let messages = &use_messages().work;
    view! {
        <div class="work-owners" role="group" aria-label=messages.whose>
            <For
                each=move || answers.owners.get()
                key=|owner: &Owner| (owner.peer, owner.name.clone())
                let:owner
            >
                <OwnerButton owner />
            </For>
        </div>
    }
}

#[component]
fn OwnerButton(owner: Owner) -> impl IntoView {
    let store = use_room().store;
    let messages = &use_messages().work;
    let peer = owner.peer;
    let chosen = move || store.answers.at.get().is_some_and(|at| at.peer == peer);
    let here = Memo::new(move |_| store.member(peer).is_some_and(|member| member.present));
    let name = StoredValue::new(owner.name.clone());
    let words = move || match here.get() {
        true => name.get_value(),
        false => (messages.gone)(&name.get_value()),
    };
    view! {
        <button
            type="button"
            class="work-owner"
            data-owner=peer.to_string()
            aria-pressed=move || chosen().to_string()
            title=(messages.answer_of)(&owner.name)
            on:click=move |_| store.answers.wished_owner.set(Some(peer))
        >
            {words}
        </button>
    }
}

/// Goes where the owner of the answer goes, until the person moves on their own.
#[component]
fn Follow() -> impl IntoView {
    let room = use_room();
    let answers = room.store.answers;
    let messages = &use_messages().work;
    let name = Memo::new(move |_| {
        let at = answers.at.get()?;
        answers.name_of(at.peer)
    });
    let words = move || (messages.follow)(name.read().as_deref().unwrap_or_default());
    view! {
        <button
            type="button"
            class="button quiet icon-only work-follow"
            data-action="follow"
            aria-pressed=move || answers.following.get().to_string()
            aria-label=words
            title=move || format!("{}. {}", words(), messages.follow_hint)
            on:click=move |_| room.follow_owner(!answers.following.get_untracked())
        >
            <Icon name=IconName::Follow />
        </button>
    }
}
