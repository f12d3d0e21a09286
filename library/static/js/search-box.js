/* Completes what is typed into the search box: an editable combobox with a listbox (ARIA APG).
   Without this script, on data saver and offline it is the plain form that it was. */
import { fillList, optionsOf } from "./search-box-list.js";

const WAIT_MS = 120;
const MOST = 8;

for (const form of document.querySelectorAll('[data-component="search-box"]')) setUp(form);

function setUp(form) {
  const input = form.querySelector("input");
  const list = form.querySelector(".search-box__list");
  const box = { form, input, list, status: form.querySelector("[role=status]"), active: -1, asked: null, known: new Map() };
  input.type = "text"; // a field of type "search" may not be a combobox
  const roles = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id };
  for (const [name, value] of Object.entries(roles)) input.setAttribute(name, value);

  let waiting;
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => suggest(box), WAIT_MS);
  });
  input.addEventListener("keydown", (event) => onKey(box, event));
  input.addEventListener("blur", () => {
    clearTimeout(waiting);
    close(box);
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the focus stays in the field
  list.addEventListener("click", ({ target }) => {
    const option = target.closest("[role=option]");
    if (option) go(option);
  });
}

async function suggest(box) {
  const typed = box.input.value.trim() && box.input.value;
  if (!typed || document.documentElement.classList.contains("data-saver")) return close(box);
  box.asked?.abort();
  box.asked = new AbortController();
  const { signal } = box.asked;
  const suggestions = await ask(box, typed, signal);
  if (signal.aborted || document.activeElement !== box.input) return;
  fillList(box.list, suggestions, box.form.dataset);
  select(box, -1);
  show(box, suggestions.length > 0);
  const { none, some } = box.form.dataset;
  box.status.textContent = suggestions.length ? `${some} ${suggestions.length}` : none;
}

/* No suggestions also when they cannot be had: nobody was promised any. */
async function ask({ form, known }, typed, signal) {
  if (known.has(typed)) return known.get(typed);
  try {
    const query = new URLSearchParams({ q: typed, limit: MOST });
    const response = await fetch(`${form.dataset.suggest}?${query}`, { signal });
    const { suggestions = [] } = response.ok ? await response.json() : {};
    known.set(typed, suggestions);
    return suggestions;
  } catch {
    return [];
  }
}

function onKey(box, event) {
  if (event.isComposing || event.ctrlKey || event.metaKey) return;
  const options = optionsOf(box.list);
  const isOpen = !box.list.hidden;
  const { key } = event;
  if (key === "ArrowDown" || key === "ArrowUp") {
    event.preventDefault();
    if (!isOpen) return void (key === "ArrowDown" && suggest(box));
    // One place before the first is the field itself.
    const places = options.length + 1;
    const step = key === "ArrowDown" ? 1 : -1;
    select(box, ((box.active + 1 + step + places) % places) - 1);
  } else if (key === "Escape") {
    // First the list, then the words.
    if (!isOpen && !box.input.value) return;
    event.preventDefault();
    if (isOpen) close(box);
    else box.input.value = "";
  } else if (key === "Enter" && isOpen && box.active >= 0) {
    event.preventDefault();
    go(options[box.active]);
  } else if (["Home", "End", "ArrowLeft", "ArrowRight"].includes(key)) {
    select(box, -1); // back into the field, where the key moves the caret
  } else if (key === "Tab") {
    close(box);
  }
}

function select(box, place) {
  const options = optionsOf(box.list);
  options[box.active]?.setAttribute("aria-selected", "false");
  box.active = place;
  const option = options[place];
  if (!option) return box.input.removeAttribute("aria-activedescendant");
  option.setAttribute("aria-selected", "true");
  option.scrollIntoView({ block: "nearest" });
  box.input.setAttribute("aria-activedescendant", option.id);
}

function show(box, isOpen) {
  box.list.hidden = !isOpen;
  box.input.setAttribute("aria-expanded", String(isOpen));
}

function close(box) {
  box.asked?.abort();
  select(box, -1);
  show(box, false);
  box.status.textContent = "";
}

function go(option) {
  location.assign(option.dataset.url);
}
