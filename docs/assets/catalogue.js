// Filters the table of rules. Without it all rules are shown.
"use strict";

function startCatalogue() {
  const form = document.getElementById("catalogue-form");
  const table = document.getElementById("catalogue");
  if (!form || !table) return;
  const rows = [...table.tBodies[0].rows];
  const texts = rows.map((row) => (row.textContent + " " + row.dataset.words).toLocaleLowerCase());
  const chosen = new URLSearchParams(location.search);
  for (const field of ["words", "language", "class", "profile"]) {
    if (chosen.has(field)) form.elements[field].value = chosen.get(field);
  }

  function show() {
    const words = form.elements.words.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    rows.forEach((row, number) => {
      const fits =
        words.every((word) => texts[number].includes(word)) &&
        ["language", "class", "profile"].every((name) => {
          const wanted = form.elements[name].value;
          return !wanted || row.dataset[name].split(" ").includes(wanted);
        });
      row.hidden = !fits;
      count += fits;
    });
    form.querySelector("output").textContent = count + " of " + rows.length + " rules";
  }

  form.hidden = false;
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  show();
}

document.addEventListener("DOMContentLoaded", startCatalogue);
