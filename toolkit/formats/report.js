"use strict";
(() => {
  // The two ends of a pair are called alike but for the last letter: s for source, t for target.
  const partner = (el) =>
    document.getElementById(el.id.slice(0, -1) + (el.id.endsWith("s") ? "t" : "s"));
  let lit = [];
  const light = (event) => {
    const el = event.target.closest?.(".k, mark");
    if (el === lit[0]) return;
    for (const one of lit) one.classList.remove("lit");
    lit = el ? [el, partner(el)].filter(Boolean) : [];
    for (const one of lit) one.classList.add("lit");
  };
  for (const name of ["pointerover", "focusin"]) document.addEventListener(name, light);

  // A link may lead into a language that is switched off: then all are shown again.
  const seen = (el) => el.getClientRects().length > 0;
  const reveal = () => {
    const el = document.getElementById(location.hash.slice(1));
    const all = document.getElementById("show-0");
    if (el && !seen(el)) {
      if (all) all.checked = true;
      const article = el.closest("article");
      if (article) article.hidden = false;
      el.scrollIntoView();
    }
  };
  addEventListener("hashchange", reveal);

  // What the page is narrowed to: articles and findings without it are hidden.
  const filter = document.querySelector(".filter");
  if (filter) {
    const [severity, kind, from, title] = ["severity", "kind", "from", "title"].map((name) => document.getElementById(`by-${name}`));
    for (const label of filter.querySelectorAll("label[hidden]")) label.hidden = false;
    const shown = document.createElement("output");
    filter.append(shown);
    const fits = (el, lang) =>
      el.dataset.has.split(" ").some((one) => {
        const [is, of, into] = one.split(":");
        return (!severity?.value || severity.value === is) && (!kind?.value || kind.value === of)
          && (!lang || lang === into || into === "0");
      });
    const narrow = () => {
      // The switch above chooses the language, of the findings too.
      const lang = Number(document.querySelector("[name=show]:checked")?.id.slice(5)) || "";
      const asked = severity?.value || kind?.value;
      const words = title.value.trim().toLocaleLowerCase();
      const rows = [...document.querySelectorAll(".articles tbody tr")];
      for (const row of rows) {
        const text = row.cells[0].textContent.toLocaleLowerCase();
        const other = from?.value && from.value !== row.dataset.from;
        row.hidden = Boolean(other || !text.includes(words) || (asked && !fits(row, String(lang))));
        const to = row.querySelector("a").getAttribute("href");
        const article = to.startsWith("#") && document.getElementById(to.slice(1));
        if (article) article.hidden = row.hidden;
      }
      for (const one of document.querySelectorAll(".findings li[data-has]")) one.hidden = Boolean(asked && !fits(one));
      const left = rows.filter((row) => !row.hidden).length;
      shown.textContent = asked || words || from?.value ? `${left} of ${rows.length} on this page` : "";
    };
    for (const name of ["input", "change"]) filter.addEventListener(name, narrow);
    for (const one of document.querySelectorAll("[name=show]")) one.addEventListener("change", narrow);
  }

  const step = (forward) => {
    const open = (stop) => seen(stop) && !document.getElementById(stop.hash.slice(1))?.hidden;
    const stops = [...document.querySelectorAll("a.stop")].filter(open);
    if (!stops.length) return;
    const here = document.activeElement;
    const side = forward ? Node.DOCUMENT_POSITION_FOLLOWING : Node.DOCUMENT_POSITION_PRECEDING;
    const ahead = (stop) => stop !== here && here.compareDocumentPosition(stop) & side;
    const next = forward
      ? stops.find((stop) => here === document.body || ahead(stop)) ?? stops[0]
      : (here === document.body ? undefined : stops.findLast(ahead)) ?? stops.at(-1);
    next.focus({ preventScroll: true });
    const centre = () => next.scrollIntoView({ block: "center" });
    centre();
    // Articles out of sight have guessed heights; once drawn, two frames on, they have their own.
    requestAnimationFrame(() => requestAnimationFrame(centre));
  };
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
    if (event.target.closest?.("input[type=search], select")) return;
    if (event.key === "n") step(true);
    if (event.key === "p") step(false);
  });
  const steps = document.querySelector(".steps");
  if (steps) {
    steps.hidden = false;
    const [back, on] = steps.querySelectorAll("button");
    // The buttons would become "here": where the reader was is the last place in the text.
    let place = null;
    document.addEventListener("focusin", (event) => {
      if (!steps.contains(event.target)) place = event.target;
    });
    const from = (forward) => () => {
      place?.focus({ preventScroll: true });
      if (!place) document.activeElement.blur();
      step(forward);
    };
    back.addEventListener("click", from(false));
    on.addEventListener("click", from(true));
  }
})();
