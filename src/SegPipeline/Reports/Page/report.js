// Draws the charts of a report. Each canvas is followed by a JSON script that says what is on it.
(() => {
  'use strict';
  const charts = [];
  const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const colours = () => [colour('--first'), colour('--second')];
  const count = value => Number(value).toLocaleString('en');
  const isDense = spec => spec.labels.length > 60;

  function options(spec, values) {
    const number = {
      type: spec.isLogarithmic ? 'logarithmic' : 'linear',
      beginAtZero: !spec.isLogarithmic,
      // One is something: on a scale that began with it, half of a long tail would have no height.
      min: spec.isLogarithmic ? 0.5 : undefined,
      title: {
        display: spec.isLogarithmic || (!spec.isLying && spec.series.length === 1), color: colour('--soft'),
        text: spec.isLogarithmic ? 'logarithmic' : spec.series[0].name,
      },
      border: { display: false },
      grid: { color: colour('--line') },
      ticks: {
        color: colour('--soft'), maxTicksLimit: spec.isLogarithmic ? 60 : 6, autoSkip: !spec.isLogarithmic,
        callback: value => !Number.isInteger(value) || (spec.isLogarithmic && !/^10*$/.test(value)) ? null : count(value),
      },
    };
    const label = {
      title: { display: !spec.isLying, text: spec.axis, color: colour('--soft') },
      grid: { display: false },
      border: { color: colour('--line') },
      ticks: { color: colour('--soft'), maxRotation: 50, autoSkipPadding: 10,
        autoSkip: !spec.isLying && (spec.isHistogram || spec.labels.length > 40),
        callback(value) { const text = this.getLabelForValue(value); return text.length > 22 ? text.slice(0, 21) + '…' : text; } },
    };
    return {
      responsive: true, maintainAspectRatio: false, animation: false,
      indexAxis: spec.isLying ? 'y' : 'x',
      scales: spec.isLying ? { x: number, y: label } : { x: label, y: number },
      interaction: { mode: 'index', intersect: false, axis: spec.isLying ? 'y' : 'x' },
      plugins: {
        legend: { display: spec.series.length > 1, align: 'end', reverse: isDense(spec),
          labels: {
            color: colour('--text'), boxWidth: 12, boxHeight: 12, useBorderRadius: true, borderRadius: 3,
            // Of their own accord they have the colour of the first bar, which may be nothing.
            generateLabels: chart => Chart.defaults.plugins.legend.labels.generateLabels(chart)
              .map(label => ({ ...label, fillStyle: colours()[label.datasetIndex] })),
          } },
        tooltip: { callbacks: { label: item => ` ${count(item.raw)} ${item.dataset.label}` } },
      },
    };
  }

  function draw(canvas) {
    const spec = JSON.parse(canvas.parentElement.nextElementSibling.textContent);
    const one = isDense(spec) || spec.isHistogram;
    return new Chart(canvas, {
      type: 'bar',
      data: {
        labels: spec.labels,
        datasets: spec.series.map((series, i) => ({
          label: series.name, data: series.values, borderRadius: one ? 1 : 3, order: isDense(spec) ? -i : 0,
          // What there is of can be seen, what there is nothing of cannot.
          backgroundColor: bar => bar.raw === 0 ? 'transparent' : colours()[i], minBarLength: 1,
          // Where bars are hairs, those of the second, smaller count stand in front of the first.
          grouped: !isDense(spec), barPercentage: one ? 1 : 0.9, categoryPercentage: one ? 0.94 : 0.8,
          maxBarThickness: spec.isHistogram ? 120 : 64,
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
