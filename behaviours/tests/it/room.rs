//! A small disk of its own, which a test can fill and empty.

use anyhow::{Context, ensure};
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use testkit::warden::{Orders, Warden};

/// Mounts the disk, and unmounts it when told to end: also when the test process was killed.
const SHELL: &str = r#"mount -t tmpfs -o "size=$2" sportello-test "$1" || exit 1
trap 'umount -l "$1"; exit 0' TERM
echo mounted
sleep 1000000 & wait"#;

/// A disk in memory; it goes away with the value.
pub struct Room {
    folder: PathBuf,
    _warden: Warden,
}

impl Room {
    /// A disk of so many mebibytes, or nothing where this process may not mount one.
    pub async fn of(mebibytes: u32) -> anyhow::Result<Option<Self>> {
        if !testkit::postgres::is_root() {
            return Ok(None);
        }
        let outer = tempfile::Builder::new().prefix("sportello-room-").tempdir()?.keep();
        let folder = outer.join("disk");
        std::fs::create_dir(&folder)?;
        let arguments = ["-c", SHELL, "room", &folder.to_string_lossy(), &format!("{mebibytes}m")].map(str::to_owned);
        let orders = Orders::new("sh", outer.join("log")).arguments(arguments);
        let mut warden = orders.remove_at_end(&outer).last_signal("TERM").hire()?;
        warden.start()?;
        let limit = Instant::now() + Duration::from_secs(20);
        while !warden.output().contains("mounted") {
            if !warden.is_running() {
                println!("no disk can be mounted here: {}", warden.output());
                return Ok(None);
            }
            ensure!(Instant::now() < limit, "the disk is not mounted");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        Ok(Some(Self {
            folder,
            _warden: warden,
        }))
    }

    /// The disk's folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Takes all that is left but so many bytes.
    pub fn fill_but(&self, bytes: u64) -> anyhow::Result<()> {
        let mut filler = File::options().append(true).create(true).open(self.filler())?;
        for block in [1 << 20, 1 << 16, 1 << 12] {
            let block = vec![0_u8; block];
            while filler.write_all(&block).is_ok() {}
        }
        let taken = filler.metadata()?.len();
        filler.set_len(taken.checked_sub(bytes).context("the disk is smaller than that")?)?;
        Ok(())
    }

    /// Gives back all that was taken.
    pub fn empty(&self) -> anyhow::Result<()> {
        Ok(std::fs::remove_file(self.filler())?)
    }

    fn filler(&self) -> PathBuf {
        self.folder.join("filler")
    }
}
