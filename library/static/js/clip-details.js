// The details of a clip: saved by itself, sent without leaving the page, so that an
// upload on the same page goes on. Without this script the forms are plain forms.
import { bindStages } from "./clip-stage.js";

const QUIET_MS = 1500;
const AGAIN_MS = 10000;
const BY_SCRIPT = { "X-Requested-With": "fetch" };

export async function loadDetails(box, url) {
  const answer = await fetch(url, { headers: BY_SCRIPT });
  if (answer.ok) put(box, await answer.text());
}

export function bindDetails(box) {
  const root = box.querySelector('[data-component="details"]');
  if (!root) return;
  bindStages(root);
  const form = root.querySelector('[data-part="form"]');
  const saver = autosave(root, form);
  root.addEventListener("submit", (event) => send(event, box, saver));
  root.addEventListener("stage-changed", () => refreshPosters(root));
}

function put(box, html) {
  box.innerHTML = html;
  bindDetails(box);
}

function autosave(root, form) {
  const saved = root.querySelector('[data-part="saved"]');
  let timer = 0;
  const saver = { dirty: false, stop: () => clearTimeout(timer), save };
  const later = (ms) => {
    clearTimeout(timer);
    timer = setTimeout(save, ms);
  };
  async function save() {
    clearTimeout(timer);
    if (!saver.dirty || !root.isConnected) return;
    saver.dirty = false;
    saved.textContent = root.dataset.saySaving;
    try {
      const headers = { ...BY_SCRIPT, "X-Autosave": "1" };
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers });
      saved.textContent = answer.ok ? root.dataset.saySaved : root.dataset.sayUnsaved;
      const title = form.elements.namedItem("title").value.trim();
      if (answer.ok && title) document.querySelector("[data-title]").textContent = title;
    } catch {
      saver.dirty = true;
      saved.textContent = root.dataset.sayOffline;
      later(AGAIN_MS);
    }
  }
  if (saved) {
    form.addEventListener("input", () => {
      saver.dirty = true;
      later(QUIET_MS);
    });
  }
  return saver;
}

async function send(event, box, saver) {
  const form = event.target;
  event.preventDefault();
  if (form.dataset.sure && !window.confirm(form.dataset.sure)) return;
  saver.stop();
  if (form.dataset.part !== "form") await saver.save(); // nothing typed is lost
  const body = new FormData(form, event.submitter);
  event.submitter?.setAttribute("disabled", "");
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: BY_SCRIPT });
    const html = await answer.text();
    if (!html.includes('data-component="details"')) return window.location.assign(answer.url);
    saver.dirty = false;
    put(box, html);
    focusNews(box);
  } catch {
    event.submitter?.removeAttribute("disabled");
    box.querySelector('[data-part="saved"]')?.replaceChildren(
      box.querySelector('[data-component="details"]').dataset.sayOffline,
    );
  }
}

function focusNews(box) {
  const news = box.querySelector(".field--wrong, .notice");
  const field = news?.querySelector("input, select, textarea");
  field?.focus({ preventScroll: true });
  news?.scrollIntoView({ block: "center" });
}

async function refreshPosters(root) {
  const answer = await fetch(root.dataset.url, { headers: BY_SCRIPT });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of ["posters", "watch"]) {
    const now = root.querySelector(`[data-part="${part}"]`);
    const then = fresh.querySelector(`[data-part="${part}"]`);
    if (now && then) now.replaceWith(then);
  }
}
