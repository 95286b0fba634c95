//! Whatever happens on the way, both ends agree on what became of every file, and what is whole is right.

use proptest::prelude::*;

use super::world::{World, content};
use crate::transfer::{Input, TransferId, TransferState};

#[derive(Clone, Debug)]
enum Step {
    Offer { side: usize, size: usize },
    Accept { side: usize, place: usize },
    Cancel { side: usize, place: usize },
    Deliver { side: usize, frames: usize },
    Read { side: usize, times: usize },
    Lose { side: usize },
    Connect { side: usize },
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let side = 0..2_usize;
    let place = 0..12_usize;
    let size = prop_oneof![Just(0), 1..40_000_usize, 100_000..1_600_000_usize];
    let step = prop_oneof![
        3 => (side.clone(), size).prop_map(|(side, size)| Step::Offer { side, size }),
        4 => (side.clone(), place.clone()).prop_map(|(side, place)| Step::Accept { side, place }),
        1 => (side.clone(), place).prop_map(|(side, place)| Step::Cancel { side, place }),
        8 => (side.clone(), 0..60_usize).prop_map(|(side, frames)| Step::Deliver { side, frames }),
        6 => (side.clone(), 1..12_usize).prop_map(|(side, times)| Step::Read { side, times }),
        2 => side.clone().prop_map(|side| Step::Lose { side }),
        4 => side.prop_map(|side| Step::Connect { side }),
    ];
    prop::collection::vec(step, 0..80)
}

fn take(world: &mut World, step: Step, offered: &mut u32) {
    let nth = |world: &World, side: usize, place: usize| {
        let ids = world.pages[side].views.keys();
        ids.copied().nth(place).unwrap_or(TransferId(999))
    };
    match step {
        Step::Offer { side, size } => {
            *offered += 1;
            let name = format!("f{offered}");
            world.pages[side].offer(&name, content(*offered, size));
        }
        Step::Accept { side, place } => {
            let id = nth(world, side, place);
            world.pages[side].feed(Input::Accept { id });
        }
        Step::Cancel { side, place } => {
            let id = nth(world, side, place);
            world.pages[side].feed(Input::Cancel { id });
        }
        Step::Deliver { side, frames } => {
            for _ in 0..frames {
                world.deliver(side);
            }
        }
        Step::Read { side, times } => {
            for _ in 0..times {
                world.pages[side].read();
            }
        }
        Step::Lose { side } => world.pages[side].lose(),
        Step::Connect { side } => world.connect(side),
    }
}

/// Brings every file that was offered to its end, so that only real disagreements are left.
fn accept_everything(world: &mut World) {
    loop {
        world.settle();
        let mut any = false;
        for side in 0..2 {
            let views = world.pages[side].views.values();
            let open: Vec<_> = views
                .filter(|view| view.wants_answer())
                .map(|view| view.id)
                .collect();
            for id in open {
                any = true;
                world.pages[side].feed(Input::Accept { id });
            }
        }
        if !any {
            return;
        }
    }
}

fn check_agreement(world: &World, offered: u32) -> Result<(), TestCaseError> {
    for number in 1..=offered {
        let name = format!("f{number}");
        let ends: Vec<_> = world
            .pages
            .iter()
            .filter_map(|page| page.named(&name))
            .collect();
        for end in &ends {
            prop_assert!(end.state.is_over(), "{end:?} goes on for ever");
        }
        let whole = |state| state == TransferState::Received;
        if let [one, two] = ends[..] {
            prop_assert_eq!(whole(one.state), whole(two.state), "{:?} {:?}", one, two);
        }
        for page in &world.pages {
            let Some(view) = page.named(&name) else {
                continue;
            };
            let Some(received) = page.received.get(&view.id) else {
                continue;
            };
            prop_assert!(whole(view.state), "kept what is not whole: {view:?}");
            prop_assert!(
                *received == content(number, view.size as usize),
                "{name} differs"
            );
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn both_ends_agree_on_every_file(steps in steps()) {
        let mut world = World::connected();
        let mut offered = 0;
        for step in steps {
            take(&mut world, step, &mut offered);
        }
        for side in 0..2 {
            world.pages[side].lose();
        }
        world.connect(0);
        world.connect(1);
        accept_everything(&mut world);
        check_agreement(&world, offered)?;
    }

    #[test]
    fn without_a_person_giving_up_everything_arrives(steps in steps()) {
        let mut world = World::connected();
        let mut offered = 0;
        for step in steps {
            if !matches!(step, Step::Cancel { .. }) {
                take(&mut world, step, &mut offered);
            }
        }
        for side in 0..2 {
            world.pages[side].lose();
        }
        world.connect(0);
        world.connect(1);
        accept_everything(&mut world);
        check_agreement(&world, offered)?;
        for page in &world.pages {
            for view in page.views.values() {
                prop_assert_eq!(view.state, TransferState::Received, "{:?}", view);
            }
        }
    }
}
