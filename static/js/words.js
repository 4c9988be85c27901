// Sentences come from the page, in its language; this only fills their places.

export const fill = (sentence, values) =>
  (sentence || "").replace(/\{(\w+)\}/g, (place, name) => (name in values ? String(values[name]) : place));

// The same folding as on the server: full width, capitals and accents make no difference.
export const folded = (text) =>
  text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/\s+/g, " ").trim();

// A key pressed inside an input method belongs to it; 229 is the only sign of that in Safari.
export const composing = (event) => event.isComposing || event.keyCode === 229;
