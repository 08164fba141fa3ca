//! The same journeys in a browser that runs no script: pages work without it.

use testkit::browser::Screen;

use crate::calls::takes_a_call;
use crate::everywhere::tell_without_script;
use crate::life_of_a_ticket::{
    control_solves, the_desk_hears_that_it_is_not_enough, the_desk_understands, the_requester_confirms_and_reopens,
    the_second_level_does_its_part,
};
use crate::requester::asks_and_replies;
use crate::visit::Visit;

/// Script that runs would have marked the page.
async fn nothing_runs(visit: &Visit) -> anyhow::Result<()> {
    visit
        .browser
        .goto("data:text/html,<p id=p>still</p><script>p.textContent='running'</script>")
        .await?;
    visit.see_words("#p", "still").await
}

async fn both_journeys(visit: &Visit) -> anyhow::Result<()> {
    nothing_runs(visit).await?;
    asks_and_replies(visit).await?;
    takes_a_call(visit).await?;
    let number = the_desk_understands(visit).await?;
    the_second_level_does_its_part(visit, &number).await?;
    the_desk_hears_that_it_is_not_enough(visit, &number).await?;
    control_solves(visit, &number).await?;
    the_requester_confirms_and_reopens(visit, &number).await
}

#[test]
fn requester_and_desk_do_their_work_in_italian_at_a_desk() -> anyhow::Result<()> {
    tell_without_script("without-script", Screen::Desk, "it", both_journeys)
}

#[test]
fn requester_and_desk_do_their_work_in_english_on_a_phone() -> anyhow::Result<()> {
    tell_without_script("without-script", Screen::Phone, "en", both_journeys)
}
