// The keys of the console: each element names its own in aria-keyshortcuts. Without this the forms do the same.
const named = "servanda.keys";
const choice = document.querySelector("[data-keys]");

const typing = (element) => element.matches("input:not([type=radio], [type=checkbox]), select, textarea");

if (choice) {
  choice.hidden = false;
  choice.checked = localStorage.getItem(named) !== "off";
  choice.addEventListener("change", () => localStorage.setItem(named, choice.checked ? "on" : "off"));
}

document.addEventListener("keydown", (pressed) => {
  if (!choice?.checked || pressed.ctrlKey || pressed.metaKey || pressed.altKey || typing(pressed.target)) return;
  const wanted = [...document.querySelectorAll("[aria-keyshortcuts]")].find(
    (each) => each.getAttribute("aria-keyshortcuts") === pressed.key,
  );
  if (!wanted || pressed.repeat) return;
  pressed.preventDefault();
  if (wanted.matches("input")) wanted.focus();
  else wanted.click();
});

if (document.querySelector("[data-prints]")) print();
