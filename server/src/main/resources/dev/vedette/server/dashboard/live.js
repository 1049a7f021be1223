// The tiles: throughput, latency, what was flagged, and how right it was where the truth is known.

import {byId, el, say} from './dom.js';
import {Spark} from './charts.js';
import * as words from './words.js';

function tile(title) {
  const big = el('span');
  const unit = el('span', {class: 'unit'});
  const more = el('p', {class: 'more'});
  const canvas = el('canvas', {class: 'spark', 'aria-hidden': 'true'});
  const node = el('div', {class: 'card tile'}, el('h3', {}, title), el('p', {class: 'big'}, big, unit), more, canvas);
  byId('tiles').append(node);
  return {node, big, unit, more, spark: new Spark(canvas)};
}

export class Live {
  constructor() {
    this.rate = tile('Events');
    this.rate.big.id = 'rate';
    this.wait = tile('Latency, p95');
    this.flags = tile('Flagged');
    this.truth = this.truthTile();
    this.clear();
  }

  truthTile() {
    const precision = el('span');
    const recall = el('span');
    const more = el('p', {class: 'more'});
    const half = (label, number) => el('p', {}, el('span', {class: 'label'}, label), el('span', {class: 'big'}, number));
    const node = el('div', {class: 'card tile', hidden: true, id: 'truth'},
      el('h3', {}, 'Against the truth'), el('div', {class: 'pair'}, half('precision', precision), half('recall', recall)), more);
    byId('tiles').append(node);
    return {node, precision, recall, more};
  }

  clear() {
    this.flaggedBefore = NaN;
    for (const {big, unit, more, spark} of [this.rate, this.wait, this.flags]) {
      say(big, '–');
      say(unit, '');
      say(more, '');
      spark.clear();
    }
    this.truth.node.hidden = true;
  }

  tick(tick) {
    const rate = words.number(tick.perSecond);
    say(this.rate.big, rate < 10 ? words.amount(Math.round(rate * 10) / 10) : words.count(rate));
    say(this.rate.unit, 'per second');
    const queued = tick.queued > 0 ? `, ${words.count(tick.queued)} waiting` : '';
    say(this.rate.more, `${words.count(tick.events)} so far${queued}`);
    this.rate.spark.add(rate);

    const [value, unit] = words.latency(tick.p95);
    say(this.wait.big, value);
    say(this.wait.unit, unit);
    say(this.wait.more, `p50\u00a0${words.latency(tick.p50).join('\u00a0')}, p99\u00a0${words.latency(tick.p99).join('\u00a0')}`);
    this.wait.spark.add(words.number(tick.p95));

    say(this.flags.big, words.count(tick.flagged));
    const share = tick.flagged / tick.events;
    say(this.flags.more, tick.flagged > 0 ? `${words.odds(share)} events` : 'nothing yet');
    this.flags.spark.add(Math.max(0, tick.flagged - this.flaggedBefore) || 0);
    this.flaggedBefore = tick.flagged;
    this.truths(tick.truth);
  }

  truths(truth) {
    this.truth.node.hidden = !truth;
    if (truth) {
      say(this.truth.precision, words.percent(truth.precision, 1));
      say(this.truth.recall, words.percent(truth.recall, 1));
      say(this.truth.more,
        `${words.count(truth.truePositives)} found, ${words.count(truth.falsePositives)} false, ${words.count(truth.missed)} missed`);
    }
  }
}
