// The details of a clip: saved by itself, sent without leaving the page, so that an
// upload on the same page goes on. Without this script the forms are plain forms.
import { bindStages } from "./clip-stage.js";
import { csrfToken, isSignedOut } from "./upload-session.js";

const QUIET_MS = 1500;
const AGAIN_MS = 10000;
const BY_SCRIPT = { "X-Requested-With": "fetch" };
const OURS = 'data-component="details"';

// Says why, in words for the person who typed.
class NotSaved extends Error {}

// False when something else than the details came, the sign-in page for one.
export async function loadDetails(box, url) {
  const answer = await fetch(url, { headers: BY_SCRIPT });
  const html = answer.ok && !answer.redirected ? await answer.text() : "";
  if (html.includes(OURS)) put(box, html);
  return html.includes(OURS);
}

export function bindDetails(box) {
  const root = box.querySelector('[data-component="details"]');
  if (!root) return;
  bindStages(root);
  const form = root.querySelector('[data-part="form"]');
  const saver = autosave(root, form);
  root.addEventListener("submit", (event) => send(event, box, root, saver));
  root.addEventListener("stage-changed", () => refreshParts(root));
}

async function post(form, body, root, more = {}) {
  const token = csrfToken(body.get("csrfmiddlewaretoken"));
  body.set("csrfmiddlewaretoken", token);
  const headers = { ...BY_SCRIPT, ...more };
  const answer = await fetch(form.action, { method: "POST", body, headers });
  if (isSignedOut(answer, root.dataset.signIn)) throw new NotSaved(root.dataset.saySignedOut);
  return answer;
}

function whyNot(error, root) {
  return error instanceof NotSaved ? error.message : root.dataset.sayOffline;
}

async function told(answer, root) {
  const isJson = (answer.headers.get("Content-Type") ?? "").startsWith("application/json");
  if (answer.redirected || !isJson) throw new NotSaved(root.dataset.sayFailed);
  return answer.json();
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
      const answer = await post(form, new FormData(form), root, { "X-Autosave": "1" });
      const { saved: isSaved, sentence } = await told(answer, root);
      saved.textContent = isSaved ? root.dataset.saySaved : `${root.dataset.sayUnsaved} ${sentence}`;
      const title = form.elements.namedItem("title").value.trim();
      if (isSaved && title) document.querySelector("[data-title]").textContent = title;
    } catch (error) {
      saver.dirty = true;
      saved.textContent = whyNot(error, root);
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

async function send(event, box, root, saver) {
  const form = event.target;
  event.preventDefault();
  if (form.dataset.sure && !window.confirm(form.dataset.sure)) return;
  saver.stop();
  if (form.dataset.part !== "form") await saver.save(); // nothing typed is lost
  const body = new FormData(form, event.submitter);
  event.submitter?.setAttribute("disabled", "");
  try {
    const answer = await post(form, body, root);
    const html = await answer.text();
    if (!html.includes(OURS)) {
      if (!answer.ok) throw new NotSaved(root.dataset.sayFailed);
      return window.location.assign(answer.url);
    }
    saver.dirty = false;
    put(box, html);
    focusNews(box);
  } catch (error) {
    event.submitter?.removeAttribute("disabled");
    root.querySelector('[data-part="saved"]')?.replaceChildren(whyNot(error, root));
  }
}

function focusNews(box) {
  const news = box.querySelector(".field--wrong, .notice");
  const field = news?.querySelector("input, select, textarea");
  field?.focus({ preventScroll: true });
  news?.scrollIntoView({ block: "center" });
}

// Not what somebody may be typing in.
async function refreshParts(root) {
  const answer = await fetch(root.dataset.url, { headers: BY_SCRIPT });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of ["posters", "watch", "submit"]) {
    const now = root.querySelector(`[data-part="${part}"]`);
    const then = fresh.querySelector(`[data-part="${part}"]`);
    if (now && then) now.replaceWith(then);
  }
}
