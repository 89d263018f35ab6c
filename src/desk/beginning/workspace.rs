//! A new workspace（作業フォルダーを作る）: where a clerk who has nothing yet begins.

use std::collections::BTreeMap;
use std::path::Path;

use include_dir::{Dir, include_dir};

use crate::Error;
use crate::desk::schemas;
use crate::write::put_fresh;

/// A fictitious town with all that a municipality can have: assessment, submission, checklist, editions.
static EXAMPLE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/examples/towns/sample");

/// The first page for the clerk.
const README: &str = "\
# はじめに

このフォルダーは、hyoka の作業フォルダーです。特定個人情報保護評価書の原稿を `content/` に書き、文書を作ります。

## 見本を見る

```
hyoka --root example serve --open
hyoka --root example build
```

`example/` には、架空の市の原稿が一通り入っています。書き換えても、このフォルダーの `content/` は変わりません。要らなくなったら、フォルダーごと
消してかまいません。

## 1. 自治体を加える

```
hyoka new municipality midori --name みどり市 --code 999997
```

`midori` は、フォルダーの名前になる半角の英小文字です。コードは全国地方公共団体コード（6桁）です。

## 2. 評価書を始める

```
hyoka items                      使える様式とIDを見る
hyoka new assessment midori juki --form 様式のID --title 住民基本台帳に関する事務 --date 2026-04-01
```

まだ書いていない項目は「未記入」として、次の命令で挙がります。

```
hyoka check
```

## 3. 書く

`desk.cmd` をダブルクリックすると、机がブラウザーで開きます（Windows）。ほかのパソコンでは `hyoka serve --open` を実行します。
`hyoka.exe` は、このフォルダーか、PATH の通ったフォルダーに置いてください。

## 4. 文書を作る

```
hyoka build
```

文書は `build/` にできます。書き終えるまでは、どの文書にも下書きの表示が付きます。書き終えたら、
`content/municipalities/自治体/事務/case.toml` の `stage` を「素案」などに改めます。

## 間違えたときは

```
hyoka undo                       一つ前の操作を取り消す
hyoka --help                     できることを見る
```
";

/// Opens the desk with a double click.
const DESK: &str = "\
@echo off\r
rem hyoka の机をブラウザーで開く。閉じるには、この画面で Ctrl-C を押す。\r
chcp 65001 > nul\r
cd /d \"%~dp0\"\r
set HYOKA=hyoka\r
if exist \"%~dp0hyoka.exe\" set HYOKA=\"%~dp0hyoka.exe\"\r
%HYOKA% serve --open\r
if errorlevel 1 pause\r
";

const FACTS: &str = "\
# どの自治体にも通じる日付と名称。原稿の {{名前}} は、ここに書いた言葉になります。
# 同じ名前の用語が municipality.toml の [terms] にあれば、そちらを使います。

[facts]
";

/// What git does with the lines of each kind of file.
const ATTRIBUTES: &str = "\
*.md text eol=lf
*.toml text eol=lf
*.json text eol=lf
*.cmd text eol=crlf
*.xlsx binary
*.pdf binary
";

const IGNORED: &str = "build/\nbuild-public/\n.hyoka/\n";

/// The files below a folder that is built in, by their paths with `/` on every system.
fn below<'d>(folder: &'d Dir<'d>) -> Box<dyn Iterator<Item = (String, &'d [u8])> + 'd> {
    let path = |path: &Path| path.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/");
    let own = folder.files().map(move |file| (path(file.path()), file.contents()));
    Box::new(own.chain(folder.dirs().flat_map(below)))
}

/// Makes a workspace; the paths of its files below the folder, without those of the schemas and of the example.
///
/// # Errors
/// As [`put_fresh`].
pub fn begin_workspace(folder: &Path) -> Result<Vec<String>, Error> {
    let texts = [
        ("README.md", README),
        ("desk.cmd", DESK),
        ("content/facts.toml", FACTS),
        (".gitattributes", ATTRIBUTES),
        (".gitignore", IGNORED),
    ];
    let mut files: BTreeMap<String, Vec<u8>> =
        texts.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect();
    let made = files.keys().cloned().chain(["example/".to_owned()]).collect();
    files.extend(below(&EXAMPLE).map(|(path, bytes)| (format!("example/{path}"), bytes.to_vec())));
    files.extend(schemas().into_iter().map(|(name, text)| (format!("schemas/{name}.schema.json"), text.into_bytes())));
    put_fresh(folder, &files)?;
    Ok(made)
}
