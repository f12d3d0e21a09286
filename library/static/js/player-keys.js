/* Single keys, only while the focus is in the player (WCAG 2.1.4), never while choosing or typing. */
const KEYS = {
  k: ({ video }) => (video.paused ? video.play() : video.pause()),
  j: ({ jump }) => jump(-10),
  l: ({ jump }) => jump(10),
  ArrowLeft: ({ jump }) => jump(-10),
  ArrowRight: ({ jump }) => jump(10),
  m: ({ video }) => (video.muted = !video.muted),
  f: ({ video }) => (document.fullscreenElement ? document.exitFullscreen() : video.requestFullscreen?.()),
  c: ({ video }) => {
    const [track] = video.textTracks;
    if (track) track.mode = track.mode === "showing" ? "disabled" : "showing";
  },
};

export function bindKeys(node, video, jump) {
  node.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target.matches("select, input")) return;
    const { key } = event;
    if (key >= "0" && key <= "9" && video.duration) {
      video.currentTime = (video.duration * Number(key)) / 10;
    } else if (KEYS[key]) {
      KEYS[key]({ video, jump });
    } else {
      return;
    }
    event.preventDefault();
  }, { capture: true });
}
