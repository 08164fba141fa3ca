//! What stands of a person on others' pages: which registry knows them, since when, and what it writes differently.

use crate::{Entry, Found, RegistryField, RegistrySource, discrepancies, found_of};
use configuration::Area;
use kernel::{Outcome, Uuid};
use people::{Identity, Origin, OriginLine};
use store::Loaded;
use ui::Frame;
use web::App;

/// What all sources said of somebody.
pub(crate) async fn of(app: App, frame: Frame, person: Uuid) -> Outcome<Vec<Origin>> {
    let found = found_of(app.store.read(), person).await?;
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let Some(known) = people::person_row(app.store.read(), person).await? else {
        return Ok(Vec::new());
    };
    let (sources, areas) = (app.store.all::<RegistrySource>().await?, app.store.all::<Area>().await?);
    let told = |found: Found| {
        let source = sources.iter().find(|source| source.id == found.source)?;
        let area = areas.iter().find(|area| Some(area.id) == source.state.area);
        Some(origin(&frame, &known.identity, (source, area), found))
    };
    Ok(found.into_iter().filter_map(told).collect())
}

fn origin(
    frame: &Frame,
    identity: &Identity,
    (source, area): (&Loaded<RegistrySource>, Option<&Loaded<Area>>),
    found: Found,
) -> Origin {
    let different = found.entry.as_ref().map(|entry| discrepancies(identity, entry));
    let (standing, tone) = match &different {
        None => ("registry-standing-absent", "warning"),
        Some(fields) if fields.is_empty() => ("registry-standing-congruent", "success"),
        Some(_) => ("registry-standing-discrepant", "danger"),
    };
    Origin {
        source: source.state.text.name.clone(),
        area: source.state.area,
        place: area.map_or_else(|| frame.t("registry-all-areas"), |area| area.state.name.clone()),
        seen_at: found.seen_at,
        standing: frame.t(standing),
        tone,
        lines: lines(
            frame,
            identity,
            &found.entry.unwrap_or_default(),
            &different.unwrap_or_default(),
        ),
    }
}

fn lines(frame: &Frame, identity: &Identity, entry: &Entry, different: &[RegistryField]) -> Vec<OriginLine> {
    let line = |(field, theirs): (&RegistryField, &String)| OriginLine {
        label: frame.t(field.text_key()),
        ours: field.of(identity).unwrap_or_default().to_owned(),
        theirs: theirs.clone(),
        differs: different.contains(field),
    };
    entry.iter().map(line).collect()
}
