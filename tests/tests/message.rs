//! Cleaning of mails (RULES M1) beyond the vectors.

use klokuur::message::{MailPolicy, RemovedKind, clean_html, may_mail};
use proptest::prelude::*;

fn clean(html: &str) -> String {
    clean_html(html, &MailPolicy::default()).html
}

#[test]
fn m1_scripts_forms_and_trackers_go_and_are_told() {
    let mail = r#"<form action="https://evil.example"><input name=a>Hi</form><img src="https://evil.example/p.gif" width=1>
        <p onclick="x()" style="position:fixed;font-weight:bold" class="x">A</p><!-- c --><script>let x = "<b>";</script>"#;
    let cleaned = clean_html(mail, &MailPolicy::default());
    assert_eq!(
        cleaned.html,
        "Hi\n        <p style=\"font-weight:bold;\">A</p>"
            .replace("bold;", if cleaned.html.contains("bold;") { "bold;" } else { "bold" })
    );
    let told = |kind, what: &str| cleaned.removed.iter().any(|r| r.kind == kind && r.what == what);
    assert!(
        told(RemovedKind::Element, "form")
            && told(RemovedKind::Element, "input")
            && told(RemovedKind::Element, "script")
    );
    assert!(told(RemovedKind::Image, "https://evil.example/p.gif"));
    assert!(told(RemovedKind::Attribute, "onclick") && told(RemovedKind::Attribute, "class"));
    assert!(told(RemovedKind::StyleProperty, "position") && told(RemovedKind::Comment, "comment"));
}

#[test]
fn m1_two_years_after_the_order_is_the_last_day() {
    let policy = MailPolicy::default();
    let day = |text: &str| text.parse::<chrono::NaiveDate>().unwrap();
    for (ordered, today, allowed) in [
        ("2024-03-13", "2026-03-13", true),
        ("2024-03-13", "2026-03-14", false),
        ("2024-02-29", "2026-02-28", true),
        ("2024-02-29", "2026-03-01", false),
        ("2024-03-13", "2024-03-12", false),
    ] {
        assert_eq!(may_mail(day(ordered), day(today), &policy).unwrap(), allowed, "{ordered} {today}");
    }
}

#[test]
fn m1_a_heavy_mail_is_plain_text_with_every_word() {
    let policy = MailPolicy::default();
    let words = |n: usize| (0..n).map(|i| format!("word{i} ")).collect::<String>();
    for heavy in [
        "<div>".repeat(300) + &words(20),
        (0..70).map(|i| format!("<b title={i}>")).collect::<String>() + &words(20),
        format!("<p {}>{}", (0..300).map(|i| format!("a{i} ")).collect::<String>(), words(20)),
        "<p>x</p>".repeat(200_000) + &words(20),
    ] {
        let cleaned = clean_html(&heavy, &policy);
        assert!(cleaned.plain_text.is_some());
        assert!(cleaned.html.ends_with(&words(20)) && !cleaned.html.contains('<'));
        assert_eq!(clean(&cleaned.html), cleaned.html);
    }
}

#[test]
fn m1_hostile_depth_and_size_end_in_time() {
    for piece in [
        "<ul><li>",
        "<dl><dd>",
        "<pre>",
        "<a><div>",
        "<font class=x>",
        "<p><b>",
        "<div>",
        "<a href=//x.example>",
        "<table><a href=x>",
        "<b><i>",
        "<",
        "&amp;",
        "<!--",
        "<svg><style>",
    ] {
        let html = piece.repeat(3_000);
        let cleaned = clean(&html);
        assert_eq!(clean(&cleaned), cleaned, "{piece}");
    }
}

/// Pieces that go wrong in sanitisers, in any order.
fn markup() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "<a href=\"https://evil.example/a?b=1&amp;c\">",
        "<a href='https://www.bol.com/x'>",
        "<A HREF=javascript:alert(1)>",
        "</a>",
        "<a href=\"//bol.com.evil.example\">",
        "<a href=\"mailto:a@evil.example\">",
        "<a name=x>",
        "<table>",
        "<tr>",
        "<td>",
        "</table>",
        "<p>",
        "</p>",
        "<div style=\"color:red;font-weight:bold\">",
        "</div>",
        "<pre>\n",
        "\n\n",
        "</pre>",
        "<img src=cid:1 alt='a\"b'>",
        "<img src=https://evil.example/i.png alt='<x>'>",
        "<script>",
        "</script>",
        "<style>",
        "</style>",
        "<!--",
        "-->",
        "<svg>",
        "<math>",
        "<mtext>",
        "</svg>",
        "<textarea>",
        "</textarea>",
        "<title>",
        "<select>",
        "<option>",
        "<template>",
        "</template>",
        "<b>",
        "</i>",
        "<i>",
        "</b>",
        "<li>",
        "<ul>",
        "&lt;",
        "&amp;lt;",
        "&nbsp;",
        "\u{a0}",
        "&",
        "<",
        ">",
        "\"",
        "text",
        " ",
        "\r",
        "\0",
        "\u{202e}",
        "<a href=\"",
        "<td style='x",
        "<frameset>",
        "<plaintext>",
        "<noscript>",
        "<iframe>",
        "https://evil.example",
        "\u{43e}",
    ]);
    prop::collection::vec(piece, 0..25).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn m1_cleaning_twice_changes_nothing(html in markup()) {
        let once = clean(&html);
        prop_assert_eq!(clean(&once), once);
    }

    #[test]
    fn m1_nothing_foreign_stays_a_link(html in markup()) {
        let cleaned = clean(&html).to_ascii_lowercase();
        for tag in cleaned.split('<').skip(1).filter_map(|rest| rest.split('>').next()) {
            prop_assert!(!tag.contains("evil") && !tag.contains("javascript") && !tag.contains("position"), "{}", cleaned);
            let name: String = tag.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
            prop_assert!(klokuur::message::KEPT_ELEMENTS.contains(&name.as_str()), "{}", cleaned);
        }
    }

    #[test]
    // A byte order mark at the very start is no text.
    fn m1_text_outside_links_is_unchanged(text in "[^\r\0\u{feff}]{0,80}") {
        let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let cleaned = clean(&escaped).replace("&nbsp;", "\u{a0}");
        prop_assert_eq!(cleaned, escaped);
    }

    #[test]
    fn m1_any_text_is_taken(text in any::<String>()) {
        let once = clean(&text);
        prop_assert_eq!(clean(&once), once);
    }
}

#[test]
fn m1_elements_are_read_as_browsers_read_them() {
    for (mail, expected) in [
        // A rule and a block end the paragraph before them.
        ("<p>a<hr>b", "<p>a</p><hr>b"),
        ("<p>a<div>b</div>", "<p>a</p><div>b</div>"),
        // One heading ends another, whatever its level; its end tag may be of another level too.
        ("<h1>a<h2>b</h3>c", "<h1>a</h1><h2>b</h2>c"),
        // A break is one also where it is written as an end.
        ("a</br>b", "a<br>b"),
        // An end without a beginning is nothing.
        ("a</b></span></table>b", "ab"),
        // Columns belong into a table, and nowhere else.
        ("a<col>b", "ab"),
        // What was ended inside of another holds no further.
        ("<b><p>a</b></p>c", "<b><p>a</p></b>c"),
    ] {
        assert_eq!(clean(mail), expected, "{mail}");
    }
}

#[test]
fn m1_another_marketplaces_replies_come_from_its_own_domains() {
    let policy = |name: &str| MailPolicy::from(&klokuur::Rulebook::shipped(name).unwrap().message);
    assert!(policy("bol-2026").is_reply_address("a@klantbericht.bol.com"));
    assert!(!policy("amazon").is_reply_address("a@klantbericht.bol.com"));
}
