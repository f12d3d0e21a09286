// Chooses a file, sends it in pieces by tus, and goes on where an earlier try stopped.
import { bindDetails, loadDetails } from "./clip-details.js";
import { lookAgain } from "./clip-stage.js";
import { isToBeSent } from "./same-file.js";
import { csrfToken, unfinished } from "./upload-session.js";
import { Speed, clockWords, sizeWords } from "./upload-speed.js";

const PIECE = 8 * 1024 * 1024;
const UPLOADER = '[data-component="uploader"]';
const PAUSES = [0, 1000, 3000, 5000, 10000, 20000, 40000, 60000, 60000, 60000, 60000];

class Uploader {
  constructor(node) {
    this.node = node;
    this.say = node.dataset;
    this.part = (name) => node.querySelector(`[data-part="${name}"]`);
    this.box = document.querySelector("[data-details]");
    this.part("file").addEventListener("change", () => this.chosen());
    this.part("pause").addEventListener("click", () => this.toggle());
    node.addEventListener("submit", (event) => {
      if (!window.confirm(this.say.sayGiveUp)) event.preventDefault();
    });
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
    const earlier = await unfinished(this.say.unfinished, file, Number(this.say.clip));
    if (!earlier && !(await isToBeSent(this.node, file))) {
      this.part("file").value = "";
      return;
    }
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

  options(file, earlier) {
    return {
      endpoint: this.say.endpoint,
      uploadUrl: earlier ? new URL(earlier.upload_url, location.href).href : null,
      chunkSize: PIECE,
      retryDelays: PAUSES,
      storeFingerprintForResuming: false,
      onBeforeRequest: (request) => request.setHeader("X-CSRFToken", csrfToken(this.say.token)),
      metadata: { filename: file.name, ...this.whereTo() },
      onAfterResponse: (request, answer) => this.created(request, answer),
      onProgress: (sent, total) => this.progress(sent, total),
      onShouldRetry: (error) => this.shouldRetry(error),
      onSuccess: () => this.done(),
      onError: (error) => this.failed(error),
    };
  }

  whereTo() {
    return this.say.clip ? { clip: this.say.clip } : { unit: this.part("unit").value };
  }

  created(request, answer) {
    if (request.getMethod() === "POST" && answer.getStatus() === 201) {
      this.open(JSON.parse(answer.getBody()).details);
    }
  }

  // The details come into this page: leaving it would end the upload.
  async open(url) {
    if (location.pathname === url) return lookAgain(this.stage);
    history.replaceState(null, "", url);
    const isThere = await loadDetails(this.box, url).catch(() => false);
    if (!isThere) this.trouble(this.say.sayNoDetails);
    else if (this.node.dataset.state === "done") this.follow(); // it was that quick
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
    const isSent = error.originalRequest?.getMethod() !== "POST"; // else 409 is a no
    const again = status === 0 || status >= 500 || (status === 409 && isSent) || status === 423 || status === 460;
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
    this.part("run").hidden = Boolean(told) && !this.upload.url; // it may not even begin
    this.part("file").value = "";
  }

  async done() {
    this.isSending = false;
    this.part("pause").hidden = true;
    this.node.querySelector(".progress__words span").textContent = this.say.sayDone;
    this.words("");
    this.node.dataset.state = "sent";
    await this.follow();
    this.node.dataset.state = "done";
  }

  // Whatever is said of a file that has come is news, a second refusal too.
  async follow() {
    if (this.stage) this.stage.dataset.code = "uploading";
    await lookAgain(this.stage);
  }

  get stage() {
    return this.box.querySelector('[data-component="clip-stage"]');
  }

  words(text) {
    this.part("speed").textContent = text;
  }

  trouble(text) {
    this.part("trouble").textContent = text;
  }
}

// The video was refused while its page was open: the field for another file comes in.
async function offerAnother({ target, detail }) {
  const details = target.closest('[data-component="details"]');
  const before = document.querySelector(UPLOADER);
  if (!details || !detail.lacks_video || before?.dataset.state === "sending") return;
  const answer = await fetch(details.dataset.url);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector(UPLOADER);
  if (!fresh) return;
  before?.remove();
  details.closest("[data-details]").before(fresh);
  target.setAttribute("data-hides-while-sending", ""); // it is said beside the field
  new Uploader(fresh);
}

document.querySelectorAll(UPLOADER).forEach((node) => new Uploader(node));
document.querySelectorAll("[data-details]").forEach(bindDetails);
document.addEventListener("stage-changed", offerAnother);
