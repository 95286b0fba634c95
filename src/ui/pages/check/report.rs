//! The results as a short text for the host. Sends nothing: the person copies it.

use leptos::prelude::*;

use super::panel::Results;
use crate::{
    browser::page,
    messages::CheckReport,
    model::InterviewNumber,
    ui::{components::CopyButton, use_messages},
};

/// Shows once the network was tested.
#[component]
pub fn HostReport(number: InterviewNumber, title: String, results: Results) -> impl IntoView {
    let texts = &use_messages().check;
    let tested = Memo::new(move |_| results.measurements.read().are_complete());
    let text = Memo::new(move |_| {
        if !tested.get() {
            return String::new();
        }
        (texts.report)(&CheckReport {
            title: &title,
            number,
            browser: &page::browser(),
            heard_yourself: results.heard_yourself.get(),
            heard_tone: results.heard_tone.get(),
            findings: &results.measurements.read().findings(),
        })
    });
    view! {
        <Show when=move || tested.get()>
            <section class="check-test" data-test="report" aria-labelledby="check-report">
                <h2 id="check-report">{texts.report_title}</h2>
                <p class="muted">{texts.report_intro}</p>
                <pre class="check-report">{text}</pre>
                {move || view! { <CopyButton text=text.get() label=texts.copy_report /> }}
            </section>
        </Show>
    }
    .into_any()
}
