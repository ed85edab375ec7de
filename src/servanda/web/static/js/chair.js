// The keys of the console: each element names its own in aria-keyshortcuts. Without this the forms do the same.
"use strict";
(() => {
  const REST = 700; // milliseconds for which no key acts after somebody else did: what is pressed was meant before
  const OWN_REST = 350; // and after an act of one's own: a key pressed twice means one act
  const choice = document.querySelector("[data-keys]");
  let chosen = "";
  let rests = 0; // until when

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

  if (choice) {
    choice.closest("[hidden]").hidden = false;
    choice.checked = localStorage.getItem("servanda.keys") !== "off";
    choice.addEventListener("change", () => localStorage.setItem("servanda.keys", choice.checked ? "on" : "off"));
    document.addEventListener("keydown", press);
    document.addEventListener("change", (event) => { if (event.target.matches("[type=radio]")) chosen = event.target.id; });
    document.addEventListener("floor:changed", () => rest(REST));
    document.addEventListener("console:acted", () => rest(OWN_REST));
  }

  if (document.querySelector("[data-prints]")) print();
})();
