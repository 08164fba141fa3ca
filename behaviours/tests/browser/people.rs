//! People of the demonstration organisation.

use testkit::http::Client;

use crate::service;

/// The password of all accounts of the demonstration.
pub const PASSWORD: &str = "sportello-demo";

/// Somebody with an account.
#[derive(Clone, Copy, Debug)]
pub struct Person {
    /// First name and family name.
    pub name: &'static str,
    /// What they sign in with.
    pub email: &'static str,
}

/// An operator of the technology desk.
pub const LUCIA: Person = person("Lucia Bruni", "lucia.bruni@ente.example");
/// Her colleague at the same desk.
pub const DAVIDE: Person = person("Davide Sanna", "davide.sanna@ente.example");
/// The second level, group *Sistemi e reti*.
pub const ROBERTO: Person = person("Roberto Neri", "roberto.neri@ente.example");
/// Somebody who asks.
pub const PAOLO: Person = person("Paolo Greco", "paolo.greco@ente.example");
/// Whoever watches over requests that went wrong.
pub const GIORGIO: Person = person("Giorgio Fontana", "giorgio.fontana@ente.example");
/// Whoever answers for incidents.
pub const VALENTINA: Person = person("Valentina Riva", "valentina.riva@ente.example");
/// The administrator.
pub const BEATRICE: Person = person("Beatrice Orsini", "admin@ente.example");

const fn person(name: &'static str, email: &'static str) -> Person {
    Person { name, email }
}

impl Person {
    /// The same person at another desk: signed in by another client, beside the window of the journey.
    pub async fn elsewhere(self) -> anyhow::Result<Client> {
        let client = service::shared().await?.client();
        let fields = [("email", self.email), ("password", PASSWORD), ("to", "")];
        client.submit("/sign-in", &fields).await?.expect(303)?;
        Ok(client)
    }
}

/// A guest calls and somebody at the counter opens a ticket: its number.
pub async fn ticket_of_a_guest(client: &Client, subject: &str) -> anyhow::Result<String> {
    let area = area(client).await?;
    let fields = [
        ("person", "guest"),
        ("name", "Rita Galasso"),
        ("email", ""),
        ("phone", "06 4761 0000"),
        ("subject", subject),
        ("description", "Telefonata"),
        ("area", area.as_str()),
        ("channel", "phone"),
    ];
    let answer = client.submit("/tickets/new", &fields).await?.expect(303)?;
    let address = answer.header("location").unwrap_or_default().to_owned();
    let number = address.split('/').find(|part| part.starts_with("SR-"));
    anyhow::ensure!(number.is_some(), "no number in {address}");
    Ok(number.unwrap_or_default().to_owned())
}

/// The area of the technology desk, as the counter's form names it.
async fn area(client: &Client) -> anyhow::Result<String> {
    let page = client.get("/tickets/new").await?.expect(200)?.text();
    let before = page.split(">Servizi Tecnologici</option>").next().unwrap_or_default();
    let quoted = before.rsplit("value=\"").next().unwrap_or_default();
    Ok(quoted.split('"').next().unwrap_or_default().to_owned())
}
