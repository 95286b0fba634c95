//! `/join/{number}/check`: trying devices and network days before the interview, by the same link.
//! The lobby folds the same tests away.

mod heard;
mod panel;
mod record;
mod report;
mod route;
mod tone;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use self::panel::CheckPanel;
use super::{
    join::{Refused, Unanswered},
    lobby::Preview,
};
use crate::{
    api::{
        check::{self, load_check},
        join::Invitation,
    },
    model::InterviewNumber,
    ui::{
        components::{DevicePickers, Icon, IconName, Layout, LocalTime, ZoneName},
        query::{encoded, use_query},
        use_messages,
    },
};

/// Where the check of an interview is, for somebody with that key, which may be empty.
pub(super) fn check_path(number: InterviewNumber, key: &str) -> String {
    format!("/join/{number}/check{}", with_key(key))
}

fn with_key(key: &str) -> String {
    if key.is_empty() {
        return String::new();
    }
    format!("?key={}", encoded(key))
}

/// The page, with the key of a personal or the guest link in `?key=`.
#[component]
pub fn CheckPage() -> impl IntoView {
    let key = use_query().get("key").to_owned();
    let parameters = use_params_map();
    let asked = RwSignal::new(0_u32);
    let answer = Resource::new_blocking(
        {
            let key = key.clone();
            move || {
                let number = parameters.read().get("number").unwrap_or_default();
                (number, key.clone(), asked.get())
            }
        },
        |(number, key, _)| load_check(number, key),
    );
    view! {
        <Transition>
            {move || {
                let key = key.clone();
                Suspend::new(async move {
                    match answer.await {
                        Ok(check::CheckPage::Ready { interview, name }) => {
                            view! { <Ready interview name key /> }.into_any()
                        }
                        Ok(check::CheckPage::Refused { refusal, interview, now }) => {
                            view! { <Refused refusal interview now key asked /> }.into_any()
                        }
                        Err(error) => view! { <Unanswered error asked /> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
}

#[component]
fn Ready(interview: Invitation, name: String, key: String) -> impl IntoView {
    let messages = use_messages();
    let texts = &messages.check;
    let alive = RwSignal::new(false);
    // Nobody joins from here: the devices close with the page.
    let joined = StoredValue::new(false);
    let back = format!("/join/{}{}", interview.number, with_key(&key));
    view! {
        <Layout title=texts.title class="form">
            <header class="check-head">
                <h1>{texts.title}</h1>
                <p class="muted">
                    {interview.title.clone()} " · "
                    <LocalTime moment=interview.starts_at until=interview.ends_at /> ", " <ZoneName />
                </p>
                <p>{texts.intro}</p>
            </header>
            <div class="check-devices">
                <Preview name alive joined />
                <DevicePickers />
            </div>
            <CheckPanel number=interview.number title=interview.title key />
            // A fresh page: the devices are let go of for sure.
            <a class="button check-back" href=back rel="external">
                {texts.back}
            </a>
        </Layout>
    }
    .into_any()
}

/// The tests folded away, so that the lobby stays calm.
#[component]
pub fn CheckDetails(number: InterviewNumber, title: String) -> impl IntoView {
    let texts = &use_messages().check;
    view! {
        <details class="check-details needs-script">
            <summary>
                <Icon name=IconName::ChevronDown />
                {texts.title}
            </summary>
            <p class="muted">{texts.intro}</p>
            <CheckPanel number title key=String::new() />
        </details>
    }
    .into_any()
}
