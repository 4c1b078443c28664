// Draws the charts of a report. Each canvas is followed by a JSON script that says what is on it.
(() => {
  'use strict';
  const charts = [];
  const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const count = value => Number(value).toLocaleString('en');

  function options(spec, values) {
    const number = {
      type: spec.isLogarithmic ? 'logarithmic' : 'linear',
      beginAtZero: !spec.isLogarithmic,
      border: { display: false },
      grid: { color: colour('--line') },
      ticks: {
        color: colour('--soft'), maxTicksLimit: 6,
        callback: value => spec.isLogarithmic && !/^[15]/.test(String(value)) ? null :
          Number.isInteger(value) ? count(value) : null,
      },
    };
    const label = {
      title: { display: !spec.isLying, text: spec.axis, color: colour('--soft') },
      grid: { display: false },
      border: { color: colour('--line') },
      ticks: { color: colour('--soft'), maxRotation: 50, autoSkip: !spec.isLying && (spec.isHistogram || spec.labels.length > 40), autoSkipPadding: 10,
        callback(value) { const text = this.getLabelForValue(value); return text.length > 22 ? text.slice(0, 21) + '…' : text; } },
    };
    return {
      responsive: true, maintainAspectRatio: false, animation: false,
      indexAxis: spec.isLying ? 'y' : 'x',
      scales: spec.isLying ? { x: number, y: label } : { x: label, y: number },
      interaction: { mode: 'index', intersect: false, axis: spec.isLying ? 'y' : 'x' },
      plugins: {
        legend: { display: spec.series.length > 1, align: 'end',
          labels: { color: colour('--text'), boxWidth: 12, boxHeight: 12, useBorderRadius: true, borderRadius: 3 } },
        tooltip: { callbacks: { label: item => ` ${count(item.raw)} ${item.dataset.label}` } },
      },
    };
  }

  function draw(canvas) {
    const spec = JSON.parse(canvas.parentElement.nextElementSibling.textContent);
    const colours = [colour('--first'), colour('--second')];
    const one = spec.labels.length > 60 || spec.isHistogram;
    return new Chart(canvas, {
      type: 'bar',
      data: {
        labels: spec.labels,
        datasets: spec.series.map((series, i) => ({
          label: series.name, data: series.values, backgroundColor: colours[i], borderRadius: one ? 1 : 3,
          barPercentage: one ? 1 : 0.9, categoryPercentage: one ? 0.94 : 0.8, minBarLength: 1, maxBarThickness: spec.isHistogram ? undefined : 64,
        })),
      },
      options: options(spec),
    });
  }

  function redraw() {
    while (charts.length) charts.pop().destroy();
    Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
    for (const canvas of document.querySelectorAll('.chart canvas')) charts.push(draw(canvas));
    document.documentElement.dataset.drawn = charts.length;
  }

  document.documentElement.classList.add('scripted');
  redraw();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
  // Paper is white, and has another width than the window.
  const paper = matchMedia('print');
  paper.addEventListener('change', redraw);
  addEventListener('beforeprint', () => charts.forEach(chart => chart.resize()));
  addEventListener('afterprint', () => charts.forEach(chart => chart.resize()));
})();
