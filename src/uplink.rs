//! How one page's uplink is shared out among its connections, as a plan of numbers; sends nothing.
//!
//! Sound and pictures that leave the page by its connections are counted, packet headers and the
//! upkeep of each connection included, and stay under [`CEILING`] however many watch and whatever
//! they want to see. Files are not: their chunks take what the way carries beside.

use crate::channel::PictureSize;

/// What one page may send in all, files apart, in bit/s.
pub const CEILING: u32 = 3_000_000;
/// Kept free of it: encoders overshoot for a moment, and browsers try now and then what a way carries.
const RESERVE: u32 = 100_000;
/// Sound of one microphone to one other page, in bit/s.
const VOICE: u32 = 32_000;
/// What the headers of one stream of sound take: fifty packets a second of 70 bytes each.
const SOUND_HEADERS: u32 = 28_000;
/// What one connection takes besides: receipts, checks, levels.
const UPKEEP: u32 = 8_000;
/// Headers and repeats of a picture, in percent of it.
const PICTURE_OVERHEAD: u32 = 10;
/// To more pages than this a screen is sent without its sound: little would be left for the screen.
const MOST_HEARING_SCREENS: usize = 12;
/// Of what pictures get, the part that cameras have for themselves beside a shared screen.
const CAMERAS_BESIDE_SCREEN: u32 = 4;
/// What every picture gets that somebody sees, be others ever so large: less would show nothing. In bit/s.
const LEAST: u32 = 10_000;

/// What one other page wants to see of this one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    pub camera: PictureSize,
    pub screen: bool,
}

impl Default for Wanted {
    /// Until the other page says.
    fn default() -> Self {
        Self {
            camera: PictureSize::Medium,
            screen: true,
        }
    }
}

impl Wanted {
    /// Nothing of it is on screen.
    pub const NOTHING: Self = Self {
        camera: PictureSize::Hidden,
        screen: false,
    };
}

/// What this page has to send.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sending {
    pub microphone: bool,
    pub camera: bool,
    pub screen: bool,
    pub screen_sound: bool,
}

/// What one stream of one connection may be; `max_bitrate` in bit/s. Sound has neither height nor rate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stream {
    pub active: bool,
    pub max_bitrate: u32,
    /// In lines.
    pub height: u32,
    pub max_framerate: u32,
}

impl Stream {
    /// By how much a picture of `captured` lines is scaled down: never up.
    pub fn scale_down_by(&self, captured: u32) -> f64 {
        if self.height == 0 {
            return 1.0;
        }
        (f64::from(captured) / f64::from(self.height)).max(1.0)
    }

    fn sound(active: bool) -> Self {
        Self {
            active,
            max_bitrate: VOICE,
            ..Self::default()
        }
    }
}

/// The four streams of one connection.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    pub microphone: Stream,
    pub camera: Stream,
    pub screen: Stream,
    pub screen_sound: Stream,
}

/// What the camera films, in lines and pictures a second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capture {
    pub height: u32,
    pub framerate: u32,
}

impl Capture {
    /// What a camera films while nothing is known of the others.
    pub const FULL: Self = Self {
        height: 720,
        framerate: 30,
    };
    /// The least: the person's own tile shows it as well.
    const LEAST: Self = Self {
        height: 360,
        framerate: 15,
    };
}

/// The whole uplink: one share for each connection, in the order in which they were given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    pub capture: Capture,
    pub shares: Vec<Share>,
    /// True when too many watch for the sound of the screen to be sent.
    pub screen_sound_left_out: bool,
}

/// Shares the uplink out among the connections whose other sides want `wanted`.
pub fn plan(sending: Sending, wanted: &[Wanted]) -> Plan {
    let hearing = wanted.iter().filter(|wanted| wanted.screen).count();
    let sounds = sending.screen && sending.screen_sound;
    let screen_sound = sounds && hearing <= MOST_HEARING_SCREENS;
    let budget = picture_budget(
        sending,
        wanted.len(),
        if screen_sound { hearing } else { 0 },
    );
    let (cameras, screens) = bitrates(sending, wanted, budget);
    let shares: Vec<Share> = wanted
        .iter()
        .zip(cameras.into_iter().zip(screens))
        .map(|(wanted, (camera, screen))| Share {
            microphone: Stream::sound(sending.microphone),
            camera: camera_stream(wanted.camera, camera),
            screen: screen_stream(screen),
            screen_sound: Stream::sound(screen_sound && wanted.screen),
        })
        .collect();
    Plan {
        capture: capture(sending, wanted, &shares),
        shares,
        screen_sound_left_out: sounds && !screen_sound,
    }
}

/// What is left for pictures, without their overhead.
fn picture_budget(sending: Sending, connections: usize, hearing: usize) -> u32 {
    let sound = |streams: usize| count(streams).saturating_mul(VOICE + SOUND_HEADERS);
    let fixed = count(connections)
        .saturating_mul(UPKEEP)
        .saturating_add(sound(if sending.microphone { connections } else { 0 }))
        .saturating_add(sound(hearing));
    let left = (CEILING - RESERVE).saturating_sub(fixed);
    left / (100 + PICTURE_OVERHEAD) * 100
}

/// The bitrates of all cameras and of all screens.
fn bitrates(sending: Sending, wanted: &[Wanted], budget: u32) -> (Vec<u32>, Vec<u32>) {
    let camera = |wanted: &Wanted| match wanted.camera {
        PictureSize::Hidden => Demand::NONE,
        _ if !sending.camera => Demand::NONE,
        PictureSize::Small => Demand::new(1, 160_000),
        PictureSize::Medium => Demand::new(3, 800_000),
        PictureSize::Large => Demand::new(8, 2_200_000),
    };
    let screen = |wanted: &Wanted| {
        if sending.screen && wanted.screen {
            Demand::new(1, 2_000_000)
        } else {
            Demand::NONE
        }
    };
    let cameras: Vec<Demand> = wanted.iter().map(camera).collect();
    let screens: Vec<Demand> = wanted.iter().map(screen).collect();
    if screens.iter().all(|demand| demand.most == 0) {
        return (share_out(budget, &cameras), vec![0; wanted.len()]);
    }
    let beside = share_out(budget / CAMERAS_BESIDE_SCREEN, &cameras);
    let screens = share_out(budget - beside.iter().sum::<u32>(), &screens);
    // What a screen cannot use is the cameras'.
    let cameras = share_out(budget - screens.iter().sum::<u32>(), &cameras);
    (cameras, screens)
}

/// What one stream would like to have.
#[derive(Clone, Copy, Debug)]
struct Demand {
    weight: u32,
    /// In bit/s.
    most: u32,
}

impl Demand {
    const NONE: Self = Self::new(0, 0);

    const fn new(weight: u32, most: u32) -> Self {
        Self { weight, most }
    }
}

/// Gives everyone the least as far as `budget` goes, and divides the rest by weight; what one cannot
/// use goes to the others.
fn share_out(budget: u32, demands: &[Demand]) -> Vec<u32> {
    let mut given = vec![0; demands.len()];
    let mut left = budget;
    for (given, demand) in given.iter_mut().zip(demands) {
        *given = LEAST.min(demand.most).min(left);
        left -= *given;
    }
    let more: Vec<Demand> = demands
        .iter()
        .zip(&given)
        .map(|(demand, given)| Demand::new(demand.weight, demand.most - given))
        .collect();
    for (given, more) in given.iter_mut().zip(divide(left, &more)) {
        *given += more;
    }
    given
}

fn divide(budget: u32, demands: &[Demand]) -> Vec<u32> {
    let mut given = vec![0; demands.len()];
    let mut left = u64::from(budget);
    let mut open: Vec<usize> = (0..demands.len())
        .filter(|&place| demands[place].most > 0)
        .collect();
    while !open.is_empty() {
        let weights: u64 = open
            .iter()
            .map(|&place| u64::from(demands[place].weight))
            .sum();
        let part = |place: usize| left * u64::from(demands[place].weight) / weights;
        let (full, rest): (Vec<usize>, Vec<usize>) = open
            .iter()
            .copied()
            .partition(|&place| part(place) >= u64::from(demands[place].most));
        if full.is_empty() {
            for &place in &rest {
                given[place] = u32::try_from(part(place)).unwrap_or(0);
            }
            break;
        }
        for &place in &full {
            given[place] = demands[place].most;
        }
        left -= full
            .iter()
            .map(|&place| u64::from(given[place]))
            .sum::<u64>();
        open = rest;
    }
    given
}

/// What a bitrate is enough for: lines, pictures a second, bit/s. The best first.
const RUNGS: [(u32, u32, u32); 6] = [
    (720, 30, 1_200_000),
    (540, 30, 650_000),
    (360, 25, 300_000),
    (270, 20, 140_000),
    (180, 15, 50_000),
    (120, 8, 0),
];

fn camera_stream(size: PictureSize, bitrate: u32) -> Stream {
    if bitrate < LEAST {
        return Stream::default();
    }
    let tallest = match size {
        PictureSize::Hidden => 0,
        PictureSize::Small => 270,
        PictureSize::Medium => 540,
        PictureSize::Large => 720,
    };
    let rung = RUNGS
        .iter()
        .find(|(height, _, least)| *height <= tallest && *least <= bitrate);
    let Some(&(height, max_framerate, _)) = rung else {
        return Stream::default();
    };
    Stream {
        active: true,
        max_bitrate: bitrate,
        height,
        max_framerate,
    }
}

/// A screen keeps its lines, so that text stays readable, and gives up its rate first.
fn screen_stream(bitrate: u32) -> Stream {
    if bitrate < LEAST {
        return Stream::default();
    }
    let (height, max_framerate) = match bitrate {
        1_400_000.. => (1080, 15),
        600_000.. => (1080, 10),
        200_000.. => (1080, 5),
        100_000.. => (1080, 3),
        _ => (720, 2),
    };
    Stream {
        active: true,
        max_bitrate: bitrate,
        height,
        max_framerate,
    }
}

/// As much as the one who sees most, so that nothing is filmed for nobody.
fn capture(sending: Sending, wanted: &[Wanted], shares: &[Share]) -> Capture {
    if wanted.is_empty() {
        return Capture::FULL;
    }
    if !sending.camera {
        // It opens at once with what it will be asked for.
        let filming = Sending {
            camera: true,
            ..sending
        };
        return plan(filming, wanted).capture;
    }
    shares
        .iter()
        .map(|share| share.camera)
        .filter(|camera| camera.active)
        .fold(Capture::LEAST, |most, camera| Capture {
            height: most.height.max(camera.height),
            framerate: most.framerate.max(camera.max_framerate),
        })
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
