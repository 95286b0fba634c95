//! Which browser this is, only to point people to the right menu; no behaviour depends on it.

/// Browsers whose menus differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BrowserFamily {
    /// Chrome, Edge and their relatives on a computer.
    Chromium,
    /// The same on Android.
    ChromiumOnAndroid,
    Firefox,
    /// Safari on a Mac.
    Safari,
    /// Any browser on an iPhone or iPad.
    AppleMobile,
    Other,
}

impl BrowserFamily {
    /// This browser.
    pub fn current() -> Self {
        let agent = web_sys::window().and_then(|window| window.navigator().user_agent().ok());
        Self::of(&agent.unwrap_or_default())
    }

    fn of(agent: &str) -> Self {
        let has = |word: &str| agent.contains(word);
        if has("iPhone") || has("iPad") {
            Self::AppleMobile
        } else if has("Firefox/") {
            Self::Firefox
        } else if has("Chrome/") || has("Chromium/") {
            if has("Android") {
                Self::ChromiumOnAndroid
            } else {
                Self::Chromium
            }
        } else if has("Safari/") {
            Self::Safari
        } else {
            Self::Other
        }
    }
}

#[cfg(test)]
mod tests {
    use super::BrowserFamily;

    fn check(agent: &str, expected: BrowserFamily) {
        assert_eq!(BrowserFamily::of(agent), expected, "{agent}");
    }

    #[test]
    fn families_by_user_agent() {
        check(
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
            BrowserFamily::Chromium,
        );
        check(
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0",
            BrowserFamily::Chromium,
        );
        check(
            "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile Safari/537.36",
            BrowserFamily::ChromiumOnAndroid,
        );
        check(
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            BrowserFamily::Firefox,
        );
        check(
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15",
            BrowserFamily::Safari,
        );
        check(
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 CriOS/140.0 Mobile/15E148 Safari/604.1",
            BrowserFamily::AppleMobile,
        );
        check("", BrowserFamily::Other);
    }
}
