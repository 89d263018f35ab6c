// The words of the interface, Japanese first. What the program says of a text comes from the program, in the same language.

const JA = {
  desk: "評価書の机", skip: "記載へ移る", town: "自治体", search: "記載を検索", "search-hint": "記載・項目名・項目IDを検索",
  keys: "キー操作", contents: "目次", entry: "記載", pages: "ページ", panes: "表示する欄", "read-only": "閲覧のみ",
  tree: "目次", findings: "誤り", changes: "変更", found: "検索",
  undo: "取り消し", redo: "やり直し", "undo-of": (what) => `取り消し：${what}`, "redo-of": (what) => `やり直し：${what}`,
  undone: (what) => `取り消しました：${what}`, redone: (what) => `やり直しました：${what}`,
  blank: "空欄", errors: (n) => `誤り${n}`, warnings: (n) => `注意${n}`, changed: "変更あり", reviewed: "点検済", lifted: "点検後に変更",
  important: "※重要な変更の対象", required: "必須", figure: "図",
  guidance: "書くこと", options: "選択肢", none: "未選択", detail: "内容",
  where: "どこに書くか", shared: "共通の記載", own: "この自治体だけ",
  "shared-note": "この事務を共通の記載から作るすべての自治体で変わります。", "own-note": "この自治体の評価書だけが変わります。",
  appended: "共通の記載の後に続けて印字します。", "fragment-note": "共通文です。使っているすべての箇所で変わります。",
  "back-to-shared": "共通の記載に戻す", fragment: "共通文", terms: "用語",
  "printed-at": (n, pages) => `${n}か所${pages ? ` ${pages}` : ""}`, "edit-everywhere": "すべての箇所で直す", "only-here": "ここだけの文にする",
  "back-to-item": "項目の記載に戻る", uses: "印字される箇所",
  save: "保存", saved: "保存しました", saving: "保存しています", discard: "元に戻す", dirty: "未保存", clean: "保存済み",
  "no-entry": "左の目次から項目を選んでください。", "figure-note": "図は、この画面では見るだけです。図のファイルを開いて直してください。",
  "from-note": (from) => `書かなければ、${from} の記載を印字します。`, registers: "ほかの文体の記載", public: "公表用", short: "概要用",
  limit: (n, most) => `${n}字（枠に入る目安 ${most}字）`, count: (n) => `${n}字`,
  cure: "直し方", example: "例", place: "場所", "all-well": "誤りはありません。", "no-changes": "変更は登録されていません。",
  error: "誤り", warning: "注意", note: "参考", "go-to": "この項目を開く",
  sign: "点検済にする", "sign-by": "点検者（課名・役職）", "sign-on": "点検日", signed: "点検済を記録しました", cancel: "やめる", close: "閉じる",
  "sign-note": "個人の氏名は書かないでください。",
  view: "表示", clean_view: "溶け込み版", marked_view: "見え消し版", before_view: "改定前", page: "ページ", of: "全",
  previous: "前のページ", next: "次のページ", "zoom-in": "大きく", "zoom-out": "小さく", fit: "幅に合わせる", draft: "下書き",
  "page-of": (n) => `${n}ページ`, "no-document": "この様式を印字する文書はありません。",
  stale: "いまの記載ではページを作れないため、直前のページを表示しています。", setting: "ページを作っています",
  conflict: "ほかの人が同じ記載を書き換えました。どちらかを選ぶか、見比べて書き直してから保存してください。",
  mine: "あなたの記載", theirs: "いまの原稿", "use-mine": "自分の記載で保存する", "use-theirs": "いまの原稿にする", nothing: "（記載なし）",
  outside: (n) => `ほかの画面か別のソフトで ${n} 件のファイルが変わりました。表示を新しくしました。`,
  gone: "hyoka serve が止まっています。起動し直すと続けられます。", back: "つながりました。",
  matches: (n) => `${n}件`, more: "ほかにもあります。語を足して絞ってください。", "no-match": "見つかりません。",
  answers: "取り込む", "answers-note": "記入されて戻ったチェックリスト、意見のブック、様式の表計算ファイル（.xlsx .xls .ods）のどれかを選ぶか、この画面に落としてください。内容を確かめてから取り込みます。", "answers-file": "表計算ファイル", "answers-take": "原稿に取り込む", "answers-taken": (n) => `${n}か所の回答を取り込みました`, "answers-counts": (changed, same, open) => `変更 ${changed}か所、変更なし ${same}件、要確認 ${open}件`, "answers-none": "変わる回答はありません。", empty: "（空）",
  readers: "公表用", "readers-note": "公表する人が読むページを見る", withheld: "一部を公表しない", "other-towns": "ほかの自治体",
  declare: "変更を登録する", "change-id": "ID（小文字の英字、数字、-）", timing: "提出時期", "timing-none": "書かない", "timing-note": "提出時期に係る説明", "whose-change": "だれの変更か", declared: "変更を登録しました",
  "fault-id": "IDは小文字の英字、数字、「-」で書いてください。", "fault-id-taken": "同じIDの変更がすでにあります。別のIDにしてください。", "fault-no-reason": "事由を書いてください。", "fault-no-day": "その日付はありません。「令和8年4月1日」のように書いてください。",
  make: "文書を作る", "make-what": "どの文書を作るか", "make-all": "この自治体のすべての文書", making: (done, total) => `${total}件のうち${done}件`, "made-n": (made, kept) => `${made}件を作りました。${kept}件は前と同じです。`, blocked: (names) => `誤りがあるため作っていない事務：${names}`,
  "save-as": "どの変更として書くか", "no-mark": "印を付けない", "all-files": "全ファイル共通", "this-file": "このファイル", "by-hand-note": (n) => `保存しました。印を付けられなかったところが ${n} 件あります。手で印を付けてください。`,
  change: "変更", reason: "事由", "changed-on": "変更日", rows: "変更箇所", "unmarked": "版との違いに印を付ける",
  "mark-note": "確定した版と違うのに印のないところを探し、選んだ変更の印を付けます。", look: "違いを調べる", "mark-all": "印を付ける",
  "to-mark": (n) => `印を付けるところ ${n}件`, "by-hand": (n) => `手で印を付けるところ ${n}件`, marked: "印を付けました", "nothing-to-mark": "印のない違いはありません。",
  old: "版の記載", new: "いまの記載", "no-change-id": "どの変更か書かれていない印",
  "fault-heading": "行の初めに「##」などの見出しがあるため、保存できません。見出しは別の項目になります。",
  "fault-unreadable": "この項目のファイルに読めないところがあるため、ここからは書けません。「誤り」を見て、先にファイルを直してください。",
  "fault-no-value": "この値は書けません。", "fault-read-only": "閲覧のみで開いているため、書き込めません。",
  "fault-no-step": "取り消し・やり直しのできる操作はありません。", "fault-step-changed": "その後に書き換えられているため、取り消し・やり直しはできません。",
  "fault-too-large": "大きすぎるため、送れません。", "fault-has-errors": "誤りがあるうちは点検済にできません。", "fault-unknown": "見つかりません。",
  "fault-broken": "応じられませんでした。もう一度お試しください。",
  "keys-title": "キー操作",
  "by-change": "変更ごと", "by-page": "ページ順", "change-before": "‹ 前の変更", "change-after": "次の変更 ›", "no-rows": "この様式に変更箇所はありません。", "no-page": "ページなし",
  "rows-note": (n) => `変更箇所一覧に載る順に ${n}件。ページは溶け込み版のものです。`,
  "marks-here": "この項目の変更の印", "mark-take": "取り消す", "mark-move": "別の変更にする…", "mark-whole-new": "（全体の追加）", "mark-whole-gone": "（全体の削除）", "mark-shared": "共通の記載の印", "mark-fragment": "共通文の印",
  "mark-take-all": (reason, n) => `「${reason}」の印 ${n}か所をすべて取り消す`, "mark-taken": (n) => `印を${n}か所取り消し、前の記載に戻しました`, "mark-moved": (n) => `印を${n}か所付け替えました`,
  "important-note": "※の項目の変更は重要な変更に当たります。意見の聴取と第三者点検を終えてから、事前に提出します。",
  "important-late": (reason) => `※の項目の変更は重要な変更に当たりますが、「${reason}」の提出時期は事後です。事前に改めるか、当たらない理由（exemption）を changes.toml に書いてください。`,
  "fault-moved": "その後にファイルが書き換えられています。表示を新しくしてから、もう一度お試しください。", "fault-others": (cases) => `この印を変えると、すでに溶け込ませた ${cases} の記載が変わるため、書き込みません。`,
  mend: "直す", "mend-to": (text) => `「${text}」にする`, mended: "直しました", "fault-fix-fails": "この直しでは誤りがなくなりません。記載を見て直してください。",
  "uses-of": (name, n) => `${name}　${n}か所`, "no-uses-elsewhere": "ほかの自治体では使っていません。",
  finish: "版と発出", "finish-case": "事務", "finish-what": "すること", "finish-accept": "変更を溶け込ませる", "finish-freeze": "最初の版を確定する", "finish-issue": "発出を記録する",
  "finish-note-accept": "変更の印を外して本文に溶け込ませ、新しい版を確定します。公表した後に行います。", "finish-note-freeze": "いまの記載（変更の印の前）を、公表済みの版として確定します。これからの変更は、この版と比べます。", "finish-note-issue": "いまの文書を、配布したものとして記録します。これより後の違いは、発出後の変更として挙がります。",
  "finish-changes": "溶け込ませる変更", "finish-no-change": "溶け込ませる変更を一つは選んでください。", "finish-look": "内容を確かめる",
  "finish-title-accept": "新しい版の名称", "finish-title-freeze": "版の名称", "finish-title-issue": "あて先と用件", "finish-id-accept": "新しい版のID（小文字の英字、数字、-）", "finish-id-freeze": "版のID（小文字の英字、数字、-）", "finish-id-issue": "記録のID（小文字の英字、数字、-）", "finish-date-accept": "日付", "finish-date-freeze": "日付", "finish-date-issue": "配布した日",
  "finish-refused": "次の誤りがあるため、書き込めません。直してから、もう一度お試しください。", "finish-accepted": "溶け込ませる変更", "finish-shared": "ほかの自治体がまだ溶け込ませていないため、共通の記載に印を残す変更", "finish-documents": "記録する文書",
  "files-changed": "書き換わるファイル", "files-gone": "なくなるファイル", "files-new": "新しいファイル", "finish-frozen": (items, files) => `版に ${items}項目を確定します（${files}ファイル）。`, "finish-recorded": (files) => `記録は ${files}ファイルです。`,
  "finish-done-accept": (title) => `変更を溶け込ませ、版「${title}」を確定しました`, "finish-done-freeze": (title) => `版「${title}」を確定しました`, "finish-done-issue": (title) => `発出を記録しました：${title}`, "no-case": "事務がありません。", "fault-no-title": "名称を書いてください。",
  begin: "新しく作る", "begin-what": "作るもの", "begin-municipality": "自治体", "begin-assessment": "評価書", "begin-submission": "付議事項", "begin-checklist": "チェックリスト", "begin-change": "変更",
  "begin-note-municipality": "自治体を加えます。評価書は、その後に作ります。", "begin-note-assessment": "一つの事務の評価書を始めます。書いていない項目は、未記入として数えます。", "begin-note-submission": "会議体に付議する資料を始めます。", "begin-note-checklist": "付議事項に添えるチェックリストを始めます。表ごとに1枚です。", "begin-note-change": "これからの書換えに付ける印を、どの変更のものとするかを登録します。",
  "begin-name": "自治体の名称", "begin-slug": "自治体のID", "begin-slug-note": "フォルダーの名前になります。半角の英小文字、数字、ハイフンで書いてください。", "begin-code-note": "6桁です。5桁まで入れて確かめると、検査数字が分かります。",
  "begin-from": "何から始めるか", "begin-from-form": "様式だけ", "begin-from-base": "共通の記載（正本）", "begin-from-town": "ほかの自治体の記載", "begin-form": "様式", "begin-case": "事務のID", "begin-base": "事務", "begin-pattern": "写す評価書", "begin-title-note": "空なら、元の評価書と同じ名称にします。", "begin-files": "特定個人情報ファイルの名称", "begin-files-note": "1行に一つずつ書いてください。", "begin-date": "日付（2026-04-01 の形）",
  "begin-submission-case": "付議事項のID", "begin-title": "件名", "begin-meeting": "会議体の名称", "begin-division": "担当部課", "begin-basis": "要綱の根拠", "begin-baseline": "承認済みの内容の呼び名", "begin-rests-on": "もとにする評価書（事務のID）", "begin-checklist-title": "表題", "begin-checklist-usual": "別紙チェックリスト",
  "begin-added-to": "書き足すファイル", "begin-empty": (n) => `未記入の項目は ${n}件になります。`, "begin-terms": (names) => `言葉を書く用語があります：${names}`, "begin-do": "作る", begun: "作りました", "nothing-yet": "まだ何もありません。「新しく作る」から始めてください。",
  "wrong-shape": "この書き方は使えません。例のとおりに書いてください。", "wrong-empty": "書いてください。", "wrong-digit": (whole) => `検査数字が違います。前の5桁が正しければ「${whole}」です。`, "wrong-there": "同じ名前のものがすでにあります。別の名前にしてください。", "wrong-choose": "一覧から選んでください。", "wrong-day": "その日付はありません。「令和8年4月1日」のように書いてください。", "wrong-same": "いまの様式と同じです。別の様式を選んでください。",
  "finish-move": "様式の版を移す", "finish-note-move": "この事務の原稿を、別の版の様式に移します。正本と、この事務のあるすべての自治体の記載が移ります。行き先のない項目は archive に残します。", "move-which": "移す様式", "move-to": "移り先の様式", "move-kept": (n) => `そのまま残る項目は ${n}件です。`, "move-renamed": "IDの変わる項目", "move-new": "新しい項目（記載なし）", "move-archived": "行き先がなく、保存する項目", "move-change": (id) => `様式の改正を、変更「${id}」として登録します。`, moved: "様式を移しました",
  "files-written": "書き込むファイル",
  "opinions-taken": (n) => `意見と考え方 ${n}か所を取り込みました`, "opinions-counts": (added, changed, same, open) => `追加 ${added}件、変更 ${changed}か所、変更なし ${same}件、要確認 ${open}件`, "opinions-none": "取り込むものはありません。", "opinions-case": "どの事務の意見か",
  "measure-category": "区分", "measure-standing": "新規、変更、継続の別", "measure-item": "根拠とする評価書の項目のID", "measure-text": "対策の文", "measure-id": "対策のID（小文字の英字、数字、-）。後から変えられません", "measure-answer": (word) => `回答 ${word || "なし"}`, "no-pages": "チェックリストは表計算ファイルになります。「文書を作る」で作ります。",
  "fault-measure-taken": "同じIDの対策がすでにあります。別のIDにしてください。", "fault-no-measure": "対策の文を書いてください。", "fault-measure-published": "版に載っている対策は消せません。文を変更として削り、公表して版を改めてから消してください。",
  "make-case": "この事務のすべての文書",
  "form-taken": (n) => `原稿 ${n}ファイルを書き出しました`, "form-where": "取込先", "form-municipality": "自治体のID", "form-case": "事務のID", "form-called": "新しい自治体の名称", "form-code": "全国地方公共団体コード", "form-title": "事務の名称", "form-date": "評価書の日付（2026-04-01 の形）", "look-again": "もう一度読む",
  "form-read": (n) => `様式から ${n}項目を読み取りました。`, "form-missing": "空欄の項目", "form-same": (n) => `この事務の原稿はすでにあります。同じ項目は ${n}件です。`, "form-differing": "違う項目", "form-new": "表計算ファイルだけの項目", "form-gone": "原稿だけの項目", "form-mistakes": (n) => `取り込んだ原稿には、直すところが ${n}件あります。`, "form-nothing": "書き出すものはありません。",
  "case-files": "特定個人情報ファイル", "fault-file-published": "版に載っている特定個人情報ファイルは消せません。記載を一つずつ変更として削り、公表して版を改めてから消してください。",
  "group-list": (label) => `${label}の一覧`, "group-of": (label, n) => `${label}の一覧（${n}件）`, "no-records": "まだありません。", "group-own-note": "書き込むと、一覧をこの自治体のファイルに写し、正本の一覧から離れます。",
  "record-new": "追加", "record-gone": "削除", "record-up": "上へ", "record-down": "下へ", "record-remove": "削除する", "record-add": (label) => `${label}を追加する`, "record-title": "名称", "record-add-it": "追加する", "record-known": "ほかで使っている一件を、ここにも載せる",
  "fault-id-listed": "同じIDの一件が、すでに一覧にあります。", "fault-record-there": "同じIDのファイルがあります。「ほかで使っている一件」から選ぶか、別のIDにしてください。", "fault-record-gone": "すでに削除の印があります。", "fault-published": (name) => `版に載っている一件（${name}）は、黙って消せません。「どの変更として書くか」で変更を選んでから削除すると、削除の印が付きます。`,
  "key-change": "次の変更、前の変更",
  "key-save": "保存", "key-search": "検索", "key-item": "前の項目・次の項目", "key-finding": "次の誤り・前の誤り", "key-undo": "書込みの取り消し・やり直し",
  "key-page": "ページ番号を入れる", "key-turn": "ページの欄で前・次のページ", "key-zoom": "ページの欄で大きく・小さく",
};

const EN = {
  desk: "desk", skip: "go to the entry", town: "municipality", search: "search the texts", "search-hint": "search texts, labels, item ids",
  keys: "keys", contents: "contents", entry: "entry", pages: "pages", panes: "pane to show", "read-only": "read only",
  tree: "contents", findings: "mistakes", changes: "changes", found: "search",
  undo: "undo", redo: "redo", "undo-of": (what) => `undo: ${what}`, "redo-of": (what) => `redo: ${what}`,
  undone: (what) => `undone: ${what}`, redone: (what) => `done again: ${what}`,
  blank: "blank", errors: (n) => `${n} error(s)`, warnings: (n) => `${n} warning(s)`, changed: "changed", reviewed: "signed off", lifted: "changed since signed",
  important: "※ important change", required: "required", figure: "figure",
  guidance: "what to write", options: "options", none: "none", detail: "detail",
  where: "where to write", shared: "shared entry", own: "this municipality only",
  "shared-note": "Changes every municipality that makes this case from the shared entry.", "own-note": "Changes the papers of this municipality only.",
  appended: "printed after the shared entry", "fragment-note": "A shared text: it changes wherever it is used.",
  "back-to-shared": "back to the shared entry", fragment: "shared text", terms: "terms",
  "printed-at": (n, pages) => `${n} place(s)${pages ? ` ${pages}` : ""}`, "edit-everywhere": "change everywhere", "only-here": "own text here only",
  "back-to-item": "back to the item", uses: "printed at",
  save: "save", saved: "saved", saving: "saving", discard: "discard", dirty: "not saved", clean: "saved",
  "no-entry": "Choose an item on the left.", "figure-note": "Figures are only shown here; edit their file.",
  "from-note": (from) => `If left blank, ${from} is printed.`, registers: "other registers", public: "public", short: "short",
  limit: (n, most) => `${n} characters (the box holds about ${most})`, count: (n) => `${n} characters`,
  cure: "cure", example: "example", place: "place", "all-well": "No mistakes.", "no-changes": "No changes are declared.",
  error: "error", warning: "warning", note: "note", "go-to": "open this item",
  sign: "sign off", "sign-by": "reviewer (office)", "sign-on": "date", signed: "signed off", cancel: "cancel", close: "close",
  "sign-note": "Do not write a person's name.",
  view: "view", clean_view: "clean", marked_view: "marked", before_view: "before", page: "page", of: "of",
  previous: "previous page", next: "next page", "zoom-in": "larger", "zoom-out": "smaller", fit: "fit width", draft: "draft",
  "page-of": (n) => `page ${n}`, "no-document": "No document prints this form.",
  stale: "The pages cannot be set as the text stands; the last good pages are shown.", setting: "setting pages",
  conflict: "Somebody else changed the same entry. Choose one, or compare, rewrite and save.",
  mine: "yours", theirs: "now in the source", "use-mine": "save mine", "use-theirs": "take theirs", nothing: "(nothing)",
  outside: (n) => `${n} file(s) changed elsewhere; the view was renewed.`,
  gone: "hyoka serve has stopped. Start it again to go on.", back: "connected",
  matches: (n) => `${n} found`, more: "There are more: add a word.", "no-match": "Nothing found.",
  answers: "take over", "answers-note": "Choose a checklist or a workbook of opinions that was filled in, or the workbook of a form (.xlsx .xls .ods), or drop it here. It is shown first, then taken over.", "answers-file": "workbook", "answers-take": "take over", "answers-taken": (n) => `${n} answer(s) taken over`, "answers-counts": (changed, same, open) => `${changed} changed, ${same} unchanged, ${open} to be settled`, "answers-none": "No answer changes.", empty: "(empty)",
  readers: "public", "readers-note": "see the pages as the public reads them", withheld: "partly withheld", "other-towns": "other municipalities",
  declare: "declare a change", "change-id": "id (small letters, digits, -)", timing: "timing", "timing-none": "none", "timing-note": "note on the timing", "whose-change": "whose change", declared: "change declared",
  "fault-id": "Write the id with small letters, digits and hyphens.", "fault-id-taken": "A change of that id is there already: choose another id.", "fault-no-reason": "Write the reason.", "fault-no-day": "There is no such date; write it like 令和8年4月1日.",
  make: "make documents", "make-what": "which documents", "make-all": "all documents of this municipality", making: (done, total) => `${done} of ${total}`, "made-n": (made, kept) => `${made} made, ${kept} as before.`, blocked: (names) => `not made because of their mistakes: ${names}`,
  "save-as": "as which change", "no-mark": "without a mark", "all-files": "all files", "this-file": "this file", "by-hand-note": (n) => `Saved. ${n} place(s) could not be marked: mark them by hand.`,
  change: "change", reason: "reason", "changed-on": "date", rows: "rows", "unmarked": "mark what differs from the edition",
  "mark-note": "Finds what differs from the frozen edition without a mark, and marks it with the chosen change.", look: "look", "mark-all": "mark",
  "to-mark": (n) => `${n} to be marked`, "by-hand": (n) => `${n} to be marked by hand`, marked: "marked", "nothing-to-mark": "Nothing differs without a mark.",
  old: "edition", new: "now", "no-change-id": "marks that name no change",
  "fault-heading": "A line begins with a heading sign: it would make another item.",
  "fault-unreadable": "The item's file cannot be read as it is; see the mistakes and mend the file first.",
  "fault-no-value": "This value cannot be written.", "fault-read-only": "The desk is read only.",
  "fault-no-step": "Nothing to undo or redo.", "fault-step-changed": "It was changed since and cannot be undone or redone.",
  "fault-too-large": "Too large to send.", "fault-has-errors": "Nothing can be signed off while there are errors.", "fault-unknown": "Not found.",
  "fault-broken": "No answer; try again.",
  "keys-title": "keys",
  "by-change": "by change", "by-page": "by page", "change-before": "‹ previous change", "change-after": "next change ›", "no-rows": "This form has no changed rows.", "no-page": "no page",
  "rows-note": (n) => `${n} row(s) in the order of the list of changes; pages of the clean view.`,
  "marks-here": "marks of this item", "mark-take": "take back", "mark-move": "to another change…", "mark-whole-new": "(all of it added)", "mark-whole-gone": "(all of it deleted)", "mark-shared": "mark of the shared entry", "mark-fragment": "mark of a shared text",
  "mark-take-all": (reason, n) => `take back all ${n} marks of “${reason}”`, "mark-taken": (n) => `${n} mark(s) taken back; the text is as before`, "mark-moved": (n) => `${n} mark(s) moved`,
  "important-note": "A change to a ※ item is an important change: it is submitted beforehand, after the public hearing and the review.",
  "important-late": (reason) => `A change to a ※ item is an important change, but “${reason}” is to be submitted afterwards. Change its timing, or write why it is none (exemption) in changes.toml.`,
  "fault-moved": "The file was changed meanwhile. Look again and try once more.", "fault-others": (cases) => `Not written: the text of ${cases}, where the change was accepted, would be another.`,
  mend: "mend", "mend-to": (text) => `write “${text}”`, mended: "mended", "fault-fix-fails": "This does not mend it: see to the text.",
  "uses-of": (name, n) => `${name}: ${n} place(s)`, "no-uses-elsewhere": "No other municipality uses it.",
  finish: "editions", "finish-case": "case", "finish-what": "what", "finish-accept": "accept changes", "finish-freeze": "freeze the first edition", "finish-issue": "record papers as issued",
  "finish-note-accept": "Folds the marks into the text and freezes a new edition; after publication.", "finish-note-freeze": "Freezes the text before its changes as the published edition; changes are held against it.", "finish-note-issue": "Records the papers as they were handed out; what differs later is told.",
  "finish-changes": "changes to accept", "finish-no-change": "Choose one change at least.", "finish-look": "look",
  "finish-title-accept": "name of the new edition", "finish-title-freeze": "name of the edition", "finish-title-issue": "to whom and for what", "finish-id-accept": "id of the new edition", "finish-id-freeze": "id of the edition", "finish-id-issue": "id of the record", "finish-date-accept": "date", "finish-date-freeze": "date", "finish-date-issue": "day of issue",
  "finish-refused": "Not written because of these errors: mend them first.", "finish-accepted": "changes to be accepted", "finish-shared": "their marks stay in shared files, since another municipality has not accepted them", "finish-documents": "papers to be recorded",
  "files-changed": "files that change", "files-gone": "files that go", "files-new": "new files", "finish-frozen": (items, files) => `The edition holds ${items} item(s) in ${files} file(s).`, "finish-recorded": (files) => `The record has ${files} file(s).`,
  "finish-done-accept": (title) => `accepted; edition “${title}” frozen`, "finish-done-freeze": (title) => `edition “${title}” frozen`, "finish-done-issue": (title) => `recorded as issued: ${title}`, "no-case": "There is no case.", "fault-no-title": "Write a name.",
  begin: "new", "begin-what": "what", "begin-municipality": "municipality", "begin-assessment": "assessment", "begin-submission": "matter for a committee", "begin-checklist": "checklist", "begin-change": "change",
  "begin-note-municipality": "Adds a municipality; its assessments come after.", "begin-note-assessment": "Begins the assessment of one case; items that are not written yet are counted.", "begin-note-submission": "Begins the papers of a matter for a committee.", "begin-note-checklist": "Begins the checklist of such a matter, a sheet for each table.", "begin-note-change": "Declares the change that what is rewritten from now on is marked with.",
  "begin-name": "name of the municipality", "begin-slug": "id of the municipality", "begin-slug-note": "The name of a folder: small letters, digits, hyphens.", "begin-code-note": "Six digits; look with five to be told the check digit.",
  "begin-from": "begin with", "begin-from-form": "a form alone", "begin-from-base": "the shared text", "begin-from-town": "another municipality's text", "begin-form": "form", "begin-case": "id of the case", "begin-base": "case", "begin-pattern": "assessment to copy", "begin-title-note": "Left empty, the title stays the same.", "begin-files": "names of the files", "begin-files-note": "One a line.", "begin-date": "date (as 2026-04-01)",
  "begin-submission-case": "id of the matter", "begin-title": "subject", "begin-meeting": "committee", "begin-division": "division", "begin-basis": "legal basis", "begin-baseline": "what the approved content is called", "begin-rests-on": "assessment it rests on (id of the case)", "begin-checklist-title": "title", "begin-checklist-usual": "別紙チェックリスト",
  "begin-added-to": "files that are added to", "begin-empty": (n) => `${n} item(s) will be left to write.`, "begin-terms": (names) => `Terms without a word: ${names}`, "begin-do": "begin", begun: "begun", "nothing-yet": "There is nothing yet: begin with “new”.",
  "wrong-shape": "It cannot be written like this; write it like the example.", "wrong-empty": "Write something here.", "wrong-digit": (whole) => `The check digit is wrong; if the first five digits are right it is ${whole}.`, "wrong-there": "There is one of that name already: choose another name.", "wrong-choose": "Choose one of the list.", "wrong-day": "There is no such date; write it like 令和8年4月1日.", "wrong-same": "It is in that form already: choose another.",
  "finish-move": "move to another form", "finish-note-move": "Moves the text of this case to another version of its form: the shared text and that of every municipality. Items without a place are kept in an archive.", "move-which": "form to move", "move-to": "form it moves to", "move-kept": (n) => `${n} item(s) stay.`, "move-renamed": "items with another id", "move-new": "new items (nothing written)", "move-archived": "items without a place, archived", "move-change": (id) => `The change “${id}” is declared for it.`, moved: "moved",
  "files-written": "files that are written",
  "opinions-taken": (n) => `${n} opinion(s) and answer(s) taken over`, "opinions-counts": (added, changed, same, open) => `${added} added, ${changed} changed, ${same} unchanged, ${open} to be settled`, "opinions-none": "There is nothing to take over.", "opinions-case": "case of the opinions",
  "measure-category": "category", "measure-standing": "new, changed or as before", "measure-item": "id of the item it rests on", "measure-text": "words of the measure", "measure-id": "id of the measure (small letters, digits, -); it stays", "measure-answer": (word) => `answer ${word || "none"}`, "no-pages": "A checklist becomes a workbook: use “make documents”.",
  "fault-measure-taken": "A measure of that id is there already: choose another id.", "fault-no-measure": "Write the words of the measure.", "fault-measure-published": "An edition holds the measure: delete its words as a change, publish, and remove it afterwards.",
  "make-case": "all documents of this case",
  "form-taken": (n) => `${n} file(s) written`, "form-where": "where to", "form-municipality": "id of the municipality", "form-case": "id of the case", "form-called": "name of a new municipality", "form-code": "code of the municipality", "form-title": "title of the case", "form-date": "date (as 2026-04-01)", "look-again": "read again",
  "form-read": (n) => `${n} item(s) read.`, "form-missing": "empty items", "form-same": (n) => `The case is there already; ${n} item(s) are the same.`, "form-differing": "differing items", "form-new": "only in the workbook", "form-gone": "only in the source", "form-mistakes": (n) => `The new source has ${n} mistake(s) to mend.`, "form-nothing": "There is nothing to write.",
  "case-files": "files", "fault-file-published": "An edition holds the file: delete its entries as a change, publish, and remove it afterwards.",
  "group-list": (label) => `list: ${label}`, "group-of": (label, n) => `list: ${label} (${n})`, "no-records": "None yet.", "group-own-note": "Writing copies the list into this municipality's file; it no longer follows the shared list.",
  "record-new": "added", "record-gone": "deleted", "record-up": "up", "record-down": "down", "record-remove": "remove", "record-add": (label) => `add: ${label}`, "record-title": "name", "record-add-it": "add", "record-known": "list one that is used elsewhere",
  "fault-id-listed": "A record of that id is listed already.", "fault-record-there": "There is a file of that id: choose it among those used elsewhere, or choose another id.", "fault-record-gone": "It is marked as deleted already.", "fault-published": (name) => `The edition of ${name} holds it. Choose a change first; then it is marked as deleted.`,
  "key-change": "next, previous change",
  "key-save": "save", "key-search": "search", "key-item": "previous, next item", "key-finding": "next, previous mistake", "key-undo": "undo, redo a write",
  "key-page": "enter a page number", "key-turn": "in the pages: previous, next", "key-zoom": "in the pages: larger, smaller",
};

let words = JA;

/** Chooses the language, and puts its words where the page names them. */
export function speak(lang) {
  words = lang === "en" ? EN : JA;
  document.documentElement.lang = lang;
  for (const one of document.querySelectorAll("[data-say]")) one.textContent = say(one.dataset.say);
  for (const one of document.querySelectorAll("[data-hint]")) one.placeholder = say(one.dataset.hint);
  for (const one of document.querySelectorAll("[data-label]")) one.setAttribute("aria-label", say(one.dataset.label));
}

/** A word of the interface. */
export function say(key, ...values) {
  const word = words[key];
  if (word === undefined) throw new Error(`no word for ${key}`);
  return typeof word === "function" ? word(...values) : word;
}

/** What a refusal means, in words. */
export function sayFault(fault) {
  if (fault.words && words[`fault-${fault.words}`]) return say(`fault-${fault.words}`);
  if (words[`fault-${fault.fault}`]) return say(`fault-${fault.fault}`, fault.words);
  return fault.words || say("fault-broken");
}

/** Pages as a person cites them: P.55、80. */
export function cite(pages) {
  const runs = [];
  for (const page of [...new Set(pages)].sort((one, other) => one - other)) {
    const last = runs.at(-1);
    if (last && last[1] === page - 1) last[1] = page;
    else runs.push([page, page]);
  }
  if (runs.length === 0) return "";
  return `P.${runs.map(([first, last]) => (first === last ? first : `${first}～${last}`)).join("、")}`;
}
