//! What was booked.

use leptos::prelude::*;

use crate::{
    api::interviews::InterviewDetails,
    ui::{
        components::{LocalTime, ZoneName},
        use_messages,
    },
};

/// The booking as a list of terms.
#[component]
pub fn Facts(interview: InterviewDetails) -> impl IntoView {
    let messages = use_messages();
    let sentences = &messages.interviews;
    view! {
        <section class="card stack">
            <h2>{sentences.about}</h2>
            <dl class="facts">
                <dt>{sentences.time}</dt>
                <dd>
                    <LocalTime moment=interview.starts_at until=interview.ends_at />
                    <span class="muted small block">
                        <ZoneName />
                    </span>
                    <span class="muted small block">{sentences.doors_hint}</span>
                </dd>
                <dt>{sentences.seats}</dt>
                <dd>{(sentences.seats_of)(interview.seats)}</dd>
                <dt>{sentences.kinds}</dt>
                <dd>{(sentences.kinds_of)(interview.kinds)}</dd>
                <dt>{sentences.waiting}</dt>
                <dd>
                    {(sentences.waiting_room)(interview.waiting)}
                    {interview
                        .locked
                        .then(|| {
                            view! { <span class="muted small block">{sentences.locked}</span> }
                        })}
                </dd>
                <dt>{sentences.recording}</dt>
                <dd>{(sentences.recording_permission)(interview.recording_permission)}</dd>
                <dt>{sentences.review}</dt>
                <dd>{(sentences.review_permission)(interview.review_permission)}</dd>
            </dl>
        </section>
    }
}
