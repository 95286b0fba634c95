//! "Did you hear it?", and what to do if not. Plays nothing.

use leptos::prelude::*;

use crate::ui::{
    components::{Icon, IconName},
    use_messages,
};

/// Asks while `asked`, and keeps the answer.
#[component]
pub fn Heard(
    question: &'static str,
    /// What to try after a no.
    advice: [&'static str; 4],
    asked: Signal<bool>,
    answer: RwSignal<Option<bool>>,
) -> impl IntoView {
    let texts = &use_messages().check;
    let choice = move |label: &'static str, yes: bool| {
        let pressed = move || (answer.get() == Some(yes)).to_string();
        view! {
            <button
                type="button"
                class="button"
                aria-pressed=pressed
                on:click=move |_| answer.set(Some(yes))
            >
                {label}
            </button>
        }
    };
    let outcome = move || match answer.get() {
        Some(true) => Some(
            view! {
                <p class="check-finding" data-severity="good">
                    <Icon name=IconName::Check />
                    <span>{texts.is_well}</span>
                </p>
            }
            .into_any(),
        ),
        Some(false) => Some(
            view! {
                <ul class="check-advice">
                    {advice.map(|line| view! { <li>{line}</li> }).collect_view()}
                </ul>
            }
            .into_any(),
        ),
        None => None,
    };
    view! {
        <div class="check-heard" aria-live="polite">
            <Show when=move || asked.get()>
                <div class="check-question" role="group" aria-label=question>
                    <p>{question}</p>
                    {choice(texts.yes, true)}
                    {choice(texts.no, false)}
                </div>
                {outcome}
            </Show>
        </div>
    }
    .into_any()
}
