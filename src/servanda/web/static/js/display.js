// The display of a room: shows its languages by turns.
"use strict";
(() => {
  const EACH = 10000; // milliseconds that one language stands
  const faces = () => [...document.querySelectorAll("[data-face]")];
  let turn = 0;

  const show = () => faces().forEach((face, place, all) => { face.hidden = place !== turn % all.length; });

  document.addEventListener("floor:changed", show);
  if (faces().length > 1) setInterval(() => { turn += 1; show(); }, EACH);
})();
