//! Columns of the two tables: their headers, the headers that other workbooks have for them, and what the source says in them.

use crate::answers::columns::bare;
use unicode_normalization::UnicodeNormalization;

use crate::answers::words::tidy;
use crate::check::day_of;
use crate::diagnostic::Phrase;
use crate::model::Comments;
use crate::model::manifest::{GroupToml, OpinionToml};
use crate::name::{ChangeId, OpinionGroupId};
use crate::source::Located;

/// A table of the workbook（表）.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CommentTable {
    /// 意見, by number.
    Opinions,
    /// 意見のまとまり, by id.
    Groups,
}

impl CommentTable {
    /// Both, in the order of the sheets.
    pub const ALL: [Self; 2] = [Self::Opinions, Self::Groups];

    /// Name of its sheet.
    #[must_use]
    pub fn sheet(self) -> &'static str {
        match self {
            Self::Opinions => "意見",
            Self::Groups => "考え方",
        }
    }

    /// Its list in `comments.toml`.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Opinions => "opinion",
            Self::Groups => "group",
        }
    }

    /// Its fields, in the order of the columns after that of the key.
    #[must_use]
    pub fn fields(self) -> &'static [Field] {
        match self {
            Self::Opinions => &[Field::Received, Field::Way, Field::Text, Field::Group],
            Self::Groups => {
                &[Field::Heading, Field::Summary, Field::Answer, Field::Effect, Field::Changes, Field::Items]
            }
        }
    }

    /// Header of the column that tells its rows apart.
    #[must_use]
    pub fn key_header(self) -> &'static str {
        match self {
            Self::Opinions => "No.",
            Self::Groups => "まとまり",
        }
    }

    /// What is typed as the key of a row, as it is kept（打たれた鍵）: a number without its signs, an id; none: it is no key.
    #[must_use]
    pub fn key_typed(self, typed: &str) -> Option<String> {
        let plain: String = typed.nfkc().collect();
        match self {
            Self::Opinions => {
                let number = plain.trim().parse::<u32>().ok().filter(|number| *number > 0)?;
                Some(number.to_string())
            }
            Self::Groups => (!plain.trim().is_empty()).then(|| plain.trim().to_owned()),
        }
    }

    /// Whether a header is that of the column that tells its rows apart.
    pub(super) fn is_key(self, header: &str) -> bool {
        let others: &[&str] = match self {
            Self::Opinions => &["No", "番号", "受付番号", "整理番号", "意見番号"],
            Self::Groups => &["まとまりのID"],
        };
        is_one_of(header, self.key_header(), others)
    }

    /// The rows of the source: the key and what each field says.
    #[must_use]
    pub fn rows(self, comments: &Comments) -> Vec<(String, Vec<String>)> {
        let fields = self.fields();
        match self {
            Self::Opinions => {
                let of = |opinion: &OpinionToml| {
                    let values = fields.iter().map(|field| field.of_opinion(opinion)).collect();
                    (opinion.number.value.to_string(), values)
                };
                comments.settings.opinion.iter().map(of).collect()
            }
            Self::Groups => {
                let of = |group: &GroupToml| {
                    (group.id.value.to_string(), fields.iter().map(|field| field.of_group(group)).collect())
                };
                comments.settings.group.iter().map(of).collect()
            }
        }
    }
}

/// A field of a row（欄）.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// 受付日.
    Received,
    /// 提出方法.
    Way,
    /// 意見の内容.
    Text,
    /// まとまり.
    Group,
    /// 見出し.
    Heading,
    /// 意見の概要.
    Summary,
    /// 考え方.
    Answer,
    /// 対応.
    Effect,
    /// 変更.
    Changes,
    /// 項目.
    Items,
}

impl Field {
    /// As printed above the column.
    #[must_use]
    pub fn header(self) -> &'static str {
        match self {
            Self::Received => "受付日",
            Self::Way => "提出方法",
            Self::Text => "意見の内容",
            Self::Group => "まとまり",
            Self::Heading => "見出し",
            Self::Summary => "意見の概要",
            Self::Answer => "考え方",
            Self::Effect => "対応",
            Self::Changes => "変更",
            Self::Items => "項目",
        }
    }

    /// Its key in `comments.toml`.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Way => "way",
            Self::Text => "text",
            Self::Group => "group",
            Self::Heading => "heading",
            Self::Summary => "summary",
            Self::Answer => "answer",
            Self::Effect => "effect",
            Self::Changes => "changes",
            Self::Items => "items",
        }
    }

    /// Whether a row must have it.
    #[must_use]
    pub fn is_required(self) -> bool {
        matches!(self, Self::Received | Self::Way | Self::Text | Self::Heading)
    }

    /// Whether it is a list of ids.
    #[must_use]
    pub fn is_list(self) -> bool {
        matches!(self, Self::Changes | Self::Items)
    }

    /// What is typed in it, as the source keeps it（打たれた言葉の原稿での形）: a day as `2026-05-12`, ids each on a line.
    ///
    /// # Errors
    /// The cure, for a day that is none.
    pub fn kept(self, typed: &str) -> Result<String, Phrase> {
        let typed = tidy(typed);
        let plain = || typed.nfkc().collect::<String>();
        match self {
            Self::Received if typed.is_empty() => Ok(typed),
            Self::Received => day_of(plain().trim()).map(|day| day.to_string()).ok_or_else(|| {
                Phrase::said(
                    "日付を「2026-05-12」又は「令和8年5月12日」の形で書いてください。",
                    "write a day such as 2026-05-12",
                )
            }),
            Self::Changes | Self::Items => {
                let plain = plain();
                let ids = plain.split(|character: char| character.is_whitespace() || ",、".contains(character));
                Ok(ids.filter(|id| !id.is_empty()).collect::<Vec<_>>().join("\n"))
            }
            Self::Way | Self::Text | Self::Group | Self::Heading | Self::Summary | Self::Answer | Self::Effect => {
                Ok(typed)
            }
        }
    }

    /// The words that may stand in it（選べる言葉）; none: any.
    #[must_use]
    pub fn choices(self, comments: &Comments) -> Option<Vec<&str>> {
        let words = &comments.words;
        match self {
            Self::Way if words.ways.is_empty() => None,
            Self::Way => Some(words.ways.iter().map(String::as_str).collect()),
            Self::Effect if words.effects.is_empty() => None,
            Self::Effect => Some(words.effects.iter().map(|effect| effect.word.as_str()).collect()),
            Self::Group => Some(comments.settings.group.iter().map(|group| group.id.value.as_str()).collect()),
            Self::Changes => Some(comments.reasons.keys().map(ChangeId::as_str).collect()),
            Self::Received | Self::Text | Self::Heading | Self::Summary | Self::Answer | Self::Items => None,
        }
    }

    /// Whether a header is its own; that of an answer may say whose it is: 区の考え方.
    pub(super) fn is_headed(self, header: &str) -> bool {
        let others: &[&str] = match self {
            Self::Received => &["日付", "受付年月日", "提出日", "提出年月日", "受信日"],
            Self::Way => &["方法", "提出の方法", "受付方法"],
            Self::Text => &["意見", "ご意見", "内容", "意見内容", "ご意見の内容"],
            Self::Group | Self::Heading | Self::Effect | Self::Items => &[],
            Self::Summary => &["意見の要旨"],
            Self::Answer if bare(header).ends_with("考え方") => return true,
            Self::Answer => &["回答"],
            Self::Changes => &["変更のID"],
        };
        is_one_of(header, self.header(), others)
    }

    fn of_opinion(self, opinion: &OpinionToml) -> String {
        tidy(match self {
            Self::Received => &opinion.received.value,
            Self::Way => &opinion.way.value,
            Self::Text => &opinion.text.value,
            Self::Group => opinion.group().map(OpinionGroupId::as_str).unwrap_or_default(),
            Self::Heading | Self::Summary | Self::Answer | Self::Effect | Self::Changes | Self::Items => "",
        })
    }

    fn of_group(self, group: &GroupToml) -> String {
        tidy(&match self {
            Self::Heading => group.heading.clone(),
            Self::Summary => group.summary.clone(),
            Self::Answer => group.answer.clone(),
            Self::Effect => group.effect().unwrap_or_default().to_owned(),
            Self::Changes => listed(&group.changes),
            Self::Items => listed(&group.items),
            Self::Received | Self::Way | Self::Text | Self::Group => String::new(),
        })
    }
}

/// Names, one a line.
fn listed<T: ToString>(names: &[Located<T>]) -> String {
    names.iter().map(|name| name.value.to_string()).collect::<Vec<_>>().join("\n")
}

/// Headers of columns that are written and never read: what stands below them follows from the rest.
pub(super) const COUNTED: &str = "件数";
/// Header of the hidden column.
pub(super) const STAMP: &str = "hyoka";

/// Words in a header by which a column tells who sent an opinion in.
const PERSONAL: &[&str] = &[
    "氏名",
    "名前",
    "フリガナ",
    "ふりがな",
    "住所",
    "所在地",
    "郵便番号",
    "電話",
    "携帯",
    "tel",
    "メール",
    "mail",
    "fax番号",
    "ファックス番号",
    "ファクシミリ番号",
    "年齢",
    "年代",
    "性別",
    "生年月日",
    "職業",
    "勤務先",
    "学校名",
    "団体名",
    "代表者",
    "連絡先",
    "提出者",
    "ipアドレス",
];

/// Whether a header is that of a column that tells who sent an opinion in（提出した者が分かる列）.
pub(super) fn is_personal(header: &str) -> bool {
    let header = bare(header).to_lowercase();
    PERSONAL.iter().any(|words| header.contains(words))
}

fn is_one_of(header: &str, own: &str, others: &[&str]) -> bool {
    let header = bare(header);
    bare(own) == header || others.iter().any(|other| bare(other) == header)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_of_other_workbooks_are_known_and_personal_ones_seen() {
        assert!(CommentTable::Opinions.is_key("Ｎｏ．") && CommentTable::Opinions.is_key("受付 番号"));
        assert!(Field::Answer.is_headed("区の考え方") && Field::Text.is_headed("ご意見"));
        for header in ["氏名", "お名前", "ご住所", "電話番号", "メールアドレス", "E-mail", "ＴＥＬ"]
        {
            assert!(is_personal(header), "{header}");
        }
        for table in CommentTable::ALL {
            for header in table.fields().iter().map(|field| field.header()).chain([table.key_header(), COUNTED]) {
                assert!(!is_personal(header), "{header}");
            }
        }
    }
}
