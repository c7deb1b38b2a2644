// A slider over the days of the timeline. The links of the years and the field for a day do the same
// without it.
const form = document.getElementById("choose-day");
const field = document.getElementById("at");
const DAY = 24 * 3600 * 1000;
const PAUSE = 350;

const ordinal = (text) => Math.round(Date.parse(`${text}T00:00:00Z`) / DAY);
const written = (number) => new Date(number * DAY).toISOString().slice(0, 10);
const said = (number) =>
  new Date(number * DAY).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

const holder = document.createElement("div");
holder.className = "field slide";
const label = document.createElement("label");
label.htmlFor = "slide";
label.textContent = "Slide through time";
const slide = document.createElement("input");
Object.assign(slide, { type: "range", id: "slide", min: ordinal(field.min), max: ordinal(field.max), step: 1 });
slide.value = ordinal(field.value);
holder.append(label, slide);
form.prepend(holder);

let waiting, asking;

function tell() {
  slide.setAttribute("aria-valuetext", said(Number(slide.value)));
}

async function look() {
  asking?.abort();
  asking = new AbortController();
  const address = `${form.action}?${new URLSearchParams(new FormData(form))}`;
  try {
    const answer = await fetch(address, { signal: asking.signal });
    if (!answer.ok || answer.status === 202) return form.requestSubmit();
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const name of ["on-day", "p-timeline"]) document.getElementById(name).replaceWith(page.getElementById(name));
    document.querySelector(".years").replaceWith(page.querySelector(".years"));
    history.replaceState(null, "", address);
  } catch (fault) {
    if (fault.name !== "AbortError") form.requestSubmit();
  }
}

slide.addEventListener("input", () => {
  field.value = written(Number(slide.value));
  tell();
  clearTimeout(waiting);
  waiting = setTimeout(look, PAUSE);
});
slide.addEventListener("keydown", (event) => {
  const months = { PageUp: 365, PageDown: -365, ArrowUp: 30, ArrowRight: 30, ArrowDown: -30, ArrowLeft: -30 }[event.key];
  if (!months) return;
  event.preventDefault();
  slide.value = Number(slide.value) + months;
  slide.dispatchEvent(new Event("input"));
});
field.addEventListener("change", () => {
  if (!field.value) return;
  slide.value = ordinal(field.value);
  tell();
});
tell();
