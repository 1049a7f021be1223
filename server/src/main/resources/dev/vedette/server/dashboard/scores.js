// The stream of scores: what arrives now, the band of normal, the threshold, and what was flagged.

import {byId, el, say} from './dom.js';
import {colour, onTheme, options} from './charts.js';
import * as words from './words.js';

const WINDOW = 300_000;
/** So many dots fill the window; at higher rates a dot stands for the events around it. */
const DOTS = 600;
const FIRST_GAP_MILLIS = 40;
/** From so many scores on the client tells what is normal, where the server does not. */
const ENOUGH = 20;
const RECENT = 2000;
const MARKS = 200;
const MOST_DRAWS_MILLIS = 500;
/** Milliseconds between the labels of the time axis. */
const STEPS = [5_000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000];

/** The score below which `share` of the sorted scores lie. */
function quantile(sorted, share) {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}

export class Scores {
  constructor(onOpen) {
    this.canvas = byId('scores');
    this.empty = byId('scores-empty');
    this.onOpen = onOpen;
    byId('legend').append(
      ...[['score', 'score'], ['flag', 'flagged'], ['cut', 'threshold'], ['band', '90 % of recent scores']].map(
        ([sign, text]) => el('li', {}, el('i', {class: sign, 'aria-hidden': 'true'}), text)));
    onTheme(() => this.build());
    this.clear();
    this.build();
  }

  clear() {
    this.dots = [];
    this.marks = [];
    this.recent = [];
    this.cuts = [];
    this.band = [];
    this.last = 0;
    this.start = 0;
    this.next = 0;
    this.gap = FIRST_GAP_MILLIS;
    this.slow = false;
    this.empty.hidden = false;
    say(this.empty, 'Waiting for the first events.');
    this.draw();
  }

  /** Says why there are no scores yet. */
  wait(why) {
    if (!this.empty.hidden) {
      say(this.empty, why);
    }
  }

  /**
   * Takes decisions of before the page was opened, oldest first, and puts each at its `place`: event number `events` was
   * judged just now, and `perSecond` a second before it.
   */
  recall(decisions, {events, perSecond}) {
    const now = this.last || Date.now();
    const known = new Set([...this.dots, ...this.marks].map(({point}) => point.number));
    const points = decisions.filter(({decision}) => !known.has(decision.number)).map(({decision, place}) => ({
      x: now - ((events - place) / perSecond) * 1000, y: words.number(decision.score),
      point: {...decision, at: decision.event.at, key: decision.event.key},
    })).filter(({y}) => Number.isFinite(y));
    const inOrder = (a, b) => a.x - b.x;
    this.dots = [...points.filter(({point}) => !point.flagged), ...this.dots].sort(inOrder);
    this.marks = [...points.filter(({point}) => point.flagged), ...this.marks].sort(inOrder);
    this.cuts = [...points.map(({x, point}) => ({x, y: words.number(point.threshold)})).filter(({y}) => Number.isFinite(y)), ...this.cuts].sort(inOrder);
    if (points.length > 0) {
      this.start = Math.min(this.start || now, points[0].x);
      this.band = this.band.length > 0 ? [{...this.band[0], x: points[0].x}, ...this.band] : [];
      this.empty.hidden = true;
    }
    this.trim(now - WINDOW);
    this.schedule();
  }

  /** Takes points as they arrive: they are spread over the time since the points before. */
  add(points) {
    const now = Date.now();
    const from = Math.max(this.last, now - 1000);
    this.start ||= now;
    this.last = now;
    points.forEach((point, i) => this.take(point, from + ((i + 1) / points.length) * (now - from)));
    this.trim(now - WINDOW);
    this.empty.hidden = this.empty.hidden || this.recent.length > 0;
    this.schedule();
  }

  take(point, x) {
    const y = words.number(point.score);
    if (!Number.isFinite(y)) {
      return;
    }
    this.recent.push(y);
    if (point.flagged) {
      this.marks.push({x, y, point});
    } else if (x >= this.next) {
      this.dots.push({x, y, point});
      this.next = x + this.gap;
    }
  }

  /** Takes what is normal now: the threshold and the band that holds 90 % of the scores. */
  tick({threshold, low, high, perSecond}) {
    this.slow = perSecond > 0 ? perSecond < 3 : this.slow;
    const x = Date.now();
    this.start ||= x;
    this.last = x;
    const cut = words.number(threshold);
    if (Number.isFinite(cut)) {
      this.cuts.push({x, y: cut});
    }
    const sorted = this.recent.length >= ENOUGH ? [...this.recent].sort((a, b) => a - b) : [NaN];
    const edges = [words.number(low ?? quantile(sorted, 0.05)), words.number(high ?? quantile(sorted, 0.95))];
    if (edges.every(Number.isFinite)) {
      this.band.push({x, low: edges[0], high: edges[1]});
    }
    this.trim(x - WINDOW);
    this.schedule();
  }

  trim(oldest) {
    for (const list of [this.dots, this.marks, this.cuts, this.band]) {
      list.splice(0, Math.max(list.findIndex(item => item.x >= oldest), 0));
    }
    this.marks.splice(0, Math.max(0, this.marks.length - MARKS));
    this.recent.splice(0, Math.max(0, this.recent.length - RECENT));
    if (this.dots.length > 1.5 * DOTS) {
      this.dots = this.dots.filter((dot, i) => i % 2 === 0);
      this.gap = Math.min(2 * this.gap, WINDOW / DOTS);
    }
  }

  schedule() {
    if (this.waiting) {
      return;
    }
    this.waiting = setTimeout(() => requestAnimationFrame(() => {
      this.waiting = null;
      this.draw();
    }), MOST_DRAWS_MILLIS);
  }

  draw() {
    if (!this.chart || document.hidden) {
      return;
    }
    const now = this.last || Date.now();
    const left = now - Math.min(WINDOW, Math.max(30_000, now - this.start));
    const {x} = this.chart.options.scales;
    [x.min, x.max] = [left, now];
    const toNow = list => (list.length > 0 ? [...list, {...list.at(-1), x: now}] : list);
    const band = toNow(this.band);
    const cuts = toNow(this.cuts);
    const data = [
      band.map(({x: at, low}) => ({x: at, y: low})), band.map(({x: at, high}) => ({x: at, y: high})), cuts, this.dots, this.marks,
    ];
    this.chart.options.scales.y.suggestedMax = 1.08 * Math.max(...data.flat().map(({y}) => y), 0);
    data.forEach((points, i) => { this.chart.data.datasets[i].data = points; });
    // A line between scores is a curve only where each event follows from the one before: at slow rates.
    this.chart.data.datasets[3].showLine = this.slow;
    this.chart.update('none');
    this.describe();
  }

  /** Says in words what the chart shows. */
  describe() {
    const band = this.band.at(-1);
    const cut = this.cuts.at(-1);
    const normal = band ? `90 % of the recent ones lie between ${words.amount(band.low)} and ${words.amount(band.high)}; ` : '';
    this.canvas.setAttribute('aria-label',
      `Scores, live: ${normal}the threshold is ${cut ? words.amount(cut.y) : 'not set yet'}; `
      + `${this.marks.length} flagged in the last 5 minutes`);
  }

  build() {
    this.chart?.destroy();
    this.chart = null;
    if (!globalThis.Chart) {
      say(this.empty, 'The chart could not be loaded; the rest of the page works.');
      return;
    }
    const dots = (name, radius, more = {}) => ({
      type: 'line', data: [], showLine: false, pointRadius: radius, pointHoverRadius: radius + 2, borderWidth: 1,
      pointBackgroundColor: colour(name), pointBorderColor: colour(name), borderColor: colour(name), ...more,
    });
    const edge = more => ({type: 'line', data: [], pointRadius: 0, pointHitRadius: 0, borderColor: colour('quiet'), borderWidth: 0.5, ...more});
    this.chart = new Chart(this.canvas, {
      data: {
        datasets: [
          edge({}),
          edge({fill: {target: '-1'}, backgroundColor: colour('band')}),
          edge({borderColor: colour('ink'), borderWidth: 1.5, borderDash: [6, 4], stepped: true}),
          dots('quiet', 1.5),
          dots('odd', 5, {pointStyle: 'triangle', clip: false}),
        ],
      },
      options: {
        ...options(
          {afterBuildTicks: axis => this.ticks(axis), ticks: {callback: at => this.age(at), autoSkip: false}},
          {suggestedMin: 0},
          {filter: item => item.datasetIndex > 2, callbacks: {title: () => '', label: item => this.tip(item.raw.point)}},
        ),
        onClick: (event, items, chart) => this.click(chart.getElementsAtEventForMode(event, 'nearest', {intersect: true}, true)),
      },
    });
    this.draw();
  }

  /** Round ages, evenly spaced from now on backwards. */
  ticks(axis) {
    const span = axis.max - axis.min;
    const room = Math.max(2, Math.floor(axis.width / 90));
    const step = STEPS.find(size => span / size <= Math.min(6, room)) ?? STEPS.at(-1);
    axis.ticks = Array.from({length: Math.floor(span / step) + 1}, (_, i) => ({value: axis.max - i * step})).reverse();
  }

  age(at) {
    const seconds = Math.round(((this.last || Date.now()) - at) / 1000);
    return seconds < 1 ? 'now' : seconds < 60 ? `−${seconds} s` : `−${words.amount(Math.round(seconds / 6) / 10)} min`;
  }

  tip(point) {
    const what = `score ${words.amount(point.score)}, severity ${words.count(point.severity)}`;
    return [point.flagged ? `flagged: ${what}` : what, ...(point.key ? [point.key] : []), words.time(words.instant(point.at))];
  }

  click(items) {
    const item = items.find(({datasetIndex}) => datasetIndex === 4);
    if (item) {
      this.onOpen(this.marks[item.index].point.number);
    }
  }
}
