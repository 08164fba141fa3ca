//! Where things lie in the source tree and in the build folder.

use std::path::{Path, PathBuf};

/// The variable by which a run tells its test programs where the `sportello` binary lies.
pub const BINARY: &str = "SPORTELLO_BIN";

/// The root of the source tree.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_path_buf()
}

/// The folder of the build profile the running test belongs to, such as `target/debug`.
///
/// Test executables lie in its `deps` folder, programs directly in it.
pub fn build_folder() -> anyhow::Result<PathBuf> {
    let executable = std::env::current_exe()?;
    let folder = executable.parent().unwrap_or(Path::new("."));
    let folder = if folder.ends_with("deps") {
        folder.parent().unwrap_or(folder)
    } else {
        folder
    };
    Ok(folder.to_path_buf())
}
