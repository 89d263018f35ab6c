//! What stands below the help of each command（`--help` の例）.

pub(super) const IMPORT: &str = "\
例：
  hyoka import build/hikari/zei/assessment.xlsx
  hyoka import 評価書.xlsx --municipality hikari --case zei --name ひかり町 --code 999997 --date 2026-04-01
  hyoka import 評価書.xlsx --municipality hikari --case zei --write

既にある原稿は上書きしません。";

pub(super) const REGISTER: &str = "\
例：
  hyoka register
  hyoka register shinjuku --due 令和9年3月31日
  hyoka register --json > register.json

見直しは公表日（前の見直しの日）から1年、再実施は公表日から5年です。公表日のない案には、期限がありません。
パソコンの時計は使いません。いつまでの期限かは --due で指定します。";

pub(super) const SERVE: &str = "\
例：
  hyoka serve --open
  hyoka serve --port 8470
  hyoka serve --read-only

表示されたアドレスをブラウザーで開きます。アドレスには、この起動だけの鍵が入っています。ほかの人に教えないでください。
閉じるには、この画面で Ctrl-C を押します。保存した記載は content/ に入っています。";

pub(super) const LSP: &str = "\
例：
  hyoka lsp
  hyoka lsp --root /srv/hyogasho
  hyoka lsp --lang en

人が直接使うコマンドではありません。エディターの設定に書いて、エディターから起動します（手引の15章）。
作業フォルダーは、エディターで開いたフォルダーです。content/ がその中にないときは、--root で指定します。";

pub(super) const MOVE: &str = "\
例：
  hyoka form move kokuho --beside kiso --to kisokomoku-r6-10 --on 令和8年4月1日 --dry-run
  hyoka form move kokuho --beside kiso --to kisokomoku-r6-10 --on 令和8年4月1日

すべての自治体の記載を一度に移します。移した後は、記載なしの項目を書いてから hyoka check で確かめます。
版（hyoka freeze）のある事務では、書き終えてから hyoka freeze --replace --reason で版を取り直します。";

pub(super) const ITEMS: &str = "\
例：
  hyoka items                     使える様式を挙げる
  hyoka items zenkomoku-h30-05
  hyoka items kokuho --section risk
  hyoka items shinjuku/fugi-itaku
  hyoka items kisokomoku-r6-10 --xlsx 項目一覧.xlsx
  hyoka items kokuho --json > items.json

既にあるファイルには書き出しません。";

pub(super) const ALL: &str = "\
例：
  hyoka build                          すべての自治体の文書を build/ に作る
  hyoka build shinjuku kokuho          一つの事務だけ作る
  hyoka changes shinjuku kokuho        変更の箇所、ページ、事由を見る
  hyoka checklist import 回答.xlsx     記入されたチェックリストの回答を調べる
  hyoka items kokuho                   様式の項目のIDと選択肢を見る
  hyoka check                          誤りを場所と直し方とともに挙げる
  hyoka --lang en check                英語で表示する

終了コード：0 正常、1 原稿に誤り、2 使い方又は環境の誤り";

pub(super) const CHECKLIST: &str = "\
例：
  hyoka checklist export shinjuku kokuho-cloud -o 送付
  hyoka checklist import 返送
  hyoka checklist import 返送 --write";

pub(super) const COMMENTS: &str = "\
例：
  hyoka comments export midori kokuho -o 送付
  hyoka comments import 返送
  hyoka comments import 返送 --write
  hyoka comments import 受付簿.xlsx --municipality midori --case kokuho";

pub(super) const CHANGES: &str = "\
例：
  hyoka changes shinjuku kokuho
  hyoka changes shinjuku kokuho --since r5-published
  hyoka changes --json > changes.json

変更の後に、一覧に載らない違い（順序のみ、図の配置のみ、表示のみ、回答のみ）と、発出後の変更を挙げます。";

pub(super) const ISSUE: &str = "\
文書を手渡したときの内容を、版の下（issued/）に記録します。その後の変更や、一覧に載せた変更の取消しを check が知らせます。

例：
  hyoka issue shinjuku kokuho --id soan --title パブリック・コメントに付した素案 --date 2023-09-05";

pub(super) const SEARCH: &str = "\
例：
  hyoka search ガバメントクラウド
  hyoka search 保管場所 shinjuku kokuho
  hyoka search 委託 --json > found.json

ページは、評価書の溶け込み版で測ったものです。";

pub(super) const NEW: &str = "\
例：
  hyoka new workspace 評価書
  hyoka new municipality midori --name みどり市 --code 999997
  hyoka new assessment midori juki --form kisokomoku-r6-10 --title 住民基本台帳に関する事務 --date 2026-04-01
  hyoka new assessment midori kokuho --base --date 2026-04-01
  hyoka new assessment midori kokuho --from hikari/kokuho --date 2026-04-01
  hyoka new change midori kokuho --id cloud --reason クラウドの利用に伴う追記 --on 令和8年4月1日 --timing 事前

足りないものは、その場で尋ねます（画面のないところでは、足りない指定を知らせて止まります）。
あるファイルには書き込みません。作ったものは hyoka undo で取り消せます。";

pub(super) const UNDO: &str = "\
例：
  hyoka undo            一つ前の操作を取り消す（繰り返すと、さらに前へ）
  hyoka undo --redo     取り消した操作をやり直す
  hyoka undo --list     取り消せる操作を、新しい順に挙げる

git を使わなくても取り消せます。机（hyoka serve）で書いたことと、この画面で実行したことを、一つの一覧に記録しています
（作業フォルダーの .hyoka）。ほかの道具で content/ を書き換えたことは、記録しません。
取り消す操作のファイルがその後に書き換えられているときは、取り消さずに、そのファイルを知らせます。";

pub(super) const SIGN: &str = "\
例：
  hyoka review sign shinjuku kokuho basic/work-content --by 医療保険年金課長 --on 令和8年4月1日
  hyoka review sign shinjuku kokuho basic risk --by 医療保険年金課長 --on 令和8年4月1日

記載が（用語や共通文を通じて）変わると点検済ではなくなり、check が知らせます。";

pub(super) const CHECK: &str = "\
例：
  hyoka check
  hyoka check shinjuku                  新宿区だけを、新宿区が使うものだけ読んで検査する
  hyoka check shinjuku kokuho           その一つの事務だけ
  hyoka check --format short            エディターや grep で使う
  hyoka check --format sarif > hyoka.sarif
  hyoka check --explain H0309           コードの意味を調べる";

pub(super) const MARK: &str = "\
原稿を直接書き直した後で実行すると、版（承認済み・公表済みの内容）と違う語句に、追記 {++…++}、削除 {--…--}、
変更 {~~…~>…~~} の印を付けます。項目は ID で見比べるので、並べ替えに印は付きません（check が「順序のみ」と知らせます）。

例：
  hyoka mark shinjuku kokuho --change gc-storage
  hyoka mark --since r5-published --dry-run";

pub(super) const ACCEPT: &str = "\
公表・承認の後で実行します。印を本文に溶け込ませ、その内容を新しい版として確定し、変更の一覧（changes.toml）を
版のフォルダーに移します。ほかの自治体と共用するファイルの印は、使うすべての自治体が溶け込ませるまで残ります。

例：
  hyoka accept shinjuku kokuho --edition r6-published --title 令和6年4月公表の評価書
  hyoka accept shinjuku kokuho --edition r6-10 --change gc-flow --change gc-storage --dry-run";

pub(super) const FREEZE: &str = "\
版は、承認され、又は公表された内容を項目ごとに確定したものです。変更の印を除いた記載（改定前）から作り、
case.toml（submission.toml）の edition に書き入れます。check は、印のない変更がないことをこの版で確かめます。

例：
  hyoka freeze shinjuku kokuho --edition r5-published --title 公表している全項目評価書の内容
  hyoka freeze shinjuku kokuho --seal      封印のない版を封印する

二つ目からの版は hyoka accept で確定します。取り直すときは --replace --reason を付け、理由が版に残ります。";

pub(super) const MANIFEST: &str = "\
例：
  hyoka build --shard 1/2 --out part-1
  hyoka build --shard 2/2 --out part-2
  hyoka manifest join all.json part-1 part-2

結果は、一台で作ったときの manifest.json と同じバイト列です。";

pub(super) const BUILD: &str = "\
例：
  hyoka build
  hyoka build shinjuku kokuho change-list
  hyoka build --out 出力先
  hyoka build --audience public        公表用だけを build-public/ に作り、公表しない部分がないことを確かめる
  hyoka build --shard 3/40 --out part-3    40台で分担するときの3台目
  hyoka build sagamihara --emit-typst typst-project

書き出すのは、まだないフォルダー、空のフォルダー、hyoka が前に書き出したフォルダーだけです。その中の人のファイルは
そのまま残し、名前を知らせます。頼まれていない文書は消しません。";
