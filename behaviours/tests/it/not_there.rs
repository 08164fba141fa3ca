//! An address that names nothing is a page that is not there, whatever was typed in its place.

use crate::desk::{Desk, sign_in};
use anyhow::ensure;
use testkit::server::Settings;
use testkit::{Backend, block_on};

/// Places of an address where something is named, each with what cannot name anything.
const ADDRESSES: [&str; 20] = [
    "/people/zz",
    "/people/zz/edit",
    "/people/%FF",
    "/administration/areas/zz",
    "/administration/groups/zz",
    "/administration/categories/zz",
    "/administration/ready-texts/zz",
    "/administration/checklists/zz",
    "/administration/macros/zz",
    "/administration/offerings/zz",
    "/tasks/zz",
    "/tickets/bulk/zz",
    "/tickets/%FF",
    "/tickets/%FF/times",
    "/tickets/%FF/opened",
    "/tickets/SR-2026-000001/attachments/%FF",
    "/knowledge/%FF",
    "/outages/%FF",
    "/portal/guides/%FF",
    "/portal/requests/%FF",
];

#[test]
fn what_names_nothing_is_told_in_the_readers_words() -> anyhow::Result<()> {
    block_on(async {
        let db = Backend::sqlite();
        let desk = Desk::with(Settings::new(&db)).await?;
        for (language, words) in [("it", "Questa pagina non c’è"), ("en", "This page is not here")] {
            let client = desk.server.client().with_language(language);
            sign_in(&client).await?;
            for address in ADDRESSES {
                let answer = client.get(address).await?.expect(404)?;
                ensure!(answer.text().contains(words), "{address}: {}", answer.text());
            }
            let answer = client
                .submit("/people/zz/password", &[("password", "una frase lunga")])
                .await?;
            ensure!(answer.status == 404, "{}", answer.status);
        }
        Ok(())
    })
}

#[test]
fn a_script_is_told_too() -> anyhow::Result<()> {
    block_on(async {
        let db = Backend::sqlite();
        let desk = Desk::with(Settings::new(&db)).await?;
        let client = desk.server.client();
        sign_in(&client).await?;
        for address in ["/drafts/%FF", "/preferences/%FF"] {
            let answer = client.get(address).await?.expect(404)?;
            ensure!(answer.json()?["status"] == 404, "{address}");
        }
        client.get("/assets/%FF").await?.expect(404)?;
        Ok(())
    })
}
