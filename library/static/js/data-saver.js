/* The switch for little mobile data: remembered in a cookie, so that the server can leave out fonts. */
const YEAR_S = 31536000;

for (const button of document.querySelectorAll('[data-component="data-saver"]')) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const saves = button.getAttribute("aria-pressed") !== "true";
    document.cookie = `data_saver=${saves ? 1 : 0}; path=/; max-age=${YEAR_S}; samesite=lax`;
    document.documentElement.classList.toggle("data-saver", saves);
    for (const other of document.querySelectorAll('[data-component="data-saver"]')) {
      other.setAttribute("aria-pressed", String(saves));
    }
    document.dispatchEvent(new CustomEvent("data-saver", { detail: { saves } }));
  });
}
