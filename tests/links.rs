//! Links: whom a personal and a general one admit, and until when.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on fails"
)]

mod support;

use colloquy::{
    api::{ApiError, join::JoinPage},
    model::{Refusal, Role},
};
use support::{
    attendee::Attendee,
    scene::{Scene, is_told, refusal},
};

#[tokio::test]
async fn a_personal_link_admits_its_guest_until_it_is_revoked_or_replaced() {
    let scene = Scene::open().await;
    let lin = scene.stranger();
    let key = scene.host.key_of(&scene.number, "Lin").await;
    let expected = Some(("Lin".to_owned(), Role::Interviewee));
    assert_eq!(scene.enters_as(&lin, &key).await, expected);
    assert_eq!(
        scene.enters_as(&lin, "").await,
        expected,
        "the browser holds the seat"
    );
    assert!(lin.look(&scene.number).await.is_ok());

    scene.set_link("Lin", "on").await;
    assert_eq!(scene.enters_as(&lin, "").await, None);
    assert_eq!(scene.enters_as(&lin, &key).await, None);
    let new_key = scene.host.key_of(&scene.number, "Lin").await;
    assert_ne!(new_key, key);
    assert_eq!(scene.enters_as(&lin, &new_key).await, expected);

    scene.set_link("Lin", "").await;
    assert_eq!(scene.host.find(&scene.number, "Lin").await.link, None);
    assert_eq!(
        refusal(&lin.knock(&scene.number, &new_key).await),
        Some(Refusal::NotInvited)
    );
    assert_eq!(
        lin.look(&scene.number).await,
        Err(ApiError::Unauthenticated)
    );
}

#[tokio::test]
async fn a_personal_link_admits_an_interviewee_with_an_account_without_signing_in() {
    let scene = Scene::open().await;
    let key = scene.host.key_of(&scene.number, "anna").await;
    let elsewhere = scene.stranger();
    let expected = Some(("anna the person".to_owned(), Role::Interviewee));
    assert_eq!(scene.enters_as(&elsewhere, &key).await, expected);
    assert_eq!(scene.enters_as(&elsewhere, "").await, expected);
    let other = Attendee::signed_up(&scene.server, "other", "UTC").await;
    assert_eq!(scene.enters_as(&other, &key).await, expected);
    assert_eq!(other.list("attended", "upcoming", "", 1).await.rows, []);
}

#[tokio::test]
async fn a_personal_link_does_not_open_the_accounts_note() {
    let scene = Scene::open().await;
    let save = async |person: &Attendee, mark: &str| {
        let fields = [("number", scene.number.as_str()), ("mark", mark)];
        person.call::<()>("save_mark", &fields).await
    };
    let seen = async |person: &Attendee| person.look(&scene.number).await.unwrap().my_mark;
    save(&scene.anna, "mine").await.unwrap();
    let key = scene.host.key_of(&scene.number, "anna").await;
    let other = Attendee::signed_up(&scene.server, "other", "UTC").await;
    for person in [scene.stranger(), other] {
        assert!(scene.enters_as(&person, &key).await.is_some());
        assert_eq!(seen(&person).await, "");
        assert_eq!(save(&person, "theirs").await, Err(ApiError::Forbidden));
    }
    assert_eq!(seen(&scene.anna).await, "mine");

    let lin = scene.stranger();
    lin.knock(
        &scene.number,
        &scene.host.key_of(&scene.number, "Lin").await,
    )
    .await;
    save(&lin, "a guest's").await.unwrap();
    assert_eq!(seen(&lin).await, "a guest's");
}

#[tokio::test]
async fn an_interviewers_link_admits_nobody_but_the_account() {
    let scene = Scene::open().await;
    let key = scene.host.key_of(&scene.number, "co").await;
    let stranger = scene.stranger();
    let page = stranger.knock(&scene.number, &key).await;
    assert_eq!(
        (refusal(&page), is_told(&page)),
        (Some(Refusal::SignInNeeded), true)
    );
    assert_eq!(
        refusal(&stranger.knock(&scene.number, "").await),
        Some(Refusal::NotInvited)
    );
    let other = Attendee::signed_up(&scene.server, "other", "UTC").await;
    assert_eq!(
        refusal(&other.knock(&scene.number, &key).await),
        Some(Refusal::NotInvited)
    );
    let expected = Some(("co the person".to_owned(), Role::CoInterviewer));
    assert_eq!(scene.enters_as(&scene.co, &key).await, expected);
    assert_eq!(
        stranger.join(&scene.number, &key, "Eve").await,
        Err(ApiError::Forbidden)
    );
}

#[tokio::test]
async fn the_guest_link_asks_for_a_name_and_lasts_in_that_browser() {
    let scene = Scene::open().await;
    let key = scene.host.guest_key(&scene.number).await;
    let guest = scene.stranger();
    let page = guest.knock(&scene.number, &key).await;
    assert!(matches!(page, JoinPage::NameNeeded { .. }), "{page:?}");
    assert!(guest.join(&scene.number, &key, " ").await.is_err());
    guest
        .join(&scene.number, &key, " Wang Fang ")
        .await
        .unwrap();
    guest.join(&scene.number, &key, "Another").await.unwrap();
    let expected = Some(("Wang Fang".to_owned(), Role::Interviewee));
    assert_eq!(scene.enters_as(&guest, &key).await, expected);
    assert_eq!(
        scene
            .host
            .look(&scene.number)
            .await
            .unwrap()
            .participants
            .len(),
        5
    );

    scene.set_guest_link("").await;
    assert_eq!(
        scene.host.look(&scene.number).await.unwrap().guest_link,
        None
    );
    assert_eq!(scene.enters_as(&guest, "").await, expected);
    let late = scene.stranger();
    assert_eq!(
        refusal(&late.knock(&scene.number, &key).await),
        Some(Refusal::NotInvited)
    );
    assert_eq!(
        late.join(&scene.number, &key, "Late").await,
        Err(ApiError::Forbidden)
    );

    scene.set_guest_link("on").await;
    scene.remove("Wang Fang").await;
    let new_key = scene.host.guest_key(&scene.number).await;
    assert_ne!(new_key, key);
    assert_eq!(
        refusal(&guest.knock(&scene.number, &new_key).await),
        Some(Refusal::NotInvited)
    );
    assert_eq!(
        guest.join(&scene.number, &new_key, "Me").await,
        Err(ApiError::Forbidden)
    );
    assert_eq!(scene.enters_as(&guest, "").await, None);
}

#[tokio::test]
async fn the_guest_link_admits_accounts_as_themselves_unless_removed() {
    let scene = Scene::open().await;
    let key = scene.host.guest_key(&scene.number).await;
    let outsider = Attendee::signed_up(&scene.server, "outsider", "UTC").await;
    let page = outsider.knock(&scene.number, &key).await;
    assert!(matches!(page, JoinPage::NameNeeded { .. }), "{page:?}");
    assert_eq!(
        outsider.list("attended", "upcoming", "", 1).await.rows,
        [],
        "following a link joins nobody"
    );
    let address = format!("/join/{}?key={key}", scene.number);
    let page = outsider.get(&address).await.body;
    assert!(page.contains(r#"value="outsider the person""#), "{page}");
    assert_eq!(
        scene
            .host
            .look(&scene.number)
            .await
            .unwrap()
            .participants
            .len(),
        4
    );

    outsider.join(&scene.number, &key, "ignored").await.unwrap();
    let expected = Some(("outsider the person".to_owned(), Role::Interviewee));
    assert_eq!(scene.enters_as(&outsider, &key).await, expected);
    assert_eq!(scene.enters_as(&outsider, "").await, expected);
    assert_eq!(
        outsider
            .list("attended", "upcoming", "", 1)
            .await
            .rows
            .len(),
        1
    );
    scene.remove("outsider").await;
    assert_eq!(
        refusal(&outsider.knock(&scene.number, &key).await),
        Some(Refusal::NotInvited)
    );
    assert_eq!(
        outsider.join(&scene.number, &key, "x").await,
        Err(ApiError::Forbidden)
    );
    assert_eq!(
        scene
            .enters_as(&scene.host, &key)
            .await
            .map(|(_, role)| role),
        Some(Role::MainInterviewer)
    );
}

#[tokio::test]
async fn people_sharing_a_browser_are_who_their_link_says() {
    let scene = Scene::open().await;
    let shared = scene.stranger();
    let lin = scene.host.key_of(&scene.number, "Lin").await;
    let anna = scene.host.key_of(&scene.number, "anna").await;
    let name = async |key: &str| scene.enters_as(&shared, key).await.map(|(name, _)| name);
    assert_eq!(name(&lin).await.as_deref(), Some("Lin"));
    assert_eq!(name(&anna).await.as_deref(), Some("anna the person"));
    assert_eq!(name("").await.as_deref(), Some("anna the person"));
    assert_eq!(name(&lin).await.as_deref(), Some("Lin"));
    assert_eq!(name("").await.as_deref(), Some("Lin"));
}
