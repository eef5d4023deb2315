// Ease the places of nodes: what is joined is drawn together, what is near is pushed apart, step by step in a worker.
// Forces are those of Fruchterman and Reingold (1991), cut off beyond a few lengths by a grid, so that a step costs in
// proportion to the nodes and edges.

const LENGTH = 46;
const REACH = 3 * LENGTH;
const STEPS = 160;
const REPORT_MS = 90;

onmessage = ({ data }) => {
  const xs = Float64Array.from(data.xs);
  const ys = Float64Array.from(data.ys);
  const count = xs.length;
  const dx = new Float64Array(count);
  const dy = new Float64Array(count);
  let told = performance.now();
  for (let step = 0; step < STEPS; step += 1) {
    dx.fill(0);
    dy.fill(0);
    push(xs, ys, dx, dy);
    pull(data.edges, xs, ys, dx, dy);
    gather(xs, ys, dx, dy, data.wide);
    const heat = LENGTH * 0.5 * (1 - step / STEPS) ** 1.5;
    for (let i = 0; i < count; i += 1) {
      const size = Math.hypot(dx[i], dy[i]) || 1;
      const move = Math.min(size, heat);
      xs[i] += (dx[i] / size) * move;
      ys[i] += (dy[i] / size) * move;
    }
    if (performance.now() - told > REPORT_MS) {
      told = performance.now();
      postMessage({ xs, ys, last: false });
    }
  }
  postMessage({ xs, ys, last: true });
};

function push(xs, ys, dx, dy) {
  const cells = new Map();
  const key = (x, y) => x * 100003 + y;
  for (let i = 0; i < xs.length; i += 1) {
    const at = key(Math.floor(xs[i] / REACH), Math.floor(ys[i] / REACH));
    if (cells.has(at)) cells.get(at).push(i);
    else cells.set(at, [i]);
  }
  for (let i = 0; i < xs.length; i += 1) {
    const column = Math.floor(xs[i] / REACH);
    const row = Math.floor(ys[i] / REACH);
    for (let c = column - 1; c <= column + 1; c += 1) {
      for (let r = row - 1; r <= row + 1; r += 1) {
        for (const j of cells.get(key(c, r)) ?? []) {
          if (i === j) continue;
          const x = xs[i] - xs[j] || (i - j) * 0.01;
          const y = ys[i] - ys[j] || (j - i) * 0.01;
          const square = x * x + y * y;
          if (square > REACH * REACH) continue;
          const force = (LENGTH * LENGTH) / square;
          dx[i] += x * force;
          dy[i] += y * force;
        }
      }
    }
  }
}

// Draw all towards the middle, less along the longer side of the picture, which is `wide` times as wide as high.
function gather(xs, ys, dx, dy, wide) {
  let x = 0;
  let y = 0;
  for (let i = 0; i < xs.length; i += 1) {
    x += xs[i] / xs.length;
    y += ys[i] / xs.length;
  }
  for (let i = 0; i < xs.length; i += 1) {
    dx[i] -= ((xs[i] - x) * 0.035) / wide;
    dy[i] -= (ys[i] - y) * 0.035 * wide;
  }
}

function pull(edges, xs, ys, dx, dy) {
  const degree = new Float64Array(xs.length);
  for (const [a, b] of edges) {
    degree[a] += 1;
    degree[b] += 1;
  }
  for (const [a, b, weight] of edges) {
    const x = xs[a] - xs[b];
    const y = ys[a] - ys[b];
    const distance = Math.hypot(x, y) || 1;
    const force = ((distance / LENGTH) * Math.min(3, 0.6 + Math.log2(weight + 1) * 0.4)) / Math.sqrt(Math.min(degree[a], degree[b]));
    dx[a] -= (x / distance) * force * LENGTH * 0.2;
    dy[a] -= (y / distance) * force * LENGTH * 0.2;
    dx[b] += (x / distance) * force * LENGTH * 0.2;
    dy[b] += (y / distance) * force * LENGTH * 0.2;
  }
}
