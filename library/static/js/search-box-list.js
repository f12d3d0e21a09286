/* The list under the search box: suggestions by kind, each kind with its name. */
export function fillList(list, suggestions, names) {
  list.replaceChildren();
  const groups = new Map();
  suggestions.forEach((suggestion, number) => {
    const { kind } = suggestion;
    if (!groups.has(kind)) groups.set(kind, group(list, kind, names[`kind${kind[0].toUpperCase()}${kind.slice(1)}`] ?? kind));
    groups.get(kind).append(option(`${list.id}-${number}`, suggestion));
  });
}

/* In the order in which they are seen. */
export function optionsOf(list) {
  return [...list.querySelectorAll("[role=option]")];
}

function group(list, kind, name) {
  const node = make("div", { role: "group", "aria-labelledby": `${list.id}-${kind}` });
  const title = make("div", { class: "search-box__kind", id: `${list.id}-${kind}`, role: "presentation" });
  title.textContent = name;
  node.append(title);
  list.append(node);
  return node;
}

function option(id, { highlight, url }) {
  const node = make("div", { class: "search-box__option", role: "option", id, "aria-selected": "false" });
  // Only pages of this site, whatever the answer holds.
  const { pathname, search } = new URL(url, location.origin);
  node.dataset.url = pathname + search;
  for (const { text, match } of highlight) node.append(match ? marked(text) : text);
  return node;
}

function marked(text) {
  const node = document.createElement("mark");
  node.textContent = text;
  return node;
}

function make(tag, attributes) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}
