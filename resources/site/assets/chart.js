"use strict";
// A chart that follows the pointer, drawn over the still one where scripts run. The figures stand in
// the page's table; what is drawn here is hidden from those who read by ear.
document.querySelectorAll("figure[data-chart]").forEach((figure) => {
  const source = figure.querySelector("script[type='application/json']");
  const still = figure.querySelector("svg.chart");
  const place = figure.querySelector(".moving");
  if (!source || !still || !place || typeof uPlot === "undefined") return;
  const told = JSON.parse(source.textContent);
  const ink = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const tone = (name) => ink({ grey: "--d-grey", target: "--d-target" }[name] || "--d" + name);
  const write = (value) => value === null || value === undefined ? "–"
    : value.toLocaleString(document.documentElement.lang, {
      minimumFractionDigits: told.decimals, maximumFractionDigits: told.decimals }) + " " + told.unit;
  let chart = null;
  const draw = () => {
    if (chart) chart.destroy();
    const axis = { stroke: ink("--text3"), grid: { stroke: ink("--line"), width: 1 },
      ticks: { show: false }, font: "13px 'Pretendard GOV', sans-serif" };
    chart = new uPlot({
      width: Math.max(280, figure.clientWidth), height: Math.max(240, Math.min(340, figure.clientWidth * 0.5)),
      scales: { x: { time: false }, y: { range: (_, low, high) => uPlot.rangeNum(Math.min(0, low), high, 0.08, true) } },
      legend: { markers: { width: 2, stroke: (_, n) => n ? tone(told.curves[n - 1].tone) : null,
        fill: (_, n) => n && !told.curves[n - 1].dashed ? tone(told.curves[n - 1].tone) : null,
        dash: (_, n) => n && told.curves[n - 1].dashed ? "dashed" : "solid" } },
      axes: [{ ...axis, splits: (_, n, from, to, step) => {
        if (from <= told.years[0] && to >= told.years.at(-1)) return told.named;
        const some = [];
        for (let year = Math.ceil(from / step) * step; year <= to; year += step) some.push(year);
        return some;
      }, values: (_, all) => all.map((one) => Number.isInteger(one) ? String(one) : "") },
        { ...axis, size: 78, values: (_, all) => all.map((one) => one.toLocaleString()) }],
      cursor: { drag: { x: true, y: false } },
      series: [{ label: told.year, value: (_, x) => x === null ? "–" : String(x) },
        ...told.curves.map((one) => ({ label: one.name, stroke: tone(one.tone), width: 2, spanGaps: true,
          dash: one.dashed ? [6, 5] : undefined, ...(one.marks ? { paths: () => null } : {}), points: { show: !one.dashed, size: 7, fill: tone(one.tone) },
          value: (_, y) => write(y) }))],
    }, [told.years, ...told.curves.map((one) => one.values)], place);
  };
  figure.classList.add("moves");
  draw();
  let wait = 0;
  window.addEventListener("resize", () => { clearTimeout(wait); wait = setTimeout(draw, 150); });
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
});
