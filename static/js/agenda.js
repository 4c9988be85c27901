// The public agenda: what is on now, the reader's own time, filters that answer while typing, stars.
// Without it the page is whole: filters and stars are plain forms, times are the venue's.
import { composing, fill, folded } from "./words.js";
import { roam } from "./grid.js";

const slots = [...document.querySelectorAll("[data-slot]")];
const language = document.documentElement.lang;

ownTime();
onNow();
filters();
stars();
for (const grid of document.querySelectorAll("[data-grid]:not([data-board])")) roam(grid);

// Venue time stays; the reader's own is added below it, computed at the session's instant, not at today's.
function ownTime() {
  const line = document.querySelector("[data-zone]");
  const first = document.querySelector("time[data-moment]");
  if (!line || !first) return;
  const clock = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const day = new Intl.DateTimeFormat(language, { month: "short", day: "numeric" });
  const venueDay = new Intl.DateTimeFormat("en-CA", { timeZone: line.dataset.zone });
  const ownDay = new Intl.DateTimeFormat("en-CA");

  // The offset of the venue is written in the attribute: +08:00 against the reader's own at that instant.
  const instant = new Date(first.dateTime);
  const [, sign, hours, minutes] = first.dateTime.match(/([+-])(\d\d):(\d\d)$/) || [null, "+", "00", "00"];
  const venue = (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  const difference = -instant.getTimezoneOffset() - venue;
  if (!difference) return;
  const apart = Math.abs(difference);
  const span = fill(apart % 60 ? line.dataset.hoursMinutes : line.dataset.hours, { hours: Math.floor(apart / 60), minutes: apart % 60 });
  line.querySelector("[data-difference]").textContent = fill(difference > 0 ? line.dataset.ahead : line.dataset.behind, { span });

  const toggle = line.querySelector("[data-zone-toggle]");
  toggle.hidden = false;
  const show = (mine) => {
    toggle.textContent = mine ? line.dataset.venue : line.dataset.mine;
    toggle.setAttribute("aria-pressed", String(mine));
    for (const old of document.querySelectorAll(".mine")) old.remove();
    if (!mine) return;
    for (const time of document.querySelectorAll("time[data-moment]")) {
      if (time.classList.contains("until")) continue;
      const at = new Date(time.dateTime);
      const until = time.dataset.end || time.closest("[data-slot]")?.dataset.end;
      let text = clock.format(at);
      if (until) text += `–${clock.format(new Date(until))}`;
      if (ownDay.format(at) !== venueDay.format(at)) text = `${day.format(at)} ${text}`;
      const own = document.createElement("span");
      own.className = "mine";
      own.textContent = fill(line.dataset.own, { time: text });
      (time.closest(".slot-when") || time.parentElement).append(own);
    }
  };
  let mine = remembered();
  toggle.addEventListener("click", () => {
    mine = !mine;
    try { localStorage.setItem("agenda-my-time", mine ? "1" : ""); } catch { /* private windows keep nothing */ }
    show(mine);
  });
  show(mine);
}

function remembered() {
  try { return localStorage.getItem("agenda-my-time") === "1"; } catch { return false; }
}

function onNow() {
  const marks = Object.fromEntries([...document.querySelectorAll("template[data-mark]")].map((it) => [it.dataset.mark, it]));
  if (!marks.now || !slots.length) return;
  const mark = () => {
    const now = Date.now();
    const coming = slots.map((slot) => Date.parse(slot.dataset.start)).filter((start) => start > now);
    const next = Math.min(...coming);
    for (const slot of slots) {
      const start = Date.parse(slot.dataset.start);
      const isNow = start <= now && now < Date.parse(slot.dataset.end) && !slot.classList.contains("off");
      // "Next" within three hours only: on the eve it would mark a whole morning.
      const kind = isNow ? "now" : start === next && next - now < 3 * 3600e3 ? "next" : "";
      slot.classList.toggle("is-now", isNow);
      if ((slot.dataset.marked || "") === kind) continue;
      slot.querySelector("[data-marked-as]")?.remove();
      slot.dataset.marked = kind;
      if (!kind) continue;
      const badge = marks[kind].content.firstElementChild.cloneNode(true);
      badge.dataset.markedAs = kind;
      (slot.querySelector(".slot-meta") || slot.querySelector(".slot-body")).append(badge);
    }
  };
  mark();
  setInterval(mark, 30e3);
}

function filters() {
  const form = document.querySelector("form[data-live]");
  if (!form || !slots.length) return;
  const texts = new Map(slots.map((slot) => [slot, folded(`${slot.textContent} ${slot.dataset.search || ""}`)]));
  const says = document.querySelector("[data-hits]");
  const none = document.querySelector("[data-no-hits]");
  form.classList.add("live");
  const value = (name) => form.elements[name]?.value || "";

  const apply = () => {
    const words = folded(value("q")).split(" ").filter(Boolean);
    const person = form.elements.person?.selectedOptions[0];
    const theirs = person?.value ? person.dataset.slots.split(" ") : null;
    let shown = 0;
    for (const slot of slots) {
      const text = texts.get(slot);
      const fits =
        (!value("track") || slot.dataset.track === value("track")) &&
        (!value("room") || slot.dataset.room === value("room")) &&
        (!theirs || theirs.includes(slot.id.slice(2))) &&
        (!value("language") || slot.dataset.languages.split(" ").includes(value("language"))) &&
        words.every((word) => text.includes(word));
      slot.hidden = !fits;
      shown += fits;
    }
    if (says) says.textContent = fill(says.dataset.hits, { shown, all: slots.length });
    if (none) none.hidden = shown > 0;
    document.querySelector("[data-none-of-day]")?.remove();
    // The address and the link to the other language keep the filters.
    const query = new URLSearchParams([...new FormData(form)].filter(([, text]) => text)).toString();
    const search = query ? `?${query}` : location.pathname;
    history.replaceState(null, "", search);
    for (const link of document.querySelectorAll("[data-switcher] a, .days a")) {
      const url = new URL(link.href);
      for (const name of ["track", "room", "language", "person", "q"]) {
        if (value(name)) url.searchParams.set(name, value(name));
        else url.searchParams.delete(name);
      }
      link.href = url;
    }
  };

  let later;
  const soon = () => {
    clearTimeout(later);
    later = setTimeout(apply, 150);
  };
  const search = form.elements.q;
  let busy = false;
  search?.addEventListener("compositionstart", () => { busy = true; });
  search?.addEventListener("compositionend", () => { busy = false; soon(); });
  search?.addEventListener("input", () => { if (!busy) soon(); });
  search?.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && composing(event)) event.preventDefault();
  });
  form.addEventListener("change", (event) => { if (event.target !== search) apply(); });
  // The server filters too, and knows pinyin; Enter asks it.
}

function stars() {
  document.addEventListener("submit", async (event) => {
    const form = event.target.closest("form[data-star]");
    if (!form) return;
    event.preventDefault();
    const button = form.querySelector("button");
    if (form.dataset.busy) return;
    form.dataset.busy = "1";
    try {
      const answer = await fetch(form.action, {
        method: "POST", body: new FormData(form), credentials: "same-origin",
        headers: { Accept: "application/json", "X-Requested-With": "fetch" },
      });
      if (answer.status === 401 || answer.redirected) {
        form.submit();
        return;
      }
      if (!answer.ok) throw new Error(String(answer.status));
      const on = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", String(on));
      button.setAttribute("aria-label", on ? form.dataset.on : form.dataset.off);
      form.elements.starred.value = on ? "" : "1";
    } catch {
      const notes = document.querySelector(".notes");
      const line = document.createElement("p");
      line.className = "notice stop";
      line.textContent = form.dataset.failed;
      notes?.replaceChildren(line);
    } finally {
      delete form.dataset.busy;
    }
  });
}
