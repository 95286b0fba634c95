//! What a page's measurements of its network mean for an interview. Measures nothing and words nothing.

/// Where a WebSocket says [`WORD`] and nothing else.
pub const SOCKET_PATH: &str = "/check/socket";
/// Where a plain POST is answered with [`WORD`].
pub const HTTP_PATH: &str = "/check/http";
/// What the server says by both.
pub const WORD: &str = "ok";

/// What a page found out so far; None where a measurement has not ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Measurements {
    /// Whether a WebSocket to the server opened and brought something.
    pub socket: Option<bool>,
    /// Whether a plain request was answered.
    pub http: Option<bool>,
    pub web_rtc: Option<WebRtc>,
    pub servers: Option<Servers>,
}

/// What the browser makes of a connection within the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WebRtc {
    Works,
    /// It exists and makes no connection, not even to itself.
    Blocked,
    /// The browser has no such thing.
    Missing,
}

/// What came of asking the STUN and TURN servers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Servers {
    /// The page could not learn which there are.
    Unknown,
    /// One for each address; empty where the site offers none.
    Tried(Vec<Tried>),
}

/// How one address of a STUN or TURN server answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tried {
    pub means: Means,
    /// Host and port, as configured.
    pub host: String,
    pub answered: bool,
}

/// What an address of a STUN or TURN server is for (RFC 7064 and RFC 7065).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Means {
    /// Finds out under which address others may reach this browser by UDP.
    Stun,
    RelayByUdp,
    RelayByTcp,
    RelayByTls,
}

impl Means {
    /// What `url` is for. None for anything that is no STUN or TURN address.
    pub fn of(url: &str) -> Option<Self> {
        let (scheme, rest) = url.split_once(':')?;
        let by_tcp = rest
            .split_once('?')
            .is_some_and(|(_, query)| query.eq_ignore_ascii_case("transport=tcp"));
        match scheme.to_ascii_lowercase().as_str() {
            "stun" | "stuns" => Some(Self::Stun),
            "turn" if by_tcp => Some(Self::RelayByTcp),
            "turn" => Some(Self::RelayByUdp),
            "turns" => Some(Self::RelayByTls),
            _ => None,
        }
    }

    /// True where media would go through the server.
    pub const fn is_relay(self) -> bool {
        !matches!(self, Self::Stun)
    }

    /// True where an answer proves that UDP leaves this network.
    pub const fn is_by_udp(self) -> bool {
        matches!(self, Self::Stun | Self::RelayByUdp)
    }
}

/// Host and port in the address of a STUN or TURN server.
pub fn host_of(url: &str) -> &str {
    let (_, rest) = url.split_once(':').unwrap_or(("", url));
    rest.split_once('?').map_or(rest, |(host, _)| host)
}

/// What a gathering of candidates for one address brought until it ended or took too long.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Gathering {
    /// A candidate of the kind that only this server can bring.
    pub candidate: bool,
    /// The browser said that the server does not answer or refuses.
    pub error: bool,
    /// The browser had finished in time.
    pub complete: bool,
    /// The browser is one that says so when a server does not answer.
    pub tells_errors: bool,
}

impl Gathering {
    /// Whether the server at that address answered. A browser that is not behind address translation
    /// leaves out what STUN brings, for it is the address it has anyway.
    pub const fn answered(self, means: Means) -> bool {
        let nothing_new = self.complete && self.tells_errors && !self.error;
        self.candidate || (matches!(means, Means::Stun) && nothing_new)
    }
}

/// How much something matters, the worst last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    Good,
    /// Neither good nor bad, and worth knowing.
    Plain,
    /// The interview works, with something less.
    Limited,
    /// The interview will probably not work.
    Bad,
}

/// One thing to tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    SocketWorks,
    /// Plain HTTP stands in.
    SocketBlocked,
    HttpWorks,
    /// The socket works, so HTTP is not needed.
    HttpBlocked,
    /// Neither works.
    ServerUnreachable,
    WebRtcWorks,
    WebRtcBlocked,
    WebRtcMissing,
    ServersUnknown,
    Server(Tried),
    /// The site offers no STUN and no TURN server.
    NoServers,
    /// UDP works, and there is no relay or need of one.
    UdpWorks,
    /// Directly or through the relay, both are possible.
    UdpAndRelayWork,
    /// The relay answers; whether UDP works was not asked.
    RelayWorks,
    /// Only the relay by TCP or TLS is left.
    UdpBlockedRelayWorks,
    /// UDP works, but the relay does not answer.
    RelaySilent,
    /// UDP is blocked and there is no relay.
    UdpBlocked,
    /// UDP is blocked and no relay answers.
    NothingAnswers,
}

impl Finding {
    /// How much it matters.
    pub const fn severity(&self) -> Severity {
        match self {
            Self::SocketWorks
            | Self::HttpWorks
            | Self::WebRtcWorks
            | Self::UdpWorks
            | Self::UdpAndRelayWork
            | Self::RelayWorks
            | Self::Server(Tried { answered: true, .. }) => Severity::Good,
            Self::NoServers => Severity::Plain,
            Self::SocketBlocked
            | Self::HttpBlocked
            | Self::ServersUnknown
            | Self::UdpBlockedRelayWorks
            | Self::RelaySilent
            | Self::Server(Tried {
                answered: false, ..
            }) => Severity::Limited,
            Self::ServerUnreachable
            | Self::WebRtcBlocked
            | Self::WebRtcMissing
            | Self::UdpBlocked
            | Self::NothingAnswers => Severity::Bad,
        }
    }
}

impl Measurements {
    /// True when nothing more is to come.
    pub const fn are_complete(&self) -> bool {
        let media = match self.web_rtc {
            Some(WebRtc::Works) => self.servers.is_some(),
            Some(_) => true,
            None => false,
        };
        self.socket.is_some() && self.http.is_some() && media
    }

    /// What can be told by now, in the order in which it is told. Never takes back what it told
    /// before.
    pub fn findings(&self) -> Vec<Finding> {
        let mut findings = self.of_the_server();
        match self.web_rtc {
            Some(WebRtc::Works) => {
                findings.push(Finding::WebRtcWorks);
                findings.extend(self.of_media());
            }
            // Of a browser that connects to nobody, servers tell nothing.
            Some(WebRtc::Blocked) => findings.push(Finding::WebRtcBlocked),
            Some(WebRtc::Missing) => findings.push(Finding::WebRtcMissing),
            None => {}
        }
        findings
    }

    fn of_the_server(&self) -> Vec<Finding> {
        match (self.socket, self.http) {
            (Some(true), Some(true)) => vec![Finding::SocketWorks, Finding::HttpWorks],
            (Some(true), Some(false)) => vec![Finding::SocketWorks, Finding::HttpBlocked],
            (Some(false), Some(true)) => vec![Finding::SocketBlocked, Finding::HttpWorks],
            (Some(false), Some(false)) => vec![Finding::ServerUnreachable],
            (Some(true), None) => vec![Finding::SocketWorks],
            (None, Some(true)) => vec![Finding::HttpWorks],
            _ => Vec::new(),
        }
    }

    fn of_media(&self) -> Vec<Finding> {
        match &self.servers {
            Some(Servers::Tried(tried)) => {
                let servers = tried.iter().cloned().map(Finding::Server);
                servers.chain([media(tried)]).collect()
            }
            // Who does not reach the site does not learn its servers either: that is told already.
            Some(Servers::Unknown) if self.http == Some(true) => vec![Finding::ServersUnknown],
            _ => Vec::new(),
        }
    }
}

/// What all servers together mean for sound and picture.
fn media(tried: &[Tried]) -> Finding {
    let any = |wanted: &dyn Fn(&Tried) -> bool| tried.iter().any(wanted);
    let udp = any(&|server| server.means.is_by_udp() && server.answered);
    let udp_asked = any(&|server| server.means.is_by_udp());
    let relay = any(&|server| server.means.is_relay() && server.answered);
    let relay_offered = any(&|server| server.means.is_relay());
    match (udp, relay) {
        _ if tried.is_empty() => Finding::NoServers,
        (true, true) => Finding::UdpAndRelayWork,
        (true, false) if relay_offered => Finding::RelaySilent,
        (true, false) => Finding::UdpWorks,
        (false, true) if udp_asked => Finding::UdpBlockedRelayWorks,
        (false, true) => Finding::RelayWorks,
        (false, false) if relay_offered => Finding::NothingAnswers,
        (false, false) => Finding::UdpBlocked,
    }
}

/// The worst of what was found.
pub fn verdict(findings: &[Finding]) -> Severity {
    let severities = findings.iter().map(Finding::severity);
    severities.max().unwrap_or(Severity::Good)
}

#[cfg(test)]
mod tests;
