//! The help of every command and argument in English. The Japanese one stands with the arguments; a test holds both to each other.

use clap::Command;

/// The English words of a command's arguments, by the command's path and the argument's id; an empty id: the command itself.
const WORDS: &[(&str, &str, &str)] = &[
    ("", "", "Makes a privacy impact assessment and every document that goes with it from one source"),
    ("", "root", "workspace（the folder that holds content/）"),
    ("", "lang", "language of what is shown"),
    ("build", "", "Makes the documents (into build/)"),
    ("build", "municipality", "municipality (such as midori)"),
    ("build", "case", "case (such as juki)"),
    ("build", "document", "document (such as change-list)"),
    ("build", "audience", "for whom (left out: as each document says)"),
    (
        "build",
        "out",
        "output folder, from where you are (left out: build of the workspace, build-public for the public)",
    ),
    (
        "build",
        "emit_typst",
        "writes templates and data of the typesetter into this folder, from where you are; makes no PDF",
    ),
    (
        "build",
        "shard",
        "makes only the K-th of N parts of the municipalities; K follows from the 全国地方公共団体コード and stays",
    ),
    ("build", "deny_warnings", "ends with a failure for warnings too"),
    ("check", "", "Lists every mistake of the source (writes nothing)"),
    ("check", "municipality", "municipality (such as midori); left out: all"),
    ("check", "case", "case (such as juki); left out: all"),
    ("check", "format", "shape of the result"),
    ("check", "explain", "tells what a code means, why, an example and the legal source (reads no source)"),
    ("review", "", "Records sign-offs（点検済）and lists them"),
    ("review sign", "", "Signs items, bound to their text as it is now (reviewed.toml)"),
    ("review sign", "municipality", "municipality (such as midori)"),
    ("review sign", "case", "case (such as juki)"),
    ("review sign", "items", "path of an item (such as basic/work-content); basic takes in all below it"),
    ("review sign", "by", "office of the reviewer (no person's name)"),
    ("review sign", "on", "day of the review (such as 令和8年4月1日)"),
    ("review report", "", "Lists by section what is signed, what has changed since, what is open"),
    ("review report", "municipality", "municipality (such as midori)"),
    ("review report", "case", "case (such as juki)"),
    ("review report", "format", "shape of the result"),
    ("changes", "", "Lists the changes with their places, pages and reasons"),
    ("changes", "municipality", "municipality (such as midori)"),
    ("changes", "case", "case (such as juki)"),
    ("changes", "audience", "for whose eyes"),
    ("changes", "since", "lists what is printed otherwise than in this edition, marked or not"),
    ("changes", "until", "up to this edition (left out: the source before its changes)"),
    ("changes", "json", "as JSON on the standard output"),
    ("rules", "", "Prints the manual's page of all rules"),
    ("checklist", "", "Checklists out, and their answers back"),
    ("checklist export", "", "Writes checklists as workbooks"),
    ("checklist export", "municipality", "municipality (such as midori)"),
    ("checklist export", "case", "case (such as kessai)"),
    ("checklist export", "to", "folder for copies, from where you are (left out: only build/ of the workspace)"),
    ("checklist import", "", "Takes the answers of returned checklists (.xlsx .xls .ods) over"),
    ("checklist import", "files", "returned files, or folders that hold them"),
    ("checklist import", "write", "writes the changed answers into the source (without it: a report only)"),
    ("comments", "", "Opinions of a hearing out as a workbook, and back"),
    ("comments export", "", "Writes the opinions and their answers as a workbook"),
    ("comments export", "municipality", "municipality (such as midori)"),
    ("comments export", "case", "case (such as juki)"),
    ("comments export", "to", "folder for copies, from where you are (left out: only build/ of the workspace)"),
    (
        "comments import",
        "",
        "Takes the opinions and answers of workbooks (.xlsx .xls .ods) over into comments.toml; never who sent them in",
    ),
    ("comments import", "files", "workbooks that were filled in, or folders that hold them"),
    ("comments import", "municipality", "municipality, where no export wrote the workbook (such as midori)"),
    ("comments import", "case", "case, where no export wrote the workbook (such as juki)"),
    ("comments import", "write", "writes what changes and what is new into the source (without it: a report only)"),
    ("mark", "", "Marks what differs from an edition"),
    ("mark", "municipality", "municipality (such as midori)"),
    ("mark", "case", "case (such as juki)"),
    ("mark", "since", "edition to compare with (left out: the one that the case names)"),
    ("mark", "change", "id of the change that the marks belong to (changes.toml); left out: marks without one"),
    ("mark", "notation", "marks differences of notation too (width of letters, punctuation, spaces)"),
    ("mark", "dry_run", "lists the marks and writes nothing"),
    ("accept", "", "Folds the marks of changes into the text and freezes the next edition"),
    ("accept", "municipality", "municipality (such as midori)"),
    ("accept", "case", "case (such as juki)"),
    ("accept", "edition", "name of the edition (its folder in content/editions/)"),
    ("accept", "title", "what the edition is, in words"),
    ("accept", "changes", "id of a change, as often as there are; left out: all of the case"),
    ("accept", "dry_run", "lists the files that change and writes nothing"),
    ("freeze", "", "Freezes the source before its changes as the first edition"),
    ("freeze", "municipality", "municipality (such as midori)"),
    ("freeze", "case", "case (such as juki)"),
    ("freeze", "edition", "name of the edition (its folder in content/editions/)"),
    ("freeze", "title", "what the edition is, in words"),
    ("freeze", "replace", "although there is an edition (what differs is in no list of changes)"),
    ("freeze", "reason", "why it is frozen anew (stays on record)"),
    ("freeze", "seal", "makes no new edition, seals those without a seal"),
    ("new", "", "Begins a workspace, municipality, assessment, submission, checklist or change"),
    ("new workspace", "", "Makes a workspace"),
    ("new workspace", "folder", "its folder, from where you are"),
    ("new municipality", "", "Adds a municipality"),
    ("new municipality", "slug", "name of its folder: small letters, digits, hyphens (such as midori)"),
    ("new municipality", "name", "its name"),
    ("new municipality", "code", "its 全国地方公共団体コード, 6 digits"),
    ("new assessment", "", "Begins an assessment: with a form alone, the shared text, or that of another municipality"),
    ("new assessment", "municipality", "municipality (such as midori)"),
    ("new assessment", "case", "case, the name of its folder: small letters, digits, hyphens (such as juki)"),
    ("new assessment", "form", "begins with a form alone (`hyoka items` lists them)"),
    ("new assessment", "base", "begins with the shared text of content/assessments/"),
    ("new assessment", "from", "begins with what another municipality says (such as hikari/juki)"),
    ("new assessment", "title", "name of the assessment"),
    ("new assessment", "date", "its date (such as 2026-04-01)"),
    ("new assessment", "files", "name of a 特定個人情報ファイル, as often as there are (with --form)"),
    ("new submission", "", "Begins a submission to a committee"),
    ("new submission", "municipality", "municipality (such as midori)"),
    ("new submission", "case", "submission, the name of its folder (such as kessai)"),
    ("new submission", "form", "the committee's form (of content/municipalities/TOWN/forms/)"),
    ("new submission", "title", "the matter（件名）"),
    ("new submission", "meeting", "the committee"),
    ("new submission", "division", "the division in charge"),
    ("new submission", "basis", "the rule that asks for it（要綱の根拠）"),
    ("new submission", "baseline", "what the approved content is called"),
    ("new submission", "assessment", "case of the assessment that it rests on, if any"),
    ("new submission", "date", "its date (such as 2026-04-01)"),
    ("new checklist", "", "Begins the checklist of a submission"),
    ("new checklist", "municipality", "municipality (such as midori)"),
    ("new checklist", "case", "submission (such as kessai)"),
    ("new checklist", "title", "title of the checklist"),
    ("new change", "", "Declares a change (one more [[change]] in changes.toml)"),
    ("new change", "municipality", "municipality (such as midori)"),
    ("new change", "case", "case (such as juki)"),
    ("new change", "id", "id of the change: small letters, digits, hyphens"),
    ("new change", "reason", "its reason（事由）"),
    ("new change", "on", "its day (such as 令和8年4月1日)"),
    ("new change", "timing", "when it is submitted: before or after"),
    ("new change", "note", "note on the time of submission"),
    ("new change", "shared", "a change of all who use the shared text, not of this municipality alone"),
    ("search", "", "Finds words in texts, labels and ids, with place and page"),
    ("search", "text", "the words (width and case of letters are of no account)"),
    ("search", "municipality", "municipality (such as midori); left out: all"),
    ("search", "case", "case (such as juki); left out: all"),
    ("search", "json", "as JSON on the standard output"),
    ("undo", "", "Takes the last step back (mark, accept, import, sign-off …), or does it again"),
    ("undo", "list", "takes nothing back, lists the steps, the newest first"),
    ("undo", "redo", "does again what was taken back"),
    ("issue", "", "Records papers as they were issued (to a committee, for public comment)"),
    ("issue", "municipality", "municipality (such as midori)"),
    ("issue", "case", "case (such as juki)"),
    ("issue", "id", "name of the record: small letters, digits, hyphens"),
    ("issue", "title", "as what they were issued"),
    ("issue", "date", "the day (such as 2026-04-01)"),
    ("manifest", "", "Handles the lists of what was made in parts"),
    ("manifest join", "", "Joins the lists (manifest.json) of all parts"),
    ("manifest join", "out", "the list that is written"),
    ("manifest join", "parts", "the lists of the parts, or the folders that hold them: all of them"),
    ("manifest join", "without_files", "does not look whether the files are there and have the same hash"),
    ("items", "", "Lists ids, kinds, options and guidance of a form's items"),
    ("items", "wanted", "form (its id) or case (juki, midori/juki); left out: the forms"),
    ("items", "section", "only this section (such as basic)"),
    ("items", "json", "as JSON on the standard output"),
    ("items", "xlsx", "into a workbook, from where you are"),
    ("serve", "", "Opens the desk in a browser, on this machine alone"),
    ("serve", "port", "port of 127.0.0.1 (0: a free one)"),
    ("serve", "open", "opens it in the usual browser"),
    ("serve", "read_only", "shows only, writes nothing"),
    ("lsp", "", "Answers an editor: mistakes, completion, hints, definitions, renaming; writes nothing"),
    ("lsp", "stdio", "over standard input and output (always so; some editors say it)"),
    ("register", "", "Lists the assessments and by when they are looked over or made again"),
    ("register", "municipality", "municipality (such as midori)"),
    ("register", "case", "case (such as juki)"),
    ("register", "due", "only what falls due up to this day (such as 令和9年3月31日)"),
    ("register", "json", "as JSON on the standard output"),
    ("form", "", "Moves a case to another version of its form"),
    ("form move", "", "Keeps entries of the same id, renames those that were renamed, puts the others into archive/"),
    ("form move", "case", "case (such as juki)"),
    ("form move", "to", "the form to move to"),
    ("form move", "on", "day of the change (such as 令和8年4月1日), printed in its row"),
    ("form move", "beside", "id of an assessment beside the main one ([[beside]]); left out: the main one"),
    ("form move", "dry_run", "lists what is moved and writes nothing"),
    ("import", "", "Takes an assessment kept in a form's workbook into content/"),
    ("import", "file", "the workbook (.xlsx, .xlsm, .ods, .xls)"),
    ("import", "municipality", "municipality (letters, digits, hyphens); our own workbooks know it"),
    ("import", "case", "case (letters, digits, hyphens)"),
    (
        "import",
        "beside",
        "id of a paper beside the main one of the case, such as 様式2 beside 様式4; the main one is there already",
    ),
    ("import", "form", "form (its id); left out: told by its labels"),
    ("import", "name", "name of a new municipality"),
    ("import", "code", "全国地方公共団体コード of a new municipality"),
    ("import", "title", "name of the assessment"),
    ("import", "date", "its date (such as 2026-04-01)"),
    ("import", "write", "writes the source; without it what can be read is told, and nothing written"),
    ("completions", "", "Writes what a shell completes to standard output"),
    ("completions", "shell", "shell"),
    ("man", "", "Writes the page of a command as `man` reads it to standard output"),
    ("man", "command", "command (left out: the page of hyoka)"),
    ("schema", "", "Writes the JSON Schemas of the TOML files"),
    ("schema", "out", "folder, from where you are (left out: schemas of the workspace)"),
];

/// The command with English help, and every command below it; examples stay, for they are commands.
pub(super) fn in_english(command: Command) -> Command {
    worded(command, "")
}

fn worded(command: Command, path: &str) -> Command {
    let words = |id: &str| WORDS.iter().find(|(of, known, _)| *of == path && *known == id).map(|(_, _, words)| *words);
    let names: Vec<String> = command.get_subcommands().map(|inner| inner.get_name().to_owned()).collect();
    let mut command = command.mut_args(|argument| match words(argument.get_id().as_str()) {
        Some(help) => {
            let values = argument.get_possible_values().into_iter();
            let values: Vec<String> = values.map(|value| value.get_name().to_owned()).collect();
            let takes = argument.get_action().takes_values() && !values.is_empty();
            let values = if takes { format!(" [values: {}]", values.join(", ")) } else { String::new() };
            let argument = argument.help(format!("{help}{values}"));
            if takes { argument.hide_possible_values(true) } else { argument }
        }
        None => argument,
    });
    if let Some(about) = words("") {
        command = command.about(about);
    }
    if let Some(examples) = command.get_after_help().map(ToString::to_string) {
        command = command.after_help(only_commands(&examples));
    }
    for name in names {
        let below = if path.is_empty() { name.clone() } else { format!("{path} {name}") };
        command = command.mut_subcommand(name, |inner| worded(inner, &below));
    }
    command
}

/// The lines of examples that are commands, without what is said about them.
fn only_commands(examples: &str) -> String {
    let commands = examples.lines().filter_map(|line| line.strip_prefix("  hyoka"));
    // What stands far to the right says in Japanese what the command does.
    let commands = commands.map(|line| format!("  hyoka{}", line.split("   ").next().unwrap_or_default()));
    let all: Vec<String> = commands.collect();
    if all.is_empty() { String::new() } else { format!("Examples:\n{}", all.join("\n")) }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Every command and argument, by path and id.
    fn all(command: &Command, path: &str, found: &mut BTreeSet<(String, String)>) {
        found.insert((path.to_owned(), String::new()));
        for argument in command.get_arguments().filter(|argument| path.is_empty() || !argument.is_global_set()) {
            found.insert((path.to_owned(), argument.get_id().to_string()));
        }
        for inner in command.get_subcommands() {
            let below = [path, inner.get_name()].iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>();
            all(inner, &below.join(" "), found);
        }
    }

    #[test]
    fn the_parser_takes_the_english_command() {
        in_english(crate::cli::command()).debug_assert();
    }

    #[test]
    fn every_argument_has_english_words_and_no_other() {
        let mut declared = BTreeSet::new();
        all(&crate::cli::command(), "", &mut declared);
        let known: BTreeSet<(String, String)> =
            WORDS.iter().map(|(path, id, _)| ((*path).to_owned(), (*id).to_owned())).collect();
        assert_eq!(known.len(), WORDS.len(), "each stands once");
        assert_eq!(declared.difference(&known).collect::<Vec<_>>(), Vec::<&(String, String)>::new());
        assert_eq!(known.difference(&declared).collect::<Vec<_>>(), Vec::<&(String, String)>::new());
    }
}
