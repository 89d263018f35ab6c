//! A name looked for everywhere（定義・参照・改名）: where it is made, where it is used, and all of it under another name.

use std::path::Path;

use super::edits::{Able, workspace_edit};
use super::found::Way;
use super::house::{House, on_disk, say};
use super::names::{Name, Part, Place, Reach, case_of, places, read_files};
use super::open::uri_of;
use crate::Error;
use crate::diagnostic::{Lang, SourceMap};
use crate::model::Library;
use crate::source::{Workspace, id_fault};

/// Why a name stays as it is（改名できない理由）, in the author's language.
pub(super) type Refusal = String;

/// All names of a workspace.
pub(super) struct Named {
    workspace: Workspace,
    library: Library,
    all: Vec<Place>,
}

impl Named {
    /// Reads every file.
    ///
    /// # Errors
    /// [`Error::Read`] where the system refuses.
    pub(super) fn of(house: &House) -> Result<Self, Error> {
        let (workspace, library) = house.everything()?;
        let all = places(&library, &workspace.sources);
        Ok(Self { workspace, library, all })
    }

    pub(super) fn sources(&self) -> &SourceMap {
        &self.workspace.sources
    }

    /// The name at a byte of a file; its braces are part of it.
    pub(super) fn at(&self, path: &str, offset: usize) -> Option<&Place> {
        let file = self.sources().find(Path::new(path))?;
        // Of two that touch the one that begins here.
        self.all.iter().filter(|place| place.is_at(file, offset)).max_by_key(|place| place.around.start)
    }

    /// The places that mean the same as this one, in the order of the files.
    ///
    /// A change is one of its own case. Where a shared text bears its mark, every case that prints the text names the change alike.
    pub(super) fn same(&self, place: &Place) -> Vec<&Place> {
        let all: Vec<&Place> = self.all.iter().filter(|other| other.name == place.name).collect();
        let Name::Change(_) = place.name else { return all };
        let case = |place: &Place| case_of(&self.sources().shown(place.span.file));
        let is_shared = all.iter().any(|place| case(place).is_none());
        let own = case(place);
        all.into_iter().filter(|other| is_shared || case(other) == own).collect()
    }

    /// Where it is made.
    pub(super) fn made(&self, place: &Place) -> Vec<&Place> {
        self.same(place).into_iter().filter(|place| place.part == Part::Made).collect()
    }

    /// The edits that give it another name everywhere.
    ///
    /// # Errors
    /// Why it cannot have that name.
    pub(super) fn renamed(
        &self,
        place: &Place,
        new: &str,
        (way, able): (Way<'_>, Able),
    ) -> Result<gen_lsp_types::WorkspaceEdit, Refusal> {
        let new = new.trim();
        let lang = way.lang;
        self.refuse(place, new, lang)?;
        let same = self.same(place);
        let edits = same.iter().map(|place| {
            let words = if place.reach == Reach::Key { key(new) } else { new.to_owned() };
            (place.span, words)
        });
        let renamed = match &place.name {
            Name::Fragment(id) => {
                let path = id.path();
                let old = way.uri(self.sources(), &path);
                let file = on_disk(way.root, self.sources(), &path).with_file_name(format!("{new}.md"));
                if !able.renames {
                    return Err(say(
                        lang,
                        "このエディターはファイルの名前を変えられません。共通文の ID はファイル名と同じなので、改名できません。",
                        "this editor cannot rename files, and a shared text is named as its file",
                    ));
                }
                old.zip(uri_of(&file))
            }
            Name::Term(_) | Name::Change(_) => None,
        };
        workspace_edit((way, able), self.sources(), edits.collect(), renamed).ok_or_else(|| {
            say(
                lang,
                "エディターの本文がまだ届いていません。もう一度お試しください。",
                "the editor holds another text; try again",
            )
        })
    }

    fn refuse(&self, place: &Place, new: &str, lang: Lang) -> Result<(), Refusal> {
        let old = place.name.id();
        if let Some(fault) = fault(&place.name, new, lang) {
            return Err(say(
                lang,
                format!("「{new}」は名前にできません。{fault}"),
                format!("`{new}` is no name: {fault}"),
            ));
        }
        if self.is_taken(place, new) {
            return Err(say(
                lang,
                format!("「{new}」はすでに使われています。別の名前にしてください。"),
                format!("`{new}` is taken already; choose another name"),
            ));
        }
        let same = self.same(place);
        if same.iter().all(|place| place.part == Part::Used) {
            return Err(say(
                lang,
                format!("「{old}」の定義がありません。先に誤りを直してください。"),
                format!("`{old}` is defined nowhere; mend that first"),
            ));
        }
        if let Some(hidden) = same.iter().find(|place| place.reach == Reach::Somewhere) {
            let path = self.sources().shown(hidden.span.file);
            return Err(say(
                lang,
                format!("{path} に、文字を番号で書いた（\\u など）ところがあり、書き換えられません。"),
                format!("{path} writes it with escapes, which cannot be changed here"),
            ));
        }
        // What a file with a mistake says of it is not known.
        let read = read_files(&self.library);
        let unread = self.sources().iter().find(|(file, source)| {
            let is_live = source.path.starts_with("content") && !source.path.starts_with("content/editions");
            let is_kept = source.path.iter().any(|part| part == "archive");
            is_live && !is_kept && !read.contains(file) && source.text.contains(old)
        });
        match unread {
            Some((_, source)) => {
                let path = source.path.display().to_string().replace('\\', "/");
                Err(say(
                    lang,
                    format!("{path} が読めないため、すべての箇所が分かりません。先に誤りを直してください。"),
                    format!("{path} cannot be read, so that not every place is known; mend its mistakes first"),
                ))
            }
            None => Ok(()),
        }
    }

    fn is_taken(&self, place: &Place, new: &str) -> bool {
        let wanted = match place.name {
            Name::Fragment(_) if self.library.fragment_names.contains(new) => return true,
            Name::Fragment(_) => Name::Fragment(new.into()),
            Name::Term(_) => Name::Term(new.to_owned()),
            Name::Change(_) => Name::Change(new.into()),
        };
        self.all.iter().any(|other| other.name == wanted)
    }
}

/// Why a word cannot be a name.
fn fault(name: &Name, new: &str, lang: Lang) -> Option<String> {
    match name {
        Name::Fragment(_) | Name::Change(_) => id_fault(new).map(|fault| fault.reason().words(lang).to_owned()),
        Name::Term(_) => {
            let fits = |sign: char| sign.is_alphanumeric() || matches!(sign, '-' | '_');
            let is_one = !new.is_empty() && new.chars().all(fits);
            (!is_one)
                .then(|| say(lang, "文字、数字、「-」、「_」で書いてください。", "use letters, digits, `-` and `_`"))
        }
    }
}

/// A key as TOML writes it.
fn key(name: &str) -> String {
    let is_bare = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    if is_bare { name.to_owned() } else { format!("\"{name}\"") }
}
