//! Every option of the program, from flags, the environment and `.env`; opens and starts nothing.

mod options;

use std::net::SocketAddr;

use ipnet::IpNet;
use url::Url;

pub use options::{Command, Options};

use super::{clock::Clock, db::Location};
use crate::protocol::IceServer;

/// What the server is run with.
#[derive(Clone, Debug)]
pub struct Config {
    /// The address that is listened on.
    pub addr: SocketAddr,
    pub location: Location,
    /// Where browsers find the server: a scheme, a host and a port, without a path.
    pub public_url: Url,
    pub ice_servers: Vec<IceServer>,
    /// Whose X-Forwarded-For is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// Whether visitors may make an account.
    pub sign_up_open: bool,
    pub clock: Clock,
}

impl Config {
    /// Whether browsers reach the server by https.
    pub fn is_secure(&self) -> bool {
        self.public_url.scheme() == "https"
    }

    /// The full address of a path of this site, which begins with a slash.
    pub fn link(&self, path: &str) -> String {
        format!("{}{path}", self.public_url.origin().ascii_serialization())
    }
}
