//! Sportello: settings, command line, wiring. It decides nothing.

mod bench;
mod cli;
mod registry;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = cli::Arguments::parse();
    i18n::install(&registry::texts());
    host::start_logging();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(cause) => return told(&cause.into()),
    };
    match runtime.block_on(cli::run(arguments)) {
        Ok(code) => code,
        Err(cause) => told(&cause),
    }
}

/// A refusal or failure: said on standard error, exit code 1.
fn told(cause: &anyhow::Error) -> ExitCode {
    eprintln!("sportello: {cause:#}");
    ExitCode::from(1)
}

#[cfg(test)]
mod tests;
