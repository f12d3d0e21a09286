/* The player: starts the right source on the first play, keeps place, speed, picture and captions. */
import { attach } from "./player-source.js";
import { bindKeys } from "./player-keys.js";
import { clock, forgetPlace, placeIn, recall, remember, rememberPlace } from "./memory.js";

const SAVE_EVERY_S = 5;
const NEAR_END_S = 15; // of a short clip: its last tenth
const NEAR_START_S = 5;

for (const node of document.querySelectorAll('[data-component="player"]')) {
  setUp(node);
}

function setUp(node) {
  const video = node.querySelector("video");
  const start = node.querySelector(".player__start");
  const saver = node.querySelector('[data-component="data-saver"]');
  const quality = node.querySelector('[data-player="quality"]');
  const player = { node, video, source: null, at: startOf(node) };

  // The progressive file stays as the way without a script; with one it waits for the choice.
  video.querySelector("source")?.remove();
  video.load();
  video.controls = false; // one way to start; its own controls come with the picture
  node.querySelector(".player__bar").hidden = false;
  start.hidden = false;
  const saves = document.documentElement.classList.contains("data-saver");
  saver.setAttribute("aria-pressed", String(saves));
  const remembered = recall("quality", "auto");
  if ([...quality.options].some((option) => option.value === remembered)) quality.value = remembered;
  if (saves && quality.querySelector('[value="saver"]')) quality.value = "saver";

  start.addEventListener("click", () => begin(player, start, quality));
  video.addEventListener("play", () => player.source || begin(player, start, quality));
  video.addEventListener("error", () => say(player, node.dataset.failed));
  quality.addEventListener("change", () => {
    remember("quality", quality.value);
    change(player, quality.value);
  });
  document.addEventListener("data-saver", ({ detail }) => {
    quality.value = detail.saves ? "saver" : "auto";
    change(player, quality.value);
  });
  for (const button of node.querySelectorAll("[data-jump]")) {
    button.addEventListener("click", () => jump(player, Number(button.dataset.jump)));
  }
  node.addEventListener("player:seek", ({ detail }) => seek(player, detail, start, quality));
  keepSpeed(video, node.querySelector('[data-player="speed"]'));
  keepPlace(player);
  keepCaptions(video);
  bindKeys(node, video, (seconds) => jump(player, seconds));
}

function startOf(node) {
  return Number(node.dataset.start) || placeIn(Number(node.dataset.clip));
}

async function begin(player, start, quality) {
  if (player.source) return;
  player.source = "pending";
  start.setAttribute("aria-busy", "true");
  const resumed = player.at && !Number(player.node.dataset.start);
  say(player, resumed ? `${player.node.dataset.resumed} ${clock(player.at)}` : "");
  await load(player, quality.value);
  start.hidden = true;
  player.video.controls = true;
  player.video.focus();
}

/* Puts the source in place at player.at and plays. */
async function load(player, choice) {
  try {
    player.source = await attach(player.node, player.video, choice, player.at);
    await player.video.play();
  } catch (error) {
    // The browser wants one more tap: its own controls are there for it.
    if (error.name !== "NotAllowedError" && error.name !== "AbortError") {
      say(player, player.node.dataset.failed);
    }
  }
}

function change(player, choice) {
  if (!player.source?.choose || player.source.choose(choice)) return;
  player.at = player.video.currentTime;
  player.source.detach();
  load(player, choice);
}

function jump(player, seconds) {
  const end = player.video.duration || Infinity;
  player.video.currentTime = Math.min(Math.max(player.video.currentTime + seconds, 0), end);
}

/* From the transcript: also before the first play. */
function seek(player, seconds, start, quality) {
  if (player.source?.choose) {
    player.video.currentTime = seconds;
    player.video.play().catch(() => {});
  } else if (!player.source) {
    player.at = seconds;
    player.node.dataset.start = seconds;
    begin(player, start, quality);
  }
}

function say(player, words) {
  player.node.querySelector(".player__status").textContent = words;
}

function keepSpeed(video, select) {
  select.value = String(recall("speed", 1));
  if (!select.value) select.value = "1";
  const apply = () => {
    video.defaultPlaybackRate = Number(select.value);
    video.playbackRate = Number(select.value);
  };
  select.addEventListener("change", () => {
    remember("speed", Number(select.value));
    apply();
  });
  video.addEventListener("loadedmetadata", apply);
  apply();
}

function keepPlace({ node, video }) {
  if (!node.dataset.url) return; // a reviewer's look is nobody's watching
  const id = Number(node.dataset.clip);
  let saved = 0;
  const save = () => {
    const at = Math.floor(video.currentTime);
    if (!video.duration || at < NEAR_START_S) return;
    saved = at;
    if (video.duration - at < Math.min(NEAR_END_S, video.duration / 10)) return forgetPlace(id);
    const { title, url, poster } = node.dataset;
    rememberPlace({ id, url, title, poster, at, duration: Math.floor(video.duration) });
  };
  video.addEventListener("timeupdate", () => {
    if (Math.abs(video.currentTime - saved) >= SAVE_EVERY_S) save();
  });
  video.addEventListener("pause", save);
  video.addEventListener("ended", () => forgetPlace(id));
  addEventListener("pagehide", save);
}

function keepCaptions(video) {
  const tracks = video.textTracks;
  const wanted = recall("captions", "");
  for (const track of tracks) {
    if (track.language === wanted) track.mode = "showing";
  }
  tracks.addEventListener("change", () => {
    const shown = [...tracks].find((track) => track.mode === "showing");
    remember("captions", shown?.language ?? "");
  });
}
