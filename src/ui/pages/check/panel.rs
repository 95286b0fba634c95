//! The three tests and their results, one below the other. Tests nothing itself.

use leptos::prelude::*;

use super::{record::RecordTest, report::HostReport, route::RouteTest, tone::ToneTest};
use crate::{model::InterviewNumber, route_check::Measurements, ui::use_messages};

/// What was found out so far, for the report.
#[derive(Clone, Copy, Debug)]
pub(super) struct Results {
    pub heard_yourself: RwSignal<Option<bool>>,
    pub heard_tone: RwSignal<Option<bool>>,
    pub measurements: RwSignal<Measurements>,
}

/// Everything that can be tried before an interview. `key` is that of the link, if it is needed.
#[component]
pub fn CheckPanel(number: InterviewNumber, title: String, key: String) -> impl IntoView {
    let results = Results {
        heard_yourself: RwSignal::new(None),
        heard_tone: RwSignal::new(None),
        measurements: RwSignal::new(Measurements::default()),
    };
    view! {
        <p class="without-script">{use_messages().check.needs_script}</p>
        <div class="check-tests needs-script">
            <RecordTest heard=results.heard_yourself />
            <ToneTest heard=results.heard_tone />
            <RouteTest number key measurements=results.measurements />
            <HostReport number title results />
        </div>
    }
    .into_any()
}
