//! Pages and server functions: both run with the same context, the `Request` and what follows from it.

use axum::{
    Router,
    extract::{Request as HttpRequest, State},
    http::{HeaderValue, StatusCode, header::CONTENT_SECURITY_POLICY, request::Parts},
    response::{IntoResponse, Response},
};
use leptos::prelude::{IntoView, LeptosOptions, provide_context, use_context};
use leptos_axum::{
    LeptosRoutes, ResponseOptions, generate_route_list_with_exclusions_and_ssg_and_context,
    render_app_async_with_context,
};

use super::{Server, assets, headers, request::Request, time_zones};
use crate::{
    api::account::Viewer,
    model::Language,
    ui::{self, App, Viewing},
};

/// The routes of every page and every server function.
pub fn routes(server: &Server) -> Router<Server> {
    let (pages, _) = generate_route_list_with_exclusions_and_ssg_and_context(App, None, {
        let viewer = nobody(server);
        move || provide_context(Viewing(viewer.clone()))
    });
    let options = server.leptos_options().clone();
    Router::new().leptos_routes_with_context(server, pages, provide, shell(options))
}

/// The page that says that there is no such page.
pub async fn not_found(State(server): State<Server>, request: HttpRequest) -> Response {
    if request.uri().path_and_query().is_none() {
        return StatusCode::BAD_REQUEST.into_response();
    }
    let options = server.leptos_options().clone();
    let mut response = render_app_async_with_context(provide, shell(options))(request).await;
    if response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    response
}

fn shell(
    options: LeptosOptions,
) -> impl Fn() -> leptos::prelude::AnyView + Clone + Send + Sync + 'static {
    use leptos::prelude::IntoAny;
    move || {
        ui::document(options.clone(), assets::style_url())
            .into_view()
            .into_any()
    }
}

/// Runs in the Leptos context of each page and each server function, before them.
fn provide() {
    let request =
        use_context::<Parts>().and_then(|parts| parts.extensions.get::<Request>().cloned());
    if let Some(request) = request {
        provide_context(Viewing(request.viewer.clone()));
        provide_context(request);
    }
    let policy = leptos::nonce::use_nonce().map(|nonce| headers::page_policy(&nonce));
    let policy = policy.and_then(|policy| HeaderValue::from_str(&policy).ok());
    if let (Some(policy), Some(options)) = (policy, use_context::<ResponseOptions>()) {
        options.insert_header(CONTENT_SECURITY_POLICY, policy);
    }
}

/// For whom the pages are run once to learn their routes.
fn nobody(server: &Server) -> Viewer {
    Viewer {
        account: None,
        language: Language::default(),
        time_zone: "UTC".to_owned(),
        now: time_zones::moment(server.now(), "UTC"),
        sign_up_open: server.config().sign_up_open,
    }
}
