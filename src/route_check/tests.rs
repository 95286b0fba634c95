//! Tables of what measurements mean; touches no browser.

use super::*;

fn tried(means: Means, answered: bool) -> Tried {
    Tried {
        means,
        host: "relay.example".into(),
        answered,
    }
}

fn complete(socket: bool, http: bool, web_rtc: WebRtc, servers: Servers) -> Measurements {
    Measurements {
        socket: Some(socket),
        http: Some(http),
        web_rtc: Some(web_rtc),
        servers: Some(servers),
    }
}

#[test]
fn each_way_to_the_server_has_its_finding() {
    use Finding::{HttpBlocked, HttpWorks, ServerUnreachable, SocketBlocked, SocketWorks};
    let check = |socket, http, expected: &[Finding]| {
        let measured = Measurements {
            socket,
            http,
            ..Measurements::default()
        };
        assert_eq!(measured.findings(), expected, "{socket:?} {http:?}");
        assert!(!measured.are_complete());
    };
    let (yes, no) = (Some(true), Some(false));
    check(None, None, &[]);
    check(yes, None, &[SocketWorks]);
    check(no, None, &[]);
    check(None, yes, &[HttpWorks]);
    check(None, no, &[]);
    check(yes, yes, &[SocketWorks, HttpWorks]);
    check(yes, no, &[SocketWorks, HttpBlocked]);
    check(no, yes, &[SocketBlocked, HttpWorks]);
    check(no, no, &[ServerUnreachable]);
}

#[test]
fn each_set_of_servers_has_its_meaning() {
    use Means::{RelayByTcp, RelayByTls, RelayByUdp, Stun};
    let check = |servers: &[(Means, bool)], expected: Finding, severity| {
        let servers: Vec<Tried> = servers.iter().map(|(m, a)| tried(*m, *a)).collect();
        let measured = complete(true, true, WebRtc::Works, Servers::Tried(servers.clone()));
        let findings = measured.findings();
        assert_eq!(findings.len(), 3 + servers.len() + 1, "{servers:?}");
        assert_eq!(findings.last(), Some(&expected), "{servers:?}");
        assert_eq!(expected.severity(), severity, "{expected:?}");
        assert!(measured.are_complete());
    };
    let (good, limited, bad) = (Severity::Good, Severity::Limited, Severity::Bad);
    check(&[], Finding::NoServers, Severity::Plain);
    check(&[(Stun, true)], Finding::UdpWorks, good);
    check(&[(Stun, false)], Finding::UdpBlocked, bad);
    check(&[(RelayByUdp, true)], Finding::UdpAndRelayWork, good);
    check(&[(RelayByUdp, false)], Finding::NothingAnswers, bad);
    check(&[(RelayByTcp, true)], Finding::RelayWorks, good);
    check(&[(RelayByTls, true)], Finding::RelayWorks, good);
    check(&[(RelayByTls, false)], Finding::NothingAnswers, bad);
    check(
        &[(Stun, true), (RelayByTcp, false)],
        Finding::RelaySilent,
        limited,
    );
    check(
        &[(Stun, false), (RelayByTcp, true)],
        Finding::UdpBlockedRelayWorks,
        limited,
    );
    check(
        &[(RelayByUdp, false), (RelayByTls, true)],
        Finding::UdpBlockedRelayWorks,
        limited,
    );
    check(
        &[(Stun, false), (RelayByUdp, false)],
        Finding::NothingAnswers,
        bad,
    );
    check(
        &[(Stun, false), (RelayByUdp, true), (RelayByTcp, false)],
        Finding::UdpAndRelayWork,
        good,
    );
}

#[test]
fn a_browser_without_connections_is_told_that_alone() {
    let none = Servers::Tried(Vec::new());
    for (web_rtc, expected) in [
        (WebRtc::Blocked, Finding::WebRtcBlocked),
        (WebRtc::Missing, Finding::WebRtcMissing),
    ] {
        let measured = Measurements {
            servers: None,
            ..complete(true, true, web_rtc, none.clone())
        };
        assert!(measured.are_complete(), "{web_rtc:?}");
        assert_eq!(measured.findings().last(), Some(&expected));
        assert_eq!(verdict(&measured.findings()), Severity::Bad);
    }
    let waiting = Measurements {
        servers: None,
        ..complete(true, true, WebRtc::Works, none)
    };
    assert!(!waiting.are_complete());
}

#[test]
fn unknown_servers_are_told_of_only_where_the_site_answers() {
    let check = |socket, http, told| {
        let measured = complete(socket, http, WebRtc::Works, Servers::Unknown);
        let findings = measured.findings();
        assert_eq!(findings.contains(&Finding::ServersUnknown), told);
    };
    check(true, true, true);
    check(false, true, true);
    check(true, false, false);
    check(false, false, false);
}

#[test]
fn the_worst_finding_decides() {
    let check = |findings: &[Finding], expected| assert_eq!(verdict(findings), expected);
    check(&[], Severity::Good);
    check(&[Finding::SocketWorks], Severity::Good);
    check(&[Finding::NoServers, Finding::HttpWorks], Severity::Plain);
    check(
        &[Finding::SocketBlocked, Finding::NoServers],
        Severity::Limited,
    );
    check(
        &[Finding::UdpBlocked, Finding::SocketBlocked],
        Severity::Bad,
    );
    let silent = Finding::Server(tried(Means::Stun, false));
    check(&[silent], Severity::Limited);
}

/// Whatever ends first, what was told stays told and complete measurements tell something.
#[test]
fn nothing_told_is_taken_back() {
    let options = [Some(true), Some(false)];
    let kinds = [WebRtc::Works, WebRtc::Blocked, WebRtc::Missing];
    let servers = [
        Servers::Unknown,
        Servers::Tried(Vec::new()),
        Servers::Tried(vec![tried(Means::Stun, false)]),
    ];
    for (socket, http) in options.iter().flat_map(|s| options.map(|h| (*s, h))) {
        for (web_rtc, servers) in kinds
            .iter()
            .flat_map(|k| servers.each_ref().map(|s| (*k, s)))
        {
            let all = complete(
                socket == Some(true),
                http == Some(true),
                web_rtc,
                servers.clone(),
            );
            let told = all.findings();
            assert!(all.are_complete() && !told.is_empty());
            for missing in 0..16_u8 {
                let keep = |bit: u8| missing & (1 << bit) == 0;
                let some = Measurements {
                    socket: all.socket.filter(|_| keep(0)),
                    http: all.http.filter(|_| keep(1)),
                    web_rtc: all.web_rtc.filter(|_| keep(2)),
                    servers: all.servers.clone().filter(|_| keep(3)),
                };
                for finding in some.findings() {
                    assert!(told.contains(&finding), "{finding:?} of {some:?}");
                }
            }
        }
    }
}

#[test]
fn addresses_say_what_they_are_for() {
    let check = |url: &str, means: Option<Means>, host: &str| {
        assert_eq!((Means::of(url), host_of(url)), (means, host), "{url}");
    };
    check("stun:a.example", Some(Means::Stun), "a.example");
    check("STUN:a.example:1", Some(Means::Stun), "a.example:1");
    check("stuns:a.example", Some(Means::Stun), "a.example");
    check("turn:[::1]:3478", Some(Means::RelayByUdp), "[::1]:3478");
    check("turn:a?transport=udp", Some(Means::RelayByUdp), "a");
    check("turn:a:5?transport=tcp", Some(Means::RelayByTcp), "a:5");
    check("turns:a?transport=tcp", Some(Means::RelayByTls), "a");
    check("https://a.example", None, "//a.example");
    check("", None, "");
}

#[test]
fn a_gathering_tells_whether_a_server_answered() {
    let check = |gathering: Gathering, means, expected| {
        assert_eq!(gathering.answered(means), expected, "{gathering:?}");
    };
    let nothing = Gathering::default();
    let found = Gathering {
        candidate: true,
        ..nothing
    };
    // One of several interfaces may fail where another one brought the candidate.
    let found_with_error = Gathering {
        error: true,
        ..found
    };
    let quiet = Gathering {
        complete: true,
        tells_errors: true,
        ..nothing
    };
    let failed = Gathering {
        error: true,
        ..quiet
    };
    let untold = Gathering {
        tells_errors: false,
        ..quiet
    };
    for means in [Means::Stun, Means::RelayByUdp, Means::RelayByTls] {
        check(nothing, means, false);
        check(found, means, true);
        check(found_with_error, means, true);
        check(failed, means, false);
        check(untold, means, false);
        check(quiet, means, means == Means::Stun);
    }
}
