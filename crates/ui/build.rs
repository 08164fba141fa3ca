//! Puts the front-end's files into the crate.
//!
//! They come from `ASSETS_PREBUILT` when that folder is given (a release tarball carries one, and then Node is not
//! needed), otherwise they are built from `web/` into `OUT_DIR` with the locked packages. A stamp of the sources' content
//! saves the work when nothing changed.

use std::{
    collections::{BTreeMap, hash_map::DefaultHasher},
    env, fs,
    hash::{Hash, Hasher},
    path::{Path, PathBuf},
    process::Command,
};

type Outcome<T> = Result<T, String>;

/// What of `web/` decides the result; the folder of packages and what people keep beside it do not.
const SOURCES: [&str; 4] = ["package.json", "package-lock.json", "build.mjs", "src"];

fn main() {
    if let Err(reason) = run() {
        eprintln!("\nThe pages' styles and scripts could not be built.\n{reason}\n");
        std::process::exit(1);
    }
}

fn run() -> Outcome<()> {
    println!("cargo::rerun-if-env-changed=ASSETS_PREBUILT");
    let out = PathBuf::from(variable("OUT_DIR")?);
    let folder = match env::var_os("ASSETS_PREBUILT") {
        Some(folder) => {
            println!(
                "cargo::rerun-if-changed={}",
                Path::new(&folder).join("manifest.json").display()
            );
            PathBuf::from(folder)
        }
        None => built(&out)?,
    };
    fs::write(out.join("assets.rs"), table(&folder)?).map_err(|error| format!("assets.rs: {error}"))
}

fn variable(name: &str) -> Outcome<String> {
    env::var(name).map_err(|error| format!("{name}: {error}"))
}

/// The folder of built files, built now unless the sources are those of last time.
fn built(out: &Path) -> Outcome<PathBuf> {
    let web = Path::new(&variable("CARGO_MANIFEST_DIR")?).join("../../web");
    let folder = out.join("assets");
    let stamp_file = out.join("assets.stamp");
    let mut stamp = DefaultHasher::new();
    for source in SOURCES {
        let path = web.join(source);
        println!("cargo::rerun-if-changed={}", path.display());
        add(&path, &mut stamp)?;
    }
    let stamp = format!("{:x}", stamp.finish());
    let known = fs::read_to_string(&stamp_file).unwrap_or_default();
    if known == stamp && folder.join("manifest.json").exists() {
        return Ok(folder);
    }
    install(&web)?;
    call(
        "node",
        Command::new("node").arg("build.mjs").arg(&folder).current_dir(&web),
    )?;
    fs::write(&stamp_file, stamp).map_err(|error| format!("{}: {error}", stamp_file.display()))?;
    Ok(folder)
}

/// Adds names and contents below a path to the stamp, in an order that does not depend on the disk.
fn add(path: &Path, stamp: &mut DefaultHasher) -> Outcome<()> {
    let told = |error| format!("{}: {error}", path.display());
    if path.is_dir() {
        let entries = fs::read_dir(path).map_err(told)?;
        let mut inside: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
        inside.sort();
        return inside.iter().try_for_each(|one| add(one, stamp));
    }
    path.file_name().hash(stamp);
    fs::read(path).map_err(told)?.hash(stamp);
    Ok(())
}

/// Installs the locked packages, unless those in place are of the same lock.
fn install(web: &Path) -> Outcome<()> {
    let lock = fs::read(web.join("package-lock.json")).map_err(|error| format!("package-lock.json: {error}"))?;
    let mark = web.join("node_modules/.installed-lock");
    if fs::read(&mark).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    let arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"];
    call("npm", Command::new("npm").args(arguments).current_dir(web))?;
    fs::write(&mark, lock).map_err(|error| format!("{}: {error}", mark.display()))
}

fn call(program: &str, command: &mut Command) -> Outcome<()> {
    let output = command.output().map_err(|error| {
        format!(
            "{program} did not start ({error}). Install Node.js 18 or later with npm (on Debian: apt install nodejs npm),\n\
             or set ASSETS_PREBUILT to a folder made elsewhere with \"npm ci && node build.mjs\" in web/."
        )
    })?;
    if output.status.success() {
        return Ok(());
    }
    let told = [output.stdout, output.stderr].concat();
    Err(format!(
        "{program} failed, {}:\n{}",
        output.status,
        String::from_utf8_lossy(&told)
    ))
}

/// The table of files as Rust source: name on the page, name with its hash, contents and compressed forms.
fn table(folder: &Path) -> Outcome<String> {
    let path = folder.join("manifest.json");
    let manifest = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let manifest: BTreeMap<String, serde_json::Value> =
        serde_json::from_str(&manifest).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut source = String::from("static ASSETS: &[Asset] = &[\n");
    for (name, entry) in manifest {
        let file = entry["file"]
            .as_str()
            .ok_or_else(|| format!("{name}: no file in the manifest"))?;
        let bytes = |suffix: &str| {
            let path = folder.join(format!("{file}{suffix}"));
            path.exists().then(|| format!("include_bytes!({path:?})"))
        };
        let plain = bytes("").ok_or_else(|| format!("{file} is in the manifest but not in the folder"))?;
        let optional = |one: Option<String>| one.map_or("None".to_owned(), |code| format!("Some({code})"));
        source += &format!(
            "    Asset {{ name: {name:?}, path: {:?}, file: {file:?}, plain: {plain}, brotli: {}, gzip: {} }},\n",
            format!("/assets/{file}"),
            optional(bytes(".br")),
            optional(bytes(".gz")),
        );
    }
    source += "];\n";
    Ok(source)
}
