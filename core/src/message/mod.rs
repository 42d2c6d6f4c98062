//! Mails to customers, cleaned as the marketplace cleans them (RULES M1). Feature `message`.
//!
//! The marketplace checks and cleans a mail on its way to the customer: links to domains outside the marketplace lose
//! the link and have their URL written out in full, and most style attributes go. [`clean_html`] shows a seller
//! beforehand what will be left. The sanitising itself is done by `ammonia`; what it keeps is listed in [`MailPolicy`]
//! and [`KEPT_ELEMENTS`].
//!
//! ```
//! use klokuur::message::{MailPolicy, clean_html};
//!
//! let mail = r#"<p style="position:fixed">See <a href="https://shop.example/faq?a=1">our page</a>.</p>"#;
//! let cleaned = clean_html(mail, &MailPolicy::default());
//! assert_eq!(cleaned.html, "<p>See our page (https://shop.example/faq?a=1).</p>");
//! ```
//!
//! A mail is read once, in one pass, before anything is parsed. Above the [bounds](MailBounds) of the policy it becomes
//! plain text with its addresses written out, and [`CleanedMail::plain_text`] tells why:
//!
//! | bound | default |
//! | --- | --- |
//! | bytes of the mail | 1,048,576 (1 MiB) |
//! | elements in one another | 256 |
//! | formatting elements open at once | 64 |
//! | attributes of one tag | 256 |
//!
//! What it does not do: it does not check where a link on the marketplace's own domain leads on to, and it does not
//! look at plain-text URLs, which are text.
//!
//! # Where what is
//!
//! - `balance`: a mail written again with plain, balanced tags, in one pass and within bounds
//! - `bounds`: what a mail may weigh, and what it becomes above that
//! - `clean`: cleaning of a mail's HTML (RULES M1)
//! - `elements`: how the elements that stay nest in one another, as HTML has it
//! - `link`: where a link leads, and how its URL is written out
//! - `markup`: a scanner over the tags of HTML text, in one pass
//! - `notes`: what cleaning takes out of a mail, each thing once
//! - `plain`: a mail as plain text
//! - `policy`: what may stay in a mail, and until when one may be sent (RULES M1)

mod balance;
mod bounds;
mod clean;
mod elements;
mod link;
mod markup;
mod notes;
mod plain;
mod policy;

pub use bounds::{MailBounds, PlainTextReason};
pub use clean::{CleanedMail, clean_html};
pub use notes::{Removed, RemovedKind};
pub use policy::{KEPT_ELEMENTS, MailPolicy, last_mail_date, may_mail};
