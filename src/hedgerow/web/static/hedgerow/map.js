// The same map, to move and to zoom in, and to draw an area on. The picture above it, the list under
// it and the form with a file do the same without this.
const live = document.getElementById("live-map");
const drawn = document.querySelector(".drawn-map");
const own = document.getElementById("own-area");
const MAP = new URL("../vendor/maplibre-gl/maplibre-gl.mjs", import.meta.url);
const WORKER = new URL("../vendor/maplibre-gl/maplibre-gl-worker.mjs", import.meta.url);
const BOX = 24;
const SHARP = 2;

let map, gl, collection, popup, corners = [], drawing = false;

const colour = (tone) =>
  getComputedStyle(document.documentElement).getPropertyValue(`--${tone.replace("+", "up")}`).trim() || "transparent";

function made(name, words, attributes = {}) {
  const one = document.createElement(name);
  if (words) one.textContent = words;
  for (const [key, value] of Object.entries(attributes)) one.setAttribute(key, value);
  return one;
}

const button = (words, work) => {
  const one = made("button", words, { type: "button", class: "button quiet" });
  one.addEventListener("click", work);
  return one;
};

const controls = made("div", "", { class: "actions map-controls" });
const open = button("Move and zoom in this map", () => show(live.hidden));
const status = made("p", "", { role: "status", class: "small" });
controls.append(open);
drawn.before(controls, status);

async function show(wanted) {
  if (wanted && !map) {
    status.textContent = "The map is being fetched.";
    try {
      await begin();
      status.textContent = "";
    } catch (fault) {
      live.hidden = true;
      status.textContent = "This browser cannot show a map that moves: the drawn one has all of it.";
      open.remove();
      return;
    }
  }
  live.hidden = !wanted;
  drawn.hidden = wanted;
  open.textContent = wanted ? "Back to the drawn map" : "Move and zoom in this map";
  if (wanted) {
    map.resize();
    map.getCanvas().focus();
  }
}

function picture({ shape, tone, path, edge }) {
  const sheet = document.createElement("canvas");
  sheet.width = sheet.height = BOX * SHARP;
  const pen = sheet.getContext("2d");
  pen.scale(SHARP, SHARP);
  let outline;
  if (shape === "circle") {
    outline = new Path2D();
    outline.arc(12, 12, 8, 0, 2 * Math.PI);
  } else outline = new Path2D(path);
  pen.fillStyle = colour(tone);
  pen.fill(outline);
  pen.lineWidth = 1.2;
  pen.strokeStyle = colour(edge);
  pen.stroke(outline);
  return pen.getImageData(0, 0, BOX * SHARP, BOX * SHARP);
}

function extent(features) {
  const box = new gl.LngLatBounds();
  const add = (one) => (typeof one[0] === "number" ? box.extend(one) : one.forEach(add));
  for (const one of features) add(one.geometry.coordinates);
  return box;
}

async function begin() {
  const asked = await fetch(live.dataset.href);
  if (!asked.ok) throw new Error("no data");
  collection = await asked.json();
  gl = await import(MAP);
  gl.setWorkerUrl(WORKER.href);
  const of = (...kinds) => collection.features.filter((one) => kinds.includes(one.properties.kind));
  live.hidden = false;
  const is = (kind) => ["==", ["get", "kind"], kind];
  const chosen = of("school").filter((one) => String(one.properties.urn) === live.dataset.school);
  const around = chosen.length ? { center: chosen[0].geometry.coordinates, zoom: 13 } : {
    bounds: extent(of("place", "school")), fitBoundsOptions: { padding: 24 },
  };
  map = new gl.Map({
    container: live,
    ...around,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    fadeDuration: 0,
    locale: { "Map.Title": "Map of the schools: arrow keys move it, plus and minus zoom" },
    style: {
      version: 8,
      sources: {
        all: { type: "geojson", data: collection },
        area: { type: "geojson", data: { type: "FeatureCollection", features: [] } },
      },
      layers: [
        { id: "paper", type: "background", paint: { "background-color": colour("paper") } },
        { id: "place", type: "fill", source: "all", filter: is("place"), paint: { "fill-color": colour("pale") } },
        { id: "footprint", type: "fill", source: "all", filter: is("footprint"), paint: { "fill-color": colour("lichen"), "fill-opacity": 0.7 } },
        { id: "neighbours", type: "line", source: "all", filter: is("neighbour"), paint: { "line-color": colour("rule") } },
        { id: "border", type: "line", source: "all", filter: is("place"), paint: { "line-color": colour("soft"), "line-width": 1.6 } },
        { id: "reach", type: "line", source: "all", filter: is("footprint"), paint: { "line-color": colour("hedge"), "line-width": 2, "line-dasharray": [4, 2] } },
        { id: "area", type: "fill", source: "area", filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": colour("gorse"), "fill-opacity": 0.25 } },
        { id: "area-line", type: "line", source: "area", paint: { "line-color": colour("ink"), "line-width": 2.5 } },
        { id: "area-corners", type: "circle", source: "area", filter: ["==", ["geometry-type"], "Point"], paint: { "circle-radius": 5, "circle-color": colour("ink") } },
      ],
    },
  });
  map.addControl(new gl.NavigationControl({ showCompass: false }));
  map.addControl(new gl.ScaleControl({ unit: "metric" }));
  map.keyboard.disableRotation();
  map.touchZoomRotate.disableRotation();
  await map.once("load");
  for (const [name, mark] of Object.entries(collection.marks)) map.addImage(name, picture(mark), { pixelRatio: SHARP });
  const marks = { "icon-image": ["get", "mark"], "icon-allow-overlap": true, "icon-ignore-placement": true };
  map.addLayer({ id: "schools", type: "symbol", source: "all", filter: is("school"), layout: { ...marks, "icon-size": ["interpolate", ["linear"], ["zoom"], 7, ["*", 0.45, ["get", "size"]], 12, ["*", 0.9, ["get", "size"]], 15, ["*", 1.3, ["get", "size"]]] } });
  map.addLayer({ id: "hubs", type: "symbol", source: "all", filter: is("hub"), layout: { ...marks, "icon-size": 1.3 } });
  map.on("click", pressed);
  for (const name of ["schools", "hubs"]) {
    map.on("mouseenter", name, () => (map.getCanvas().style.cursor = "pointer"));
    map.on("mouseleave", name, () => (map.getCanvas().style.cursor = ""));
  }
  map.getCanvas().addEventListener("keydown", (event) => {
    if (event.key === "Enter" && drawing) corner(map.getCenter());
    else if (event.key === "Enter") nearest();
  });
  if (own) prepare();
}

function tell(feature) {
  const { name, group, pupils, page, kind } = feature.properties;
  const said = made("div");
  const heading = made("p");
  heading.append(page ? made("a", name, { href: page }) : made("strong", name));
  said.append(heading, made("p", kind === "hub" ? "hub" : group, { class: "small" }));
  if (pupils) said.append(made("p", `${pupils} pupils`, { class: "small" }));
  popup?.remove();
  popup = new gl.Popup({ maxWidth: "18rem" }).setLngLat(feature.geometry.coordinates).setDOMContent(said).addTo(map);
}

function pressed(event) {
  if (drawing) return corner(event.lngLat);
  const { x, y } = event.point;
  const [found] = map.queryRenderedFeatures([[x - 6, y - 6], [x + 6, y + 6]], { layers: ["hubs", "schools"] });
  if (found) tell(found);
}

function nearest() {
  const middle = map.project(map.getCenter());
  let best, least = 60;
  for (const one of collection.features) {
    if (!["school", "hub"].includes(one.properties.kind)) continue;
    const at = map.project(one.geometry.coordinates);
    const far = Math.hypot(at.x - middle.x, at.y - middle.y);
    if (far < least) [best, least] = [one, far];
  }
  if (best) tell(best);
  else status.textContent = "No school lies near the middle of the map.";
}

// The list's links move the map that is open.
document.getElementById("list").addEventListener("click", (event) => {
  const link = event.target.closest("a[data-urn]");
  if (!link || live.hidden) return;
  const found = collection.features.find((one) => String(one.properties.urn) === link.dataset.urn);
  if (!found) return;
  event.preventDefault();
  map.jumpTo({ center: found.geometry.coordinates, zoom: 12.5 });
  live.scrollIntoView({ block: "center" });
  tell(found);
});

// Drawing an area: corners by pressing on the map, or at its middle with the keyboard.
function prepare() {
  const begun = button("Draw an area", () => start());
  const here = button("Corner at the middle", () => corner(map.getCenter()));
  const back = button("Take the last corner back", () => { corners.pop(); redraw(); });
  const done = button("The area is done", () => finish());
  const cross = made("div", "", { class: "crosshair", "aria-hidden": "true", hidden: "" });
  live.append(cross);
  const steps = [here, back, done];
  for (const one of steps) one.hidden = true;
  controls.append(begun, ...steps);

  function start() {
    show(true);
    drawing = true;
    popup?.remove();
    corners = [];
    redraw();
    begun.hidden = true;
    cross.hidden = false;
    for (const one of steps) one.hidden = false;
    status.textContent = "Press where each corner is to be. With the keyboard: move the map with the arrows, and press Enter for a corner at its middle.";
    map.getCanvas().focus();
  }
  function finish() {
    if (corners.length < 3) {
      status.textContent = "An area has three corners or more.";
      return;
    }
    drawing = false;
    begun.hidden = false;
    begun.textContent = "Draw another area";
    cross.hidden = true;
    for (const one of steps) one.hidden = true;
    own.elements.drawn.value = JSON.stringify(shape());
    document.getElementById("area-file").hidden = true;
    document.getElementById("how-to-draw").textContent = `The area with ${corners.length} corners is ready: give it a name and keep it.`;
    status.textContent = "";
    redraw();
    own.scrollIntoView({ block: "center" });
    document.getElementById("area-name").focus();
  }
}

const shape = () => ({ type: "Polygon", coordinates: [[...corners, corners[0]]] });

function corner({ lng, lat }) {
  corners.push([Number(lng.toFixed(6)), Number(lat.toFixed(6))]);
  redraw();
  status.textContent = `${corners.length} corner${corners.length === 1 ? "" : "s"}.`;
}

function redraw() {
  const feature = (geometry) => ({ type: "Feature", properties: {}, geometry });
  const features = corners.map((one) => feature({ type: "Point", coordinates: one }));
  if (corners.length > 2) features.push(feature(shape()));
  else if (corners.length === 2) features.push(feature({ type: "LineString", coordinates: corners }));
  map.getSource("area").setData({ type: "FeatureCollection", features });
}
