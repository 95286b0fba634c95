//! The command line, and what each option may look like.

use std::{net::SocketAddr, path::PathBuf};

use clap::{Parser, Subcommand, ValueEnum};
use ipnet::IpNet;
use url::Url;

use super::{Clock, Config, IceServer, Location};

/// The file in the data directory that holds everything.
const DATABASE_FILE: &str = "colloquy.db";

/// Self-hosted interviews: booking, video rooms and what was written, in one file.
///
/// Every option can also stand in the environment or in a file `.env` in the working directory.
#[derive(Clone, Parser)]
#[command(name = "colloquy", version)]
pub struct Options {
    #[command(subcommand)]
    pub command: Option<Command>,

    /// Address and port to listen on; port 0 takes any free one.
    #[arg(
        long,
        global = true,
        env = "COLLOQUY_ADDR",
        default_value = "127.0.0.1:3000"
    )]
    pub addr: SocketAddr,

    /// Directory that holds the database, made when it does not exist.
    #[arg(
        long,
        global = true,
        env = "COLLOQUY_DATA_DIR",
        default_value = "./data"
    )]
    pub data_dir: PathBuf,

    /// Another database than the file in the data directory: postgres://user:password@host/name,
    /// or sqlite://path.
    #[arg(
        long,
        global = true,
        env = "DATABASE_URL",
        hide_env_values = true,
        value_parser = parse_database_url
    )]
    pub database_url: Option<Location>,

    /// Where browsers find this server [default: http://localhost and the port of --addr].
    #[arg(long, global = true, env = "COLLOQUY_PUBLIC_URL", value_parser = parse_public_url)]
    pub public_url: Option<Url>,

    /// A STUN or TURN server, as stun:host:port or turn:user:password@host:port; repeat it, or
    /// separate several by commas.
    #[arg(
        long = "ice-server",
        global = true,
        env = "COLLOQUY_ICE_SERVER",
        hide_env_values = true,
        value_delimiter = ',',
        value_name = "ICE_SERVER",
        value_parser = parse_ice_server
    )]
    pub ice_servers: Vec<IceServer>,

    /// Networks of proxies whose X-Forwarded-For is believed, as 10.0.0.0/8, separated by commas.
    #[arg(
        long,
        global = true,
        env = "COLLOQUY_TRUSTED_PROXIES",
        value_delimiter = ',',
        value_parser = parse_network
    )]
    pub trusted_proxies: Vec<IpNet>,

    /// Whether visitors may make an account.
    #[arg(
        long,
        global = true,
        env = "COLLOQUY_SIGN_UP",
        value_enum,
        default_value = "open"
    )]
    pub sign_up: SignUp,

    /// What is logged: error, warn, info, debug, trace, or a filter for single parts.
    #[arg(long, global = true, env = "COLLOQUY_LOG", default_value = "info")]
    pub log: String,
}

/// What the program is to do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Subcommand)]
pub enum Command {
    /// Serve pages, data and rooms (the default).
    #[default]
    Serve,
    /// Bring the tables up to date, then stop.
    Migrate,
}

/// Who makes accounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SignUp {
    /// Visitors.
    Open,
    /// Nobody.
    Closed,
}

impl std::fmt::Debug for Options {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Options")
            .field("addr", &self.addr)
            .finish_non_exhaustive()
    }
}

impl Options {
    /// Where the data is.
    pub fn location(&self) -> Location {
        let own = || Location::File(self.data_dir.join(DATABASE_FILE));
        self.database_url.clone().unwrap_or_else(own)
    }

    /// What the server is run with, given the address that was bound.
    ///
    /// # Errors
    /// When the public address cannot be made up from the bound one.
    pub fn into_config(self, addr: SocketAddr) -> Result<Config, url::ParseError> {
        let location = self.location();
        let public_url = match self.public_url {
            Some(url) => url,
            None => Url::parse(&format!("http://localhost:{}", addr.port()))?,
        };
        Ok(Config {
            addr,
            location,
            public_url,
            ice_servers: self.ice_servers,
            trusted_proxies: self.trusted_proxies,
            sign_up_open: self.sign_up == SignUp::Open,
            clock: Clock::default(),
        })
    }
}

fn parse_database_url(text: &str) -> Result<Location, String> {
    if let Some(path) = text
        .strip_prefix("sqlite://")
        .filter(|path| !path.is_empty())
    {
        return Ok(Location::File(path.into()));
    }
    if ["postgres://", "postgresql://"]
        .iter()
        .any(|scheme| text.starts_with(scheme))
    {
        return Ok(Location::Postgres(text.to_owned()));
    }
    Err("it must look like postgres://user:password@host/name or sqlite://path".to_owned())
}

fn parse_public_url(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).map_err(|error| error.to_string())?;
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        return Err("it must look like https://interviews.example.org".to_owned());
    }
    let bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
    if !bare || !url.username().is_empty() || url.password().is_some() {
        return Err("it must be a scheme, a host and a port, and nothing after that".to_owned());
    }
    Ok(url)
}

fn parse_network(text: &str) -> Result<IpNet, String> {
    let text = text.trim();
    let one = text.parse::<std::net::IpAddr>().map(IpNet::from).ok();
    one.or_else(|| text.parse().ok())
        .ok_or_else(|| "it must look like 10.0.0.0/8".to_owned())
}

fn parse_ice_server(text: &str) -> Result<IceServer, String> {
    let text = text.trim();
    let malformed =
        || "it must look like stun:host:port or turn:user:password@host:port".to_owned();
    let (scheme, rest) = text.split_once(':').ok_or_else(malformed)?;
    match scheme {
        "stun" | "stuns" if !rest.is_empty() && !rest.contains('@') => Ok(IceServer {
            urls: vec![text.to_owned()],
            username: None,
            credential: None,
        }),
        "turn" | "turns" => {
            let (account, host) = rest.rsplit_once('@').ok_or_else(malformed)?;
            let (username, credential) = account.split_once(':').ok_or_else(malformed)?;
            if username.is_empty() || credential.is_empty() || host.is_empty() {
                return Err(malformed());
            }
            Ok(IceServer {
                urls: vec![format!("{scheme}:{host}")],
                username: Some(username.to_owned()),
                credential: Some(credential.to_owned()),
            })
        }
        _ => Err(malformed()),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Options::command().debug_assert();
    }

    #[test]
    fn ice_servers() {
        let check = |text: &str, expected: Option<(&str, Option<&str>, Option<&str>)>| {
            let parsed = parse_ice_server(text).ok();
            let seen = parsed.as_ref().map(|server| {
                (
                    server.urls[0].as_str(),
                    server.username.as_deref(),
                    server.credential.as_deref(),
                )
            });
            assert_eq!(seen, expected, "{text}");
        };
        check(
            "stun:stun.example:3478",
            Some(("stun:stun.example:3478", None, None)),
        );
        check(
            "turn:anna:p:a@ss@turn.example:3478",
            Some(("turn:turn.example:3478", Some("anna"), Some("p:a@ss"))),
        );
        check("turn:turn.example:3478", None);
        check("turn:anna:@turn.example", None);
        check("http://example", None);
        check("stun:", None);
        check("", None);
    }

    #[test]
    fn public_addresses() {
        let check =
            |text: &str, valid: bool| assert_eq!(parse_public_url(text).is_ok(), valid, "{text}");
        check("https://interviews.example.org", true);
        check("http://localhost:3000/", true);
        check("ftp://example.org", false);
        check("https://example.org/colloquy", false);
        check("https://a:b@example.org", false);
        check("example.org", false);
    }
}
