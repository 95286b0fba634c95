//! Says what is wrong with camera and microphone and what to do about it in this browser.

use leptos::prelude::*;

use super::{Icon, IconName};
use crate::{
    browser::{
        family::BrowserFamily,
        media::{MediaProblem, MediaWish, use_local_media},
    },
    messages::{LobbyMessages, MediaKinds},
    ui::use_messages,
};

/// One notice for each problem; one for both devices where the problem is the same. Read out when
/// it appears.
#[component]
pub fn MediaNotices() -> impl IntoView {
    let media = use_local_media();
    let notices = move || {
        let notice = |(kinds, problem)| view! { <Notice kinds problem /> };
        distinct(media.camera_problem(), media.microphone_problem())
            .map(notice)
            .collect_view()
    };
    view! {
        <div class="media-notices" aria-live="polite">
            {notices}
        </div>
    }
    .into_any()
}

fn distinct(
    camera: Option<MediaProblem>,
    microphone: Option<MediaProblem>,
) -> impl Iterator<Item = (MediaKinds, MediaProblem)> {
    let notices = if camera == microphone {
        [camera.map(|problem| (MediaKinds::Both, problem)), None]
    } else {
        [
            microphone.map(|problem| (MediaKinds::Microphone, problem)),
            camera.map(|problem| (MediaKinds::Camera, problem)),
        ]
    };
    notices.into_iter().flatten()
}

#[component]
fn Notice(kinds: MediaKinds, problem: MediaProblem) -> impl IntoView {
    let messages = use_messages();
    let texts = &messages.lobby;
    let media = use_local_media();
    let (title, advice) = sentences(texts, problem);
    // A page that is not secure stays so, however often the browser is asked.
    let can_retry = problem != MediaProblem::Insecure;
    let unwanted = MediaWish {
        microphone: kinds != MediaKinds::Camera,
        camera: kinds != MediaKinds::Microphone,
    };

    view! {
        <div class="media-notice">
            <Icon name=IconName::Warning />
            <div>
                <p class="media-notice-title">{title(kinds)}</p>
                <p>{advice}</p>
            </div>
            {can_retry
                .then(|| {
                    view! {
                        <button type="button" class="button" on:click=move |_| media.retry()>
                            <Icon name=IconName::Refresh />
                            {texts.try_again}
                        </button>
                    }
                })}
            <button
                type="button"
                class="button quiet icon-only media-notice-close"
                aria-label=messages.common.close
                on:click=move |_| media.do_without(unwanted)
            >
                <Icon name=IconName::Close />
            </button>
        </div>
    }
    .into_any()
}

fn sentences(
    texts: &'static LobbyMessages,
    problem: MediaProblem,
) -> (fn(MediaKinds) -> &'static str, &'static str) {
    match problem {
        MediaProblem::Denied => (texts.denied, how_to_allow(texts)),
        MediaProblem::DeniedBySystem => (texts.denied_by_system, texts.allow_in_system),
        MediaProblem::NotFound => (texts.not_found, texts.plug_in),
        MediaProblem::Busy => (texts.busy, texts.close_others),
        MediaProblem::Insecure => (texts.insecure, texts.use_https),
        MediaProblem::Lost => (texts.lost, texts.plug_in_again),
        MediaProblem::Other => (texts.failed, texts.restart_browser),
    }
}

fn how_to_allow(texts: &'static LobbyMessages) -> &'static str {
    match BrowserFamily::current() {
        BrowserFamily::Chromium => texts.allow_in_chromium,
        BrowserFamily::ChromiumOnAndroid => texts.allow_in_chromium_on_android,
        BrowserFamily::Firefox => texts.allow_in_firefox,
        BrowserFamily::Safari => texts.allow_in_safari,
        BrowserFamily::AppleMobile => texts.allow_on_apple_mobile,
        BrowserFamily::Other => texts.allow_elsewhere,
    }
}
