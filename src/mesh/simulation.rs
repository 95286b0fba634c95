//! Whatever happened in a room, in the end every two present pages have one connection that works.

mod world;

use std::time::Duration;

use proptest::prelude::*;

use crate::{
    model::Timestamp,
    negotiation::{LinkState, TransportState},
};
use world::{Trouble, World, peer_of};

const STORM: u64 = 40_000;

fn troubles() -> impl Strategy<Value = Vec<(u64, Trouble)>> {
    let client = 0..5_usize;
    let trouble = prop_oneof![
        3 => (client.clone(), 0..8_000_u64, 0..20_000_u64).prop_map(
            |(client, client_sees, server_sees)| Trouble::SocketDrops { client, client_sees, server_sees }
        ),
        3 => (client.clone(), 0..20_000_u64)
            .prop_map(|(client, server_sees)| Trouble::Refresh { client, server_sees }),
        1 => (client.clone(), prop::option::weighted(0.7, 500..20_000_u64))
            .prop_map(|(client, returns)| Trouble::Leave { client, returns }),
        1 => (0..15_000_u64).prop_map(|down| Trouble::ServerRestarts { down }),
        2 => (client.clone(), client.clone(), 500..40_000_u64)
            .prop_map(|(one, two, lasting)| Trouble::NetworkBreaks { one, two, lasting }),
        2 => client.clone().prop_map(|client| Trouble::NetworkChanges { client }),
        1 => client.prop_map(|client| Trouble::Needed { client }),
    ];
    prop::collection::vec((0..STORM, trouble), 0..10)
}

fn check_settled(world: &World) {
    let present: Vec<usize> = (0..world.pages.len())
        .filter(|client| world.pages[*client].is_some())
        .collect();
    for (client, page) in world.pages.iter().enumerate() {
        let Some(page) = page else { continue };
        assert_eq!(
            page.peers.len(),
            present.len() - 1,
            "{client}: {:#?}",
            page.mesh
        );
        for other in 0..world.pages.len() {
            let peer = peer_of(other);
            if other == client || !present.contains(&other) {
                assert_eq!(
                    page.mesh.link(peer),
                    None,
                    "{client} sees a ghost of {other}"
                );
                continue;
            }
            let mine = page.peers.iter().find(|(_, (found, _))| *found == peer);
            let (connection, (_, end)) = mine.expect("a connection to everybody");
            let theirs = world.pages[other]
                .as_ref()
                .and_then(|page| page.peers.get(connection));
            let (_, other_end) = theirs.expect("the same connection on the other side");
            let picture = format!("{client} and {other}: {end:#?}\n{:#?}", page.mesh);
            assert_eq!(end.transport, TransportState::Connected, "{picture}");
            assert!(end.is_stable() && end.agrees_with(other_end), "{picture}");
            assert_eq!(
                page.mesh.link(peer),
                Some(LinkState::Connected),
                "{picture}"
            );
            assert_eq!(
                page.links.get(&peer),
                Some(&LinkState::Connected),
                "{picture}"
            );
        }
        assert_eq!(page.mesh.next_deadline(), None, "{client} is at rest");
    }
}

fn at_milliseconds(at: u64) -> Timestamp {
    Timestamp::default() + Duration::from_millis(at)
}

/// Runs a storm, and how many milliseconds after its end everything must be well.
fn check(clients: usize, seed: u64, troubles: &[(u64, Trouble)], after: u64) {
    let mut world = World::new(clients, seed, troubles);
    world.run_until(at_milliseconds(STORM + after));
    check_settled(&world);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_pair_ends_with_one_working_connection(
        clients in 2..6_usize,
        seed in any::<u64>(),
        troubles in troubles(),
    ) {
        check(clients, seed, &troubles, 300_000);
    }
}
