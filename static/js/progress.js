// Looks again by itself how far a long work is, while the page is seen; slower and slower, and never for ever.

const FIRST = 3000;
const SLOWEST = 20000;
const LONGEST = 30 * 60 * 1000;

function follow(box) {
  const words = box.querySelector("[role='status']");
  const meter = box.querySelector("meter");
  const begun = Date.now();
  let pause = FIRST;

  async function look() {
    if (document.hidden) return next();
    let found;
    try {
      const answer = await fetch(box.dataset.progress, { headers: { Accept: "application/json" } });
      if (!answer.ok) return; // signed out, or no longer one's own: the link still leads on
      found = await answer.json();
    } catch {
      return next();
    }
    if (words.textContent !== found.sentence) {
      words.textContent = found.sentence;
      pause = FIRST;
    }
    meter.max = found.total;
    meter.value = found.done;
    if (found.done < found.total) next();
  }

  function next() {
    if (Date.now() - begun > LONGEST) return;
    setTimeout(look, pause);
    pause = Math.min(pause * 1.5, SLOWEST);
  }

  next();
}

for (const box of document.querySelectorAll("[data-progress]")) follow(box);
