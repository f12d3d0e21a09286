/* The transcript: a line seeks the clip, the line being said is marked and kept in view. */
for (const node of document.querySelectorAll('[data-component="transcript"]')) {
  const video = document.getElementById(node.dataset.video);
  if (video) setUp(node, video);
}

function setUp(node, video) {
  const list = node.querySelector(".transcript__lines");
  const follow = node.querySelector(".transcript__follow");
  const lines = [...list.querySelectorAll("a")].map((link) => ({
    link,
    start: Number(link.dataset.start) / 1000,
    end: Number(link.dataset.end) / 1000,
  }));
  let current = null;
  follow.hidden = false;

  list.addEventListener("click", (event) => {
    const line = lines.find(({ link }) => link.contains(event.target));
    if (!line || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const seek = new CustomEvent("player:seek", { bubbles: true, detail: line.start });
    video.dispatchEvent(seek);
  });

  video.addEventListener("timeupdate", () => {
    const now = video.currentTime;
    const said = lines.find(({ start, end }) => start <= now && now < end)?.link ?? current;
    if (said === current) return;
    current?.removeAttribute("aria-current");
    said.setAttribute("aria-current", "true");
    current = said;
    if (follow.querySelector("input").checked && !said.parentElement.hidden) {
      list.scrollTo({ top: said.offsetTop - list.clientHeight / 3 });
    }
  });
}
