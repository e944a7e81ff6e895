//! `keymap check|list`.
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::cli::Context;
use crate::cli::args::KeymapVerb;
use crate::cli::failure::Failure;
use crate::cli::render::{Output, table};
use crate::config::{FaultKind, FileFault};
use crate::keymap::{self, Keymap, Problem};
use crate::os::files;
use crate::text::cli as say;
use crate::text::{Lang, fill};

const SIZE_MAX: u64 = 1024 * 1024;

pub fn run(context: &Context, verb: &KeymapVerb) -> Result<Output, Failure> {
    match verb {
        KeymapVerb::Check { file: Some(file) } => check(context, std::slice::from_ref(file)),
        KeymapVerb::Check { file: None } => check(context, &site_files(context)?),
        KeymapVerb::List => list(context),
    }
}

fn check(context: &Context, paths: &[PathBuf]) -> Result<Output, Failure> {
    let mut lines = Vec::new();
    let mut list = Vec::new();
    for path in paths {
        let problems = keymap::load::load(&read(path)?).err().unwrap_or_default();
        for problem in &problems {
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

/// The keymap that the screens use: the shipped one, or a file of the site by its name.
pub fn in_use(context: &Context) -> Result<Keymap, Failure> {
    let standard = keymap::standard();
    if context.keymap == standard.name() {
        return Ok(standard);
    }
    let unknown = || Failure::refused("no-such-keymap", say::NO_SUCH_KEYMAP, &[]);
    let named = |path: &PathBuf| path.file_stem().is_some_and(|stem| *stem == *context.keymap);
    let path = site_files(context)?.into_iter().find(named).ok_or_else(unknown)?;
    keymap::load::load(&read(&path)?)
        .map_err(|problems| Failure::refused("keymap-problems", say::KEYMAP_PROBLEMS, &[&problems.len()]))
}

/// The standard keymap, and those of the site that are sound.
fn list(context: &Context) -> Result<Output, Failure> {
    let in_use = in_use(context)?;
    let mut maps = vec![(keymap::standard(), None)];
    for path in site_files(context)? {
        if let Ok(map) = keymap::load::load(&read(&path)?) {
            maps.push((map, Some(path)));
        }
    }
    let rows: Vec<Vec<String>> = maps
        .iter()
        .map(|(map, path)| {
            let place = path.as_ref().map(|path| path.display().to_string()).unwrap_or_default();
            let mark = if map.name() == in_use.name() { "*" } else { "" };
            vec![mark.to_owned(), map.name().to_owned(), map.title().to_owned(), place]
        })
        .collect();
    let listed: Vec<Value> = maps
        .iter()
        .map(|(map, path)| {
            let used = map.name() == in_use.name();
            json!({ "name": map.name(), "title": map.title(), "file": path, "in_use": used })
        })
        .collect();
    Ok(Output::new(json!({ "keymaps": listed })).lines(table(&rows)))
}

/// The keymap files of the data directory, by name.
fn site_files(context: &Context) -> Result<Vec<PathBuf>, Failure> {
    let dir = context.home.join("keymaps");
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
