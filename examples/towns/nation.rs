//! A nation of fictitious cities: each one the sample with a name, a code and texts of its own, the same bytes every time.
//!
//! Input: the sample's folder and a number. Output: a workspace. The sample（`examples/towns/sample`）is itself a workspace of one city.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use hyoka::change::{SEAL, seal};
use hyoka::model::{CodeFault, LocalGovernmentCode};

/// The most cities that there are names for.
pub(crate) const MOST: usize = FIRST.len() * SECOND.len();

/// The first halves of the names, each with its Latin letters. Two kana each, so that no name is a part of another.
const FIRST: [(&str, &str); 64] = [
    ("そら", "sora"),
    ("うみ", "umi"),
    ("かぜ", "kaze"),
    ("ゆき", "yuki"),
    ("ほし", "hoshi"),
    ("つき", "tsuki"),
    ("くも", "kumo"),
    ("きり", "kiri"),
    ("にじ", "niji"),
    ("あめ", "ame"),
    ("つゆ", "tsuyu"),
    ("しも", "shimo"),
    ("なみ", "nami"),
    ("すな", "suna"),
    ("いわ", "iwa"),
    ("もり", "mori"),
    ("くさ", "kusa"),
    ("はな", "hana"),
    ("たけ", "take"),
    ("まつ", "matsu"),
    ("すぎ", "sugi"),
    ("ふじ", "fuji"),
    ("きく", "kiku"),
    ("うめ", "ume"),
    ("もも", "momo"),
    ("くり", "kuri"),
    ("かき", "kaki"),
    ("なし", "nashi"),
    ("いね", "ine"),
    ("むぎ", "mugi"),
    ("まめ", "mame"),
    ("あわ", "awa"),
    ("つる", "tsuru"),
    ("かも", "kamo"),
    ("さぎ", "sagi"),
    ("はと", "hato"),
    ("とり", "tori"),
    ("しか", "shika"),
    ("くま", "kuma"),
    ("うま", "uma"),
    ("うし", "ushi"),
    ("ねこ", "neko"),
    ("いぬ", "inu"),
    ("かめ", "kame"),
    ("こい", "koi"),
    ("ふな", "funa"),
    ("たい", "tai"),
    ("さけ", "sake"),
    ("かに", "kani"),
    ("えび", "ebi"),
    ("かい", "kai"),
    ("ふね", "fune"),
    ("いと", "ito"),
    ("ぬの", "nuno"),
    ("かさ", "kasa"),
    ("すず", "suzu"),
    ("ふえ", "fue"),
    ("こと", "koto"),
    ("ふで", "fude"),
    ("すみ", "sumi"),
    ("かみ", "kami"),
    ("いろ", "iro"),
    ("あお", "ao"),
    ("しろ", "shiro"),
];

/// The second halves, such as no municipality of Japan has.
const SECOND: [(&str, &str); 28] = [
    ("ルル", "ruru"),
    ("リリ", "riri"),
    ("ララ", "rara"),
    ("ロロ", "roro"),
    ("レレ", "rere"),
    ("ミミ", "mimi"),
    ("モモ", "momo"),
    ("ムム", "mumu"),
    ("メメ", "meme"),
    ("ナナ", "nana"),
    ("ネネ", "nene"),
    ("ノノ", "nono"),
    ("ココ", "koko"),
    ("キキ", "kiki"),
    ("クク", "kuku"),
    ("ケケ", "keke"),
    ("トト", "toto"),
    ("テテ", "tete"),
    ("ポポ", "popo"),
    ("ピピ", "pipi"),
    ("パパ", "papa"),
    ("ププ", "pupu"),
    ("ペペ", "pepe"),
    ("ササ", "sasa"),
    ("ソソ", "soso"),
    ("ヨヨ", "yoyo"),
    ("ユユ", "yuyu"),
    ("ヤヤ", "yaya"),
];

/// The sample's name, its folder and its code, wherever they stand in its files.
const SAMPLE_WORDS: [&str; 3] = ["みほん", "mihon", "970000"];

/// Where a city says more than the sample: after the sentence that most of its items end with.
const REFERENCE: &str = "手順書による。";

/// What it says there, of which each city takes some.
const SENTENCES: [&str; 8] = [
    "手順書は年に一度見直し、改めたときは職員に知らせる。",
    "作業は二人で行い、互いに結果を確かめる。",
    "作業の記録は日ごとに残し、課長が月に一度点検する。",
    "紙の書類は鍵の掛かる書庫に納め、出し入れを帳簿に記す。",
    "端末は離席の際に画面を閉じ、持ち出しを認めない。",
    "異動した職員の権限は、その日のうちに取り消す。",
    "疑わしい操作があったときは、直ちに作業を止めて調べる。",
    "研修を受けていない職員には、作業をさせない。",
];

/// A fictitious city（架空の市）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct City {
    index: usize,
    /// Its name without 市.
    pub(crate) name: String,
    /// Its folder below `content/municipalities/`.
    pub(crate) slug: String,
}

impl City {
    /// The city of a number, counted from 0.
    #[must_use]
    pub(crate) fn of(index: usize) -> Self {
        assert!(index < MOST, "there are names for {MOST} cities");
        let (first, turn) = (index % FIRST.len(), index / FIRST.len());
        // The order of the folders is not that of the codes.
        let (first, second) = (FIRST[first], SECOND[(turn + index) % SECOND.len()]);
        Self { index, name: format!("{}{}", first.0, second.0), slug: format!("{}{}", first.1, second.1) }
    }

    /// Its 全国地方公共団体コード: of a prefecture that there is not, with a check digit as it should be.
    #[must_use]
    pub(crate) fn code(&self) -> String {
        match format!("{}", 97_001 + self.index).parse::<LocalGovernmentCode>() {
            Err(CodeFault::NoCheckDigit(whole)) => whole.to_string(),
            other => unreachable!("five digits lack nothing but the check digit: {other:?}"),
        }
    }

    /// A text of the sample in this city's words.
    fn text(&self, sample: &str) -> String {
        let [name, slug, code] = SAMPLE_WORDS;
        let count = self.index % 5;
        let more = (0..count).map(|offset| SENTENCES[(self.index + offset) % SENTENCES.len()]);
        let reference = format!("手順書（第{}版）による。{}", 1 + self.index % 9, more.collect::<String>());
        sample
            .replace(name, &self.name)
            .replace(slug, &self.slug)
            .replace(code, &self.code())
            .replace(REFERENCE, &reference)
            .replace("42000", &(10_000 + self.index * 37 % 90_000).to_string())
    }
}

/// Writes a nation into a folder that is not there yet or empty: the cities of these numbers.
pub(crate) fn write(root: &Path, cities: std::ops::Range<usize>) {
    let is_free = fs::read_dir(root).map_or(true, |mut entries| entries.next().is_none());
    assert!(is_free, "{} has something in it", root.display());
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/towns/sample");
    let mut files = BTreeMap::new();
    read(&sample, "", &mut files);
    let [_, slug, _] = SAMPLE_WORDS;
    let (own, shared): (Vec<_>, Vec<_>) = files.iter().partition(|(path, _)| path.split('/').any(|part| part == slug));
    let put = |path: &str, text: &str| {
        let path = root.join(path);
        fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("a folder can be made");
        fs::write(path, text).expect("a file can be written");
    };
    shared.into_iter().for_each(|(path, text)| put(path, text));
    for city in cities.map(City::of) {
        let mut texts: BTreeMap<String, String> =
            own.iter().map(|(path, text)| (city.text(path), city.text(text))).collect();
        seal_editions(&mut texts);
        texts.iter().for_each(|(path, text)| put(path, text));
    }
}

/// Seals the editions anew: each is in the city's own words.
fn seal_editions(texts: &mut BTreeMap<String, String>) {
    let seals: Vec<String> = texts.keys().filter(|path| path.ends_with(SEAL)).cloned().collect();
    for path in seals {
        texts.remove(&path);
        let folder = path.strip_suffix(SEAL).expect("it ends with the seal's name");
        let below = |path: &String| path.strip_prefix(folder).map(str::to_owned);
        let files: BTreeMap<String, &str> =
            texts.iter().filter_map(|(path, text)| Some((below(path)?, text.as_str()))).collect();
        let of = folder.strip_prefix("content/editions/").expect("editions lie there").trim_end_matches('/');
        let text = seal(of, "", &files);
        texts.insert(path, text);
    }
}

/// All files below a folder by their path with `/`.
fn read(folder: &Path, below: &str, files: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder.join(below)).expect("the sample can be read") {
        let entry = entry.expect("the sample can be read");
        let name = entry.file_name().into_string().expect("the sample's names are ASCII");
        let path = if below.is_empty() { name } else { format!("{below}/{name}") };
        if entry.file_type().expect("an entry has a kind").is_dir() {
            read(folder, &path, files);
        } else {
            let text = fs::read_to_string(entry.path()).expect("the sample is UTF-8");
            files.insert(path, text);
        }
    }
}
