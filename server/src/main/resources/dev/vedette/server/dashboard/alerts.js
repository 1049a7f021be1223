// The list of alerts: newest first, kept in step by id, filtered by severity and text, walked by keyboard.

import {bar, byId, el, say} from './dom.js';
import * as api from './api.js';
import * as words from './words.js';

const PAGE = 50;
const MOST = 300;

export const link = alert => `#/${encodeURIComponent(alert.pipeline)}/alerts/${encodeURIComponent(alert.id)}`;

/** What a person said of an alert, as a tag; null where nobody did. */
export function verdict(anomaly) {
  return anomaly === undefined ? null : el('span', {class: anomaly ? 'tag real' : 'tag false'}, anomaly ? '✓ real' : '✕ false alarm');
}

/** What the summary of an alert that opens again and again says of that; '' for others. */
export const flapping = ({summary}) => /flapping, opened \d+ times within \w+/.exec(summary ?? '')?.[0] ?? '';

/** The top reasons: the first one, and the others. */
function reasons(alert) {
  const [first, ...others] = (alert.causes ?? []).slice(0, 3).map(cause => cause.text);
  return [first ?? 'the combination is unusual', others.join('; ')];
}

export class Alerts {
  /** `hooks.when(time)` says when that was, `hooks.empty()` the words for an empty list, `hooks.failed(error)` takes errors. */
  constructor(hooks) {
    this.hooks = hooks;
    this.list = byId('alerts');
    this.verdicts = new Map();
    this.reset(null);
    byId('severity').addEventListener('change', () => this.load());
    byId('search').addEventListener('input', () => this.filter());
    byId('older').addEventListener('click', () => this.older());
  }

  reset(pipeline) {
    this.pipeline = pipeline;
    this.rows = new Map();
    this.opened = null;
    this.next = null;
    this.loaded = false;
    this.list.replaceChildren();
    byId('older').hidden = true;
    this.filter();
  }

  /** Shows the newest alerts of the pipeline. */
  async load(pipeline = this.pipeline) {
    const {opened} = this;
    this.reset(pipeline);
    this.opened = opened;
    await this.page();
  }

  async older() {
    const last = [...this.list.children].at(-1);
    await this.page(this.next);
    last?.nextElementSibling?.firstElementChild.focus();
  }

  async page(before) {
    const {pipeline} = this;
    const severity = byId('severity').value;
    try {
      const page = await api.alerts({pipeline, severity: severity === '0' ? '' : severity, before, limit: PAGE});
      if (pipeline !== this.pipeline) {
        return;
      }
      page.alerts.forEach(alert => this.put(alert, false));
      this.next = page.next ?? null;
      this.loaded = true;
      this.open(this.opened);
      byId('older').hidden = this.next === null || this.rows.size >= MOST;
      this.filter();
    } catch (failure) {
      this.hooks.failed(failure);
    }
  }

  /** Takes an alert from the stream; true when it was not known before. */
  arrive(alert) {
    if (alert.pipeline !== this.pipeline || alert.severity < Number(byId('severity').value)) {
      return false;
    }
    const fresh = !this.rows.has(alert.id);
    this.put(alert, true);
    while (this.rows.size > MOST) {
      const last = this.list.lastElementChild;
      this.rows.delete(last.dataset.id);
      last.remove();
    }
    this.filter();
    return fresh;
  }

  /** Adds an alert, or renews its row where it is; new ones of the stream go on top. */
  put(alert, onTop) {
    const known = this.rows.get(alert.id);
    const row = known ?? {item: el('li', {'data-id': alert.id}, el('a', {href: link(alert)}))};
    row.alert = alert;
    row.text = `${alert.group} ${alert.summary} ${reasons(alert).join(' ')}`.toLowerCase();
    this.rows.set(alert.id, row);
    this.render(row);
    if (!known) {
      onTop ? this.list.prepend(row.item) : this.list.append(row.item);
    }
  }

  render({alert, item}) {
    const grade = words.grade(alert.severity);
    const times = words.counted(alert.count, 'event');
    const [first, others] = reasons(alert);
    item.firstElementChild.replaceChildren(
      el('span', {class: 'grade'},
        el('b', {}, words.count(alert.severity)), el('span', {class: 'word'}, grade), bar(alert.severity / 100, true)),
      el('span', {class: 'what'},
        el('span', {}, el('b', {}, alert.group), first), el('span', {class: 'reasons'}, others)),
      el('span', {class: 'when'},
        el('span', {class: 'ago', title: words.time(words.instant(alert.last))}, this.hooks.when(words.instant(alert.last))),
        el('span', {}, `${times}, ${flapping(alert) ? 'flapping' : alert.state === 'closed' ? 'over' : 'open'}`), verdict(this.verdicts.get(alert.id))));
  }

  /** Remembers what was said of an alert. */
  judged(id, anomaly) {
    this.verdicts.set(id, anomaly);
    const row = this.rows.get(id);
    if (row) {
      this.render(row);
    }
  }

  filter() {
    const wanted = byId('search').value.trim().toLowerCase();
    let shown = 0;
    for (const {item, text} of this.rows.values()) {
      item.hidden = wanted !== '' && !text.includes(wanted);
      shown += item.hidden ? 0 : 1;
    }
    say(byId('alerts-empty'), shown > 0 ? '' : this.emptiness(wanted));
  }

  emptiness(wanted) {
    if (!this.loaded) {
      return 'Loading the alerts.';
    }
    if (this.rows.size > 0) {
      return `None of the ${words.count(this.rows.size)} alerts shown contains “${wanted}”.`;
    }
    return byId('severity').value === '0' ? this.hooks.empty() : 'No alert of this severity.';
  }

  /** Renews what changes by itself: how long ago, and the words of an empty list. */
  refresh() {
    for (const {alert, item} of this.rows.values()) {
      say(item.querySelector('.ago'), this.hooks.when(words.instant(alert.last)));
    }
    if (this.rows.size === 0) {
      this.filter();
    }
  }

  /** Marks the alert that is open. */
  open(id) {
    this.opened = id;
    for (const [rowId, {item}] of this.rows) {
      rowId === id ? item.firstElementChild.setAttribute('aria-current', 'true') : item.firstElementChild.removeAttribute('aria-current');
    }
  }

  /** The alert the keyboard is on: the one open, else the one focused. */
  current() {
    const focused = document.activeElement?.closest?.('#alerts > li');
    return this.rows.get(this.opened ?? focused?.dataset.id)?.alert ?? null;
  }

  /** The alert `step` rows further down, focused; null at the end. */
  move(step) {
    const shown = [...this.list.children].filter(item => !item.hidden);
    const now = shown.findIndex(item => item.dataset.id === this.current()?.id);
    const item = now < 0 ? shown[0] : shown[now + step];
    if (!item) {
      return null;
    }
    item.firstElementChild.focus();
    item.scrollIntoView({block: 'nearest'});
    return this.rows.get(item.dataset.id).alert;
  }

  /** The alert that holds event `number`, as far as it can be told. */
  holding(number) {
    return [...this.rows.values()].map(row => row.alert).find(({first, worst}) => worst === number || first === number) ?? null;
  }

  focus(id) {
    (this.rows.get(id)?.item.firstElementChild ?? byId('alerts-title')).focus();
  }
}
