// Charts. Chart.js (global `Chart`) draws the big ones, without animation; sparklines are a line on a canvas.

import * as words from './words.js';

const night = matchMedia('(prefers-color-scheme: dark)');
const themed = new Set();
night.addEventListener('change', () => themed.forEach(redraw => redraw()));

/** A colour of theme.css. */
export function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/** Calls `redraw` when day turns to night, until the result is called. */
export function onTheme(redraw) {
  themed.add(redraw);
  return () => themed.delete(redraw);
}

/** A small line over the last `room` values, with a soft area under it. */
export class Spark {
  constructor(canvas, room = 300) {
    this.canvas = canvas;
    this.room = room;
    this.values = [];
    onTheme(() => this.draw());
    new ResizeObserver(() => this.draw()).observe(canvas);
  }

  clear() {
    this.values = [];
    this.draw();
  }

  add(value) {
    this.values.push(Number.isFinite(value) ? value : 0);
    if (this.values.length > this.room) {
      this.values.shift();
    }
    this.draw();
  }

  draw() {
    const {clientWidth: width, clientHeight: height} = this.canvas;
    const scale = window.devicePixelRatio || 1;
    if (width === 0 || document.hidden) {
      return;
    }
    this.canvas.width = Math.round(width * scale);
    this.canvas.height = Math.round(height * scale);
    if (this.values.length < 2) {
      return;
    }
    const pen = this.canvas.getContext('2d');
    pen.scale(scale, scale);
    const top = Math.max(...this.values) || 1;
    const step = width / (Math.max(30, this.values.length) - 1);
    const x = i => width - (this.values.length - 1 - i) * step;
    const y = value => height - 2 - (value / top) * (height - 5);
    pen.beginPath();
    this.values.forEach((value, i) => pen.lineTo(x(i), y(value)));
    pen.lineWidth = 1.5;
    pen.lineJoin = 'round';
    pen.strokeStyle = colour('quiet');
    pen.stroke();
    pen.lineTo(width, height);
    pen.lineTo(x(0), height);
    pen.fillStyle = colour('band');
    pen.fill();
  }
}

/** Options all charts share: no animation, quiet axes, data as it is. */
export function options(x, y, tooltip) {
  const font = {size: 12, family: getComputedStyle(document.body).fontFamily};
  const axis = {
    type: 'linear',
    border: {display: false},
    grid: {color: colour('line'), drawTicks: false},
    ticks: {color: colour('soft'), font, padding: 8, maxRotation: 0},
  };
  return {
    animation: false,
    responsive: true,
    maintainAspectRatio: false,
    parsing: false,
    normalized: true,
    interaction: {mode: 'nearest', intersect: false},
    layout: {padding: {top: 4, right: 6}},
    scales: {
      x: {...axis, ...x, grid: {display: false}, ticks: {...axis.ticks, maxTicksLimit: 6, ...x.ticks}},
      y: {...axis, ...y, ticks: {...axis.ticks, maxTicksLimit: 5, callback: value => words.amount(value), ...y.ticks}},
    },
    plugins: {
      legend: {display: false},
      tooltip: {displayColors: false, padding: 10, cornerRadius: 8, titleFont: font, bodyFont: font, ...tooltip},
    },
  };
}

/**
 * The history of a key as a chart: `points` of {x: time, y: value, flagged, here}. Triangles are flagged; the big one is the
 * event of the alert, with a line through it.
 */
export function history(canvas, points) {
  const here = points.find(point => point.here);
  const span = points.length > 1 ? points.at(-1).x - points[0].x : 0;
  const odd = colour('odd');
  const quiet = colour('quiet');
  const marker = {
    id: 'marker',
    beforeDatasetsDraw({ctx, chartArea, scales}) {
      if (here) {
        const x = scales.x.getPixelForValue(here.x);
        ctx.save();
        ctx.strokeStyle = odd;
        ctx.setLineDash([3, 4]);
        ctx.beginPath();
        ctx.moveTo(x, chartArea.top);
        ctx.lineTo(x, chartArea.bottom);
        ctx.stroke();
        ctx.restore();
      }
    },
  };
  return new Chart(canvas, {
    type: 'line',
    data: {
      datasets: [{
        data: points,
        borderColor: quiet,
        borderWidth: 1.5,
        pointStyle: points.map(point => (point.flagged ? 'triangle' : 'circle')),
        pointRadius: points.map(point => (point.here ? 7 : point.flagged ? 5 : 2)),
        pointBackgroundColor: points.map(point => (point.flagged || point.here ? odd : quiet)),
        pointBorderColor: points.map(point => (point.flagged || point.here ? odd : quiet)),
        clip: false,
      }],
    },
    options: options(
      {bounds: 'data', ticks: {maxTicksLimit: 4, callback: at => words.tick(at, span)}, offset: points.length < 2},
      {grace: '8%', min: points.every(({y}) => y >= 0) ? 0 : undefined},
      {callbacks: {
        title: items => words.time(items[0]?.raw.x),
        label: item => words.amount(item.raw.y) + (item.raw.flagged ? ', flagged' : '') + (item.raw.here ? ' (this event)' : ''),
      }},
    ),
    plugins: [marker],
  });
}
