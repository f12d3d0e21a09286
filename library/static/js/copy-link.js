/* Copies a link; where the browser cannot, the button stays away. */
for (const button of document.querySelectorAll('[data-component="copy-link"]')) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.url);
    button.querySelector("span").textContent = button.dataset.done;
  });
}
