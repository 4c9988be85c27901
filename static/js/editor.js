// The organiser's day board: every session can be moved with the keyboard, and dragged besides.
//
// A piece is an article[data-piece] with data-room, data-start (venue wall time), data-minutes, data-title, a button[data-grip]
// and a form[data-move] (csrf_token, version, room, local_start, minutes). The form is posted with Accept: application/json.
// 200 answers {version, conflicts: [{severity, label, sentence}]}; 409 and 422 answer {sentence, url}.
import { composing, fill } from "./words.js";

const board = document.querySelector("[data-board]");
if (board) edit(board);

function edit(grid) {
  const say = grid.dataset;
  const region = document.querySelector("[data-board-says]");
  const found = document.querySelector("[data-board-conflicts]");
  const stepField = document.querySelector("[data-board-step]");
  const rooms = [...grid.querySelectorAll("[data-head]")].map((head) => ({ guid: head.dataset.head, name: head.dataset.name }));
  const first = wall(say.dayStart);
  const lastRow = 312;
  let held = null;

  const speak = (...sentences) => { region.textContent = sentences.filter(Boolean).join(" "); };
  const pieces = () => [...grid.querySelectorAll("[data-piece]")];
  const step = () => Number(stepField?.value || say.step || 15);

  for (const piece of pieces()) {
    const grip = piece.querySelector("[data-grip]");
    grip.hidden = false;
    grip.addEventListener("click", () => (held?.piece === piece ? drop() : pick(piece)));
    grip.addEventListener("keydown", (event) => keys(event, piece));
    grip.addEventListener("blur", () => { if (held?.piece === piece && !held.dragged) back(); });
    piece.addEventListener("pointerdown", (event) => drag(event, piece));
  }
  watch();

  function read(piece) {
    return { room: piece.dataset.room, start: wall(piece.dataset.start), minutes: Number(piece.dataset.minutes) };
  }

  function put(piece, place) {
    const row = Math.floor((place.start - first) / 5);
    const span = Math.ceil((place.start + place.minutes - first) / 5) - row;
    const column = rooms.findIndex((room) => room.guid === place.room) + 1;
    for (const name of [...piece.classList]) if (/^(row|span|col)-\d+$/.test(name)) piece.classList.remove(name);
    piece.classList.add(`row-${row}`, `span-${Math.max(1, span)}`, `col-${column}`);
    piece.dataset.room = place.room;
    piece.dataset.start = written(place.start);
    piece.dataset.minutes = place.minutes;
    const label = piece.querySelector("[data-piece-start]");
    if (label) label.textContent = clock(place.start);
    const length = piece.querySelector("[data-piece-minutes]");
    if (length) length.textContent = fill(say.sayMinutes, { minutes: place.minutes });
  }

  function pick(piece) {
    if (held) back();
    held = { piece, from: read(piece), clash: piece.classList.contains("clash"), dragged: false };
    piece.classList.add("held");
    piece.querySelector("[data-grip]").setAttribute("aria-pressed", "true");
    speak(fill(say.sayHeld, { title: piece.dataset.title }));
  }

  function release() {
    const { piece } = held;
    piece.classList.remove("held");
    piece.querySelector("[data-grip]").setAttribute("aria-pressed", "false");
    held = null;
  }

  function back() {
    const { piece, from, clash } = held;
    put(piece, from);
    piece.classList.toggle("clash", clash);
    release();
    speak(fill(say.sayBack, { title: piece.dataset.title }));
  }

  function tell(piece) {
    const place = read(piece);
    const end = place.start + place.minutes;
    const other = pieces().find((each) => {
      if (each === piece || each.dataset.room !== place.room) return false;
      const its = read(each);
      return its.start < end && place.start < its.start + its.minutes;
    });
    piece.classList.toggle("clash", Boolean(other));
    speak(
      fill(say.sayAt, {
        title: piece.dataset.title, room: rooms.find((room) => room.guid === place.room)?.name || "",
        start: clock(place.start), end: clock(end),
      }),
      other && fill(say.sayOverlap, { title: other.dataset.title }),
    );
  }

  function keys(event, piece) {
    if (composing(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (held?.piece !== piece) return;                  // Enter and Space pick up through the button's own click
    const place = read(piece);
    const column = rooms.findIndex((room) => room.guid === place.room);
    switch (event.key) {
      case "ArrowUp": place.start -= step(); break;
      case "ArrowDown": place.start += step(); break;
      case "ArrowLeft": place.room = rooms[column - 1]?.guid; break;
      case "ArrowRight": place.room = rooms[column + 1]?.guid; break;
      case "+": case "=": place.minutes += step(); break;
      case "-": case "_": place.minutes -= step(); break;
      case "Escape": event.preventDefault(); back(); return;
      default: return;
    }
    event.preventDefault();
    if (!fits(place)) {
      speak(say.sayEdge);
      return;
    }
    put(piece, place);
    tell(piece);
    piece.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  function fits(place) {
    return place.room && place.minutes > 0 && place.start >= first && place.start + place.minutes <= first + lastRow * 5;
  }

  async function drop() {
    const { piece, from, clash } = held;
    const place = read(piece);
    release();
    if (place.room === from.room && place.start === from.start && place.minutes === from.minutes) {
      speak(fill(say.sayBack, { title: piece.dataset.title }));
      return;
    }
    const form = piece.querySelector("form[data-move]");
    form.elements.room.value = place.room;
    form.elements.local_start.value = written(place.start);
    form.elements.minutes.value = place.minutes;
    piece.classList.add("waiting");
    speak(say.saySaving);
    try {
      const answer = await fetch(form.action, {
        method: "POST", body: new FormData(form), credentials: "same-origin",
        headers: { Accept: "application/json", "X-Requested-With": "fetch" },
      });
      const told = await answer.json();
      if (!answer.ok) {
        put(piece, from);
        piece.classList.toggle("clash", clash);
        refused(told, piece);
        return;
      }
      form.elements.version.value = told.version;
      if (told.revision !== undefined) grid.dataset.revision = told.revision;
      list(told.conflicts || []);
      piece.classList.toggle("clash", (told.conflicts || []).some((each) => each.severity !== "note"));
      const sentences = (told.conflicts || []).map((each) => `${each.label} ${each.sentence}`);
      speak(fill(say.saySaved, { title: piece.dataset.title }), ...(sentences.length ? sentences : [say.sayClean]));
    } catch {
      put(piece, from);
      piece.classList.toggle("clash", clash);
      speak(fill(say.sayFailed, { title: piece.dataset.title }));
    } finally {
      piece.classList.remove("waiting");
    }
  }

  function refused(told, piece) {
    speak(told.sentence || fill(say.sayFailed, { title: piece.dataset.title }));
    list([{ severity: "error", label: "", sentence: told.sentence || "", url: told.url }]);
  }

  function list(conflicts) {
    const tones = { block: "stop", error: "stop", warning: "wait" };
    const items = document.createElement("ul");
    items.className = "conflicts";
    for (const conflict of conflicts) {
      const item = document.createElement("li");
      if (conflict.label) {
        const chip = document.createElement("span");
        chip.className = `state ${tones[conflict.severity] || ""}`;
        chip.textContent = conflict.label;
        item.append(chip);
      } else item.className = "bare";
      const text = document.createElement(conflict.url ? "a" : "p");
      if (conflict.url) text.href = conflict.url;
      text.textContent = conflict.sentence;
      item.append(text);
      items.append(item);
    }
    found?.replaceChildren(...(conflicts.length ? [items] : []));
  }

  // Dragging is an extra for mice and pens; fingers scroll, and use the form.
  function drag(event, piece) {
    if (event.button !== 0 || event.pointerType === "touch" || event.target.closest("a, button:not(.grip), input, select, summary")) return;
    if (!window.matchMedia("(min-width: 64rem)").matches) return;
    const box = piece.getBoundingClientRect();
    const grabbed = event.clientY - box.top;
    let began = false;
    const move = (moved) => {
      if (!began) {
        if (Math.hypot(moved.clientX - event.clientX, moved.clientY - event.clientY) < 6) return;
        began = true;
        pick(piece);
        held.dragged = true;
        piece.setPointerCapture(event.pointerId);
      }
      if (held?.piece !== piece) return;
      const place = read(piece);
      const at = under(moved.clientX, moved.clientY - grabbed);
      place.room = rooms[at.column]?.guid;
      place.start = first + Math.round((at.row * 5) / step()) * step();
      if (!fits(place)) return;
      put(piece, place);
    };
    const end = (ended) => {
      piece.removeEventListener("pointermove", move);
      piece.removeEventListener("pointerup", end);
      piece.removeEventListener("pointercancel", end);
      document.removeEventListener("keydown", escape);
      if (!began) return;
      // The click that ends a drag on the grip must not pick the piece up again.
      const quiet = (click) => { click.stopPropagation(); click.preventDefault(); };
      window.addEventListener("click", quiet, { capture: true, once: true });
      setTimeout(() => window.removeEventListener("click", quiet, { capture: true }));
      if (held?.piece !== piece) return;
      if (ended.type === "pointerup") {
        tell(piece);
        drop();
      } else back();
    };
    const escape = (pressed) => { if (pressed.key === "Escape" && held?.piece === piece) back(); };
    piece.addEventListener("pointermove", move);
    piece.addEventListener("pointerup", end);
    piece.addEventListener("pointercancel", end);
    document.addEventListener("keydown", escape);
    if (!event.target.closest(".grip")) event.preventDefault();
  }

  // Which room and which five-minute row lie under a point: rows and columns as the browser has laid them out.
  function under(x, y) {
    const box = grid.getBoundingClientRect();
    const style = getComputedStyle(grid);
    const lines = (tracks, gap) => tracks.split(" ").map(Number.parseFloat).reduce((edges, size) => [...edges, edges.at(-1) + size + gap], [0]);
    const columns = lines(style.gridTemplateColumns, Number.parseFloat(style.columnGap) || 0);
    const rows = lines(style.gridTemplateRows, 0);
    const place = (edges, at) => Math.max(0, edges.findLastIndex((edge) => edge <= at));
    return { column: place(columns, x - box.left) - 1, row: Math.max(0, place(rows, y - box.top) - 1) };
  }

  // Every ten seconds: has somebody else changed the draft? Backs off when the server doesn't answer.
  function watch() {
    if (!say.changes) return;
    let wait = 10e3;
    const ask = async () => {
      try {
        const url = new URL(say.changes, location.href);
        url.searchParams.set("since", grid.dataset.revision);
        const answer = await fetch(url, { headers: { Accept: "application/json" }, credentials: "same-origin" });
        if (!answer.ok) throw new Error(String(answer.status));
        const told = await answer.json();
        wait = 10e3;
        if (String(told.revision) !== grid.dataset.revision && !grid.querySelector(".waiting")) {
          list([{ severity: "warning", label: "", sentence: say.sayChanged, url: location.href }]);
          if (!held) speak(say.sayChanged);
          return;
        }
      } catch {
        wait = Math.min(wait * 2, 160e3);
      }
      setTimeout(ask, wait);
    };
    setTimeout(ask, wait);
  }
}

// Wall time as minutes, so that no zone of the reader's machine can touch it.
function wall(text) {
  const [year, month, day, hour, minute] = text.match(/\d+/g).map(Number);
  return Date.UTC(year, month - 1, day, hour, minute) / 60e3;
}

const written = (minutes) => new Date(minutes * 60e3).toISOString().slice(0, 16);
const clock = (minutes) => new Date(minutes * 60e3).toISOString().slice(11, 16);
