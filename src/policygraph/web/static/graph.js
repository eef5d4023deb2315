// A network drawn by Cytoscape.js. Nodes stand where the server placed them, at once; a worker then eases them a little
// at a time, so that the page stays fluid with thousands. Every node leads to its page.

import cytoscape from "./vendor/cytoscape.esm.min.mjs";

const HUES = [12, 205, 280, 165, 45, 330, 95, 230];
const LABELS = 120; // beyond so many nodes only the weightiest are named until one comes near
const EASED = 2500;

const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
const dark = () => getComputedStyle(document.body).colorScheme === "dark" ||
  (!["light", "dark"].includes(document.documentElement.dataset.theme) && matchMedia("(prefers-color-scheme: dark)").matches);

function colour(group, isDark) {
  const hue = HUES[(group - 1) % HUES.length];
  return isDark ? `hsl(${hue}, 55%, 65%)` : `hsl(${hue}, 55%, 38%)`;
}

function elements(data) {
  const nodes = data.tables.nodes.rows;
  const known = new Set(nodes.map((row) => row.id));
  const most = Math.max(1, ...nodes.map((row) => row.links));
  const named = new Set(nodes.slice(0, LABELS).map((row) => row.id));
  return [
    ...nodes.map((row) => ({
      data: { ...row, label: named.has(row.id) ? row.name : "", size: 9 + 26 * Math.sqrt(row.links / most) },
      position: { x: row.x, y: row.y },
    })),
    ...data.tables.edges.rows
      .filter((row) => known.has(row.source) && known.has(row.target))
      .map((row, index) => ({ data: { id: `e${index}`, source: row.source, target: row.target, weight: row.weight } })),
  ];
}

function style(isDark, directed, many) {
  const ink = isDark ? "#e7e4dc" : "#22252a";
  const line = isDark ? "#59606a" : "#b9b3a4";
  return [
    { selector: "node", style: {
      width: "data(size)", height: "data(size)", "background-color": (node) => colour(node.data("community"), isDark),
      label: "data(label)", color: ink, "font-size": 13, "font-family": "sans-serif", "text-valign": "bottom", "text-margin-y": 3,
      "min-zoomed-font-size": 6, "text-outline-width": 2, "text-outline-color": isDark ? "#16181b" : "#fbfaf6",
    } },
    { selector: "edge", style: {
      width: (edge) => Math.min(6, 0.6 + Math.log2(edge.data("weight") + 1) * 0.7), "line-color": line, opacity: many ? 0.35 : 0.6,
      "curve-style": directed && !many ? "bezier" : "haystack",
      ...(directed && !many ? { "target-arrow-shape": "triangle", "target-arrow-color": line, "arrow-scale": 0.7 } : {}),
    } },
    { selector: ".faint", style: { opacity: 0.12 } },
    { selector: ".near", style: { label: "data(name)", "z-index": 9 } },
    { selector: "edge.near", style: { label: "", opacity: 0.95, "line-color": ink } },
  ];
}

function ease(cy, box, stepwise) {
  const nodes = cy.nodes();
  const index = new Map(nodes.map((node, at) => [node.id(), at]));
  const worker = new Worker(new URL("./layout.js", import.meta.url), { type: "module" });
  const done = () => {
    worker.terminate();
    box.dataset.state = "settled";
  };
  worker.onmessage = ({ data }) => {
    if (!stepwise && !data.last) return;
    cy.batch(() => nodes.forEach((node, at) => node.position({ x: data.xs[at], y: data.ys[at] })));
    if (data.last) {
      cy.fit(undefined, 24);
      done();
    }
  };
  nodes.on("grab", done);
  worker.postMessage({
    wide: box.clientWidth / box.clientHeight,
    xs: nodes.map((node) => node.position("x")),
    ys: nodes.map((node) => node.position("y")),
    groups: nodes.map((node) => node.data("community")),
    edges: cy.edges().map((edge) => [index.get(edge.source().id()), index.get(edge.target().id()), edge.data("weight")]),
  });
}

async function draw(box) {
  const answer = await fetch(box.dataset.graph);
  if (!answer.ok) {
    box.textContent = box.dataset.failed;
    return;
  }
  const data = await answer.json();
  const count = data.tables.nodes.rows.length;
  const many = count > 400;
  const directed = ["leads", "citations"].includes(data.asked.kind);
  const cy = cytoscape({
    container: box,
    elements: elements(data),
    style: style(dark(), directed, many),
    layout: { name: "preset", fit: true, padding: 24 },
    hideEdgesOnViewport: count > 1000,
    textureOnViewport: count > 1000,
    pixelRatio: many ? 1 : "auto",
    minZoom: 0.05,
    maxZoom: 4,
  });
  cy.on("tap", "node", (event) => {
    const { address } = event.target.data();
    if (address) event.originalEvent.ctrlKey || event.originalEvent.metaKey ? open(address) : location.assign(address);
  });
  cy.on("mouseover", "node", (event) => {
    const near = event.target.closedNeighborhood();
    cy.batch(() => {
      cy.elements().not(near).addClass("faint");
      near.addClass("near");
    });
    box.classList.add("pointing");
  });
  cy.on("mouseout", "node", () => {
    cy.batch(() => cy.elements().removeClass("faint near"));
    box.classList.remove("pointing");
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => cy.style(style(dark(), directed, many)));
  box.dataset.state = "drawn";
  box.policygraph = cy;
  if (count > 2 && count <= EASED) ease(cy, box, !calm && !many);
  else box.dataset.state = "settled";
}

document.querySelectorAll("[data-graph]").forEach(draw);
