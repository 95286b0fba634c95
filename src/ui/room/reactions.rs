//! The six reactions: choosing one, and how each looks.

use leptos::prelude::*;

use super::{
    controls::ControlFace,
    menu::{Menu, MenuHandle},
    use_room,
};
use crate::{
    protocol::Reaction,
    ui::{
        components::{Icon, IconName},
        use_messages,
    },
};

/// How a reaction looks.
pub(super) const fn icon_of(reaction: Reaction) -> IconName {
    match reaction {
        Reaction::ThumbsUp => IconName::ThumbsUp,
        Reaction::Applause => IconName::Applause,
        Reaction::Heart => IconName::Heart,
        Reaction::Laughter => IconName::Laughter,
        Reaction::Surprise => IconName::Surprise,
        Reaction::Thinking => IconName::Thinking,
    }
}

/// The control that offers them.
#[component]
pub fn Reactions() -> impl IntoView {
    let room = use_room();
    let messages = &use_messages().charge;
    let menu = MenuHandle::new();
    let choice = move |reaction: Reaction| {
        let press = move |_| {
            menu.close();
            room.react(reaction);
        };
        view! {
            <button
                type="button"
                class="room-reaction-choice"
                data-reaction=format!("{reaction:?}")
                on:click=press
            >
                <Icon name=icon_of(reaction) />
                <span>{(messages.reaction)(reaction)}</span>
            </button>
        }
    };
    let face =
        view! { <ControlFace icon=Signal::derive(|| IconName::Smile) words=messages.react /> };
    view! {
        <Menu
            menu
            id="room-reactions"
            name="react"
            class="room-control"
            hint=Signal::derive(move || messages.reactions.to_owned())
            face=face.into_any()
        >
            <div class="room-reaction-choices" role="group" aria-label=messages.reactions>
                {Reaction::ALL.map(choice).collect_view()}
            </div>
        </Menu>
    }
}
