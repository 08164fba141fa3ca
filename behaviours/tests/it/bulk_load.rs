//! What the benchmark writes in bulk is what the single way would have written: it verifies, and rebuilding changes nothing.

use anyhow::ensure;
use testkit::server::Settings;
use testkit::{Backend, both_backends};

both_backends! {
    async fn a_bulk_load_verifies_and_is_what_its_journal_says(db: Backend) -> anyhow::Result<()> {
        let settings = Settings::new(&db).set("LANG", "it_IT.UTF-8").set("LC_ALL", "");
        for (words, said) in [
            // One ticket in sixty-seven is open, so both kinds are among these.
            (&["bench", "load", "--tickets", "150"][..], ""),
            (&["audit", "verify"], "Tutto integro"),
            (&["rebuild"], "rifatte: 0 stati, 0 schede, 0 voci di ricerca"),
        ] {
            let done = settings.command(words).await?;
            let (out, why) = (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
            ensure!(done.status.success(), "{words:?}: {out} {why}");
            ensure!(out.contains(said), "{words:?}: {out}");
        }
        Ok(())
    }
}
