// Suggestions while a search is typed (the combobox pattern of WAI-ARIA); without scripts the form searches all the same.

const input = document.querySelector("[data-suggest]");
const WAIT_MS = 120;

function option(found, index) {
  const item = document.createElement("li");
  item.id = `suggestion-${index}`;
  item.setAttribute("role", "option");
  item.setAttribute("aria-selected", "false");
  item.dataset.address = found.address;
  const name = document.createElement("span");
  name.lang = "zh-Hans";
  name.textContent = found.name;
  const detail = document.createElement("small");
  detail.textContent = found.detail;
  item.append(name, detail);
  return item;
}

function suggesting(field) {
  const list = document.createElement("ul");
  list.className = "suggestions";
  list.id = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.labels[0].textContent);
  field.after(list);
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  let selected = -1;
  let timer = 0;
  let asked = "";

  const show = (open) => {
    list.hidden = !open;
    field.setAttribute("aria-expanded", String(open));
    if (!open) select(-1);
  };
  const select = (index) => {
    selected = index;
    [...list.children].forEach((item, n) => item.setAttribute("aria-selected", String(n === index)));
    if (index < 0) field.removeAttribute("aria-activedescendant");
    else field.setAttribute("aria-activedescendant", list.children[index].id);
  };
  const ask = async () => {
    const text = field.value.trim();
    if (text === asked) return;
    asked = text;
    if (!text) return show(false);
    const answer = await fetch(`${field.dataset.suggest}?q=${encodeURIComponent(text)}`);
    if (!answer.ok || field.value.trim() !== text) return;
    list.replaceChildren(...(await answer.json()).map(option));
    select(-1);
    show(list.children.length > 0);
  };
  const go = (item) => location.assign(item.dataset.address);

  show(false);
  field.addEventListener("input", (event) => {
    if (event.isComposing) return;
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT_MS);
  });
  field.addEventListener("compositionend", ask);
  field.addEventListener("keydown", (event) => {
    const count = list.children.length;
    if (event.isComposing || list.hidden || !count) return;
    if (event.key === "ArrowDown") select((selected + 1) % count);
    else if (event.key === "ArrowUp") select((selected + count) % count === 0 ? count - 1 : selected - 1);
    else if (event.key === "Escape") show(false);
    else if (event.key === "Enter" && selected >= 0) go(list.children[selected]);
    else return;
    event.preventDefault();
  });
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const item = event.target.closest("li");
    if (item) go(item);
  });
  field.addEventListener("blur", () => show(false));
}

if (input) suggesting(input);
