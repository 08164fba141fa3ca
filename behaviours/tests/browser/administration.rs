//! Those who set things up: people, groups, areas, categories, the queue of jobs.

use crate::people::BEATRICE;
use crate::visit::Visit;

everywhere! {
    administrators_set_the_desk_up:

    async fn an_administrator_adds_a_person_to_a_group(visit: &Visit) -> anyhow::Result<()> {
        visit.sign_in(BEATRICE).await?;
        let name = adds_a_person(visit).await?;
        visit.go("/administration/groups").await?;
        visit.look("groups").await?;
        let group = visit.own_words("Gruppo di prova");
        visit.write("name", &group).await?;
        visit.pick_value("kind", "second_level").await?;
        visit.send().await?;
        visit.see_words("h1", &group).await?;
        visit.look("group").await?;
        visit.touch("main select[name=person] option:last-child").await?;
        visit.send().await?;
        visit.look("group-with-a-member").await?;
        visit.go(&format!("/people?q={}", name.replace(' ', "+"))).await?;
        visit.see_words("main table", &name).await?;
        visit.look("people-found").await
    }

    async fn every_page_of_the_administration_stands_up_to_a_look(visit: &Visit) -> anyhow::Result<()> {
        visit.sign_in(BEATRICE).await?;
        for (page, path) in [
            ("people", "/people"),
            ("people-none", "/people?q=nessunocosi"),
            ("areas", "/administration/areas"),
            ("categories", "/administration/categories"),
            ("jobs", "/administration/jobs"),
            ("profile", "/profile"),
            ("search", "/search?q=stampante"),
            ("search-nothing", "/search?q=qwertyuiopas"),
            ("queue-mine-empty", "/tickets?view=mine"),
            ("queue-closed", "/tickets?view=closed"),
        ] {
            visit.go(path).await?;
            visit.look(page).await?;
        }
        visit.go("/administration/areas").await?;
        visit.press("main table tbody tr:first-child th a").await?;
        visit.look("area").await?;
        visit.go("/tickets/SR-1999-000001").await?;
        visit.look_at_refusal("no-such-ticket", 404).await
    }
}

async fn adds_a_person(visit: &Visit) -> anyhow::Result<String> {
    let name = visit.own_words("Tecla Prova");
    visit.go("/people/new").await?;
    visit.look("person-new").await?;
    visit.write("name", &name).await?;
    visit.write("email", "non è un indirizzo@").await?;
    visit
        .ask("(document.querySelector('main form[action=\"/people/new\"]').noValidate = true)")
        .await?;
    visit.send().await?;
    visit.look_at_refusal("person-refused", 422).await?;
    visit
        .write(
            "email",
            &format!("tecla.{}.{}@ente.example", visit.language, visit.screen.width()),
        )
        .await?;
    visit.pick_value("role", "second_level").await?;
    visit.send().await?;
    visit.look("person").await?;
    visit.see_words("h1", &name).await?;
    Ok(name)
}
