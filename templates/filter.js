"use strict";
// Filters findings by kind, outlet and confidence. Without it everything is shown.
(function () {
  const form = document.getElementById("filter");
  const findings = Array.from(document.querySelectorAll(".finding[data-kind]"));
  if (!form || !findings.length) { return; }
  const stories = Array.from(document.querySelectorAll("section.story"));
  const ranks = { low: 0, fair: 1, high: 2 };
  const field = name => form.elements[name];
  const shown = part => Boolean(part.querySelector(".finding[data-kind]:not([hidden])"));

  function fits(finding) {
    const kind = field("kind").value, outlet = field("outlet").value, sureness = field("sureness").value;
    return (!kind || finding.dataset.kind === kind)
      && (!outlet || finding.dataset.outlets.split(" ").includes(outlet))
      && (!sureness || ranks[finding.dataset.sureness] >= ranks[sureness]);
  }

  // With a filter set, a story is its headline and the findings that fit: what else it holds would hide them.
  function apply() {
    const filtered = ["kind", "outlet", "sureness"].some(name => field(name).value);
    findings.forEach(finding => { finding.hidden = !fits(finding); });
    stories.forEach(story => {
      story.hidden = filtered && !shown(story);
      Array.from(story.children).forEach(part => {
        part.hidden = filtered && !part.matches("h2, .kicker") && !shown(part);
      });
    });
    const count = findings.filter(finding => !finding.hidden).length;
    form.querySelector("[type=reset]").hidden = !filtered;
    form.querySelector("output").textContent =
      count + " of " + findings.length + (findings.length === 1 ? " finding" : " findings") + " shown";
  }

  // A link leads to its place, whatever the filter hides.
  function reveal(hash) {
    const target = document.getElementById(decodeURIComponent(hash.slice(1)));
    if (!target || !target.closest("[hidden]")) { return; }
    clear();
    target.scrollIntoView();
  }

  function clear() {
    ["kind", "outlet", "sureness"].forEach(name => { field(name).value = ""; });
    apply();
  }

  form.hidden = false;
  form.addEventListener("change", apply);
  form.addEventListener("submit", event => event.preventDefault());
  form.addEventListener("reset", event => {
    event.preventDefault();
    clear();
    field("kind").focus();
  });
  document.addEventListener("click", event => {
    const link = event.target.closest("a[href^='#']");
    if (link) { reveal(link.hash); }
  });
  window.addEventListener("hashchange", () => reveal(location.hash));
  apply();
}());
