//! The figures as both pages write them: once for the page, and again for each message on the line.

use crate::choice::Chosen;
use crate::find::{Board, NextDue};
use crate::links::{Shown, shown};
use askama::Template;
use i18n::Language;
use kernel::Instant;
use std::sync::Arc;
use ui::Frame;

/// How high the chart is.
const HIGH: usize = 90;

/// The moving part of the board.
#[derive(Template)]
#[template(path = "board/_figures.html")]
pub(super) struct FiguresPart {
    frame: Frame,
    machine: String,
    at: String,
    next: Vec<Line>,
    oldest: Option<Line>,
    figures: Vec<Shown>,
    rows: Vec<Row>,
    bars: Vec<Bar>,
    people: Vec<(&'static str, usize)>,
}

/// The moving part of the wall.
#[derive(Template)]
#[template(path = "board/_wall.html")]
pub(super) struct WallPart {
    frame: Frame,
    at: String,
    figures: Vec<Shown>,
    rows: Vec<Row>,
    people: Vec<(&'static str, usize)>,
}

/// A ticket, and when it is due or, where it is not, was opened.
struct Line {
    number: String,
    subject: String,
    machine: String,
    when: String,
    late: bool,
}

impl Line {
    fn of(frame: &Frame, one: &NextDue, due: Option<Instant>) -> Self {
        let at = due.unwrap_or(one.opened_at);
        Self {
            number: one.number.clone(),
            subject: one.subject.clone(),
            machine: frame.machine(&at),
            when: frame.when(&at),
            late: due.is_some_and(|due| due <= frame.now),
        }
    }
}

/// A group.
struct Row {
    name: String,
    href: String,
    figures: Vec<Shown>,
}

/// An hour of the chart.
struct Bar {
    x: usize,
    label: String,
    opened: usize,
    closed: usize,
    opened_high: usize,
    closed_high: usize,
}

impl Bar {
    const fn opened_top(&self) -> usize {
        HIGH - self.opened_high
    }

    const fn closed_top(&self) -> usize {
        HIGH - self.closed_high
    }
}

fn rows(board: &Board, language: Language) -> Vec<Row> {
    let row = |group: &crate::figures::GroupFigures| {
        let chosen = Chosen {
            area: board.area,
            group: Some(group.group),
        };
        Row {
            name: group.name.clone(),
            href: crate::links::address(super::BOARD, chosen, "", ""),
            figures: shown(&group.figures, chosen, language),
        }
    };
    board.groups.iter().map(row).collect()
}

fn bars(board: &Board) -> Vec<Bar> {
    let most = board
        .hours
        .iter()
        .map(|hour| hour.opened.max(hour.closed))
        .max()
        .unwrap_or(0)
        .max(1);
    let bar = |(place, hour): (usize, &crate::today::Hour)| Bar {
        x: place * 40,
        label: hour.hour.to_string(),
        opened: hour.opened,
        closed: hour.closed,
        opened_high: hour.opened * (HIGH - 6) / most,
        closed_high: hour.closed * (HIGH - 6) / most,
    };
    board.hours.iter().enumerate().map(bar).collect()
}

fn people(board: &Board) -> Vec<(&'static str, usize)> {
    let there = board.people;
    vec![
        ("available", there.available),
        ("wrap-up", there.wrap_up),
        ("busy", there.busy),
        ("away", there.away),
    ]
}

fn at(frame: &Frame, board: &Board) -> String {
    let at = board.at.timestamp().to_zoned(frame.zone.clone());
    format!("{}:{:02}:{:02}", at.hour(), at.minute(), at.second())
}

const fn chosen(board: &Board) -> Chosen {
    Chosen {
        area: board.area,
        group: board.group,
    }
}

impl FiguresPart {
    pub(super) fn of(language: Language, board: &Board) -> Self {
        let mut frame = Frame::new(language, "");
        frame.now = board.at;
        Self {
            at: at(&frame, board),
            figures: shown(&board.figures, chosen(board), language),
            rows: rows(board, language),
            bars: bars(board),
            people: people(board),
            machine: frame.machine(&board.at),
            next: board.next.iter().map(|one| Line::of(&frame, one, one.due_at)).collect(),
            oldest: board.oldest.as_ref().map(|one| Line::of(&frame, one, None)),
            frame,
        }
    }

    fn width(&self) -> usize {
        (self.bars.len() * 40).max(240)
    }
}

impl WallPart {
    pub(super) fn of(language: Language, board: &Board) -> Self {
        let mut frame = Frame::new(language, "");
        frame.now = board.at;
        Self {
            at: at(&frame, board),
            figures: shown(&board.figures, chosen(board), language),
            rows: rows(board, language),
            people: people(board),
            frame,
        }
    }
}

/// The moving part as a text.
pub(super) fn part(language: Language, board: Arc<Board>, wall: bool) -> kernel::Outcome<String> {
    let text = if wall {
        WallPart::of(language, &board).render()
    } else {
        FiguresPart::of(language, &board).render()
    };
    Ok(text.map_err(anyhow::Error::from)?)
}
