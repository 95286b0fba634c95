//! The test of the network: starts the measurements and tells what they mean.

use std::time::Duration;

use leptos::{prelude::*, task::spawn_local};

use crate::{
    api::check::load_ice_servers,
    browser::{
        check::{try_http, try_servers, try_socket, try_web_rtc},
        clock::Timeout,
    },
    model::InterviewNumber,
    route_check::{Finding, Measurements, Servers, Severity, WebRtc, verdict},
    ui::{
        components::{Icon, IconName},
        use_messages,
    },
};

/// How long the page waits to learn which servers there are.
const LIMIT: Duration = Duration::from_secs(8);

/// Measures everything at once. A page that is gone hears nothing of it. `runs` counts, so that a late
/// answer of an earlier run is not written into this one.
fn run(
    number: InterviewNumber,
    key: String,
    measurements: RwSignal<Measurements>,
    runs: StoredValue<u32>,
) {
    measurements.set(Measurements::default());
    let this_run = runs.try_update_value(|runs| {
        *runs = runs.wrapping_add(1);
        *runs
    });
    let note = move |change: &dyn Fn(&mut Measurements)| {
        if runs.try_get_value() == this_run {
            measurements.try_update(|measured| change(measured));
        }
    };
    spawn_local(async move {
        let works = try_socket().await;
        note(&|measured| measured.socket = Some(works));
    });
    spawn_local(async move {
        let works = try_http().await;
        note(&|measured| measured.http = Some(works));
    });
    spawn_local(async move {
        let web_rtc = try_web_rtc().await;
        note(&|measured| measured.web_rtc = Some(web_rtc));
        if web_rtc == WebRtc::Works {
            let learn = move |servers: Servers| {
                note(&|measured| {
                    measured.servers.get_or_insert_with(|| servers.clone());
                });
            };
            // A network that swallows requests must not keep the person waiting.
            let limit = Timeout::new(LIMIT, move || learn(Servers::Unknown));
            let loaded = load_ice_servers(number, key).await;
            drop(limit);
            learn(match loaded {
                Ok(servers) => Servers::Tried(try_servers(&servers).await),
                Err(_) => Servers::Unknown,
            });
        }
    });
}

/// A button, the verdict, and the findings as they come.
#[component]
pub fn RouteTest(
    number: InterviewNumber,
    key: String,
    measurements: RwSignal<Measurements>,
) -> impl IntoView {
    let texts = &use_messages().check;
    let begun = RwSignal::new(false);
    let runs = StoredValue::new(0_u32);
    let complete = Memo::new(move |_| measurements.read().are_complete());
    let findings = Memo::new(move |_| measurements.read().findings());
    let running = move || begun.get() && !complete.get();
    let start = move |_| {
        begun.set(true);
        run(number, key.clone(), measurements, runs);
    };
    let words = move || match (begun.get(), complete.get()) {
        (false, _) => texts.run,
        (true, false) => texts.running,
        (true, true) => texts.run_again,
    };
    let overall = move || match (begun.get(), complete.get()) {
        (true, true) => (texts.verdict)(verdict(&findings.get())),
        (true, false) => texts.running,
        (false, _) => texts.route_intro,
    };
    let worst = move || complete.get().then(|| name(verdict(&findings.get())));
    view! {
        <section
            class="check-test"
            data-test="route"
            data-verdict=worst
            aria-labelledby="check-route"
        >
            <h2 id="check-route">{texts.route_title}</h2>
            <p class="check-verdict" role="status">
                {overall}
            </p>
            <button type="button" class="button" disabled=running on:click=start>
                <Icon name=IconName::Refresh />
                {words}
            </button>
            <ul class="check-findings">
                {move || {
                    findings.get().into_iter().map(|finding| view! { <Told finding /> }).collect_view()
                }}
            </ul>
        </section>
    }
    .into_any()
}

/// A severity as programs find it on the page.
const fn name(severity: Severity) -> &'static str {
    match severity {
        Severity::Good => "good",
        Severity::Plain => "plain",
        Severity::Limited => "limited",
        Severity::Bad => "bad",
    }
}

/// One finding: a sign, a word for the sign, the sentence, and what to do.
#[component]
fn Told(finding: Finding) -> impl IntoView {
    let texts = &use_messages().check;
    let severity = finding.severity();
    let icon = match severity {
        Severity::Good => IconName::Check,
        Severity::Plain => IconName::Info,
        Severity::Limited => IconName::Warning,
        Severity::Bad => IconName::Close,
    };
    let advice = (texts.advice)(&finding).map(|advice| view! { <p class="muted">{advice}</p> });
    view! {
        <li class="check-finding" data-severity=name(severity)>
            <Icon name=icon />
            <div>
                <p>
                    <strong class="check-sign">{(texts.severity)(severity)}</strong>
                    " "
                    {(texts.found)(&finding)}
                </p>
                {advice}
            </div>
        </li>
    }
    .into_any()
}
