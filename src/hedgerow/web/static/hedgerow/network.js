// The same network, to move organisations in and to keep the layout. The picture, the links of the
// tables and the search do the rest without this.
const live = document.getElementById("live-network");
const drawn = document.querySelector(".drawn-network");
const layout = document.getElementById("layout");
const STEP = 10;
const READABLE = 1.3;
const SHAPES = { square: "rectangle", diamond: "diamond", pentagon: "pentagon", triangle: "triangle", circle: "ellipse" };

// Where there is little room the picture comes first, and its layers on request.
if (matchMedia("(max-width: 34rem)").matches) document.querySelector(".layers").open = false;

let cy, held;

const colour = (tone) =>
  getComputedStyle(document.documentElement).getPropertyValue(`--${tone.replace("+", "up")}`).trim();

const button = (words, work) => {
  const one = document.createElement("button");
  one.type = "button";
  one.className = "button quiet";
  one.textContent = words;
  one.addEventListener("click", work);
  return one;
};

const controls = document.createElement("div");
controls.className = "actions network-controls";
const status = document.createElement("p");
status.className = "small";
status.setAttribute("role", "status");
const open = button("Move organisations in this network", () => show(live.hidden));
const keep = button("Keep this layout", save);
const whole = button("Show all of it", () => { calm(); cy.fit(undefined, 20); });
keep.hidden = whole.hidden = true;
controls.append(open, whole);
if (layout) controls.append(keep);
drawn.before(controls, status);

async function show(wanted) {
  if (wanted && !cy) {
    status.textContent = "The network is being fetched.";
    await begin();
  }
  live.hidden = !wanted;
  drawn.hidden = wanted;
  whole.hidden = keep.hidden = !wanted;
  open.textContent = wanted ? "Back to the drawn network" : "Move organisations in this network";
  status.textContent = wanted
    ? "Drag an organisation, or press it to see whom it is tied to. With the keyboard: Tab into the network, N and P go from one organisation to the next, arrows move the sheet, with Shift the chosen organisation, plus and minus zoom, Escape lets go."
    : "";
  if (wanted) {
    cy.resize();
    cy.fit(undefined, 20);
    if (held.focus) choose(cy.getElementById(held.focus));
    live.focus();
  }
}

async function begin() {
  const [answer, { default: cytoscape }] = await Promise.all([
    fetch(live.dataset.href),
    import(new URL("../vendor/cytoscape/cytoscape.esm.min.mjs", import.meta.url)),
  ]);
  held = await answer.json();
  live.hidden = false;
  live.tabIndex = 0;
  live.setAttribute("role", "application");
  live.setAttribute("aria-label", "Network: the tables below hold all of it");
  cy = cytoscape({
    container: live,
    minZoom: 0.2,
    maxZoom: 5,
    layout: { name: "preset" },
    elements: [
      ...held.nodes.map((one) => ({
        data: { ...one, size: one.organisations > 1 ? 15 : 9, label: one.name, fill: colour(one.tone), shape: SHAPES[one.shape] },
        position: { x: one.x, y: one.y },
      })),
      ...held.ties.map((one, number) => ({
        data: { ...one, id: `tie ${number}`, source: one.from, target: one.to, line: colour(one.would_go ? "ink" : one.tone), kind: one.dash ? "dashed" : "solid", pattern: one.dash ? one.dash.split(" ").map(Number) : [6, 3] },
      })),
    ],
    style: [
      { selector: "node", style: { shape: "data(shape)", width: "data(size)", height: "data(size)", "background-color": "data(fill)", "border-width": 0.8, "border-color": colour("ink"), label: "data(label)", "font-size": 9, "font-family": "Atkinson Hyperlegible Next, Segoe UI, Arial, sans-serif", color: colour("ink"), "text-valign": "bottom", "text-margin-y": 2, "text-wrap": "ellipsis", "text-max-width": 100, "text-outline-color": colour("paper"), "text-outline-width": 2, "min-zoomed-font-size": 9 } },
      { selector: "node[layer = 'schools']", style: { "min-zoomed-font-size": 26 } },
      { selector: "edge", style: { width: "data(thickness)", "line-color": "data(line)", "line-style": "data(kind)", "line-dash-pattern": "data(pattern)", "curve-style": "bezier" } },
      { selector: ".pale", style: { opacity: 0.15, "text-opacity": 0 } },
      { selector: ".near", style: { "min-zoomed-font-size": 0 } },
      { selector: ".chosen", style: { "border-width": 3, "font-weight": 700 } },
    ],
  });
  cy.on("tap", "node", (event) => choose(event.target));
  cy.on("tap", (event) => { if (event.target === cy) calm(); });
}

function choose(node) {
  if (!node || node.empty()) return;
  calm();
  const around = node.closedNeighborhood();
  cy.elements().difference(around).addClass("pale");
  around.addClass("near");
  node.addClass("chosen");
  const names = node.neighborhood("node").map((one) => one.data("name"));
  const few = names.slice(0, 6).join(", ");
  status.textContent = `${node.data("name")}, ${node.data("kind")}: tied to ${names.length || "nobody"}${names.length ? ` (${few}${names.length > 6 ? " and more" : ""})` : ""}.`;
}

function calm() {
  cy.elements().removeClass("pale near chosen");
}

function next(step) {
  const nodes = cy.nodes();
  const at = nodes.toArray().findIndex((one) => one.hasClass("chosen"));
  const one = nodes[(at + step + nodes.length) % nodes.length];
  choose(one);
  near(one);
}

function near(one) {
  if (cy.zoom() < READABLE) cy.zoom(READABLE);
  cy.center(one);
}

live.addEventListener("keydown", (event) => {
  if (!cy || event.ctrlKey || event.altKey || event.metaKey) return;
  const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const middle = { x: live.clientWidth / 2, y: live.clientHeight / 2 };
  const chosen = cy.nodes(".chosen");
  if (moves[event.key]) {
    const [across, down] = moves[event.key];
    if (event.shiftKey && chosen.nonempty()) chosen.shift({ x: across * STEP, y: down * STEP });
    else cy.panBy({ x: -across * 40, y: -down * 40 });
  } else if (event.key === "+" || event.key === "=") cy.zoom({ level: cy.zoom() * 1.25, renderedPosition: middle });
  else if (event.key === "-") cy.zoom({ level: cy.zoom() / 1.25, renderedPosition: middle });
  else if (event.key === "n" || event.key === "N") next(1);
  else if (event.key === "p" || event.key === "P") next(-1);
  else if (event.key === "Escape") calm();
  else return;
  event.preventDefault();
});

// The links of the table choose an organisation in the network that is open.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-node]");
  if (!link || live.hidden) return;
  event.preventDefault();
  const node = cy.getElementById(link.dataset.node);
  choose(node);
  near(node);
  live.scrollIntoView({ block: "center" });
});

function save() {
  const places = {};
  for (const one of cy.nodes()) {
    const { x, y } = one.position();
    places[one.id()] = [Number(x.toFixed(1)), Number(y.toFixed(1))];
  }
  layout.elements.positions.value = JSON.stringify(places);
  layout.submit();
}
