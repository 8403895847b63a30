"use strict";
(() => {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const config = read("config");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  // What A4 and Letter both have room for between their margins, below a title, in pixels of the page.
  const PRINTED = { width: 670, height: 780, zoom: 0.85 };

  // Plotly writes into what it is given, so each drawing starts from the text.
  const draw = (printing) => {
    for (const [id, skins] of Object.entries(read("figures"))) {
      const { data, layout } = skins[dark.matches && !printing ? "dark" : "light"];
      const zoom = printing ? Math.min(PRINTED.zoom, PRINTED.height / layout.height) : 1;
      const size = printing ? { width: PRINTED.width / zoom, autosize: false } : {};
      document.getElementById(id).style.zoom = zoom;
      Plotly.react(id, data, { ...layout, ...size }, { ...config, responsive: !printing });
    }
  };
  draw(false);
  dark.addEventListener("change", () => draw(false));
  addEventListener("beforeprint", () => draw(true));
  addEventListener("afterprint", () => draw(false));

  document.addEventListener("change", ({ target }) => {
    if (!target.matches(".precision input")) return;
    for (const cell of target.closest("details").querySelectorAll("data")) {
      cell.dataset.rounded ??= cell.textContent;
      cell.textContent = target.checked ? cell.value.replace("-", "\u2212") : cell.dataset.rounded;
    }
  });
})();
