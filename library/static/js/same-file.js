// Whether this very file is in the library already: asked with hashes before a byte is sent.
// media_pipeline/likeness/digests.py makes the same ones.
import { csrfToken } from "./upload-session.js";

const SMALL = 64 * 1024 * 1024;
const EDGE = 1024 * 1024;
const BLOCK = 16 * 1024 * 1024;

async function sha256(bytes) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

function hex(bytes) {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function edgesOf(file) {
  const ends = new Blob([file.slice(0, EDGE), file.slice(-EDGE)]);
  return hex(await sha256(await ends.arrayBuffer()));
}

// Block by block: the whole file has no room in a phone's memory.
async function blocksOf(file) {
  const hashes = [];
  for (let at = 0; at < file.size; at += BLOCK) {
    hashes.push(await sha256(await file.slice(at, at + BLOCK).arrayBuffer()));
  }
  return hex(await sha256(await new Blob(hashes).arrayBuffer()));
}

async function ask(node, file, hashes) {
  const answer = await fetch(node.dataset.sameFile, {
    method: "POST",
    headers: { "X-CSRFToken": csrfToken(node.dataset.token) },
    body: new URLSearchParams({ size: file.size, ...hashes }),
  });
  return answer.ok && !answer.redirected ? answer.json() : {};
}

async function lookUp(node, file) {
  if (!globalThis.crypto?.subtle) return {}; // a page without HTTPS has none
  if (file.size <= SMALL) {
    return ask(node, file, { sha256: hex(await sha256(await file.arrayBuffer())) });
  }
  const edges = await edgesOf(file);
  const told = await ask(node, file, { edges });
  return told.wants ? ask(node, file, { edges, blocks: await blocksOf(file) }) : told;
}

function decision(box, told) {
  box.querySelector('[data-part="same-words"]').textContent = told.sentence;
  const link = box.querySelector("a");
  link.hidden = !told.url;
  if (told.url) link.href = told.url;
  box.hidden = false;
  box.querySelector("button").focus();
  return new Promise((decided) => {
    for (const button of box.querySelectorAll("button")) {
      button.onclick = () => {
        box.hidden = true;
        decided(button.value === "send");
      };
    }
  });
}

// True: send it. What cannot be asked is sent; the library finds it out by itself later.
export async function isToBeSent(node, file) {
  const box = node.querySelector('[data-part="same"]');
  const field = node.querySelector('[data-part="file"]');
  const checking = node.querySelector('[data-part="checking"]');
  field.disabled = true;
  checking.hidden = false;
  const told = await lookUp(node, file).catch(() => ({}));
  checking.hidden = true;
  const isWanted = !told.known || (await decision(box, told));
  field.disabled = false;
  return isWanted;
}
