// Lets people see a password as they type it, and says how far a new one has come.
const ENOUGH = 12;
const GOOD = 20;
const FEWEST_SIGNS = 5;

const judged = (text) => {
  if (text.length < ENOUGH) return `${text.length} of at least ${ENOUGH} characters`;
  if (new Set(text).size < FEWEST_SIGNS) return "Long enough, but easily guessed";
  return text.length < GOOD ? "Long enough; another word makes it stronger" : "Long and strong";
};

for (const field of document.querySelectorAll('input[type="password"]')) {
  const show = document.createElement("button");
  show.type = "button";
  show.className = "button quiet";
  show.textContent = "Show";
  const label = document.querySelector(`label[for="${field.id}"]`)?.firstChild?.textContent.trim();
  const what = document.createElement("span");
  what.className = "visually-hidden";
  what.textContent = `: ${label ?? "password"}`;
  show.append(what);
  show.setAttribute("aria-pressed", "false");
  show.addEventListener("click", () => {
    const isHidden = field.type === "password";
    field.type = isHidden ? "text" : "password";
    show.setAttribute("aria-pressed", String(isHidden));
  });
  field.after(show);
  field.form?.addEventListener("submit", () => (field.type = "password"));
  // of two fields for a new password the second only repeats the first
  if (field.autocomplete !== "new-password" || field.name === "password2") continue;
  const said = document.createElement("p");
  said.className = "hint";
  said.setAttribute("role", "status");
  const tell = () => (said.textContent = field.value ? judged(field.value) : "");
  field.addEventListener("input", tell);
  show.after(said);
}
