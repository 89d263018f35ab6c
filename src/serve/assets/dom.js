// Elements made of data. Words become text, never markup.

/** An element: properties by name, `class`, `on…` handlers, ARIA and data attributes; then its children. */
export function el(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name === "class") made.className = value;
    else if (name in made && !name.includes("-") && name !== "list") made[name] = value;
    else made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== false));
  return made;
}

/** Words for a screen reader alone. */
export function aside(words) {
  return el("span", { class: "visually-hidden" }, words);
}

/** Does something once nobody has asked for it for a while. */
export function debounce(wait, act) {
  let timer;
  const later = (...values) => {
    clearTimeout(timer);
    timer = setTimeout(() => act(...values), wait);
  };
  later.cancel = () => clearTimeout(timer);
  return later;
}

/** Settles with a promise, or without it after a while. */
export function atMost(wait, promise) {
  return Promise.race([promise, new Promise((go) => setTimeout(go, wait))]);
}

/** Does something at once. What is asked for while it is done is done once more after it. */
export function steadily(act) {
  let isBusy = false;
  let again = false;
  const ask = async () => {
    again = isBusy;
    if (isBusy) return;
    isBusy = true;
    try {
      do {
        again = false;
        await act();
      } while (again);
    } finally {
      isBusy = false;
    }
  };
  ask.cancel = () => (again = false);
  return ask;
}

/** Says something to the clerk; `how` is "well", "wrong" or "stays". */
export function notify(words, how = "well") {
  const notice = document.getElementById("notice");
  notice.textContent = words;
  notice.dataset.how = how;
  notice.hidden = words === "";
  clearTimeout(notify.timer);
  if (how === "well") notify.timer = setTimeout(() => (notice.hidden = true), 6000);
}

/** Asks in a dialog; the content is a list of elements. */
export function dialog(title, ...content) {
  const box = document.getElementById("dialog");
  box.replaceChildren(el("h2", { id: "dialog-title" }, title), ...content);
  box.showModal();
  return box;
}
