// What every page gets: guarded forms, dialogs, a menu that closes. Loaded once by the base layout.
import { guardForms } from "./form.js";
import { dialogs } from "./dialog.js";

guardForms(document);
dialogs(document);

const menus = [...document.querySelectorAll("details.menu")];
document.addEventListener("click", (event) => {
  for (const menu of menus) if (menu.open && !menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus) {
    if (!menu.open) continue;
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
