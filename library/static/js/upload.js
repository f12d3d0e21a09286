// Chooses a file, sends it in pieces by tus, and goes on where an earlier try stopped.
import { bindDetails, loadDetails } from "./clip-details.js";
import { csrfToken } from "./upload-session.js";
import { Speed, clockWords, sizeWords } from "./upload-speed.js";

const PIECE = 8 * 1024 * 1024;
const PAUSES = [0, 1000, 3000, 5000, 10000, 20000, 40000, 60000, 60000, 60000, 60000];

class Uploader {
  constructor(node) {
    this.node = node;
    this.say = node.dataset;
    this.part = (name) => node.querySelector(`[data-part="${name}"]`);
    this.box = document.querySelector("[data-details]");
    this.part("file").addEventListener("change", () => this.chosen());
    this.part("pause").addEventListener("click", () => this.toggle());
    window.addEventListener("beforeunload", (event) => {
      if (this.isSending) event.preventDefault();
    });
    window.addEventListener("online", () => this.isWaiting && this.start());
  }

  async chosen() {
    const file = this.part("file").files[0];
    if (!file) return;
    if (!file.size) return this.trouble(this.say.sayEmpty);
    if (this.say.uploadUrl && !this.isMine(file)) {
      return this.trouble(`${this.say.sayOther} ${this.say.name}`);
    }
    this.trouble("");
    const earlier = await this.earlier(file);
    this.upload = new window.tus.Upload(file, this.options(file, earlier));
    this.show(file, earlier);
    this.start();
    if (earlier) this.open(earlier.details_url);
  }

  // A name may come composed or decomposed, depending on the machine.
  isMine(file) {
    const same = file.name.normalize("NFC") === this.say.name.normalize("NFC");
    return same && file.size === Number(this.say.size);
  }

  // What the server still holds decides; the browser's own memory may be cleared.
  async earlier(file) {
    try {
      const answer = await fetch(this.say.unfinished);
      const { uploads } = await answer.json();
      return uploads.find(
        (one) => one.size === file.size && one.name.normalize("NFC") === file.name.normalize("NFC").trim(),
      );
    } catch {
      return undefined;
    }
  }

  options(file, earlier) {
    return {
      endpoint: this.say.endpoint,
      uploadUrl: earlier ? new URL(earlier.upload_url, location.href).href : null,
      chunkSize: PIECE,
      retryDelays: PAUSES,
      storeFingerprintForResuming: false,
      onBeforeRequest: (request) => request.setHeader("X-CSRFToken", csrfToken(this.say.token)),
      metadata: { filename: file.name, unit: this.part("unit")?.value ?? "" },
      onAfterResponse: (request, answer) => this.created(request, answer),
      onProgress: (sent, total) => this.progress(sent, total),
      onShouldRetry: (error) => this.shouldRetry(error),
      onSuccess: () => this.done(),
      onError: (error) => this.failed(error),
    };
  }

  created(request, answer) {
    if (request.getMethod() === "POST" && answer.getStatus() === 201) {
      this.open(JSON.parse(answer.getBody()).details);
    }
  }

  // The details come into this page: leaving it would end the upload.
  async open(url) {
    if (location.pathname === url) return;
    history.replaceState(null, "", url);
    const isThere = await loadDetails(this.box, url).catch(() => false);
    if (!isThere) this.trouble(this.say.sayNoDetails);
  }

  show(file, earlier) {
    this.part("choose").hidden = true;
    this.part("run").hidden = false;
    this.part("name").textContent = `${file.name} · ${sizeWords(file.size)}`;
    this.speed = new Speed();
    this.progress(earlier?.offset ?? 0, file.size);
    if (earlier) this.words(`${this.say.sayResumes} ${this.percent} %`);
  }

  start() {
    this.isWaiting = false;
    this.isSending = true;
    this.node.dataset.state = "sending";
    this.part("pause").textContent = this.say.sayPause;
    this.upload.start();
  }

  toggle() {
    if (!this.isSending) return this.start();
    this.isSending = false;
    this.node.dataset.state = "paused";
    this.upload.abort();
    this.part("pause").textContent = this.say.sayAgain;
    this.words(this.say.sayPaused);
  }

  progress(sent, total) {
    this.percent = total ? Math.floor((100 * sent) / total) : 100;
    this.node.querySelector("progress").value = this.percent;
    this.node.querySelector(".progress__text").textContent = `${this.percent} %`;
    const pace = this.speed.at(sent, total);
    if (pace && this.isSending) {
      const left = this.say.sayLeft.replace("TIME", clockWords(pace.secondsLeft));
      this.words(`${sizeWords(pace.bytesPerSecond)}/s · ${left}`);
    }
  }

  shouldRetry(error) {
    const status = error.originalResponse?.getStatus() ?? 0;
    const again = status === 0 || status >= 500 || status === 409 || status === 423 || status === 460;
    if (again) this.words(this.say.sayWaiting);
    return again && status !== 507;
  }

  failed(error) {
    this.isSending = false;
    this.isWaiting = !error.originalResponse;
    this.node.dataset.state = "stopped";
    this.part("pause").textContent = this.say.sayAgain;
    this.words("");
    const told = error.originalResponse;
    const isPlain = (told?.getHeader("Content-Type") ?? "").startsWith("text/plain");
    this.trouble(isPlain && told.getBody() ? told.getBody() : this.say.sayFailed);
    if (told) this.part("choose").hidden = false;
    this.part("file").value = "";
  }

  done() {
    this.isSending = false;
    this.node.dataset.state = "done";
    this.part("pause").hidden = true;
    this.words(this.say.sayDone);
    const stage = this.box.querySelector('[data-component="clip-stage"]');
    stage?.setAttribute("data-moves", "");
  }

  words(text) {
    this.part("speed").textContent = text;
  }

  trouble(text) {
    this.part("trouble").textContent = text;
  }
}

document.querySelectorAll('[data-component="uploader"]').forEach((node) => new Uploader(node));
document.querySelectorAll("[data-details]").forEach(bindDetails);
