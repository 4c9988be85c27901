// Walking a day grid with the arrow keys: one stop for Tab, the arrows go to the nearest session.
// Only where the grid is drawn as a grid; the list on phones keeps the usual order of Tab.
import { composing } from "./words.js";

export function roam(grid) {
  const wide = window.matchMedia("(min-width: 64rem)");
  const links = () => [...grid.querySelectorAll(".slot:not([hidden]) h3 a")];
  const inside = (link) => [...link.closest(".slot").querySelectorAll("a, button")];
  let current = null;

  const settle = (link) => {
    current = link;
    for (const each of grid.querySelectorAll(".slot a, .slot button")) {
      if (wide.matches) each.tabIndex = -1;
      else each.removeAttribute("tabindex");
    }
    if (wide.matches && link) for (const each of inside(link)) each.tabIndex = 0;
  };
  const reset = () => {
    const all = links();
    settle(all.includes(current) ? current : all[0]);
  };
  reset();
  wide.addEventListener("change", reset);
  new MutationObserver(reset).observe(grid, { subtree: true, attributeFilter: ["hidden"] });

  grid.addEventListener("focusin", (event) => {
    const link = event.target.closest(".slot")?.querySelector("h3 a");
    if (wide.matches && link && link !== current) settle(link);
  });
  grid.addEventListener("keydown", (event) => {
    if (!wide.matches || composing(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    const slot = event.target.closest(".slot");
    if (!slot) return;
    const all = links();
    let goal = null;
    if (event.key === "Home") goal = all[0];
    else if (event.key === "End") goal = all.at(-1);
    else if (event.key.startsWith("Arrow")) goal = nearest(slot, all, event.key);
    else return;
    event.preventDefault();
    if (!goal) return;
    settle(goal);
    goal.focus();
    goal.closest(".slot").scrollIntoView({ block: "nearest", inline: "nearest" });
  });
}

// The nearest session in that direction: distance along the arrow, and three times the distance beside it.
function nearest(slot, links, key) {
  const from = slot.getBoundingClientRect();
  const vertical = key === "ArrowUp" || key === "ArrowDown";
  const forward = key === "ArrowDown" || key === "ArrowRight";
  let best = null;
  let least = Infinity;
  for (const link of links) {
    const other = link.closest(".slot");
    if (other === slot) continue;
    const to = other.getBoundingClientRect();
    const along = vertical
      ? forward ? to.top - from.bottom : from.top - to.bottom
      : forward ? to.left - from.right : from.left - to.right;
    if (along < -4) continue;
    const aside = vertical
      ? Math.max(0, to.left - from.right, from.left - to.right)
      : Math.max(0, to.top - from.bottom, from.top - to.bottom) + Math.abs(to.top - from.top) / 100;
    const cost = along + 3 * aside;
    if (cost < least) {
      least = cost;
      best = link;
    }
  }
  return best;
}
