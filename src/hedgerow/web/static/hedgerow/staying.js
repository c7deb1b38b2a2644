// Whoever is writing is there: says so now and then, so that nobody is signed out in the middle of a form.
const EVERY = 5 * 60 * 1000;
let told = Date.now();
document.addEventListener("input", () => {
  if (Date.now() - told < EVERY) return;
  told = Date.now();
  fetch("/account/here/").catch(() => {});
});
