// One number of one key over time: the values, what was to be expected, what was flagged, and what a person says of a point.

import {byId, el, say} from './dom.js';
import * as api from './api.js';
import {colour, onTheme, options} from './charts.js';
import * as words from './words.js';

const POINTS = 1000;
const RENEW_MILLIS = 10_000;
/** The least number of points a view shows. */
const CLOSEST = 10;

export const link = (pipeline, key, field) => ['#', pipeline, 'series', ...(key ? [key, ...(field ? [field] : [])] : [])]
  .map((part, i) => (i === 0 ? part : encodeURIComponent(part))).join('/');

export class Series {
  /** `hooks.failed(error)`, `hooks.learns()`: whether the threshold of the pipeline is chosen by labels. */
  constructor(hooks) {
    this.hooks = hooks;
    this.node = byId('series');
    this.where = null;
    this.points = [];
    this.chart = null;
    onTheme(() => this.draw());
    setInterval(() => this.renew(), RENEW_MILLIS);
  }

  close() {
    this.where = null;
    this.chart?.destroy();
    this.chart = null;
    this.node.hidden = true;
  }

  /** Shows `field` of `key`; what is left out the server chooses. */
  async open(pipeline, key, field) {
    // Who chose by keyboard goes on where the choice was made.
    const focused = this.node.contains(document.activeElement) ? document.activeElement.id : '';
    this.close();
    this.where = {pipeline, key, field};
    this.view = null;
    this.chosen = null;
    this.node.hidden = false;
    this.node.replaceChildren(this.head({keys: [], fields: []}), el('p', {class: 'empty'}, 'Loading the values.'));
    await this.load();
    if (focused !== '' && document.activeElement === document.body) {
      byId(focused)?.focus();
    }
  }

  async load() {
    const {where} = this;
    try {
      const found = await api.series(where.pipeline, {key: where.key, field: where.field, limit: POINTS});
      if (this.where === where) {
        this.show(found);
      }
    } catch (failure) {
      if (this.where === where) {
        this.node.replaceChildren(this.head({keys: [], fields: []}), el('p', {class: 'empty', role: 'alert'}, failure.message));
        this.hooks.failed(failure);
      }
    }
  }

  /** Takes newer points while nobody looks closely at some. */
  renew() {
    if (this.where !== null && this.view === null && this.chosen === null && !document.hidden && !this.node.contains(document.activeElement)) {
      this.load();
    }
  }

  show(found) {
    this.found = found;
    this.points = found.points.map(point => ({
      ...point, x: words.instant(point.at), y: words.number(point.value),
      expected: words.number(point.expected), lower: words.number(point.lower), upper: words.number(point.upper),
    }));
    if (this.points.length === 0) {
      const why = found.key === null ? 'There are no events yet.' : found.field === null ? `No event of ${found.key} that is kept has a number.` : `No event of ${found.key} has a number in ${found.field}.`;
      this.node.replaceChildren(this.head(found), el('p', {class: 'empty'}, why));
      return;
    }
    this.canvas = el('canvas', {id: 'series-chart', role: 'img', tabindex: '0', onkeydown: event => this.press(event)});
    this.detail = el('div', {class: 'point', id: 'series-point', role: 'status'});
    this.node.replaceChildren(this.head(found), el('div', {class: 'plot tall'}, this.canvas), this.zooms(), this.detail, this.odd());
    this.listen();
    this.draw();
    this.tell();
  }

  head({key, field, keys, fields}) {
    const choose = (name, text, all, chosen, go) => all.length === 0 ? null : el('label', {}, el('span', {class: 'hidden'}, text),
      el('select', {id: `series-${name}`, onchange: event => { location.hash = go(event.target.value); }},
        // What an address asks for is shown as chosen even where there is no such thing, so that all others can be.
        ...(chosen === null || chosen === undefined || all.includes(chosen) ? all : [chosen, ...all]).map(one => el('option', {value: one, selected: one === chosen}, one))));
    const {pipeline} = this.where;
    const sign = (name, text) => el('li', {}, el('i', {class: name, 'aria-hidden': 'true'}), text);
    return el('header', {class: 'head'},
      el('h2', {id: 'series-title', tabindex: '-1'}, 'Values over time'),
      el('ul', {class: 'legend'}, sign('value', 'value'), sign('flag', 'event flagged'), sign('band', 'where 99 % were expected')),
      el('div', {class: 'filters'},
        choose('key', 'Key', keys, key, one => link(pipeline, one, field)),
        choose('field', 'Number', fields, field, one => link(pipeline, key, one)),
        el('a', {class: 'close', href: `#/${encodeURIComponent(pipeline)}`, 'aria-label': 'Close the values'}, '✕')));
  }

  zooms() {
    const button = (text, says, act) => el('button', {type: 'button', class: 'quiet', 'aria-label': says, title: says, onclick: act}, text);
    return el('p', {class: 'zooms'},
      button('←', 'Earlier', () => this.pan(-0.5)), button('−', 'Zoom out', () => this.zoom(2)), button('+', 'Zoom in', () => this.zoom(0.5)),
      button('→', 'Later', () => this.pan(0.5)), button('All', 'Show all points', () => this.range(null)),
      el('span', {class: 'soft small'}, 'Drag over a stretch to look closer; choose a point to say what it was.'));
  }

  /** The flagged events that are shown, as a list for those who cannot see the chart. */
  odd() {
    const flagged = this.points.map((point, i) => [point, i]).filter(([point]) => point.flagged);
    return el('details', {class: 'odd-points'}, el('summary', {}, `${words.counted(flagged.length, 'flagged event')} of ${words.count(this.points.length)}`),
      el('ol', {}, ...flagged.reverse().slice(0, 50).map(([point, i]) => el('li', {},
        el('button', {type: 'button', class: 'plain', onclick: () => this.choose(i, true)}, `${words.time(point.x)}: ${words.amount(point.y)}${this.normally(point)}`)))));
  }

  normally({lower, upper}) {
    return Number.isFinite(lower) ? `, expected ${words.amount(lower)} to ${words.amount(upper)}` : '';
  }

  // ---- the part that is shown: indices of the first and the last point, null for all

  shown() {
    return this.view ?? [0, this.points.length - 1];
  }

  range(view) {
    const most = this.points.length - 1;
    if (view !== null) {
      const size = Math.max(CLOSEST - 1, Math.round(view[1] - view[0]));
      const from = Math.max(0, Math.min(Math.round(view[0]), most - size));
      view = size >= most ? null : [from, from + size];
    }
    this.view = view;
    this.draw();
  }

  zoom(factor) {
    const [from, to] = this.shown();
    const middle = this.chosen !== null && this.chosen >= from && this.chosen <= to ? this.chosen : (from + to) / 2;
    const half = ((to - from) * factor) / 2;
    this.range([middle - half, middle + half]);
  }

  pan(share) {
    const [from, to] = this.shown();
    const step = (to - from) * share;
    this.range([from + step, to + step]);
  }

  press(event) {
    const [from, to] = this.shown();
    const step = by => this.choose(Math.max(0, Math.min(this.points.length - 1, (this.chosen ?? (by > 0 ? from - 1 : to + 1)) + by)), true);
    const act = {
      ArrowLeft: () => step(-1), ArrowRight: () => step(1), '+': () => this.zoom(0.5), '=': () => this.zoom(0.5), '-': () => this.zoom(2),
      0: () => this.range(null), Home: () => this.choose(0, true), End: () => this.choose(this.points.length - 1, true),
      r: () => this.label(true), f: () => this.label(false),
    }[event.key];
    if (act && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      event.stopPropagation();
      act();
    }
  }

  listen() {
    let start = null;
    const place = event => event.clientX - this.canvas.getBoundingClientRect().left;
    const index = x => this.nearest(this.chart.scales.x.getValueForPixel(x));
    this.canvas.addEventListener('pointerdown', event => { start = place(event); });
    this.canvas.addEventListener('pointermove', event => {
      this.drag = start === null ? null : [start, place(event)];
      if (this.drag) {
        this.chart?.draw();
      }
    });
    this.canvas.addEventListener('pointerleave', () => { start = null; this.drag = null; });
    this.canvas.addEventListener('pointerup', event => {
      const end = place(event);
      this.drag = null;
      if (start !== null && this.chart) {
        Math.abs(end - start) > 8 ? this.range([index(Math.min(start, end)), index(Math.max(start, end))]) : this.choose(index(end), false);
      }
      start = null;
    });
  }

  nearest(time) {
    let best = 0;
    this.points.forEach(({x}, i) => { best = Math.abs(x - time) < Math.abs(this.points[best].x - time) ? i : best; });
    return best;
  }

  // ---- a point and what a person says of it

  choose(i, follow) {
    const [from, to] = this.shown();
    this.chosen = i;
    if (follow && (i < from || i > to)) {
      const half = (to - from) / 2;
      this.range([i - half, i + half]);
    } else {
      this.draw();
    }
    this.tell();
  }

  tell() {
    const point = this.points[this.chosen];
    if (!point) {
      this.detail.replaceChildren();
      return;
    }
    const button = (anomaly, text) => el('button', {type: 'button', onclick: () => this.label(anomaly)}, text);
    this.detail.replaceChildren(
      el('p', {}, el('b', {}, words.amount(point.y)), ` at ${words.time(point.x)}${this.normally(point)}${point.flagged ? '; the event was flagged' : ''}`),
      el('div', {class: 'verdict'}, button(true, 'Real anomaly'), button(false, 'Nothing special')),
      el('p', {class: 'feedback'}));
  }

  async label(anomaly) {
    const point = this.points[this.chosen];
    if (!point) {
      return;
    }
    // The buttons stay, and with them the focus.
    const told = text => {
      if (point === this.points[this.chosen]) {
        say(this.detail.querySelector('.feedback'), text);
      }
    };
    try {
      await api.label(this.where.pipeline, point.number, anomaly, '');
      const learns = this.hooks.learns() ? ' The threshold takes it into account from now on.' : ' The threshold of this pipeline does not learn from labels.';
      told(`✓ Kept as ${anomaly ? 'a real anomaly' : 'nothing special'}.${learns}`);
    } catch (failure) {
      told(`Not kept: ${failure.message}`);
      this.hooks.failed(failure);
    }
  }

  // ---- the chart

  draw() {
    this.chart?.destroy();
    this.chart = null;
    if (this.where === null || !this.canvas?.isConnected) {
      return;
    }
    if (!globalThis.Chart) {
      say(this.detail, 'The chart could not be loaded; the list below works.');
      return;
    }
    const [from, to] = this.shown();
    const points = this.points.slice(from, to + 1);
    this.canvas.setAttribute('aria-label', this.describe(points));
    this.chart = new Chart(this.canvas, {data: {datasets: this.datasets(points)}, options: this.style(points), plugins: [this.selection()]});
  }

  datasets(points) {
    const edge = (name, more) => ({
      type: 'line', data: points.map(point => ({x: point.x, y: point[name]})), pointRadius: 0, pointHitRadius: 0,
      borderColor: colour('quiet'), borderWidth: 0.5, spanGaps: false, ...more,
    });
    const odd = colour('odd');
    const here = this.points[this.chosen];
    return [
      edge('lower', {}), edge('upper', {fill: {target: '-1'}, backgroundColor: colour('band')}),
      edge('expected', {borderWidth: 1, borderDash: [4, 4]}),
      {type: 'line', data: points, borderColor: colour('ink'), borderWidth: 1.3, pointRadius: points.length > 150 ? 0 : 2, pointBackgroundColor: colour('ink')},
      {type: 'line', showLine: false, data: points.filter(({flagged}) => flagged), pointStyle: 'triangle', pointRadius: 6, pointBackgroundColor: odd, pointBorderColor: odd, clip: false},
      {type: 'line', showLine: false, data: points.filter(point => point === here), pointRadius: 9, pointBackgroundColor: 'transparent', pointBorderColor: colour('link'), pointBorderWidth: 2, clip: false},
    ];
  }

  style(points) {
    const span = points.length > 1 ? points.at(-1).x - points[0].x : 0;
    return options(
      {bounds: 'data', ticks: {callback: at => words.tick(at, span)}},
      {grace: '6%'},
      {filter: item => item.datasetIndex === 3, callbacks: {
        title: items => words.time(items[0]?.raw.x),
        label: item => words.amount(item.raw.y) + this.normally(item.raw) + (item.raw.flagged ? ', flagged' : ''),
      }},
    );
  }

  /** The stretch that is dragged over. */
  selection() {
    return {
      id: 'selection',
      afterDraw: ({ctx, chartArea}) => {
        if (this.drag) {
          ctx.save();
          ctx.fillStyle = colour('band');
          ctx.globalAlpha = 0.6;
          ctx.fillRect(this.drag[0], chartArea.top, this.drag[1] - this.drag[0], chartArea.bottom - chartArea.top);
          ctx.restore();
        }
      },
    };
  }

  describe(points) {
    const values = points.map(({y}) => y);
    const last = points.at(-1);
    return `${this.found.field} of ${this.found.key}, ${words.counted(points.length, 'point')} from ${words.time(points[0].x)} to ${words.time(last.x)}: `
      + `between ${words.amount(Math.min(...values))} and ${words.amount(Math.max(...values))}, ${points.filter(({flagged}) => flagged).length} flagged; `
      + `the last is ${words.amount(last.y)}${this.normally(last)}. Arrow keys go from point to point.`;
  }
}
