//! `keymap check|list`.
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::cli::Context;
use crate::cli::args::KeymapVerb;
use crate::cli::failure::Failure;
use crate::cli::render::{Output, table};
use crate::config::{FaultKind, FileFault};
use crate::keymap::{self, Keymap, Keymaps, Problem, SHIPPED};
use crate::os::files;
use crate::text::cli as say;
use crate::text::{Lang, fill, keys};

const SITE_KEYMAPS: &str = "keymaps";
const SIZE_MAX: u64 = 1024 * 1024;

pub fn run(context: &Context, verb: &KeymapVerb) -> Result<Output, Failure> {
    match verb {
        KeymapVerb::Check { file: Some(file) } => check(context, std::slice::from_ref(file)),
        KeymapVerb::Check { file: None } => check(context, &site_files(context)?),
        KeymapVerb::List { markdown: true } => {
            let table = keymap::table::markdown(Keymaps::default().all(), context.lang);
            Ok(Output::new(json!({ "markdown": table })).lines(table.lines().map(str::to_owned)))
        }
        KeymapVerb::List { markdown: false } => list(context),
    }
}

fn check(context: &Context, paths: &[PathBuf]) -> Result<Output, Failure> {
    let mut lines = Vec::new();
    let mut list = Vec::new();
    for path in paths {
        let loaded = load(path)?;
        if let Ok(map) = &loaded {
            let note = |(place, command): &(keymap::Context, keymap::Command)| {
                fill(keys::WITHOUT_KEY.in_lang(context.lang), &[&place.name(), &command.id()])
            };
            lines.extend(map.without_key().iter().map(|one| format!("{}: {}", path.display(), note(one))));
        }
        for problem in &loaded.err().unwrap_or_default() {
            lines.push(format!("{}: {}", path.display(), problem.sentence(context.lang)));
            list.push(problem_json(path, problem));
        }
    }
    let count = list.len();
    let checked = fill(say::KEYMAPS_CHECKED.in_lang(context.lang), &[&paths.len(), &count]);
    let output = Output::new(json!({ "files": paths.len(), "problems": list })).lines(lines).line(checked);
    if count == 0 {
        return Ok(output);
    }
    Ok(output.but(Failure::refused("keymap-problems", say::KEYMAP_PROBLEMS, &[&count])))
}

fn problem_json(path: &Path, problem: &Problem) -> Value {
    json!({
        "file": path.display().to_string(), "line": problem.line,
        "ja": problem.sentence(Lang::Ja), "en": problem.sentence(Lang::En),
    })
}

/// The keymaps that the screens offer, the asked one in use. A file of the site that is not sound is not offered, and
/// refused when it is the one asked for.
pub fn offered(context: &Context) -> Result<Keymaps, Failure> {
    let mut site = Vec::new();
    let mut broken = None;
    for path in site_files(context)? {
        match load(&path)? {
            Ok(map) => site.push(map),
            Err(problems) if path.file_stem().is_some_and(|stem| *stem == *context.keymap) => {
                broken = Some(problems.len());
            }
            Err(_) => {}
        }
    }
    let mut maps = Keymaps::with_site(site);
    match (maps.choose(&context.keymap), broken) {
        (true, _) => Ok(maps),
        (false, Some(count)) => Err(Failure::refused("keymap-problems", say::KEYMAP_PROBLEMS, &[&count])),
        (false, None) => Err(Failure::refused("no-such-keymap", say::NO_SUCH_KEYMAP, &[])),
    }
}

/// One file of the site. It cannot take the name of a built-in map: two would answer to it.
fn load(path: &Path) -> Result<Result<Keymap, Vec<Problem>>, Failure> {
    let map = match keymap::load::load(&read(path)?) {
        Ok(map) => map,
        Err(problems) => return Ok(Err(problems)),
    };
    let taken = SHIPPED.iter().any(|(name, _)| *name == map.name());
    Ok(if taken { Err(vec![Problem::name_taken(map.name())]) } else { Ok(map) })
}

/// The built-in keymaps, and those of the site that are sound.
fn list(context: &Context) -> Result<Output, Failure> {
    let offered = offered(context)?;
    let (mut rows, mut listed) = (Vec::new(), Vec::new());
    for map in offered.all() {
        let used = map.name() == offered.in_use().name();
        let place = if SHIPPED.iter().any(|(name, _)| *name == map.name()) { "" } else { SITE_KEYMAPS };
        let mark = if used { "*" } else { "" };
        rows.push([mark, map.name(), map.title(), place].map(str::to_owned).to_vec());
        listed.push(
            json!({ "name": map.name(), "title": map.title(), "site": !place.is_empty(), "in_use": used }),
        );
    }
    Ok(Output::new(json!({ "keymaps": listed })).lines(table(&rows)))
}

/// The keymap files of the data directory, by name.
fn site_files(context: &Context) -> Result<Vec<PathBuf>, Failure> {
    let dir = context.home.join(SITE_KEYMAPS);
    let entries = match std::fs::read_dir(&dir) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(_) => return Err(unreadable(&dir)),
    };
    let mut paths = Vec::new();
    for entry in entries {
        let path = entry.map_err(|_| unreadable(&dir))?.path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

fn read(path: &Path) -> Result<String, Failure> {
    let bytes = files::read_limited(path, SIZE_MAX).map_err(|_| unreadable(path))?;
    String::from_utf8(bytes).map_err(|_| unreadable(path))
}

fn unreadable(path: &Path) -> Failure {
    FileFault { file: path.to_owned(), line: 0, kind: FaultKind::Unreadable }.into()
}
