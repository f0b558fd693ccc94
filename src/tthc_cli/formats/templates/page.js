"use strict";
document.documentElement.classList.add("js");
document.addEventListener("DOMContentLoaded", () => {
  const form = document.getElementById("filters");
  if (!form) return;
  const PAGE = 100;
  const body = document.querySelector("#duties-table tbody");
  const found = document.getElementById("found");
  const more = document.getElementById("more");
  const dialog = document.getElementById("why");
  const collator = new Intl.Collator("vi", { numeric: true });
  const plain = (text) =>
    text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase().replace(/\s+/g, " ");
  const iso = (text) => text.split("/").reverse().join("-");

  // Rows by what filters and sorting ask of them; texts for the search are folded when it is first used.
  const whys = new Map();
  document.querySelectorAll("details.why").forEach((why, order) => {
    const title = why.querySelector("summary").textContent;
    why.querySelectorAll("section").forEach((days) => whys.set("#" + days.id, { order, title, section: why.dataset.section }));
  });
  const parents = new Map([...form.unit.options].map((option) => [option.value, option.dataset.parent]));
  const rows = Array.from(body.rows, (row, order) => {
    const link = row.cells[4].firstChild;
    const why = whys.get(link.getAttribute("href"));
    const day = link.textContent.includes("/") ? iso(link.textContent) : "";
    return { row, order, why, unit: row.dataset.key.split("/")[1], verdict: row.dataset.v, day, month: day.slice(0, 7) || "none" };
  });
  const words = (item) => (item.words ??= plain(`${item.row.textContent} ${item.why.title}`));

  let kept = [];
  let limit = PAGE;
  let sorted = { column: -1, down: false };

  const value = (item, column) => {
    if (column === 0) return String(item.why.order).padStart(4, "0") + item.order;
    if (column === 4) return item.day;
    const text = item.row.cells[column].textContent;
    return column === 3 || column === 5 || column === 7 ? iso(text) : text;
  };
  const order = (items) => {
    if (sorted.column < 0) return items;
    const keys = new Map(items.map((item) => [item, value(item, sorted.column)]));
    const sign = sorted.down ? -1 : 1;
    // What has no value stays last, whichever way the others go.
    return items.sort((one, other) => {
      const [a, b] = [keys.get(one), keys.get(other)];
      if (!a || !b) return (a ? 0 : 1) - (b ? 0 : 1) || one.order - other.order;
      return sign * collator.compare(a, b) || one.order - other.order;
    });
  };
  const show = () => {
    body.querySelectorAll("tr.on").forEach((row) => row.classList.remove("on"));
    const shown = kept.slice(0, limit);
    shown.forEach((item) => item.row.classList.add("on"));
    body.append(...shown.map((item) => item.row));
    more.hidden = kept.length <= limit;
    const facts = { shown: shown.length, found: kept.length, all: rows.length };
    found.textContent = kept.length
      ? found.dataset.found.replace(/\{(\w+)\}/g, (_, name) => facts[name])
      : found.dataset.nothing;
  };
  const filter = () => {
    const asked = plain(form.search.value).split(" ").filter(Boolean);
    const [unit, section, month] = [form.unit.value, form.section.value, form.month.value];
    const verdicts = form.verdict.value.split(" ").filter(Boolean);
    kept = order(
      rows.filter(
        (item) =>
          (!unit || item.unit === unit || parents.get(item.unit) === unit) &&
          (!section || item.why.section === section) &&
          (!month || item.month === month) &&
          (!verdicts.length || verdicts.includes(item.verdict)) &&
          asked.every((word) => words(item).includes(word)),
      ),
    );
    limit = PAGE;
    show();
  };

  document.querySelectorAll("#duties-table thead th").forEach((heading, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => {
      sorted = { column, down: sorted.column === column && !sorted.down };
      document.querySelectorAll("#duties-table thead th").forEach((other) => other.removeAttribute("aria-sort"));
      heading.setAttribute("aria-sort", sorted.down ? "descending" : "ascending");
      filter();
    });
  });
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  document.getElementById("all").addEventListener("click", () => {
    form.querySelectorAll("input, select").forEach((control) => (control.value = ""));
    filter();
  });
  more.addEventListener("click", () => {
    const next = kept[limit];
    limit += PAGE;
    show();
    next.row.querySelector("a").focus();
  });

  // A figure or a cell of the matrix chooses its duties.
  document.querySelectorAll('a[href="#duties"][data-verdict]').forEach((link) =>
    link.addEventListener("click", () => {
      form.search.value = form.month.value = "";
      form.unit.value = link.dataset.unit ?? "";
      form.section.value = link.dataset.section ?? "";
      form.verdict.value = link.dataset.verdict;
      filter();
    }),
  );

  // The reasoning for a day comes to its reader.
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#w"]');
    const days = link && whys.has(link.getAttribute("href")) && document.querySelector(link.getAttribute("href"));
    if (!days) return;
    event.preventDefault();
    const copy = days.parentElement.cloneNode(true);
    copy.querySelectorAll("section").forEach((part) => part.id === days.id || part.remove());
    const title = document.createElement("h2");
    title.id = "why-title";
    title.append(...copy.querySelector("summary").childNodes);
    copy.querySelector("summary").replaceWith(title);
    copy.querySelectorAll("section").forEach((part) => part.removeAttribute("id"));
    document.getElementById("why-body").replaceChildren(...copy.childNodes);
    dialog.showModal();
    dialog.scrollTop = 0;
  });
  document.getElementById("close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());

  // Paper has room for all that was kept.
  addEventListener("beforeprint", () => {
    limit = kept.length;
    show();
  });
  addEventListener("afterprint", () => {
    limit = PAGE;
    show();
  });

  form.hidden = false;
  filter();
});
