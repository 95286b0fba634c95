//! The plan in tables, and that no input whatsoever passes the ceiling.

use proptest::prelude::*;

use super::*;

const SIZES: [PictureSize; 4] = [
    PictureSize::Hidden,
    PictureSize::Small,
    PictureSize::Medium,
    PictureSize::Large,
];

const CALL: Sending = Sending {
    microphone: true,
    camera: true,
    screen: false,
    screen_sound: false,
};

const SHARING: Sending = Sending {
    screen: true,
    screen_sound: true,
    ..CALL
};

fn all(size: PictureSize, people: usize) -> Vec<Wanted> {
    vec![
        Wanted {
            camera: size,
            screen: true
        };
        people
    ]
}

/// What a plan takes on the wire, counted by hand: in tenths of a bit/s.
fn cost(plan: &Plan) -> u64 {
    let sound = |stream: &Stream| {
        let packets = 50 * 70 * 8;
        u64::from(stream.active) * (u64::from(stream.max_bitrate) + packets) * 10
    };
    let picture = |stream: &Stream| u64::from(stream.active) * u64::from(stream.max_bitrate) * 11;
    plan.shares
        .iter()
        .map(|share| {
            8_000 * 10
                + sound(&share.microphone)
                + sound(&share.screen_sound)
                + picture(&share.camera)
                + picture(&share.screen)
        })
        .sum()
}

fn total(plan: &Plan, stream: fn(&Share) -> Stream) -> u32 {
    plan.shares
        .iter()
        .map(stream)
        .filter(|stream| stream.active)
        .map(|stream| stream.max_bitrate)
        .sum()
}

#[test]
fn cameras_by_the_number_of_others() {
    // Others, what they want, bit/s at least, lines, pictures a second.
    let table = [
        (1, PictureSize::Large, 2_200_000, 720, 30),
        (1, PictureSize::Medium, 800_000, 540, 30),
        (1, PictureSize::Small, 160_000, 270, 20),
        (2, PictureSize::Large, 1_200_000, 720, 30),
        (3, PictureSize::Large, 800_000, 540, 30),
        (3, PictureSize::Medium, 800_000, 540, 30),
        (5, PictureSize::Medium, 450_000, 360, 25),
        (5, PictureSize::Large, 450_000, 360, 25),
        (9, PictureSize::Small, 160_000, 270, 20),
        (19, PictureSize::Small, 76_000, 180, 15),
        (19, PictureSize::Large, 76_000, 180, 15),
    ];
    for (people, size, least, height, framerate) in table {
        let plan = plan(CALL, &all(size, people));
        for share in &plan.shares {
            let camera = share.camera;
            assert!(camera.max_bitrate >= least, "{people} {size:?} {camera:?}");
            assert_eq!((camera.height, camera.max_framerate), (height, framerate));
            assert!(camera.active);
            assert_eq!(share.microphone.max_bitrate, 32_000);
        }
        assert_eq!(plan.capture.height, height.max(360));
    }
}

#[test]
fn two_people_see_each_other_well() {
    let plan = plan(CALL, &all(PictureSize::Large, 1));
    assert_eq!(plan.shares[0].camera.max_bitrate, 2_200_000);
    assert_eq!(plan.capture, Capture::FULL);
}

#[test]
fn whoever_watches_alone_gets_what_the_others_leave() {
    let mut wanted = all(PictureSize::Hidden, 8);
    wanted[3].camera = PictureSize::Large;
    let plan = plan(CALL, &wanted);
    assert!(plan.shares[3].camera.max_bitrate > 1_900_000);
    assert!(!plan.shares[0].camera.active);
    assert!(plan.shares[0].microphone.active);
}

#[test]
fn a_screen_is_readable_and_the_camera_stays() {
    // Others, lines of the screen, pictures a second, lines of the camera.
    let table = [
        (1, 1080, 15, 270),
        (2, 1080, 10, 270),
        (5, 1080, 5, 180),
        (9, 1080, 3, 120),
        (19, 720, 2, 120),
    ];
    for (people, height, framerate, camera) in table {
        let plan = plan(SHARING, &all(PictureSize::Small, people));
        let share = plan.shares[0];
        assert!(share.screen.active && share.camera.active, "{people}");
        assert_eq!(
            (share.screen.height, share.screen.max_framerate),
            (height, framerate),
            "{people} {share:?}"
        );
        assert_eq!(share.camera.height, camera, "{people} {share:?}");
        assert_eq!(share.screen_sound.active, people <= 12);
        assert_eq!(plan.screen_sound_left_out, people > 12);
    }
}

#[test]
fn nobody_to_send_to_leaves_the_camera_as_it_is() {
    let plan = plan(CALL, &[]);
    assert_eq!((plan.capture, plan.shares.len()), (Capture::FULL, 0));
}

#[test]
fn a_camera_that_is_off_will_open_as_small_as_it_is_wanted() {
    let off = Sending {
        camera: false,
        ..CALL
    };
    assert_eq!(plan(off, &all(PictureSize::Small, 9)).capture.height, 360);
    assert_eq!(plan(off, &all(PictureSize::Large, 1)).capture.height, 720);
}

#[test]
fn pictures_are_scaled_down_and_never_up() {
    let stream = Stream {
        height: 360,
        ..Stream::default()
    };
    for (captured, factor) in [(720, 2.0), (1080, 3.0), (360, 1.0), (240, 1.0), (0, 1.0)] {
        assert!((stream.scale_down_by(captured) - factor).abs() < f64::EPSILON);
    }
}

prop_compose! {
    fn any_wanted()(size in 0..SIZES.len(), screen in any::<bool>()) -> Wanted {
        Wanted { camera: SIZES[size], screen }
    }
}

prop_compose! {
    fn any_sending()(on in any::<[bool; 4]>()) -> Sending {
        Sending { microphone: on[0], camera: on[1], screen: on[2], screen_sound: on[3] }
    }
}

proptest! {
    #[test]
    fn nothing_passes_the_ceiling(
        sending in any_sending(),
        wanted in proptest::collection::vec(any_wanted(), 0..=19),
    ) {
        let plan = plan(sending, &wanted);
        prop_assert_eq!(plan.shares.len(), wanted.len());
        prop_assert!(cost(&plan) <= u64::from(CEILING) * 10, "{}", cost(&plan));
    }

    #[test]
    fn what_is_off_or_hidden_costs_nothing_and_what_is_seen_flows(
        sending in any_sending(),
        wanted in proptest::collection::vec(any_wanted(), 1..=19),
    ) {
        let plan = plan(sending, &wanted);
        for (share, wanted) in plan.shares.iter().zip(&wanted) {
            let seen = wanted.camera != PictureSize::Hidden;
            prop_assert_eq!(share.camera.active, sending.camera && seen);
            prop_assert_eq!(share.screen.active, sending.screen && wanted.screen);
            prop_assert_eq!(share.microphone.active, sending.microphone);
            if share.screen_sound.active {
                prop_assert!(sending.screen && sending.screen_sound && wanted.screen);
            }
            if share.camera.active {
                prop_assert!(share.camera.height <= plan.capture.height);
                prop_assert!(share.camera.max_framerate <= plan.capture.framerate);
            }
        }
    }

    #[test]
    fn a_screen_gets_the_larger_part(wanted in proptest::collection::vec(any_wanted(), 1..=19)) {
        let plan = plan(SHARING, &wanted);
        if wanted.iter().any(|wanted| wanted.screen) {
            let screens = total(&plan, |share| share.screen);
            prop_assert!(screens >= 2 * total(&plan, |share| share.camera), "{plan:?}");
        }
    }

    #[test]
    fn more_watchers_never_mean_more_for_one(size in 1..SIZES.len(), people in 1_usize..19) {
        let few = plan(CALL, &all(SIZES[size], people));
        let many = plan(CALL, &all(SIZES[size], people + 1));
        prop_assert!(many.shares[0].camera.max_bitrate <= few.shares[0].camera.max_bitrate);
    }

    #[test]
    fn what_is_divided_is_all_there_is_or_all_that_is_wanted(
        budget in 0_u32..4_000_000,
        demands in proptest::collection::vec((1_u32..9, 1_u32..3_000_000), 1..19),
    ) {
        let demands: Vec<Demand> = demands.into_iter().map(|(w, m)| Demand::new(w, m)).collect();
        let given = share_out(budget, &demands);
        let sum: u64 = given.iter().map(|&bits| u64::from(bits)).sum();
        let most: u64 = demands.iter().map(|demand| u64::from(demand.most)).sum();
        prop_assert!(sum <= u64::from(budget));
        prop_assert!(sum + demands.len() as u64 >= u64::from(budget).min(most));
        prop_assert!(given.iter().zip(&demands).all(|(given, demand)| *given <= demand.most));
    }
}
