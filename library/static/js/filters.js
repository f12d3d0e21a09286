/* The filters are folded away on phones and stand open beside the results on wide screens. */
const wide = matchMedia("(min-width: 62rem)");

for (const node of document.querySelectorAll('[data-component="filters"]')) {
  const fit = () => (node.open = wide.matches);
  wide.addEventListener("change", fit);
  fit();
}
