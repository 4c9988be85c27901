// The editor of the translation desk: suggestions, terms and the original go into a box where its cursor stands.
//
// A button[data-put] names its box and has the text; without this module it is a plain submit that comes back with the
// text behind what was typed. In a textarea[data-box], which names its field, Ctrl+Shift+1 to 3 takes a suggestion,
// Ctrl+Enter saves, Ctrl+Shift+Enter sends form[data-settle] of that field; each of the latter leads on.
import { composing } from "./words.js";

const says = document.querySelector("[data-says]");
for (const hint of document.querySelectorAll("[data-keys]")) hint.hidden = false;

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-put]");
  if (!button) return;
  event.preventDefault();
  put(document.getElementById(button.dataset.put), textOf(button));
});

for (const box of document.querySelectorAll("textarea[data-box]")) {
  box.addEventListener("keydown", (event) => {
    if (composing(event) || !event.ctrlKey || event.altKey || event.metaKey) return;
    const rank = event.shiftKey && /^Digit([1-3])$/.exec(event.code)?.[1];
    if (rank) {
      const button = document.querySelector(`button[data-put="${CSS.escape(box.id)}"][data-rank="${rank}"]`);
      if (!button) return;
      event.preventDefault();
      put(box, textOf(button));
    } else if (event.key === "Enter") {
      const form = event.shiftKey ? document.querySelector(`form[data-settle="${CSS.escape(box.dataset.box)}"]`) : box.form;
      const row = event.shiftKey ? form : form.querySelector(".submit");
      if (!form) return;
      event.preventDefault();
      form.requestSubmit(row.querySelector("button[name=next]") || row.querySelector("button"));
    }
  });
}

// Whoever comes from another text goes on typing: in the box that the address names, or in the first segment there.
const named = location.hash && document.getElementById(location.hash.slice(1));
if (named && !document.querySelector("[autofocus]")) {
  (named.matches("[data-box]") ? named : named.querySelector("[data-box]"))?.focus();
}

function textOf(button) {
  return button.value.slice(button.value.indexOf(":") + 1);
}

// insertText keeps what the browser can undo; where it isn't known, the text is put in all the same.
function put(box, text) {
  box.focus();
  if (!document.execCommand("insertText", false, text)) {
    box.setRangeText(text, box.selectionStart, box.selectionEnd, "end");
    box.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
  if (says) says.textContent = says.dataset.says;
}
