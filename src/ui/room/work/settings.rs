//! How the person wants editors to be.

use leptos::prelude::*;

use super::super::{
    menu::{Menu, MenuHandle},
    use_room,
};
use crate::{
    browser::editor::{FontSize, Keys, Theme},
    messages::WorkMessages,
    ui::{
        components::{Icon, IconName},
        use_messages,
    },
};

/// Size of letters, colours and keys behind one button.
#[component]
pub fn EditorSettingsMenu() -> impl IntoView {
    let messages = &use_messages().work;
    let words = Signal::derive(move || messages.editor_settings.to_owned());
    view! {
        <Menu
            menu=MenuHandle::new()
            id="room-editor-settings"
            name="editor-settings"
            class="button quiet icon-only"
            label=words
            hint=words
            face=view! { <Icon name=IconName::Settings /> }.into_any()
        >
            <div class="work-settings">
                <Size />
                <Themes />
                <KeyMaps />
                <p class="muted small">{messages.settings_note}</p>
                <p class="muted small">{messages.leave_hint}</p>
            </div>
        </Menu>
    }
}

#[component]
fn Size() -> impl IntoView {
    let room = use_room();
    let settings = room.store.answers.settings;
    let words = use_messages().work.font_size;
    let option = move |size: FontSize| {
        view! {
            <option
                value=size.0.to_string()
                selected=move || settings.get().font_size == size
            >
                {format!("{} px", size.0)}
            </option>
        }
    };
    view! {
        <label class="work-setting">
            <span>{words}</span>
            <select
                data-setting="font-size"
                prop:value=move || settings.get().font_size.0.to_string()
                on:change:target=move |event| {
                    if let Ok(size) = event.target().value().parse() {
                        room.change_editor(|settings| settings.font_size = FontSize(size));
                    }
                }
            >
                {FontSize::ALL.map(option).collect_view()}
            </select>
        </label>
    }
}

#[component]
fn Themes() -> impl IntoView {
    let room = use_room();
    let settings = room.store.answers.settings;
    let messages = &use_messages().work;
    let button = move |theme: Theme| {
        view! {
            <button
                type="button"
                aria-pressed=move || (settings.get().theme == theme).to_string()
                on:click=move |_| room.change_editor(|settings| settings.theme = theme)
            >
                {theme_words(theme, messages)}
            </button>
        }
    };
    view! {
        <div class="work-setting" role="group" aria-label=messages.theme>
            <span aria-hidden="true">{messages.theme}</span>
            <div class="segments small" data-setting="theme">
                {Theme::ALL.map(button).collect_view()}
            </div>
        </div>
    }
}

#[component]
fn KeyMaps() -> impl IntoView {
    let room = use_room();
    let settings = room.store.answers.settings;
    let messages = &use_messages().work;
    let button = move |keys: Keys| {
        view! {
            <button
                type="button"
                aria-pressed=move || (settings.get().keys == keys).to_string()
                on:click=move |_| room.change_editor(|settings| settings.keys = keys)
            >
                {keys_words(keys, messages)}
            </button>
        }
    };
    view! {
        <div class="work-setting" role="group" aria-label=messages.keys>
            <span aria-hidden="true">{messages.keys}</span>
            <div class="segments small" data-setting="keys">
                {Keys::ALL.map(button).collect_view()}
            </div>
        </div>
    }
}

const fn theme_words(theme: Theme, messages: &WorkMessages) -> &'static str {
    match theme {
        Theme::Auto => messages.theme_auto,
        Theme::Light => messages.theme_light,
        Theme::Dark => messages.theme_dark,
    }
}

const fn keys_words(keys: Keys, messages: &WorkMessages) -> &'static str {
    match keys {
        Keys::Default => messages.keys_default,
        Keys::Vim => "Vim",
        Keys::Emacs => "Emacs",
    }
}
