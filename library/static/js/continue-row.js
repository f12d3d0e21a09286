/* “Continue watching” on the home page, from what this browser remembers. */
import { clock, forgetAll, watched } from "./memory.js";

const SHOWN = 4;

for (const node of document.querySelectorAll('[data-component="continue-row"]')) {
  const rows = watched().slice(0, SHOWN);
  const list = node.querySelector("ul");
  list.append(...rows.map((row) => item(row, node.dataset.openLabel)));
  node.hidden = rows.length === 0;
  node.querySelector("button").addEventListener("click", () => {
    forgetAll();
    node.hidden = true;
  });
}

function item({ url, title, poster, at, duration }, label) {
  const entry = document.createElement("li");
  const card = make("article", "card", entry);
  const frame = make("div", "card__poster", card);
  if (poster) Object.assign(make("img", "", frame), { src: poster, alt: "", width: 480, height: 270, loading: "lazy" });
  const heading = make("h3", "card__title", card);
  // Only addresses of this site, whatever the storage holds.
  Object.assign(make("a", "", heading), { href: new URL(url, location.origin).pathname, textContent: title });
  make("p", "card__line", card).textContent = `${label} ${clock(at)} / ${clock(duration)}`;
  return entry;
}

function make(tag, name, parent) {
  const node = document.createElement(tag);
  if (name) node.className = name;
  parent.append(node);
  return node;
}
