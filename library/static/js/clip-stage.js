// Keeps the sentence on where a clip stands up to date while it moves by itself.
const EVERY_MS = 3000;

export function watchStage(node) {
  if (node.dataset.watched) return;
  node.dataset.watched = "yes";
  const timer = setInterval(() => {
    if (!node.isConnected) return clearInterval(timer);
    if (!document.hidden && "moves" in node.dataset) lookAgain(node);
  }, EVERY_MS);
}

// At once; and from now on by itself, until it is told that nothing moves.
export async function lookAgain(node) {
  if (!node) return;
  node.setAttribute("data-moves", "");
  const told = await ask(node.dataset.url);
  if (told) show(node, told);
}

async function ask(url) {
  try {
    const answer = await fetch(url, { headers: { Accept: "application/json" } });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null; // no connection: asked again in a moment
  }
}

function show(node, told) {
  const was = node.dataset.code;
  node.dataset.code = told.code;
  if (node.dataset.shown !== told.html) node.innerHTML = told.html; // else read out again
  node.dataset.shown = told.html;
  node.toggleAttribute("data-moves", told.moves);
  if (was && was !== told.code) {
    node.dispatchEvent(new CustomEvent("stage-changed", { bubbles: true, detail: told }));
  }
}

export function bindStages(root) {
  root.querySelectorAll('[data-component="clip-stage"]').forEach(watchStage);
}

bindStages(document);
