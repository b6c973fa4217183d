"use strict";
(function () {
  var form = document.getElementById("filter");
  var findings = Array.prototype.slice.call(document.querySelectorAll(".finding"));
  if (!form || !findings.length) { return; }
  var parts = Array.prototype.slice.call(document.querySelectorAll(".part")).filter(function (part) {
    return part.querySelector(".finding");
  });
  var ranks = { low: 0, fair: 1, high: 2 };
  function value(name) { return form.elements[name].value; }
  function fits(finding) {
    var kind = value("kind"), outlet = value("outlet"), sureness = value("sureness");
    return (!kind || finding.dataset.kind === kind)
      && (!outlet || finding.dataset.outlets.split(" | ").indexOf(outlet) >= 0)
      && (!sureness || ranks[finding.dataset.sureness] >= ranks[sureness]);
  }
  function apply() {
    var shown = 0;
    findings.forEach(function (finding) {
      finding.hidden = !fits(finding);
      if (!finding.hidden) { shown += 1; }
    });
    parts.forEach(function (part) {
      part.hidden = !part.querySelector(".finding:not([hidden])");
    });
    form.querySelector("output").textContent = shown + " of " + findings.length + " findings";
  }
  form.hidden = false;
  form.addEventListener("change", apply);
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  apply();
}());
