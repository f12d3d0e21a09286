/* The filters stand open beside the results on wide screens; on narrow ones they are a sheet over them. */
const wide = matchMedia("(min-width: 62rem)");

for (const node of document.querySelectorAll('[data-component="filters"]')) {
  const summary = node.querySelector("summary");
  const groups = [...node.querySelectorAll(":scope > details")];
  const fit = () => {
    node.open = wide.matches;
    // In a sheet all groups are in sight at once; what is chosen is.
    if (!wide.matches) for (const group of groups) group.open = "chosen" in group.dataset;
  };
  const close = () => {
    if (!wide.matches) node.open = false;
  };
  wide.addEventListener("change", fit);
  fit();

  node.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !node.open) return;
    close();
    summary.focus();
  });
  // Nothing behind the sheet gets the focus or a tap while it is open.
  node.addEventListener("focusout", ({ relatedTarget }) => relatedTarget && !node.contains(relatedTarget) && close());
  for (const type of ["mousedown", "click"]) {
    document.addEventListener(type, (event) => {
      if (wide.matches || !node.open || node.contains(event.target)) return;
      event.preventDefault();
      if (type === "click") close();
    }, { capture: true });
  }
}
