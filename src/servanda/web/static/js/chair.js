// The keys of the console: each element names its own in aria-keyshortcuts. Without this the forms do the same.
"use strict";
(() => {
  const REST = 700; // milliseconds for which no key acts after somebody else did: what is pressed was meant before
  const OWN_REST = 350; // and after an act of one's own: a key pressed twice means one act
  const READ = 8000; // for which a refusal stays, whatever others do; with one's own next act it goes at once
  const choice = document.querySelector("[data-keys]");
  let chosen = "";
  let rests = 0; // until when
  let shown = 0; // since when the page stands as one's own last act left it

  const typing = (element) => element.matches("input:not([type=radio], [type=checkbox]), select, textarea");

  function press(pressed) {
    if (!choice.checked || pressed.repeat || pressed.ctrlKey || pressed.metaKey || pressed.altKey) return;
    if (typing(pressed.target) && pressed.key === "Escape") pressed.target.blur();
    if (typing(pressed.target) || performance.now() < rests) return;
    const wanted = [...document.querySelectorAll("[aria-keyshortcuts]")].find(
      (each) => each.getAttribute("aria-keyshortcuts") === pressed.key && each.checkVisibility(),
    );
    if (!wanted) return;
    pressed.preventDefault();
    if (wanted.matches("input")) wanted.focus();
    else wanted.click();
  }

  function rest(milliseconds) {
    rests = performance.now() + milliseconds;
    const same = chosen && document.getElementById(chosen);
    if (same) same.checked = true;
  }

  // A refusal was read: its button says so, which without this loads the console again.
  function seen(event) {
    const button = event.target.closest("[data-seen]");
    if (!button) return;
    event.preventDefault();
    button.closest("[role=alert]").hidden = true;
  }

  function changed() {
    const refused = document.querySelector("#console .faults");
    if (refused && performance.now() - shown > READ) refused.hidden = true;
    rest(REST);
  }

  function acted() {
    shown = performance.now();
    rest(OWN_REST);
  }

  if (choice) {
    choice.closest("[hidden]").hidden = false;
    choice.checked = localStorage.getItem("servanda.keys") !== "off";
    choice.addEventListener("change", () => localStorage.setItem("servanda.keys", choice.checked ? "on" : "off"));
    document.addEventListener("keydown", press);
    document.addEventListener("change", (event) => { if (event.target.matches("[type=radio]")) chosen = event.target.id; });
    document.addEventListener("floor:changed", changed);
    document.addEventListener("console:acted", acted);
    document.addEventListener("click", seen);
  }

  if (document.querySelector("[data-prints]")) print();
})();
