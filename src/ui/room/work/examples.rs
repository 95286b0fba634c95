//! What a program is given and what it should say.

use leptos::prelude::*;

use crate::{
    model::Example,
    ui::{
        components::{Pill, PillKind},
        use_messages,
    },
};

/// One block an example; nothing where there are none.
#[component]
pub fn Examples(examples: Vec<Example>) -> impl IntoView {
    let messages = &use_messages().questions;
    let block = move |(place, example): (usize, Example)| {
        let hidden = example.hidden;
        view! {
            <div class="work-example">
                <h3>
                    {(messages.example)(place + 1)}
                    {hidden.then(|| view! { <Pill kind=PillKind::Warning text=messages.hidden /> })}
                </h3>
                <div>
                    <p class="muted small">{messages.input}</p>
                    <pre class="code-block">{example.input}</pre>
                </div>
                <div>
                    <p class="muted small">{messages.output}</p>
                    <pre class="code-block">{example.output}</pre>
                </div>
            </div>
        }
    };
    (!examples.is_empty()).then(|| {
        let blocks = examples.into_iter().enumerate().map(block);
        view! { <div class="work-examples">{blocks.collect_view()}</div> }
    })
}
