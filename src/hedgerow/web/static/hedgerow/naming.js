// As somebody types the name of a school, offers the schools that the site's search finds.
const form = document.querySelector("form[data-schools]");
const PAUSE = 250;
for (const field of form?.querySelectorAll("input[data-find]") ?? []) {
  const number = field.id.replace("other-", "");
  const offered = document.getElementById(`known-${number}`);
  let waiting = 0;
  let asked = 0;
  const find = async () => {
    const mine = (asked += 1);
    const address = new URL(form.dataset.schools, location.href);
    address.searchParams.set("q", field.value.trim());
    address.searchParams.set("kind", "school");
    const answer = await fetch(address, { headers: { "HX-Request": "true" } });
    if (!answer.ok || mine !== asked) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const options = [...page.querySelectorAll(".found li")].slice(0, 12).flatMap((line) => {
      const link = line.querySelector("a");
      const urn = /\/schools\/(\d+)\//.exec(link?.getAttribute("href") ?? "")?.[1];
      if (!urn) return [];
      const option = document.createElement("option");
      option.value = `${link.textContent.trim()} (urn:${urn})`;
      option.label = line.querySelector(".small")?.textContent.trim() ?? "";
      return [option];
    });
    offered.replaceChildren(...options);
  };
  field.addEventListener("input", () => {
    document.getElementById(`decide-${number}-other`).checked = true;
    clearTimeout(waiting);
    if (field.value.trim().length > 2 && !field.value.endsWith(")")) {
      waiting = setTimeout(find, PAUSE);
    }
  });
}
