//! The document, the routes, and for whom the page is.

use leptos::prelude::*;
use leptos_meta::{MetaTags, Title, provide_meta_context};
use leptos_router::{
    ParamSegment, SsrMode, StaticSegment,
    components::{Route, Router, Routes},
};

use super::pages::{
    BookPage, CheckPage, EditPage, EditQuestionPage, HomePage, InterviewPage, InterviewsPage,
    JoinNumberPage, JoinPage, NewQuestionPage, NotFoundPage, QuestionPage, QuestionsPage, RoomPage,
    SettingsPage, SignInPage, SignUpPage,
};
use crate::{
    api::account::Viewer,
    browser::{clock, media::provide_local_media, page},
    messages::{Messages, messages},
};

/// The viewer of this page load. Signing in, signing out and changing language load a new page, so
/// it never changes while a page lives.
#[derive(Clone, Debug)]
pub struct Viewing(pub Viewer);

/// For whom this page is rendered.
pub fn use_viewer() -> Viewer {
    expect_context::<Viewing>().0
}

/// The sentences in the viewer's language.
pub fn use_messages() -> &'static Messages {
    messages(use_viewer().language)
}

/// The whole HTML document around the pages. Rendered by the server only, which provides [`Viewing`].
/// `style` is the address of the style sheet.
pub fn document(options: LeptosOptions, style: String) -> impl IntoView {
    let language = use_viewer().language.tag();
    let package = options.site_pkg_dir.to_string();
    view! {
        <!DOCTYPE html>
        <html lang=language data-package=package>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <link rel="icon" type="image/svg+xml" href="/icon.svg" />
                <link rel="stylesheet" href=style />
                <AutoReload options=options.clone() />
                <HydrationScripts options />
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}

/// The title in the browser's tab. The server writes it between tags as it is; the browser's
/// program sets it as text.
fn tab_title(mut title: String) -> String {
    if title.is_empty() {
        title.push_str("Colloquy");
    } else {
        title.push_str(" · Colloquy");
    }
    if cfg!(target_arch = "wasm32") {
        return title;
    }
    title
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// Everything inside `<body>`.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    let viewer = SharedValue::new(use_viewer).into_inner();
    provide_context(Viewing(viewer));
    provide_local_media();
    // For the next page: this one is rendered already.
    Effect::new(|_| {
        if let Some(zone) = clock::zone() {
            page::remember_time_zone(&zone);
        }
    });

    view! {
        <Title formatter=tab_title />
        <Router>
            <Routes fallback=NotFoundPage>
                <Route path=StaticSegment("") view=HomePage ssr=SsrMode::Async />
                <Route path=StaticSegment("sign-up") view=SignUpPage ssr=SsrMode::Async />
                <Route path=StaticSegment("sign-in") view=SignInPage ssr=SsrMode::Async />
                <Route path=StaticSegment("settings") view=SettingsPage ssr=SsrMode::Async />
                <Route path=StaticSegment("interviews") view=InterviewsPage ssr=SsrMode::Async />
                <Route
                    path=(StaticSegment("interviews"), StaticSegment("new"))
                    view=BookPage
                    ssr=SsrMode::Async
                />
                <Route
                    path=(StaticSegment("interviews"), ParamSegment("number"))
                    view=InterviewPage
                    ssr=SsrMode::Async
                />
                <Route
                    path=(
                        StaticSegment("interviews"),
                        ParamSegment("number"),
                        StaticSegment("edit"),
                    )
                    view=EditPage
                    ssr=SsrMode::Async
                />
                <Route path=StaticSegment("questions") view=QuestionsPage ssr=SsrMode::Async />
                <Route
                    path=(StaticSegment("questions"), StaticSegment("new"))
                    view=NewQuestionPage
                    ssr=SsrMode::Async
                />
                <Route
                    path=(StaticSegment("questions"), ParamSegment("id"))
                    view=QuestionPage
                    ssr=SsrMode::Async
                />
                <Route
                    path=(StaticSegment("questions"), ParamSegment("id"), StaticSegment("edit"))
                    view=EditQuestionPage
                    ssr=SsrMode::Async
                />
                <Route path=StaticSegment("join") view=JoinNumberPage ssr=SsrMode::Async />
                <Route
                    path=(StaticSegment("join"), ParamSegment("number"))
                    view=JoinPage
                    ssr=SsrMode::Async
                />
                <Route
                    path=(
                        StaticSegment("join"),
                        ParamSegment("number"),
                        StaticSegment("check"),
                    )
                    view=CheckPage
                    ssr=SsrMode::Async
                />
                <Route
                    path=(StaticSegment("room"), ParamSegment("number"))
                    view=RoomPage
                    ssr=SsrMode::Async
                />
            </Routes>
        </Router>
    }
}
