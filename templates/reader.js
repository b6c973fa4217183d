// Shows a passage at its place in its article: on hover its paragraph, on a click or Enter the whole text.
// Without it the same links lead to the articles at the end of the page.
(function () {
  const links = Array.from(document.querySelectorAll("a.opens"));
  const dialog = document.createElement("dialog");
  if (!links.length || !dialog.showModal) { return; }

  function made(name, properties, ...children) {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  }

  // A copy of the article, or of one paragraph of it, the passage marked. What the link names is its first stretch.
  function copied(link, whole) {
    const first = document.getElementById(link.hash.slice(1));
    const text = first.closest(".text"), begin = Number(first.dataset.at), end = Number(link.dataset.end);
    const copy = made("div", {});
    text.querySelectorAll(whole ? "p:not(.back)" : "p").forEach(paragraph => {
      if (whole || paragraph === first.parentNode) { copy.append(paragraph.cloneNode(true)); }
    });
    let mark = null;
    copy.querySelectorAll("[data-at]").forEach(stretch => {
      stretch.removeAttribute("id");
      const at = Number(stretch.dataset.at);
      if (at < begin || at >= end) { return; }
      if (!mark || mark.parentNode !== stretch.parentNode) {
        mark = made("mark", {});
        stretch.before(mark);
      }
      mark.append(stretch);
    });
    return { copy, title: text.querySelector("h3").textContent.trim(), mark: copy.querySelector("mark") };
  }

  const title = made("h2", { id: "reader-title" });
  const body = made("div", { className: "body", tabIndex: 0 });
  body.setAttribute("role", "group");
  body.setAttribute("aria-labelledby", "reader-title");
  const close = made("button", { type: "button", textContent: "Close" });
  dialog.className = "reader";
  dialog.setAttribute("aria-labelledby", "reader-title");
  dialog.append(made("div", { className: "head" }, title, close), body);
  document.body.append(dialog);
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", event => { if (event.target === dialog) { dialog.close(); } });

  function read(link) {
    const found = copied(link, true);
    title.textContent = found.title;
    body.replaceChildren(found.copy);
    dialog.showModal();
    found.mark.tabIndex = -1;
    found.mark.focus();
  }

  const glimpse = made("div", { className: "glimpse", id: "glimpse", popover: "manual" });
  glimpse.setAttribute("role", "tooltip");
  document.body.append(glimpse);
  let timer = 0, pointed = null;

  function hide() {
    clearTimeout(timer);
    if (pointed) { pointed.removeAttribute("aria-describedby"); }
    pointed = null;
    if (glimpse.matches(":popover-open")) { glimpse.hidePopover(); }
  }

  function show(link) {
    hide();
    pointed = link;
    const found = copied(link, false);
    glimpse.replaceChildren(found.copy);
    glimpse.showPopover();
    glimpse.scrollTop = found.mark.offsetTop - 40;
    link.setAttribute("aria-describedby", "glimpse");
    const place = link.getBoundingClientRect(), size = glimpse.getBoundingClientRect();
    const below = place.bottom + size.height + 6 <= innerHeight;
    glimpse.style.left = Math.max(8, Math.min(place.left, document.documentElement.clientWidth - size.width - 8)) + "px";
    glimpse.style.top = Math.max(8, below ? place.bottom + 2 : place.top - size.height - 2) + "px";
  }

  function later(doing, after) {
    clearTimeout(timer);
    timer = setTimeout(doing, after);
  }

  links.forEach(link => {
    link.setAttribute("aria-haspopup", "dialog");
    link.addEventListener("click", event => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) { return; }
      event.preventDefault();
      hide();
      read(link);
    });
    if (!glimpse.showPopover) { return; }
    link.addEventListener("pointerenter", event => {
      if (event.pointerType === "mouse") { later(() => show(link), 250); }
    });
    link.addEventListener("pointerleave", () => later(hide, 250));
  });
  glimpse.addEventListener("pointerenter", () => clearTimeout(timer));
  glimpse.addEventListener("pointerleave", () => later(hide, 250));
  document.addEventListener("keydown", event => { if (event.key === "Escape") { hide(); } });
}());
