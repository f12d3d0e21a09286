/* Search inside one clip: only the lines that say the words are left, Enter goes from one to the next.
   The server answers the same form without this script. */
import { letters, words } from "./fold.js";
import { meaningsOf } from "./meanings.js";

const SAY_AFTER_MS = 500;
const ASK_AFTER_MS = 200;

for (const node of document.querySelectorAll('[data-component="transcript"]')) {
  const form = node.querySelector(".transcript__search");
  if (form) setUp(node, form);
}

function setUp(node, form) {
  const input = form.querySelector("input");
  const all = node.querySelector(".transcript__all");
  const status = node.querySelector(".transcript__found");
  const lines = [...node.querySelectorAll(".transcript__lines li")].map(lineOf);
  let found = lines.filter(({ item }) => !item.hidden);
  let place = -1;
  let saying;
  let asking;
  let meanings = [];

  const search = () => {
    found = show(lines, input.value, meanings);
    place = -1;
    all.hidden = found.length === lines.length;
    clearTimeout(saying);
    // Seen at once, said when the typing rests.
    saying = setTimeout(() => (status.textContent = all.hidden ? "" : `${form.dataset.found} ${found.length}`), SAY_AFTER_MS);
  };
  const ask = async () => {
    const typed = input.value;
    if (document.documentElement.classList.contains("data-saver")) return;
    const answer = await meaningsOf(form.dataset.meanings, typed);
    if (typed !== input.value || !answer.length) return;
    meanings = answer;
    search();
  };
  const clear = (event) => {
    event.preventDefault();
    input.value = "";
    search();
    input.focus();
  };

  input.addEventListener("input", () => {
    search();
    clearTimeout(asking);
    if (input.value.trim()) asking = setTimeout(ask, ASK_AFTER_MS);
  });
  input.addEventListener("keydown", (event) => event.key === "Escape" && input.value && clear(event));
  all.addEventListener("click", clear);
  form.addEventListener("submit", (event) => {
    // Words that stand nowhere as they are typed: the server knows other spellings.
    if (all.hidden || !found.length) return;
    event.preventDefault();
    place = (place + 1) % found.length;
    clearTimeout(saying);
    status.textContent = `${place + 1} / ${found.length}`;
    found[place].link.click();
    found[place].item.scrollIntoView({ block: "nearest" });
    input.focus();
  });
}

function lineOf(item) {
  const words_ = item.querySelector(".transcript__words");
  const text = words_.textContent;
  return { item, link: item.querySelector("a"), node: words_, text, words: words(text) };
}

/* As the server: the lines with the most of the words, if with at least half of them. */
function show(lines, typed, meanings) {
  const sought = soughtIn(typed);
  const wishes = wishesOf(sought, meanings);
  const marks = [...sought, ...wishes.flatMap(({ rows }) => rows.flat()).map((folded) => ({ folded, beginning: "" }))];
  const held = lines.map((line) => wishes.reduce((sum, wish) => sum + heldOf(wish, line.words), 0));
  const most = Math.max(0, ...held);
  const enough = typed.trim() ? Math.max(most, Math.ceil(sought.length / 2), 1) : 0;
  return lines.filter((line, number) => {
    const isFound = held[number] >= enough;
    line.item.hidden = !isFound;
    line.node.replaceChildren(...(isFound && sought.length ? marked(line, marks) : [line.text]));
    return isFound;
  });
}

/* Each word once; the last may be half typed while nothing stands behind it. */
function soughtIn(typed) {
  const found = words(typed);
  const isOpen = found.length > 0 && found.at(-1).end === typed.length;
  const sought = new Map(found.map(({ folded }) => [folded, { folded, beginning: "" }]));
  if (isOpen) {
    const { folded, start } = found.at(-1);
    sought.set(folded, { folded, beginning: letters(typed.slice(start)) });
  }
  return [...sought.values()];
}

/* Words that stand together for something, and each other word alone. */
function wishesOf(sought, meanings) {
  const together = meanings
    .map(({ typed, others }) => ({ words: sought.filter(({ folded }) => typed.includes(folded)), rows: others, all: typed.length }))
    .filter(({ words, all }) => words.length === all);
  const alone = sought.filter((word) => !together.some((wish) => wish.words.includes(word)));
  return [...together, ...alone.map((word) => ({ words: [word], rows: [] }))];
}

/* How many of its words a line says; where it says what they stand for, it says them all. */
function heldOf(wish, said) {
  const says = (row) => said.some((_, at) => row.every((folded, next) => said[at + next]?.folded === folded));
  if (wish.rows.some(says)) return wish.words.length;
  return wish.words.filter((word) => said.some((each) => meets(each, word))).length;
}

function meets(word, { folded, beginning }) {
  return word.folded === folded || (beginning !== "" && word.folded.startsWith(beginning));
}

function marked({ text, words }, sought) {
  const pieces = [];
  let at = 0;
  for (const word of words.filter((each) => sought.some((one) => meets(each, one)))) {
    const between = text.slice(at, word.start);
    const last = pieces.at(-1);
    // Neighbours are one mark, as in the results.
    if (last && !between.trim()) {
      last.textContent += text.slice(at, word.end);
    } else {
      const mark = document.createElement("mark");
      mark.textContent = text.slice(word.start, word.end);
      pieces.push(between, mark);
    }
    at = word.end;
  }
  return [...pieces, text.slice(at)];
}
