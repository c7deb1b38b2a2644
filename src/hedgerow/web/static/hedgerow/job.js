// Asks every second how far the work is, and shows it without loading the page anew.
const again = async () => {
  const shown = document.getElementById("job");
  const answer = await fetch(location.href);
  if (!answer.ok) return setTimeout(again, 3000);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const next = page.getElementById("job");
  if (!next) return location.reload();
  const focused = shown.contains(document.activeElement);
  if (next.innerHTML !== shown.innerHTML) shown.replaceChildren(...next.childNodes);
  if (focused) shown.querySelector("button, a")?.focus();
  if (next.dataset.isOver !== "yes") setTimeout(again, 1000);
};
setTimeout(again, 1000);
