//! The chores of the house.
//!
//!     cargo xtask test [--quick]          everything a change must pass
//!     cargo xtask lint                    format, lints, dependencies, texts, rules, sizes
//!     cargo xtask endure [--times N]      kill the server again and again and look for what is lost
//!     cargo xtask bench [--tickets N,…]   load and measure, on both databases
//!
//! Nothing here is needed to build or run Sportello.

mod bench;
mod contract;
mod dependencies;
mod endure;
mod house;
mod licence;
mod lint;
mod needs;
mod process;
mod steps;
mod test;

use std::process::ExitCode;

const USAGE: &str = "\
Usage: cargo xtask <chore>

  test [--quick]          everything a change must pass; --quick leaves out the stories and the contract
  lint                    format, lints, dependencies, texts, rules, sizes
  endure [--times N]      kill the server again and again and look for what is lost (200 times)
  bench [--tickets N,…]   load and measure, on both databases (10000 tickets)";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["test"] => test::run(test::Extent::Full),
        ["test", "--quick"] => test::run(test::Extent::Quick),
        ["lint"] => lint::run(),
        ["endure"] => endure::run("200"),
        ["endure", "--times", times] => endure::run(times),
        ["bench"] => bench::run("10000"),
        ["bench", "--tickets", tickets] => bench::run(tickets),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}
