//! Which figures of 別添1 a case prints and in which order（図の一覧）: `flows` of `case.toml`, all else in the file left as its author wrote it.

use toml_edit::{Array, DocumentMut, RawString, Value, value};

use crate::answers::edited;
use crate::name::FlowId;

/// What is done to the list of figures（図の一覧への操作）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FlowOrder {
    /// A figure is printed last.
    Add(FlowId),
    /// The figure at this place, counted from 0, is not printed any more.
    Remove(usize),
    /// The figure at a place stands at another one.
    Move(usize, usize),
}

/// The text of `case.toml` after an order; none where it cannot be read, or has no such place.
#[must_use]
pub fn with_flows(text: &str, order: &FlowOrder) -> Option<String> {
    let mut is_done = false;
    let text = edited(text, |settings| is_done = reordered(settings, order).is_some()).ok()?;
    is_done.then_some(text)
}

fn reordered(settings: &mut DocumentMut, order: &FlowOrder) -> Option<()> {
    let list = settings.entry("flows").or_insert_with(|| value(Array::new()));
    let list = list.as_value_mut().and_then(Value::as_array_mut)?;
    let mut parts = Parts::of(list);
    let members = &mut parts.members;
    match order {
        FlowOrder::Add(id) => members.push(Member::new(id)),
        FlowOrder::Remove(at) => drop((*at < members.len()).then(|| members.remove(*at))?),
        FlowOrder::Move(at, to) => {
            let member = (*at < members.len()).then(|| members.remove(*at))?;
            members.insert((*to).min(members.len()), member);
        }
    }
    *list = parts.array(list);
    Some(())
}

/// A list taken apart so that each comment goes with its member: what stands on lines above it and behind it on its own line.
struct Parts {
    /// Behind the opening bracket on its line.
    head: String,
    members: Vec<Member>,
    /// Before the closing bracket, below the last member.
    end: String,
}

struct Member {
    lead: String,
    value: Value,
    tail: String,
}

impl Member {
    fn new(id: &FlowId) -> Self {
        Self { lead: String::new(), value: id.as_str().into(), tail: String::new() }
    }
}

/// What is left of the line, and what comes below it.
fn at_line_end(gap: &str) -> (&str, &str) {
    gap.find('\n').map_or(("", gap), |at| gap.split_at(at))
}

fn raw(gap: Option<&RawString>) -> String {
    gap.and_then(RawString::as_str).unwrap_or_default().to_owned()
}

impl Parts {
    fn of(list: &Array) -> Self {
        let mut parts = Self { head: String::new(), members: Vec::new(), end: String::new() };
        let mut before = String::new();
        for value in list {
            before.push_str(&raw(value.decor().prefix()));
            let (tail, lead) = at_line_end(&before);
            let behind = parts.members.last_mut().map_or(&mut parts.head, |member| &mut member.tail);
            behind.push_str(tail);
            let mut own = value.clone();
            own.decor_mut().clear();
            parts.members.push(Member { lead: lead.to_owned(), value: own, tail: String::new() });
            before = raw(value.decor().suffix());
        }
        before.push_str(list.trailing().as_str().unwrap_or_default());
        let (tail, end) = at_line_end(&before);
        let behind = parts.members.last_mut().map_or(&mut parts.head, |member| &mut member.tail);
        behind.push_str(tail);
        parts.end = end.to_owned();
        parts
    }

    /// The list anew, on lines of its own where it was written so.
    fn array(self, was: &Array) -> Array {
        let Self { head, members, end } = self;
        let is_lined = end.contains('\n') || members.iter().any(|member| member.lead.contains('\n'));
        let indent = members.iter().find_map(|member| member.lead.rsplit_once('\n')).map_or("  ", |(_, indent)| indent);
        let indent = format!("\n{indent}");
        let mut list = Array::new();
        let mut behind = head;
        for (at, member) in members.into_iter().enumerate() {
            let lead = match (is_lined, member.lead.contains('\n')) {
                (true, true) => member.lead,
                (true, false) => indent.clone(),
                (false, _) => if at == 0 { "" } else { " " }.to_owned(),
            };
            list.push_formatted(member.value.decorated(format!("{behind}{lead}"), ""));
            behind = member.tail;
        }
        // A comment at the end of a line takes all of it.
        let end = if behind.contains('#') && !end.contains('\n') { "\n".to_owned() } else { end };
        list.set_trailing_comma(!list.is_empty() && (was.trailing_comma() || (is_lined && end.contains('\n'))));
        list.set_trailing(format!("{behind}{end}"));
        *list.decor_mut() = was.decor().clone();
        list
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(text: &str, order: &FlowOrder) -> String {
        with_flows(text, order).expect("it can be written")
    }

    #[test]
    fn a_list_on_one_line_stays_on_it() {
        let text = "title = \"事務\"\nflows = [\"a\", \"b\"] # 図\n\n[[file]]\nid = \"x\"\n";
        let list = |members: &str| text.replace("\"a\", \"b\"", members);
        assert_eq!(with(text, &FlowOrder::Add("c".into())), list("\"a\", \"b\", \"c\""));
        assert_eq!(with(text, &FlowOrder::Remove(0)), list("\"b\""));
        assert_eq!(with(text, &FlowOrder::Move(1, 0)), list("\"b\", \"a\""));
        assert_eq!(with(&with(text, &FlowOrder::Remove(0)), &FlowOrder::Remove(0)), list(""));
        assert_eq!(with_flows(text, &FlowOrder::Remove(2)), None);
        assert_eq!(with_flows("flows = 1\n", &FlowOrder::Remove(0)), None);
    }

    #[test]
    fn a_list_on_lines_keeps_the_comments_beside_its_members() {
        let text = "flows = [ # 順\n  # 一\n  \"a\", # 甲\n  'b', # 乙\n  \"c\" # 丙\n  # 終\n]\n";
        let moved = "flows = [ # 順\n  \"c\", # 丙\n  # 一\n  \"a\", # 甲\n  'b', # 乙\n  # 終\n]\n";
        assert_eq!(with(text, &FlowOrder::Move(2, 0)), moved);
        let removed = "flows = [ # 順\n  'b', # 乙\n  \"c\", # 丙\n  # 終\n]\n";
        assert_eq!(with(text, &FlowOrder::Remove(0)), removed);
        let added = "flows = [ # 順\n  'b', # 乙\n  \"c\", # 丙\n  \"d\",\n  # 終\n]\n";
        assert_eq!(with(removed, &FlowOrder::Add("d".into())), added);
        let crlf = removed.replace('\n', "\r\n");
        assert_eq!(with(&crlf, &FlowOrder::Add("d".into())), added.replace('\n', "\r\n"));
    }

    #[test]
    fn a_list_begins_before_the_first_table() {
        let text = "title = \"事務\"\n\n[[file]]\nid = \"x\"\n";
        let added = with(text, &FlowOrder::Add("a".into()));
        assert_eq!(added, "title = \"事務\"\nflows = [\"a\"]\n\n[[file]]\nid = \"x\"\n");
    }
}
