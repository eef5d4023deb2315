// A click on characters shows their facts, a click on a fact's characters shows where they stand. Both are links that
// work without this; here the facts of all marks at one place are shown together, beside the text.

const text = document.getElementById("text");
const peek = document.getElementById("peek");

const narrow = matchMedia("(max-width: 62rem)");
if (narrow.matches) {
  document.querySelectorAll(".outline details").forEach((one) => (one.open = false));
}

function lit(names) {
  document.querySelectorAll(".lit").forEach((one) => one.classList.remove("lit"));
  for (const name of names) {
    document.getElementById(name)?.classList.add("lit");
    text.querySelectorAll(`a[data-facts~="${name}"]`).forEach((run) => run.classList.add("lit"));
  }
}

function close(back) {
  peek.hidden = true;
  lit([]);
  back?.focus();
}

function show(run) {
  const names = run.dataset.facts.split(" ").filter((name) => document.getElementById(name));
  if (!names.length) return false;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = peek.dataset.close;
  button.addEventListener("click", () => close(run));
  const heading = document.createElement("h3");
  heading.textContent = peek.dataset.heading;
  const list = document.createElement("ul");
  for (const name of names) {
    const copy = document.getElementById(name).cloneNode(true);
    copy.removeAttribute("id");
    list.append(copy);
  }
  peek.replaceChildren(button, heading, list);
  peek.hidden = false;
  lit(names);
  if (!narrow.matches) document.getElementById(names.at(-1)).scrollIntoView({ block: "nearest" });
  return true;
}

text.addEventListener("click", (event) => {
  const run = event.target.closest(".mark");
  if (!run || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (show(run)) event.preventDefault();
});

document.addEventListener("click", (event) => {
  const chars = event.target.closest(".chars");
  const fact = chars?.closest(".fact");
  if (fact?.id) lit([fact.id]);
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !peek.hidden) close(text.querySelector(".lit"));
});
