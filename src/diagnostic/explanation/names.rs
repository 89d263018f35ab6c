//! H012: names of files and folders, municipalities that are taken for each other.

use super::{Entry, FORMAT_ONLY, both, same};
use crate::diagnostic::Code;

pub(super) const ENTRIES: &[Entry] = &[
    Entry {
        code: Code::FileEnding,
        what: both(
            "原稿のファイルの拡張子は、半角小文字の .md か .toml です。",
            "A source file ends in .md or .toml, in small letters.",
        ),
        why: both(
            "メモ帳などは、見えないところで .txt を付けます。そのファイルは読まれず、書いた文の代わりに共用の文が印刷されてしまいます。",
            "Some editors add .txt unseen. The file would be passed over, and the shared text printed in its place.",
        ),
        example: same("procedure.md.txt → procedure.md"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::FileForeign,
        what: both("content/ には原稿（.md と .toml）だけを置きます。", "content/ holds .md and .toml files only."),
        why: both(
            "ほかの形式で書いた原稿は、読まれないまま気付かれません。",
            "A text in another format would be passed over unseen.",
        ),
        example: same("content/assessments/zei/memo.docx"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::FileCopy,
        what: both(
            "「 - コピー」や「(2)」の付いたファイルとフォルダーは読みません。",
            "Files and folders whose names are those of a copy are not read.",
        ),
        why: both(
            "写しは、多くの場合、しまい忘れたものです。直したのが写しの方だと、その文は印刷されません。",
            "A copy is mostly one that was forgotten; if the copy was edited, its text is not printed.",
        ),
        example: same("basic - コピー.md"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::NameUnfit,
        what: both(
            "自治体、事務、版のフォルダー名は半角の英小文字、数字、ハイフンです。どのファイルも、Windows で作れる名前にします。",
            "Folders of municipalities, cases and editions are named with small ASCII letters, digits and hyphens; every name is one that Windows can write.",
        ),
        why: both(
            "フォルダー名は、出力するフォルダーと文書の名前になります。作れない名前の文書は、受け取った人のパソコンで開けません。",
            "These names become names of output; what cannot be written on a system cannot be carried there.",
        ),
        example: same("content/municipalities/hikari/"),
        source: "Microsoft「ファイル、パス、名前空間の名前付け」",
    },
    Entry {
        code: Code::FolderLacks,
        what: both(
            "自治体、事務、付議事項、版のフォルダーには、それぞれの設定ファイルがあります。",
            "A folder of a municipality, case, submission or edition holds its settings.",
        ),
        why: both(
            "設定ファイルがないと、その中の原稿はどの文書にも使われません。",
            "Without its settings nothing in the folder is used.",
        ),
        example: same("content/municipalities/hikari/municipality.toml"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::MunicipalityTwice,
        what: both(
            "自治体の名称とコードは、自治体ごとに違います。",
            "No two municipalities have the same name or code.",
        ),
        why: both(
            "フォルダーを写して作った自治体に元の名称が残ると、別の自治体の文書として公表されます。",
            "A municipality made by copying another would publish under the other's name.",
        ),
        example: same("name = \"ひかり町\"\ncode = \"999997\""),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::CodeWrong,
        what: both(
            "全国地方公共団体コードは、検査数字を含めて半角の6桁です。",
            "The code of a municipality has six ASCII digits, the check digit included.",
        ),
        why: both(
            "5桁のコードは、検査数字を落としたものです。ほかの表と突き合わせるときに合いません。",
            "A code of five digits has lost its check digit and is found in no other list.",
        ),
        example: same("code = \"131041\""),
        source: "全国地方公共団体コード仕様（総務省）",
    },
    Entry {
        code: Code::CodeCheckDigit,
        what: both(
            "全国地方公共団体コードの末尾の桁は、前の5桁から決まる検査数字です。",
            "The last digit of the code follows from the other five.",
        ),
        why: both(
            "検査数字が合わないコードは、書き間違いか、別の団体のものです。",
            "A code whose check digit is wrong was mistyped, or is another body's.",
        ),
        example: same("code = \"131042\" → code = \"131041\""),
        source: "全国地方公共団体コード仕様（総務省）",
    },
    Entry {
        code: Code::NotAFile,
        what: both(
            "content/ と templates/ には、ふつうのファイルだけを置きます。",
            "content/ and templates/ hold regular files only.",
        ),
        why: both(
            "パイプや機器は、読み終わりません。行き先のないリンクの原稿は、ほかの人に渡りません。",
            "A pipe or a device may never end; a link to nothing has no text.",
        ),
        example: both(
            "content/fragments/memo.md（リンクではなく、ファイルそのもの）",
            "content/fragments/memo.md (the file itself)",
        ),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::AttachmentOutside,
        what: both(
            "資料は、付議事項のフォルダーの中のファイルです。",
            "An attachment is a file in the folder of its submission.",
        ),
        why: both(
            "外のファイルは、ほかの人のパソコンにはありません。また、公表してはならないものを取り込むおそれがあります。",
            "Others do not have a file from outside, and it may be one that must not be published.",
        ),
        example: same("file = \"records-1\""),
        source: FORMAT_ONLY,
    },
];
