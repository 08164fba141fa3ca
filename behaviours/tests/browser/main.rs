//! What people do in a real browser, in both languages, at a desk and on a telephone.
//!
//! One server with the demonstration organisation and one driver serve all journeys. A journey opens what it needs for
//! itself, under words of its own, so that journeys may run side by side and in any order. Every page a journey stops at is
//! looked at as a reviewer would: see `scrutiny`.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

#[macro_use]
mod everywhere;
mod gauge;
mod hands;
mod people;
mod scrutiny;
mod service;
mod visit;

mod administration;
mod away;
mod calls;
mod daily_use;
mod finding;
mod first_administrator;
mod first_steps;
mod help;
mod keyboard;
mod life_of_a_ticket;
mod live;
mod mail;
mod odd_words;
mod own_desk;
mod pictures;
mod queue;
mod ready_texts;
mod requester;
mod second_factor;
mod speed;
mod twice;
mod two_operators;
mod weight;
mod without_script;
