/* Where the picture comes from: hls.js, the browser's own HLS, or the one small MP4. */

/* Resolves to {choose(choice): could it without a new source?, detach()}. */
export async function attach(node, video, choice, at) {
  const { playlist, download } = node.dataset;
  if (!playlist || (choice === "saver" && download)) return attachFile(video, download, at);
  if (window.MediaSource) {
    try {
      return await attachHls(node, video, choice, at);
    } catch {
      return attachFile(video, download, at); // the script did not come
    }
  }
  if (video.canPlayType("application/vnd.apple.mpegurl")) return attachFile(video, playlist, at);
  return attachFile(video, download, at);
}

/* While a clip is being encoded there is no MP4 yet. */
function attachFile(video, url, at) {
  if (!url) throw new Error("no file for this browser");
  video.src = url;
  if (at) video.addEventListener("loadedmetadata", () => (video.currentTime = at), { once: true });
  return {
    choose: () => false,
    detach: () => {
      video.removeAttribute("src");
      video.load();
    },
  };
}

async function attachHls(node, video, choice, at) {
  const { default: Hls } = await import(node.dataset.hls);
  if (!Hls.isSupported()) throw new Error("no media source for this browser");
  const hls = new Hls({
    capLevelToPlayerSize: true,
    maxBufferLength: 30,
    startPosition: at || -1,
    enableWorker: false, // fMP4 needs no remuxing
    subtitleDisplay: false,
  });
  const source = {
    choose: (next) => next !== "saver" && setLevel(hls, next),
    detach: () => hls.destroy(),
  };
  hls.on(Hls.Events.ERROR, (_event, error) => {
    if (error.fatal) recover(hls, Hls, error, node, video, source);
  });
  hls.loadSource(node.dataset.playlist);
  hls.attachMedia(video);
  await new Promise((resolve, reject) => {
    hls.once(Hls.Events.MANIFEST_PARSED, resolve);
    hls.once(Hls.Events.ERROR, (_event, error) => error.fatal && reject(error));
  });
  setLevel(hls, choice);
  return source;
}

/* By the short side, so that a portrait clip's 720 is 720 wide. */
function setLevel(hls, choice) {
  const level = hls.levels.findIndex(({ width, height }) => Math.min(width, height) === Number(choice));
  hls.autoLevelCapping = -1;
  hls.nextLevel = level; // -1: automatic
  return true;
}

function recover(hls, Hls, error, node, video, source) {
  if (error.type === Hls.ErrorTypes.MEDIA_ERROR && !source.recovered) {
    source.recovered = true;
    hls.recoverMediaError();
    return;
  }
  if (!node.dataset.download) return;
  const at = video.currentTime;
  const played = !video.paused;
  hls.destroy();
  Object.assign(source, attachFile(video, node.dataset.download, at));
  if (played) video.play().catch(() => {});
}
