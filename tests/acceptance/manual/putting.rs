//! Examples put into the files that they are for.

use toml_edit::{DocumentMut, Item, Table};

/// The text of a file with an example in it: a table of the example joins the table of its name, a member of a list comes last, a value
/// stands in place of the one that is there. In Markdown, TOML goes to the values at the head, a heading's text in place of the one that is
/// there, and what has no heading below that of `item`. In a municipality's settings `item` is a document, whose settings the example is of.
pub(super) fn with_example(path: &str, old: &str, item: Option<&str>, lines: &[String]) -> String {
    let block: String = lines.iter().filter(|line| *line != "…").map(|line| format!("{line}\n")).collect();
    let is_markdown = path.ends_with(".md");
    if let (false, Some(id)) = (is_markdown, item) {
        return in_document(old, id, &block);
    }
    if is_markdown && (block.starts_with("+++\n") || block.starts_with("## ")) || item.is_some() {
        return if block.starts_with("+++\n") { block } else { with_sections(old, item, &block) };
    }
    if !is_markdown {
        return joined(old, &block);
    }
    let (head, body) = old.strip_prefix("+++\n").and_then(|rest| rest.split_once("+++\n")).unwrap_or(("", old));
    let block = if block.starts_with('[') { block } else { format!("[values]\n{block}") };
    format!("+++\n{}+++\n{body}", joined(head, &block))
}

/// The settings of one document of a municipality, with an example of them: `[document.list]`, or its own keys.
fn in_document(old: &str, id: &str, block: &str) -> String {
    let mut document: DocumentMut = old.parse().expect("the file is TOML");
    let example: DocumentMut = block.parse().expect("the example is TOML");
    let all = document["document"].as_array_of_tables_mut().expect("the municipality issues documents");
    let of = all.iter_mut().find(|one| one.get("id").and_then(Item::as_str) == Some(id)).expect("it issues this one");
    join(of, example.get("document").and_then(Item::as_table).unwrap_or(example.as_table()));
    document.to_string()
}

fn joined(old: &str, block: &str) -> String {
    let mut document: DocumentMut = old.parse().unwrap_or_else(|error| panic!("the file is not TOML: {error}\n{old}"));
    let example: DocumentMut =
        block.parse().unwrap_or_else(|error| panic!("the example is not TOML: {error}\n{block}"));
    join(document.as_table_mut(), example.as_table());
    document.to_string()
}

fn join(table: &mut Table, example: &Table) {
    for (key, item) in example {
        match (table.get_mut(key), item) {
            (Some(Item::Table(inner)), Item::Table(example)) => join(inner, example),
            (Some(Item::ArrayOfTables(list)), Item::ArrayOfTables(example)) => {
                for member in example {
                    let mut member = member.clone();
                    unnumbered(&mut member);
                    list.push(member);
                }
            }
            (_, item) => {
                let mut item = item.clone();
                match &mut item {
                    Item::Table(inner) => unnumbered(inner),
                    Item::ArrayOfTables(list) => list.iter_mut().for_each(unnumbered),
                    Item::Value(_) | Item::None => {}
                }
                table.insert(key, item);
            }
        }
    }
}

/// Tables of another document stand by its numbers.
fn unnumbered(table: &mut Table) {
    table.set_position(None);
    for (_, item) in table.iter_mut() {
        match item {
            Item::Table(inner) => unnumbered(inner),
            Item::ArrayOfTables(list) => list.iter_mut().for_each(unnumbered),
            Item::Value(_) | Item::None => {}
        }
    }
}

/// The sections of a Markdown file, each from its heading on; the first is what stands before.
fn sections(text: &str) -> Vec<String> {
    let mut sections = vec![String::new()];
    for line in text.lines() {
        if line.starts_with("## ") {
            sections.push(String::new());
        }
        let last = sections.last_mut().expect("there is always one");
        last.push_str(line);
        last.push('\n');
    }
    sections
}

fn with_sections(old: &str, item: Option<&str>, block: &str) -> String {
    let block = item.map_or_else(|| block.to_owned(), |item| format!("## {item}\n\n{block}"));
    let mut all = sections(old);
    for section in sections(&block).into_iter().skip(1) {
        let heading = section.lines().next().unwrap_or_default().to_owned();
        match all.iter_mut().find(|known| known.lines().next() == Some(&heading)) {
            Some(known) => *known = section + "\n",
            None => all.push(format!("\n{section}")),
        }
    }
    all.concat()
}

#[test]
fn an_example_goes_where_its_file_has_room_for_it() {
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    let town = "name = \"町\"\n[terms]\nown = \"本町\"\n\n[[document]]\nid = \"a\"\n";
    let put = with_example(
        "t.toml",
        town,
        None,
        &lines("notice = \"■\"\n\n[terms]\nvendor = \"社\"\n\n[[document]]\nid = \"b\"\n…"),
    );
    let read: toml::Table = put.parse().expect("it is TOML");
    assert_eq!((read["notice"].as_str(), read["terms"]["vendor"].as_str()), (Some("■"), Some("社")), "{put}");
    assert_eq!((read["terms"]["own"].as_str(), read["document"][1]["id"].as_str()), (Some("本町"), Some("b")), "{put}");
    let entry = "+++\n[values]\na = \"1\"\n+++\n\n## one\n\n一\n\n## two\n\n二\n";
    assert_eq!(with_example("e.md", entry, None, &lines("a = \"2\"")), entry.replace("\"1\"", "\"2\""));
    assert_eq!(with_example("e.md", entry, Some("one"), &lines("壱")), entry.replace("一\n", "壱\n"));
    assert!(with_example("e.md", entry, None, &lines("## three\n\n三")).ends_with("二\n\n## three\n\n三\n"));
}
