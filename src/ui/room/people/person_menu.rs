//! What interviewers see of one person, and what whoever is in charge can do about them.

use leptos::prelude::*;

use super::facts::Facts;
use crate::{
    model::{PeerId, Role},
    protocol::Member,
    ui::{
        components::{Icon, IconName},
        room::{
            dealings::Dealings,
            menu::{Menu, MenuHandle, MenuItem},
            use_room,
        },
        use_messages,
    },
};

/// Details and, in charge, actions.
#[component]
pub fn PersonMenu(peer: PeerId) -> impl IntoView {
    let store = use_room().store;
    let messages = &use_messages().charge;
    let menu = MenuHandle::new();
    let member = Memo::new(move |_| {
        let everyone = store.everyone();
        everyone.into_iter().find(|member| member.peer == peer)
    });
    let label = Signal::derive(move || {
        let name = member.read().as_ref().map(|member| member.name.clone());
        (messages.actions_for)(&name.unwrap_or_default())
    });
    // Nobody acts on themselves.
    let may_act = move || {
        let role = member.read().as_ref().map(|member| member.role);
        store.runs.get() && !store.is_me(peer) && role.is_some_and(Role::may_be_acted_on)
    };
    view! {
        <Menu
            menu
            id=format!("room-person-{peer}")
            name="person-menu"
            class="button quiet icon-only"
            label
            hint=label
            face=view! { <Icon name=IconName::More /> }.into_any()
        >
            <Facts peer />
            <Show when=may_act>
                <Actions peer member menu />
            </Show>
        </Menu>
    }
}

#[component]
fn Actions(peer: PeerId, member: Memo<Option<Member>>, menu: MenuHandle) -> impl IntoView {
    let room = use_room();
    let dealings = expect_context::<Dealings>();
    let messages = &use_messages().charge;
    let is = move |check: fn(&Member) -> bool| move || member.read().as_ref().is_some_and(check);
    let promoted = is(|member| member.role == Role::CoInterviewer);
    let change_role = move || {
        let role = if promoted() {
            Role::Interviewee
        } else {
            Role::CoInterviewer
        };
        room.change_role(peer, role);
    };
    let role_words = Signal::derive(move || {
        let words = if promoted() {
            messages.make_interviewee
        } else {
            messages.make_co_interviewer
        };
        words.to_owned()
    });
    let remove = move || {
        if let Some(member) = member.get_untracked() {
            dealings.remove(peer, member.name);
        }
    };
    view! {
        <div class="room-menu-actions">
            <MenuItem menu name="change-role" words=role_words on_press=change_role />
            <Show when=is(|member| member.media.microphone)>
                <MenuItem menu name="mute" words=messages.mute on_press=move || room.mute(peer) />
            </Show>
            <Show when=is(|member| member.media.screen)>
                <MenuItem
                    menu
                    name="stop-share"
                    words=messages.stop_share
                    on_press=move || room.stop_share(peer)
                />
            </Show>
            <Show when=is(|member| member.hand.is_some())>
                <MenuItem
                    menu
                    name="lower-their-hand"
                    words=messages.lower_their_hand
                    on_press=move || room.lower_hand(peer)
                />
            </Show>
            <MenuItem menu name="remove" words=messages.remove grave=true on_press=remove />
        </div>
    }
}
