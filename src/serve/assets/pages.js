// The pages beside the text: only those in sight are asked for; a click opens the item that stands there.

import { order } from "./ask.js";
import { debounce, el } from "./dom.js";
import { say, sayFault } from "./words.js";

/** Between the letters of a row and its rule, in pt. */
const PADDING = 3.6;

/** How long after a key the pages that nobody sees are set too, in ms. */
const REST = 400;

/** How long an item is open before its page is made ready for what is going to be typed, in ms: who walks through items types nothing. */
const READY = 150;

/** How long after a page became larger it is drawn for its size, in ms. */
const SHARPEN = 200;

/** How much of a page stands above an item that it is turned to, in px. */
const ABOVE = 110;

const ZOOMS = [50, 67, 80, 100, 125, 150, 200, 300];

export class PagesPane {
  constructor(desk) {
    this.desk = desk;
    this.host = document.getElementById("pages");
    this.stale = document.getElementById("stale");
    this.view = "clean";
    this.readers = "submission";
    this.zoom = null;
    this.told = null;
    this.asked = 0;
    this.shown = null;
    this.current = null;
    this.ready = debounce(READY, (page) => this.makeReady(page));
    this.rest = debounce(REST, (ticket) => ticket === this.asked && this.bring(ticket, null));
    // A page that became larger is drawn for its size.
    this.sharpen = debounce(SHARPEN, () => this.look());
    this.seen = new IntersectionObserver((entries) => entries.forEach((entry) => entry.isIntersecting && this.load(entry.target)), { root: this.host, rootMargin: "50% 0px" });
    this.tools();
    this.host.addEventListener("keydown", (event) => this.keys(event));
    this.host.addEventListener("scroll", () => this.count(), { passive: true });
    new ResizeObserver(() => this.measure()).observe(this.host);
  }

  tools() {
    const views = ["clean", "marked", "before"].map((view) => {
      const input = el("input", { type: "radio", name: "view", value: view, checked: view === this.view });
      input.addEventListener("change", () => {
        this.view = view;
        this.renew();
      });
      return el("label", { class: "option" }, input, el("span", {}, say(`${view}_view`)));
    });
    const open = el("input", { type: "checkbox" });
    open.addEventListener("change", () => {
      this.readers = open.checked ? "public" : "submission";
      this.renew();
    });
    this.number = el("input", { type: "text", inputMode: "numeric", class: "number", "aria-label": say("page"), autocomplete: "off" });
    this.number.addEventListener("change", () => this.turn(Number(this.number.value)));
    this.total = el("span", {});
    const button = (label, sign, act) => el("button", { type: "button", class: "icon", "aria-label": label, title: label, onclick: act }, sign);
    document.getElementById("tools").replaceChildren(
      el("fieldset", { class: "views" }, el("legend", { class: "visually-hidden" }, say("view")), ...views),
      el("label", { class: "option readers", title: say("readers-note") }, open, el("span", {}, say("readers"))),
      el("span", { class: "group" }, button(say("previous"), "‹", () => this.turn(this.at() - 1)), this.number, this.total, button(say("next"), "›", () => this.turn(this.at() + 1))),
      el("span", { class: "group" }, button(say("zoom-out"), "－", () => this.scale(-1)), button(say("zoom-in"), "＋", () => this.scale(1)), button(say("fit"), "↔", () => this.scale(0))),
    );
  }

  /** Sets the pages for the form of an item and what is typed. The last good pages stay until others are there. */
  async renew() {
    const { desk } = this;
    const form = desk.form;
    // Whatever is shown now, pages that were asked for before come too late.
    this.asked += 1;
    const ticket = this.asked;
    this.host.removeAttribute("aria-busy");
    if (!form) {
      this.told = null;
      this.host.replaceChildren();
      return;
    }
    if (!form.pages) {
      this.told = null;
      this.host.replaceChildren(el("p", { class: "empty" }, say({ checklist: "no-pages", hearing: "no-hearing-pages" }[form.kind] ?? "no-document")));
      return;
    }
    this.host.setAttribute("aria-busy", "true");
    if (!this.told) this.host.replaceChildren(el("p", { class: "empty" }, say("setting")));
    await this.bring(ticket, this.inSight());
  }

  /** What is asked about the pages, and those that are in sight; none: all of them. */
  question(sight) {
    const { desk, view, readers } = this;
    return { town: desk.town, case: desk.place.case, form: desk.place.form, view, readers, sight };
  }

  /** The name of what the pages show. */
  get name() {
    const { town, place } = this.desk;
    return `${town}/${place?.case}/${place?.form}`;
  }

  /** First and last page in sight, counted from 1; none where this form is not shown. */
  inSight() {
    if (!this.told || this.shown !== this.name) return null;
    const top = this.host.scrollTop;
    const bottom = top + this.host.clientHeight;
    const seen = [...this.host.querySelectorAll(".sheet")].flatMap((sheet, index) => {
      const from = sheet.offsetTop;
      return from < bottom && from + sheet.offsetHeight > top ? [index + 1] : [];
    });
    return seen.length > 0 ? [seen[0], seen.at(-1)] : null;
  }

  /** Brings the pages of what is typed, those in sight first. */
  async bring(ticket, sight) {
    const drafts = this.desk.drafts;
    let isWhole = true;
    try {
      const told = await order("/api/pages", { ...this.question(sight), edits: drafts });
      if (ticket !== this.asked) return;
      isWhole = told.whole;
      this.show(told, drafts.length > 0);
    } catch (fault) {
      if (fault.fault === "superseded" || ticket !== this.asked) return;
      this.host.dataset.draft = "true";
      this.stale.replaceChildren(el("strong", {}, say("stale")), ` ${fault.words ? sayFault(fault) : ""}`);
      this.stale.hidden = false;
    } finally {
      if (!isWhole) this.rest(ticket);
      else if (ticket === this.asked) this.host.removeAttribute("aria-busy");
    }
  }

  /** Has the first letter on a page cost what the second does. */
  async makeReady(page) {
    if (this.desk.readOnly || !this.told || this.shown !== this.name) return;
    try {
      await order("/api/ready", this.question([page, page]));
    } catch {
      // Then it costs more.
    }
  }

  show(told, isDraft) {
    this.stale.hidden = true;
    this.host.dataset.draft = isDraft;
    const isSame = this.told?.key === told.key && this.shown === this.name;
    const known = this.shown === this.name ? [...this.host.querySelectorAll(".sheet")] : [];
    this.told = { ...told, places: told.places.map(([path, first, from, last, to]) => [path, first, Math.max(0, from - PADDING), last, to + PADDING]) };
    if (!isSame) {
      const sheets = told.sheets.map((_, index) => known[index] ?? this.sheet(index));
      sheets.forEach((sheet, index) => {
        const [width, height, number, look] = told.sheets[index];
        sheet.dataset.ratio = height / width;
        sheet.dataset.key = told.key;
        sheet.dataset.look = look;
        sheet.setAttribute("aria-label", say("page-of", number));
      });
      if (known.length !== sheets.length) this.host.replaceChildren(...sheets);
      this.shown = this.name;
      this.measure();
      this.look();
    }
    this.desk.pagesCame();
    this.mark();
    this.count();
  }

  sheet(index) {
    const image = el("img", { alt: "", draggable: false });
    const stamp = el("span", { class: "stamp" }, say("draft"));
    const here = el("span", { class: "here", hidden: true });
    const sheet = el("div", { class: "sheet", role: "img" }, image, here, stamp);
    sheet.dataset.index = index;
    sheet.addEventListener("click", (event) => this.click(sheet, event));
    return sheet;
  }

  /** What is in sight and looks otherwise is asked for anew, the others when they come into sight. */
  look() {
    this.seen.disconnect();
    this.host.querySelectorAll(".sheet").forEach((sheet) => this.seen.observe(sheet));
  }

  /** Brings the picture of a page; the old one stays until the new one is there. */
  load(sheet) {
    const { key, look, index } = sheet.dataset;
    const across = Math.ceil(sheet.clientWidth * devicePixelRatio);
    if (sheet.dataset.loaded === look && Number(sheet.dataset.across) >= across) return;
    Object.assign(sheet.dataset, { loaded: look, across });
    const next = new Image();
    next.alt = "";
    next.draggable = false;
    next.onload = () => sheet.dataset.loaded === look && sheet.querySelector("img").replaceWith(next);
    next.onerror = () => {
      if (sheet.dataset.loaded !== look) return;
      delete sheet.dataset.loaded;
      // Others came meanwhile, and this page looks the same among them.
      if (sheet.dataset.key !== key) this.load(sheet);
      // Nobody looked at that state any more: the pages are asked for anew.
      else if (this.lost !== key) this.renew();
      this.lost = key;
    };
    next.src = `/api/page/${key}/${Number(index) + 1}?across=${across}`;
  }

  /** Gives each page its size on the screen. */
  measure() {
    if (!this.told) return;
    const room = this.host.clientWidth - 24;
    const width = this.zoom === null ? room : ((this.told.sheets[0]?.[0] ?? 595) * 4 * this.zoom) / 300;
    for (const sheet of this.host.querySelectorAll(".sheet")) {
      sheet.style.width = `${width}px`;
      sheet.style.height = `${width * Number(sheet.dataset.ratio)}px`;
    }
    this.mark();
    this.sharpen();
  }

  scale(step) {
    const at = this.at();
    if (step === 0) this.zoom = null;
    else {
      const now = this.zoom ?? ((this.host.querySelector(".sheet")?.clientWidth ?? 595) * 300) / ((this.told?.sheets[0]?.[0] ?? 595) * 4);
      const next = step > 0 ? ZOOMS.find((zoom) => zoom > now + 1) : ZOOMS.findLast((zoom) => zoom < now - 1);
      this.zoom = next ?? now;
    }
    this.measure();
    this.turn(at);
  }

  /** The page at the top of the sight, counted from 1. */
  at() {
    const top = this.host.scrollTop + this.host.clientHeight / 3;
    const sheets = [...this.host.querySelectorAll(".sheet")];
    const found = sheets.findLastIndex((sheet) => sheet.offsetTop <= top);
    return Math.max(0, found) + 1;
  }

  count() {
    if (!this.told) return;
    if (document.activeElement !== this.number) this.number.value = this.at();
    this.total.textContent = `/ ${this.told.sheets.length}`;
  }

  turn(number) {
    const sheets = this.host.querySelectorAll(".sheet");
    const sheet = sheets[Math.max(0, Math.min(sheets.length - 1, number - 1))];
    if (sheet && Number.isFinite(number)) this.host.scrollTop = sheet.offsetTop - 8;
    this.count();
  }

  keys(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const act = { "+": () => this.scale(1), ";": () => this.scale(1), "-": () => this.scale(-1), 0: () => this.scale(0), PageDown: () => this.turn(this.at() + 1), PageUp: () => this.turn(this.at() - 1), Home: () => this.turn(1), End: () => this.turn(this.told?.sheets.length ?? 1) }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  /** The row that stands at a height of a page: of several the innermost. */
  rowAt(page, y) {
    const height = (number) => this.told.sheets[number - 1][1];
    const inside = ([, first, from, last, to]) => page >= first && page <= last && (page > first || y >= from) && (page < last || y <= to);
    const size = ([, first, from, last, to]) => (last - first) * height(first) + to - from;
    return this.told.places.filter(inside).sort((one, other) => size(one) - size(other))[0]?.[0];
  }

  click(sheet, event) {
    const page = Number(sheet.dataset.index) + 1;
    const y = (event.offsetY / sheet.clientHeight) * this.told.sheets[page - 1][1];
    const row = this.rowAt(page, y);
    if (row) this.desk.openRow(row);
  }

  /** Numbers that are printed on the pages of a row. */
  printed(row) {
    if (!this.told) return [];
    const pages = this.told.places.filter(([path]) => path === row).flatMap(([, first, , last]) => Array.from({ length: last - first + 1 }, (_, add) => this.told.sheets[first + add - 1][2]));
    return [...new Set(pages)];
  }

  /** Shows where the open item stands. */
  point(row, scroll) {
    this.current = row;
    this.mark();
    const place = this.told?.places.find(([path]) => path === row);
    if (!place || !scroll) return;
    this.ready(place[1]);
    const sheet = this.host.querySelectorAll(".sheet")[place[1] - 1];
    const y = (place[2] / this.told.sheets[place[1] - 1][1]) * sheet.clientHeight;
    const top = sheet.offsetTop + y;
    const isInSight = top >= this.host.scrollTop && top <= this.host.scrollTop + this.host.clientHeight * 0.7;
    // With the head of its page where both are in sight.
    if (!isInSight) this.host.scrollTop = y < this.host.clientHeight * 0.6 ? sheet.offsetTop - 8 : top - ABOVE;
  }

  mark() {
    const places = (this.told?.places ?? []).filter(([path]) => path === this.current);
    this.host.querySelectorAll(".sheet").forEach((sheet, index) => {
      const here = sheet.querySelector(".here");
      const on = places.find(([, first, , last]) => index + 1 >= first && index + 1 <= last);
      here.hidden = !on;
      if (!on) return;
      const [, first, from, last, to] = on;
      const height = this.told.sheets[index][1];
      const top = index + 1 === first ? from : 0;
      const bottom = index + 1 === last ? to : height;
      here.style.top = `${(top / height) * 100}%`;
      here.style.height = `${(Math.max(bottom - top, 6) / height) * 100}%`;
    });
  }
}
