"use strict";
// Search and order of rows, without a network. The page says everything without it.
(() => {
  const words = document.body.dataset;
  const dutch = document.documentElement.lang === "nl";
  const each = (from, what, then) => from.querySelectorAll(what).forEach(then);

  // The value that a cell is sorted by: its key, its number, or its text.
  const number = text => {
    const plain = dutch ? text.replace(/\./g, "").replace(",", ".") : text.replace(/,/g, "");
    return parseFloat(plain.replace("∞", "Infinity"));
  };
  const value = (row, place, numeric) => {
    const cell = row.cells[place];
    if (cell.dataset.key !== undefined) return Number(cell.dataset.key);
    const text = cell.firstChild ? cell.firstChild.textContent.trim() : "";
    return numeric ? number(text) : text;
  };
  const compare = (one, other) => {
    const numbers = typeof one === "number" && typeof other === "number";
    if (!numbers) return String(one).localeCompare(String(other), words.lang, { numeric: true });
    // What is no number comes last.
    return Number.isNaN(one) - Number.isNaN(other) || one - other;
  };
  const arrange = (table, place, heading) => {
    const down = heading.ariaSort === "ascending";
    each(table, "thead th", one => one.removeAttribute("aria-sort"));
    heading.setAttribute("aria-sort", down ? "descending" : "ascending");
    const numeric = heading.classList.contains("number");
    const bodies = [...table.tBodies];
    const sizes = bodies.map(body => body.rows.length);
    const rows = bodies.flatMap(body => [...body.rows]).map(row => [value(row, place, numeric), row]);
    rows.sort(([one], [other]) => (down ? compare(other, one) : compare(one, other)));
    let from = 0;
    bodies.forEach((body, at) => {
      body.append(...rows.slice(from, from + sizes[at]).map(([, row]) => row));
      from += sizes[at];
    });
  };
  each(document, "table", table => {
    if ([...table.tBodies].reduce((sum, body) => sum + body.rows.length, 0) < 3) return;
    each(table, "thead th", (heading, place) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = heading.textContent;
      button.title = `${words.sort} ${heading.textContent}`;
      button.addEventListener("click", () => arrange(table, place, heading));
      heading.replaceChildren(button);
    });
  });

  // What is looked for stands in rows of tables and in lists of cases.
  const field = document.getElementById("find");
  const told = document.getElementById("found");
  document.getElementById("search").hidden = false;
  const look = () => {
    const wanted = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    const has = one => wanted.every(word => one.textContent.toLowerCase().includes(word));
    document.body.classList.toggle("finding", wanted.length > 0);
    let hits = 0;
    each(document, "section", section => {
      let here = 0;
      each(section, "tbody tr, .numbers > span, li", one => {
        one.hidden = wanted.length > 0 && !has(one);
        here += !one.hidden && wanted.length > 0;
      });
      each(section, ".part", part => {
        part.hidden = wanted.length > 0 && ![...part.querySelectorAll("tbody tr, .numbers > span, li")].some(one => !one.hidden);
      });
      section.hidden = wanted.length > 0 && here === 0;
      hits += here;
    });
    each(document, "details", one => { if (wanted.length > 0) one.open = true; });
    told.textContent = wanted.length > 0 ? `${hits} ${words.found}` : "";
  };
  field.addEventListener("input", look);
  addEventListener("beforeprint", () => each(document, "details", one => { one.open = true; }));
})();
