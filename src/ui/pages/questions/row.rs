//! One question in the bank's list.

use leptos::prelude::*;

use crate::{
    api::questions::QuestionRow,
    ui::{
        components::{LocalTime, Pill, PillKind},
        use_messages,
    },
};

/// Title, languages, owner and kind; leads to the question's page.
#[component]
pub fn Row(question: QuestionRow) -> impl IntoView {
    let sentences = &use_messages().questions;
    let by = if question.mine {
        sentences.by_me.to_owned()
    } else {
        (sentences.by)(&question.owner)
    };
    let languages = question.languages.iter();
    let languages: String = languages
        .map(|language| format!(" · {}", (sentences.language_of)(*language)))
        .collect();
    let (sharing, label) = if question.public {
        (PillKind::Accent, sentences.public)
    } else {
        (PillKind::Plain, sentences.private)
    };
    view! {
        <li class="row">
            <div class="row-what">
                <a class="row-link" href=format!("/questions/{}", question.id)>
                    {question.title}
                </a>
                <span class="muted row-people">
                    {by} {languages} " · " <LocalTime moment=question.updated_at />
                </span>
            </div>
            <div class="row-state">
                <Pill kind=PillKind::Plain text=(sentences.kind_of)(question.kind) />
                <Pill kind=sharing text=label />
            </div>
        </li>
    }
}
