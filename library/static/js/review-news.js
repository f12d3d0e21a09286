// While a clip waits to be whole: says what came of it; the typed answers stay untouched.
import "./clip-stage.js";

const said = document.querySelector('[data-component="review-news"]');
document.addEventListener("stage-changed", (event) => {
  if (said) said.textContent = event.detail.news;
});
