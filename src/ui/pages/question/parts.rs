//! What a question consists of beside its text: facts, starter code, examples.

use leptos::prelude::*;

use crate::{
    api::questions::QuestionDetails,
    model::{Example, Starter},
    ui::{
        components::{LocalTime, Pill, PillKind, in_pre},
        use_messages,
    },
};

/// Whose it is, who may use it, how old it is.
#[component]
pub fn Facts(question: QuestionDetails) -> impl IntoView {
    let sentences = &use_messages().questions;
    let by = if question.mine {
        sentences.by_me.to_owned()
    } else {
        (sentences.by)(&question.owner)
    };
    view! {
        <section class="card stack">
            <h2>{sentences.about}</h2>
            <dl class="facts">
                <dt>{sentences.number}</dt>
                <dd>{question.number} " · " {by}</dd>
                <dt>{sentences.sharing}</dt>
                <dd>{(sentences.sharing_of)(question.public)}</dd>
                <dt>{sentences.changed}</dt>
                <dd>
                    <LocalTime moment=question.updated_at />
                </dd>
            </dl>
        </section>
    }
}

/// The code an answer begins with, one language after the other.
#[component]
pub fn Starters(starters: Vec<Starter>) -> impl IntoView {
    let sentences = &use_messages().questions;
    (!starters.is_empty()).then(|| {
        let blocks = starters.into_iter().map(|starter| {
            view! {
                <div class="stack tight">
                    <h3>{(sentences.language_of)(starter.language)}</h3>
                    <Code text=starter.code />
                </div>
            }
        });
        view! {
            <section class="card stack" id="starters">
                <h2>{sentences.starters}</h2>
                {blocks.collect_view()}
            </section>
        }
    })
}

/// What programs are tried with, hidden examples marked.
#[component]
pub fn Examples(examples: Vec<Example>) -> impl IntoView {
    let sentences = &use_messages().questions;
    (!examples.is_empty()).then(|| {
        let blocks = examples.into_iter().enumerate().map(|(place, example)| {
            let hidden = example
                .hidden
                .then(|| view! { <Pill kind=PillKind::Warning text=sentences.hidden /> });
            view! {
                <div class="example-shown">
                    <h3>{(sentences.example)(place + 1)} {hidden}</h3>
                    <div class="stack tight">
                        <span class="muted small">{sentences.input}</span>
                        <Code text=example.input />
                    </div>
                    <div class="stack tight">
                        <span class="muted small">{sentences.output}</span>
                        <Code text=example.output />
                    </div>
                </div>
            }
        });
        view! {
            <section class="card stack" id="examples">
                <h2>{sentences.examples}</h2>
                {blocks.collect_view()}
            </section>
        }
    })
}

/// A text as it is, in lines; a word for nothing.
#[component]
fn Code(text: String) -> impl IntoView {
    if text.is_empty() {
        let nothing = use_messages().questions.nothing_printed;
        return view! { <p class="muted">{nothing}</p> }.into_any();
    }
    view! {
        <pre class="code-block" tabindex="0">
            {in_pre(text)}
        </pre>
    }
    .into_any()
}
