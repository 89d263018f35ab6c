// The editor of a text: CodeMirror in a shadow root, whose styles need no inline style of the page.

import { Compartment, Decoration, EditorState, EditorView, RangeSetBuilder, StateEffect, StateField, ViewPlugin, defaultKeymap, drawSelection, history, historyKeymap, keymap } from "./codemirror.js";
import { el } from "./dom.js";

/** Signs of the markup, and how each is shown. */
const SIGNS = [
  [/\{\+\+[\s\S]*?\+\+\}(\{>>[^<]*<<\})?/g, "inserted"],
  [/\{--[\s\S]*?--\}(\{>>[^<]*<<\})?/g, "deleted"],
  [/\{~~[\s\S]*?~~\}(\{>>[^<]*<<\})?/g, "replaced"],
  [/\{>>[^<]*<<\}/g, "change"],
  [/\{\{>[^}]*\}\}/g, "fragment"],
  [/\{\{(?!>)[^}]*\}\}/g, "term"],
  [/\{![\s\S]*?!\}/g, "withheld"],
  [/\*\*[^*\n]+\*\*/g, "strong"],
];

const setFound = StateEffect.define();

const found = StateField.define({
  create: () => Decoration.none,
  update(marks, transaction) {
    let now = marks.map(transaction.changes);
    for (const effect of transaction.effects) if (effect.is(setFound)) now = effect.value;
    return now;
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** What a set underlines, in words. */
function said(set, length) {
  const all = [];
  set.between(0, length, (from, to, { spec }) => void all.push([from, to, spec.class, spec.attributes.title]));
  return JSON.stringify(all);
}

function signs(terms) {
  const draw = (view) => {
    const text = view.state.doc.toString();
    const marks = [];
    for (const [sign, name] of SIGNS) {
      for (const match of text.matchAll(sign)) {
        const term = name === "term" ? terms[match[0].slice(2, -2)] : undefined;
        marks.push([match.index, match.index + match[0].length, name, term]);
      }
    }
    marks.sort((one, other) => one[0] - other[0] || other[1] - one[1]);
    const set = new RangeSetBuilder();
    for (const [from, to, name, title] of marks) {
      set.add(from, to, Decoration.mark({ class: `sign-${name}`, attributes: title ? { title } : {} }));
    }
    return set.finish();
  };
  return ViewPlugin.fromClass(
    class {
      constructor(view) {
        this.decorations = draw(view);
      }
      update(update) {
        if (update.docChanged) this.decorations = draw(update.view);
      }
    },
    { decorations: (plugin) => plugin.decorations },
  );
}

const LOOK = EditorView.theme({
  "&": { fontSize: "1rem", color: "CanvasText", backgroundColor: "Canvas" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "inherit", lineHeight: "1.8", minHeight: "9rem", maxHeight: "52vh", overflow: "auto" },
  ".cm-content": { padding: "0.6rem 0.7rem", caretColor: "CanvasText" },
  ".sign-inserted": { fontWeight: "bold", textDecoration: "underline" },
  ".sign-deleted": { textDecoration: "line-through" },
  ".sign-replaced": { fontWeight: "bold", textDecoration: "underline double" },
  ".sign-withheld": { outline: "1px dashed currentColor", outlineOffset: "1px" },
  ".sign-strong": { fontWeight: "bold" },
  ".sign-change": { fontSize: "0.8em", fontWeight: "normal", color: "#4f5b62" },
  ".sign-term, .sign-fragment": { border: "1px solid currentColor", borderRadius: "3px", padding: "0 0.2em", color: "#1f4e5f" },
  ".sign-fragment": { borderStyle: "double", borderWidth: "3px" },
  ".found-error": { textDecoration: "underline wavy 2px #b3261e", textUnderlineOffset: "3px" },
  ".found-warning": { textDecoration: "underline wavy 2px #8a5a00", textUnderlineOffset: "3px" },
  ".found-note": { textDecoration: "underline dotted 2px", textUnderlineOffset: "3px" },
});

/**
 * An editor.
 *
 * `label` is read to who does not see it, `typed` is told the words after each change and when an input method has settled some.
 */
export function editor({ words, label, terms, readOnly, typed }) {
  const host = el("div", { class: "editor" });
  const root = host.attachShadow({ mode: "open" });
  const editable = new Compartment();
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: words,
      extensions: [
        history(),
        drawSelection(),
        // Alt with an arrow leads to the next item.
        keymap.of([...defaultKeymap.filter(({ key }) => !/^(Shift-)?Alt-Arrow/.test(key ?? "")), ...historyKeymap]),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ "aria-label": label, "aria-multiline": "true", spellcheck: "false" }),
        editable.of([EditorState.readOnly.of(readOnly), EditorView.editable.of(!readOnly)]),
        signs(terms),
        found,
        LOOK,
        EditorView.updateListener.of((update) => {
          if (update.docChanged) typed(update.state.doc.toString());
        }),
        // What the input method has settled is told when it no longer holds it.
        EditorView.domEventHandlers({ compositionend: (_, view) => void setTimeout(() => typed(view.state.doc.toString())) }),
      ],
    }),
  });
  return {
    host,
    read: () => view.state.doc.toString(),
    write(words) {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: words } });
    },
    focus: () => view.focus(),
    isComposing: () => view.composing,
    /** Underlines what is wrong: places in the words without the blanks at their ends. */
    mark(list) {
      const text = view.state.doc.toString();
      const lead = text.length - text.replace(/^[\n \t]+/, "").length;
      const set = new RangeSetBuilder();
      const marks = list.map(({ within: [from, to], level, message }) => {
        const start = Math.min(lead + from, text.length);
        return { start, end: Math.min(Math.max(lead + to, start + 1), text.length), level, message };
      });
      marks.sort((one, other) => one.start - other.start || other.end - one.end);
      for (const { start, end, level, message } of marks) {
        if (end > start) set.add(start, end, Decoration.mark({ class: `found-${level}`, attributes: { title: message } }));
      }
      const now = set.finish();
      // To be told the same again costs a look at the whole page, and most letters change nothing.
      if (said(now, text.length) !== said(view.state.field(found), text.length)) view.dispatch({ effects: setFound.of(now) });
    },
    destroy: () => view.destroy(),
  };
}
