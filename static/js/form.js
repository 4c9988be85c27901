// Forms: the focus goes to what is wrong, typed text isn't lost by mistake, a second click sends nothing twice.

export function guardForms(root) {
  root.querySelector("[data-focus]")?.focus();

  root.addEventListener("click", (event) => {
    const link = event.target.closest(".error-summary a[href^='#']");
    if (!link) return;
    const field = document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    const control = field.matches("input, select, textarea") ? field : field.querySelector("input, select, textarea") || field;
    control.focus();
    (control.closest(".field") || control).scrollIntoView({ block: "center" });
  });

  const forms = [...root.querySelectorAll("form[data-guard]")];
  if (!forms.length) return;
  const dirty = new Set(forms.filter((form) => form.hasAttribute("data-dirty")));
  const sent = new Set();
  let leaving = false;

  for (const form of forms) {
    form.addEventListener("input", () => dirty.add(form));
    form.addEventListener("submit", (event) => {
      if (sent.has(form)) {
        event.preventDefault();
        return;
      }
      sent.add(form);
      leaving = true;
    });
  }
  // Back from the next page, the form may be sent again.
  window.addEventListener("pageshow", () => {
    sent.clear();
    leaving = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (dirty.size && !leaving) event.preventDefault();
  });

  const languages = document.querySelector("[data-switcher]");
  languages?.addEventListener("click", (event) => {
    if (!dirty.size || !event.target.closest("a")) return;
    if (window.confirm(languages.dataset.leave)) leaving = true;
    else event.preventDefault();
  });
}
