//! A letter and the message it becomes: headers that thread it, that keep programs from answering it, words in two forms.

use anyhow::Context;
use kernel::Instant;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::{Address, Message};
use std::time::{Duration, SystemTime};

/// A letter to one person.
#[derive(Clone, Debug)]
pub struct Letter {
    /// What its Message-ID is made of: the same for every try, so that a letter which arrives twice is known by it.
    pub id: String,
    /// The name of whoever writes; the server's own where empty.
    pub from_name: String,
    /// The address it comes from; the server's own where there is none.
    pub from: Option<String>,
    /// Where answers go; where it comes from when there is none.
    pub reply_to: Option<String>,
    /// The name of whoever gets it.
    pub to_name: String,
    /// Their address.
    pub to: String,
    /// Subject.
    pub subject: String,
    /// The words as plain text.
    pub text: String,
    /// The words as HTML.
    pub html: String,
    /// True when no person wrote it: nobody's program should answer.
    pub automatic: bool,
    /// What the letters of one conversation share, the oldest first.
    pub references: Vec<String>,
    /// When it was written.
    pub written_at: Instant,
}

/// True for something that a letter can be addressed to.
pub fn is_address(text: &str) -> bool {
    address(text).is_ok()
}

pub(crate) fn address(text: &str) -> anyhow::Result<Address> {
    text.trim()
        .parse::<Address>()
        .with_context(|| "not a mail address".to_owned())
}

impl Letter {
    /// The message, and the Message-ID it has.
    pub(crate) fn message(&self, sender: &Mailbox) -> anyhow::Result<Message> {
        let from = self.from.as_deref().map(address).transpose()?;
        let from = from.unwrap_or_else(|| sender.email.clone());
        let domain = from.domain().to_owned();
        let name = Some(line(&self.from_name)).filter(|name| !name.is_empty());
        let to_name = Some(line(&self.to_name)).filter(|name| !name.is_empty());
        let mut builder = Message::builder()
            .from(Mailbox::new(name.or_else(|| sender.name.clone()), from))
            .to(Mailbox::new(to_name, address(&self.to)?))
            .subject(line(&self.subject))
            .date(moment(self.written_at))
            .message_id(Some(format!("<{}@{domain}>", self.id)));
        if let Some(reply_to) = &self.reply_to {
            builder = builder.reply_to(Mailbox::new(None, address(reply_to)?));
        }
        if let Some(last) = self.references.last() {
            let all: Vec<String> = self.references.iter().map(|id| format!("<{id}@{domain}>")).collect();
            builder = builder
                .references(all.join(" "))
                .in_reply_to(format!("<{last}@{domain}>"));
        }
        let body = MultiPart::alternative_plain_html(self.text.clone(), self.html.clone());
        let mut message = builder.multipart(body)?;
        if self.automatic {
            for (name, value) in [
                ("Auto-Submitted", "auto-generated"),
                ("X-Auto-Response-Suppress", "All"),
            ] {
                let name = HeaderName::new_from_ascii(name.to_owned())?;
                message
                    .headers_mut()
                    .insert_raw(HeaderValue::new(name, value.to_owned()));
            }
        }
        Ok(message)
    }
}

/// A header is one line: what would break it, or cannot be seen, becomes a blank.
fn line(text: &str) -> String {
    let seen = text.replace(|c: char| c.is_control(), " ");
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn moment(at: Instant) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_millis(u64::try_from(at.as_millis()).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter() -> Letter {
        Letter {
            id: "abc".to_owned(),
            from_name: "Sportello «Rete»".to_owned(),
            from: Some("rete@ente.example".to_owned()),
            reply_to: None,
            to_name: "Paolo, Greco\r\nBcc: altri@ente.example".to_owned(),
            to: "paolo@ente.example".to_owned(),
            subject: "[SR-1] Non va\r\nBcc: altri@ente.example".to_owned(),
            text: "Però".to_owned(),
            html: "<p>Però</p>".to_owned(),
            automatic: true,
            references: vec!["root".to_owned(), "last".to_owned()],
            written_at: Instant::parse("2026-11-23T09:00:00Z").unwrap_or_default(),
        }
    }

    fn sender() -> Mailbox {
        Mailbox::new(None, "sportello@ente.example".parse().expect("an address"))
    }

    #[test]
    fn a_letter_is_threaded_marked_as_automatic_and_has_words_in_two_forms() {
        let message = letter().message(&sender()).expect("a message");
        let text = String::from_utf8(message.formatted()).expect("text");
        for line in [
            "Message-ID: <abc@ente.example>",
            "References: <root@ente.example> <last@ente.example>",
            "In-Reply-To: <last@ente.example>",
            "Auto-Submitted: auto-generated",
            "Date: Mon, 23 Nov 2026 09:00:00",
            "Content-Type: text/plain",
            "Content-Type: text/html",
        ] {
            assert!(text.contains(line), "{line}\n{text}");
        }
    }

    #[test]
    fn a_line_break_in_a_name_or_a_subject_makes_no_header() {
        let message = letter().message(&sender()).expect("a message");
        let text = String::from_utf8(message.formatted()).expect("text");
        assert!(!text.contains("\nBcc:"), "{text}");
        assert_eq!(message.envelope().to().len(), 1);
    }

    #[test]
    fn what_is_no_address_is_no_letter() {
        for to in ["", "paolo", "paolo@", "a@b c", "a@b\r\nRCPT TO:<x@y>"] {
            let wrong = Letter {
                to: to.to_owned(),
                ..letter()
            };
            assert!(wrong.message(&sender()).is_err(), "{to:?}");
        }
    }

    #[test]
    fn what_a_person_wrote_is_not_marked_as_automatic() {
        let human = Letter {
            automatic: false,
            ..letter()
        };
        let message = human.message(&sender()).expect("a message");
        assert!(!String::from_utf8_lossy(&message.formatted()).contains("Auto-Submitted"));
    }
}
