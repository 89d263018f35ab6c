//! H01: files and TOML.

use super::{Entry, FORMAT_ONLY, both, same};
use crate::diagnostic::Code;

const TOML: &str = "TOML v1.1.0 の仕様（toml.io）";

pub(super) const ENTRIES: &[Entry] = &[
    Entry {
        code: Code::NotUtf8,
        what: both("ファイルの文字コードが UTF-8 ではありません。", "The file is not encoded in UTF-8."),
        why: both(
            "Shift_JIS などで保存されたファイルは、どのパソコンでも同じ字に読めるとは限りません。読み違えたまま公表しないよう、推測では読みません。",
            "Text in Shift_JIS and the like does not read the same everywhere; a guess could be published unseen.",
        ),
        example: both(
            "エディターの「名前を付けて保存」で、文字コードに「UTF-8」を選ぶ",
            "in the editor: Save as, encoding UTF-8",
        ),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::OutsideWorkspace,
        what: both(
            "リンクが作業フォルダーの外のファイルを指しています。",
            "A link points to a file outside of the workspace.",
        ),
        why: both(
            "外のファイルは、ほかの人のパソコンにはありません。また、公表してはならないファイルを取り込むおそれがあります。",
            "Others do not have that file, and a file that must not be published could be drawn in.",
        ),
        example: both(
            "content/fragments/paper-storage.md（リンクではなく、ファイルそのもの）",
            "content/fragments/paper-storage.md (the file itself, no link)",
        ),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::TomlSyntax,
        what: both("TOML の書き方の決まりに合っていません。", "The text does not follow the grammar of TOML."),
        why: both(
            "引用符や括弧が閉じていないと、どこまでが値かが決まりません。そのファイルは読まれません。",
            "With a quotation mark or bracket left open, nobody can tell where the value ends. The file is not read.",
        ),
        example: same("title = \"住民税に関する事務\""),
        source: TOML,
    },
    Entry {
        code: Code::FrontMatterOpen,
        what: both(
            "ファイルの先頭の「+++」に、対になる「+++」がありません。",
            "The `+++` at the head of the file has no partner.",
        ),
        why: both(
            "どこまでが値で、どこからが本文かが分かりません。",
            "It cannot be told where the values end and the text begins.",
        ),
        example: same("+++\n[values]\nrecord-count = \"10項目未満\"\n+++"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::UnknownKey,
        what: both("その場所では使えないキーです。", "The key is not known at this place."),
        why: both(
            "つづりを間違えたキーを読み飛ばすと、書いたはずの設定が効かないまま文書ができてしまいます。",
            "If a misspelt key were passed over, documents would be made without the setting that was meant.",
        ),
        example: same("footer = \"{n} / {N}\""),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::MissingKey,
        what: both("なくてはならないキーがありません。", "A key that must be there is not."),
        why: both(
            "表題や日付など、文書に必ず印刷するものは、推測では補えません。",
            "What every document prints, such as a title or a date, cannot be guessed.",
        ),
        example: same("title = \"住民税に関する事務\"\ndate = \"2026-01-15\""),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::WrongType,
        what: both("値の種類が、そのキーに書くものと違います。", "The value is of another type than its key asks for."),
        why: both(
            "一覧を書くところに一つの文字列を書くと、何件あるのかが分かりません。",
            "A single string where a list is meant does not say how many there are.",
        ),
        example: same(
            "title = \"住民税に関する事務\"\nflows = [\"shikaku\", \"kyufu\"]\ncolumn = 2\nno-consignment = false",
        ),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::UnknownWord,
        what: both(
            "決まった言葉の中から選ぶ値に、ほかの言葉が書かれています。",
            "The value is none of the words that may stand here.",
        ),
        why: both(
            "言葉ごとに働きが決まっており、ほかの言葉では何をすればよいかが決まりません。",
            "Each word stands for one behaviour; another word stands for none.",
        ),
        example: same("timing = \"事前\""),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::TomlOther,
        what: both(
            "値の形は合っていますが、読み取れません。",
            "The value has the right shape and cannot be read all the same.",
        ),
        why: both(
            "書かれた値を捨てて先へ進むことはしません。",
            "A value that was written is never dropped in silence.",
        ),
        example: same("number = 1"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::NameTwice,
        what: both(
            "濁点などの付いた字の、内部の書き方だけが違う2つのファイルがあります。",
            "Two files have names that differ only in how their characters are encoded.",
        ),
        why: both(
            "「が」を一字とする名前と、「か」と濁点の二字とする名前は、画面では同じに見えます。どちらを読むかが決まりません。",
            "A name with が as one character and one with か and its mark look the same; it cannot be told which is meant.",
        ),
        example: both(
            "content/fragments/paper-storage.md（名前に半角の英小文字を使う）",
            "content/fragments/paper-storage.md (small ASCII letters)",
        ),
        source: "Unicode Standard Annex #15",
    },
];
