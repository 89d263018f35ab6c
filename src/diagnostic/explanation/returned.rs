//! H05: checklists out and back.

use super::{Entry, FORMAT_ONLY, both, same};
use crate::diagnostic::Code;

pub(super) const ENTRIES: &[Entry] = &[
    Entry {
        code: Code::WorkbookNot,
        what: both(
            "ファイルの中身が Excel か OpenDocument の表計算の形です。名前の終わりではなく中身で見分けます。",
            "The file holds a spreadsheet; what counts is what is in it, not its name.",
        ),
        why: both(
            "PDF や CSV からは、どの対策の回答かを確かに読み取れません。",
            "From a PDF or a CSV it cannot be told for sure which measure was answered.",
        ),
        example: both("回答.pdf → 回答.xlsx", "answers.pdf → answers.xlsx"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::WorkbookDamaged,
        what: both("ファイルを終わりまで読めます。", "The file can be read to its end."),
        why: both(
            "途中で切れたファイルの一部だけを取り込むと、回答が欠けたことに気付けません。",
            "Taking over a part of a file would hide that the rest is lost.",
        ),
        example: both(
            "メールで送り直してもらい、受け取ったファイルの大きさを確かめる",
            "ask for the file once more and compare its size",
        ),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::WorkbookLocked,
        what: both("ファイルを開くのにパスワードが要りません。", "The file opens without a password."),
        why: both("パスワードは受け取らず、どこにも残しません。", "The program takes no passwords and keeps none."),
        example: both(
            "Excel の「ファイル」→「情報」→「ブックの保護」でパスワードを消して保存する",
            "remove the password under File, Info, Protect Workbook, and save",
        ),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::WorkbookTooLarge,
        what: both(
            "ファイルは 32 MB まで、開いた大きさは 160 MB まで、記入のあるセルは 200 万までです。",
            "The file has at most 32 MB, unpacks to at most 160 MB and has at most two million filled cells.",
        ),
        why: both(
            "小さく見えて開くと膨大になるファイルで、パソコンを止められないためです。",
            "A file that looks small and unpacks to gigabytes must not bring the machine to a halt.",
        ),
        example: both(
            "使っていない行と列を選び、削除してから保存する",
            "select the rows and columns that are not used, delete them and save",
        ),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::ReturnedForeign,
        what: both(
            "ファイルに、書き出したチェックリストの見出しの行があります。",
            "The file has the row of headers of an exported checklist.",
        ),
        why: both(
            "見出しと隠し列がないと、回答をどの対策に書くかが分かりません。",
            "Without headers and hidden columns an answer has no measure.",
        ),
        example: both(
            "「No.」「区分」「対策項目」「実施」…の行を残したまま返送する",
            "leave the row No., 区分, 対策項目, 実施 … in place",
        ),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::ReturnedOther,
        what: both(
            "回答は、この作業フォルダーにあるチェックリストのものです。",
            "The answers belong to a checklist of this workspace.",
        ),
        why: both(
            "隣の自治体の回答を書き込むと、気付かないまま公の文書になります。",
            "Answers of another municipality would end up in a public document unnoticed.",
        ),
        example: both(
            "hyoka --root 隣町 checklist import 回答.xlsx",
            "hyoka --root other-town checklist import answers.xlsx",
        ),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::KeyColumnMissing,
        what: both("シートに、隠し列の「id」と「hyoka」があります。", "The sheet has its hidden columns id and hyoka."),
        why: both(
            "回答を対策に結び付け、書き出した後の変更を知るための列です。",
            "They tie an answer to its measure and tell what has changed since the export.",
        ),
        example: both("回答を値だけ写し、列は消さない", "copy values only and delete no columns"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::SheetUnknown,
        what: both(
            "シートに、チェックリストの見出しの行があります。",
            "The sheet has the row of headers of a checklist.",
        ),
        why: both(
            "別のシートに書かれた回答を見落とさないために知らせます。",
            "Answers on a sheet of one's own must not be overlooked.",
        ),
        example: both(
            "「メモ」のシートの回答を、元のシートに写す",
            "copy the answers from the sheet メモ into the sheet they belong to",
        ),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::ColumnMissing,
        what: both("シートに、回答の欄がすべてあります。", "The sheet has all columns of answers."),
        why: both(
            "消えた欄は、空の回答とはみなさず、原稿のままにします。",
            "A column that is gone is not taken for empty answers.",
        ),
        example: both("「備考」の列を戻す", "put the column 備考 back"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::ColumnTwice,
        what: both("同じ見出しの列は一つです。", "No header stands over two columns."),
        why: both("どちらの回答が正しいかを推し量ることはしません。", "Which of them counts is not guessed."),
        example: both("写した「実施」の列を削除する", "delete the copied column 実施"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::ColumnUnknown,
        what: both("回答は、決まった列に書かれています。", "Answers stand in the columns of the checklist."),
        why: both(
            "加えた列の記入は取り込めないので、見落とさないために知らせます。",
            "What stands in other columns is not taken over, so it is named.",
        ),
        example: both("「所感」の列の文を「備考」に写す", "move the words of the column 所感 to 備考"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::RowWithoutId,
        what: both("記入のある行は、どれかの対策の行です。", "A row with words in it is the row of a measure."),
        why: both("加えた行の回答は、どこに書くかが分かりません。", "An answer in an added row has no place to go."),
        example: both(
            "加えた行の回答を、対策の行の「具体的な内容」に写す",
            "copy the added row's words into 具体的な内容 of its measure",
        ),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::CellMerged,
        what: both("回答の欄は、一つの対策に一つのセルです。", "Each answer has a cell of its own."),
        why: both(
            "結合したセルの回答が、すべての対策のものか、はじめの対策だけのものかは分かりません。",
            "Whether a merged answer is meant for all its rows or the first cannot be told.",
        ),
        example: both(
            "D11:D13 の結合を解き、三つの行に ○ を入れる",
            "unmerge D11:D13 and choose ○ in each of the three rows",
        ),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::CellFault,
        what: both("セルの値は、見えるとおりの文字です。", "A cell holds the characters that it shows."),
        why: both(
            "エラー値、取消線のある文字、分からない表示形式の数は、何を答えたのかを人が見て決めます。",
            "What an error value, struck words or a number in an unknown format mean is for a person to say.",
        ),
        example: both("取消線の文字を削除し、残す文字だけにする", "delete the struck words and keep the others"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::AnswerInvalid,
        what: both(
            "「実施」は、○、―、× か、それと分かる書き方です。",
            "実施 holds ○, ― or ×, or a known way to type them.",
        ),
        why: both("△ や ✓ は、人によって意味が違います。", "△ and ✓ mean different things to different people."),
        example: both("△ → ○（一部であることは「具体的な内容」に書く）", "△ → ○, with what is partial in 具体的な内容"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::MeasureUnknown,
        what: both("回答の行の対策は、原稿にあります。", "The measure of each row is in the source."),
        why: both("対策を除いたか、ID が書き換わっています。", "The measure was removed, or its id was overwritten."),
        example: same("kc-con-5 → kc-con-05"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::StampMissing,
        what: both("行に、書き出したときの印があります。", "Each row has the stamp of its export."),
        why: both(
            "印がないと、対策の文や原稿の回答が書き出した後に変わったかどうかが分かりません。",
            "Without it, whether the question or the source has changed since cannot be told.",
        ),
        example: both(
            "回答を、書き出したままのファイルの同じ行に写す",
            "copy the answer into the same row of a fresh export",
        ),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::MeasureTwice,
        what: both("一つのファイルに、一つの対策の行は一つです。", "A file has one row for each measure."),
        why: both("写した行のどちらが正しいかを推し量ることはしません。", "Which of two rows counts is not guessed."),
        example: both("古い方の行を削除する", "delete the older row"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::MeasureMissing,
        what: both("書き出した対策の行は、すべて返ってきています。", "Every row that went out comes back."),
        why: both(
            "消えた行を、回答の取消しとはみなしません。",
            "A row that is gone is not taken for a withdrawn answer.",
        ),
        example: both(
            "行を消したのか、別のファイルにあるのかを送り手に確かめる",
            "ask whether the row was deleted or is in another file",
        ),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::SheetMissing,
        what: both(
            "書き出したシートは、どれかのファイルで返ってきています。",
            "Every sheet that went out comes back in one of the files.",
        ),
        why: both(
            "担当ごとにシートを分けて返すときに、集め忘れを見付けます。",
            "Where offices return a sheet each, this finds the one that was not collected.",
        ),
        example: both("hyoka checklist import 税務課.xlsx 情報課.xlsx", "hyoka checklist import tax.xlsx systems.xlsx"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::QuestionAltered,
        what: both(
            "行に見える対策の文は、その ID の対策の文です。",
            "The words of a row are those of the measure with its id.",
        ),
        why: both(
            "隠し列を付けずに並べ替えると、回答が別の対策に結び付きます。",
            "Rows sorted without their hidden columns would give answers to other questions.",
        ),
        example: both("並べ替えは、シートのすべての列を選んで行う", "select all columns before sorting"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::QuestionChanged,
        what: both("回答した対策の文は、書き出したときのままです。", "What was asked is still what the source asks."),
        why: both(
            "変わった文に、前の文への回答を付けることはできません。",
            "An answer to the old words is no answer to the new ones.",
        ),
        example: both("文を確かめ、書き出し直したファイルに記入してもらう", "have a fresh export filled in"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::AnswerMoved,
        what: both(
            "書き出した後に、原稿と返送されたファイルの両方で回答を変えていません。",
            "The answer was not changed both in the source and in the file.",
        ),
        why: both("どちらかを黙って捨てることはしません。", "Neither is thrown away in silence."),
        example: both("原稿の detail に、正しい方を書く", "write the right one in detail"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::AnswersDisagree,
        what: both("返送されたファイルの回答は、互いに合っています。", "The returned files agree with each other."),
        why: both("後から読んだファイルで上書きすることはしません。", "The last file read does not win."),
        example: both("二つの課に確かめ、一方のファイルを直す", "ask both offices and mend one of the files"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::FormatImpossible,
        what: both("チェックリストの形式は Excel です。", "A checklist is a workbook."),
        why: both(
            "記入して返してもらう文書なので、Excel のほかの形では作りません。",
            "It is there to be filled in and sent back.",
        ),
        example: same("formats = [\"xlsx\"]"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::FilePassedOver,
        what: both(
            "指定したフォルダーと圧縮ファイルの中のファイルは、すべて読むか、名前を挙げます。",
            "Every file of a folder or an archive is read or named.",
        ),
        why: both(
            "読まなかったファイルに回答があると、だれも気付きません。",
            "Answers in a file that nobody read would be lost unnoticed.",
        ),
        example: both("回答.pdf → 回答.xlsx", "answers.pdf → answers.xlsx"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::NoteBeside,
        what: both(
            "コメントやテキストボックスの文字は、場所とともに知らせます。",
            "Words of comments and text boxes are named with their place.",
        ),
        why: both(
            "セルの外に書かれた回答や条件を見落とさないためです。",
            "Answers and conditions outside of the cells must not be overlooked.",
        ),
        example: both("コメント「来年度から」→「備考」に書く", "a comment saying from next year → write it into 備考"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::HiddenWords,
        what: both(
            "隠れたシート、行、列の文字は取り込まず、場所を知らせます。",
            "What stands in hidden sheets, rows and columns is named and not taken over.",
        ),
        why: both(
            "古い版の控えを今の記載と取り違えないためです。",
            "An old copy must not be taken for the present text.",
        ),
        example: both(
            "シート「基本情報 (旧)」を削除するか、再表示する",
            "delete the sheet of the old version, or unhide it",
        ),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::HiddenAnswer,
        what: both(
            "隠れた行の回答も取り込みますが、そのことを知らせます。",
            "An answer in a hidden row is taken over, and that is said.",
        ),
        why: both(
            "絞込みで隠れた回答は要りますが、取りやめた回答かもしれません。",
            "A filter hides answers that count; somebody may have hidden one that does not.",
        ),
        example: both("行を再表示して確かめる", "unhide the row and look"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::BookUnseen,
        what: both(
            "ファイルのうち読み取れないものを、一度だけ知らせます。",
            "What of a file cannot be read is said once.",
        ),
        why: both("読み取れない所に回答があるかを、人が確かめるためです。", "A person has to look there."),
        example: both("画像に写った表の回答を、セルに書く", "type the answers that stand in a picture into cells"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::AnswerCharacter,
        what: both("回答の文字は、原稿に書ける文字です。", "An answer holds only characters that the source may hold."),
        why: both(
            "制御文字や外字を書き込むと、その後の検査で原稿が誤りになります。",
            "Control and private characters would make the source a mistake.",
        ),
        example: both("外字の「髙」→ Unicode の「髙」", "a private character → the one of Unicode"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::FormCharacter,
        what: both(
            "取り込む記載の文字は、原稿に書ける文字です。",
            "A form's text holds only characters that the source may hold.",
        ),
        why: both(
            "見えない文字は残さず、外字は人が直します。",
            "What cannot be seen does not stay; private characters are for a person to mend.",
        ),
        example: both("外字を、収録した書体にある字に直す", "write a character that the fonts have"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::FormCellFault,
        what: both(
            "記載のセルの値は、見えるとおりの文字として読めます。",
            "A cell of a form can be read as the characters that it shows.",
        ),
        why: both(
            "取消線の字を生きた記載と取り違えず、分からない表示形式を推し量りません。",
            "Struck words are not taken for text, and unknown formats are not guessed.",
        ),
        example: both("取消線の字を削除して保存する", "delete the struck words and save"),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::FormLabelUnknown,
        what: both("項目名は、選んだ様式にあります。", "Each label is one of the form."),
        why: both(
            "知らない項目の記載が、前の項目の記載に混ざらないためです。",
            "What stands beside an unknown label must not become part of the item before it.",
        ),
        example: both(
            "②所属長（前の版の様式）→ ②所属長の役職名",
            "a label of an older version → the label of this one",
        ),
        source: FORMAT_ONLY,
    },
    Entry {
        code: Code::FormTagOther,
        what: both(
            "ブックに書かれた様式の版は、読むのに使った様式です。",
            "The version that the workbook names is the one it is read as.",
        ),
        why: both(
            "版が違うと、同じ番号の項目が別のものを指します。",
            "In another version the same number is another item.",
        ),
        example: both("--form で様式を指定する", "give the form with --form"),
        source: FORMAT_ONLY,
    },
];
