// Lists what answers while somebody types; without it the form's own button does the same.
const PAUSE = 120;

function live(form) {
  const field = form.querySelector('input[type="search"]');
  const found = document.getElementById(form.dataset.live);
  const count = found && found.previousElementSibling;
  if (!field || !found) return;
  let waiting, asking;

  async function ask() {
    if (asking) asking.abort();
    asking = new AbortController();
    const query = new URLSearchParams(new FormData(form));
    try {
      const answer = await fetch(`${form.action}?${query}`, {
        headers: { "HX-Request": "true" },
        signal: asking.signal,
      });
      if (!answer.ok) return;
      found.innerHTML = await answer.text();
      count.textContent = found.firstElementChild?.dataset.count ?? "";
    } catch (fault) {
      if (fault.name !== "AbortError") throw fault;
    }
  }

  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, PAUSE);
  });
  // arrows go through what was found, Escape goes back to the field
  const step = (event) => {
    const links = [...found.querySelectorAll("a")];
    const here = links.indexOf(document.activeElement);
    const to = { ArrowDown: here + 1, ArrowUp: here - 1 }[event.key];
    if (event.key === "Escape" && here >= 0) field.focus();
    if (to === undefined || (here < 0 && event.key === "ArrowUp")) return;
    event.preventDefault();
    (to < 0 ? field : links[Math.min(to, links.length - 1)])?.focus();
  };
  field.addEventListener("keydown", step);
  found.addEventListener("keydown", step);
}

document.querySelectorAll("form[data-live]").forEach(live);
