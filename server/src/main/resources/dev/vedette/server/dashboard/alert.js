// One alert: what happened, why, who said so, how sure, what the key did before, and what a person says of it.

import {bar, byId, el, say} from './dom.js';
import * as api from './api.js';
import {history, onTheme} from './charts.js';
import {flapping, link} from './alerts.js';
import {link as seriesLink} from './series.js';
import * as words from './words.js';

/** What a label does, by whether the threshold of the pipeline is chosen by labels. */
const LEARNS = {
  true: ' The threshold of this pipeline takes it into account from now on.',
  false: ' It is shown with the alert; the threshold of this pipeline does not learn from labels.',
};

const part = (title, ...children) => el('section', {class: 'part'}, el('h3', {}, title), ...children);

/** The fields a feature such as "ratio(amount, mean(amount, 30d))" is made of, as far as the event has them. */
export function fieldsOf(feature, fields) {
  return (feature.match(/[\p{L}_][\p{L}\p{N}_.-]*/gu) ?? []).filter(name => Object.hasOwn(fields, name));
}

export class Alert {
  /** `hooks.judged(id, anomaly)`, `hooks.back()`, `hooks.when(time)`, `hooks.learns()`, `hooks.failed(error)`. */
  constructor(hooks) {
    this.hooks = hooks;
    this.node = byId('alert');
    this.chart = null;
    this.data = null;
    this.id = null;
    onTheme(() => this.draw());
  }

  close() {
    this.id = null;
    this.data = null;
    this.chart?.destroy();
    this.chart = null;
    this.node.hidden = true;
  }

  async open(id) {
    this.close();
    this.id = id;
    this.node.hidden = false;
    this.node.replaceChildren(this.top(), el('p', {class: 'empty'}, 'Loading the alert.'));
    try {
      const data = await api.alert(id);
      if (this.id === id) {
        this.show(data);
      }
    } catch (failure) {
      if (this.id === id) {
        const why = failure.status === 404 ? 'No such alert is kept here. Old ones are removed after a while.' : failure.message;
        this.node.replaceChildren(this.top(), el('p', {class: 'empty', role: 'alert'}, why));
        this.hooks.failed(failure);
      }
    }
  }

  /** Takes news of the alert that is open; what a person was doing in it stays. */
  async renew(arrived) {
    if (this.data === null || arrived.id !== this.id) {
      return;
    }
    if (arrived.worst !== this.data.alert.worst && this.comment.value === '') {
      const data = await api.alert(arrived.id).catch(() => null);
      if (data !== null && data.alert.id === this.id && this.comment.value === '') {
        this.show(data);
        return;
      }
    }
    if (this.data !== null && arrived.id === this.id) {
      this.data.alert = {...arrived, worst: this.data.alert.worst};
      this.node.querySelector('.bar-top').replaceWith(this.top());
      byId('alert-head').replaceWith(this.title(this.data.alert, this.data.decision));
    }
  }

  /** As `renew`, where news may have been missed. */
  async refresh() {
    const {id} = this;
    if (this.data !== null) {
      const data = await api.alert(id).catch(() => null);
      if (data !== null && this.id === id) {
        this.renew(data.alert);
      }
    }
  }

  top() {
    return el('div', {class: 'bar-top'},
      el('button', {class: 'quiet', type: 'button', id: 'back', onclick: () => this.hooks.back()}, '← Back'),
      this.data ? el('span', {class: 'tag'}, this.data.alert.state === 'closed' ? 'over' : 'open') : null);
  }

  show(data) {
    this.data = data;
    const {alert, decision} = data;
    const fields = decision?.event?.fields ?? {};
    const past = (data.history ?? []).filter(point => Number.isFinite(words.instant(point.at)));
    const causes = decision?.causes?.length ? decision.causes : alert.causes ?? [];
    this.node.replaceChildren(
      this.top(),
      this.title(alert, decision),
      this.judge(data),
      part('Why', this.reasons(causes)),
      past.length > 0 ? this.history(alert, past, causes) : '',
      decision ? part('What happened', this.happened(decision, causes, fields)) : part('What happened',
        el('p', {class: 'soft'}, 'The event itself is not kept any longer.')),
      decision?.opinions?.length ? part('What each detector said', this.opinions(decision)) : '',
      part('Similar alerts before', this.similar(data.similar ?? [])));
    this.draw();
  }

  title(alert, decision) {
    const span = alert.count > 1
      ? `${words.count(alert.count)} events from ${words.time(words.instant(alert.opened))} to ${words.time(words.instant(alert.last))}`
      : words.time(words.instant(alert.opened));
    return el('div', {id: 'alert-head'},
      el('div', {class: 'title'}, el('h2', {tabindex: '-1', id: 'alert-title'}, alert.group), el('span', {class: 'soft small'}, span)),
      flapping(alert) ? el('p', {class: 'summary'}, `It is ${flapping(alert)}: held back until calm.`) : null,
      el('p', {class: 'level'},
        el('span', {}, 'Severity ', el('b', {}, words.count(alert.severity)), ` of 100, ${words.grade(alert.severity)}`), bar(alert.severity / 100, true)),
      decision ? el('p', {class: 'sure'}, words.sure(decision.pValue, decision.pLow, decision.pHigh)) : null);
  }

  judge({alert, labels}) {
    const button = (anomaly, text, key) => el('button',
      {type: 'button', id: anomaly ? 'real' : 'false-alarm', 'aria-pressed': 'false', 'aria-keyshortcuts': key, onclick: () => this.label(anomaly)},
      text, el('kbd', {'aria-hidden': 'true'}, key));
    this.buttons = [button(true, 'Real', 'r'), button(false, 'False alarm', 'f')];
    this.comment = el('textarea', {rows: '1', maxlength: '2000', placeholder: 'Comment, if you like', 'aria-label': 'Comment'});
    this.feedback = el('p', {class: 'feedback', role: 'status'});
    const said = labels?.[0];
    if (said) {
      this.press(said.anomaly);
      this.hooks.judged(alert.id, said.anomaly);
      say(this.feedback, `${said.by || 'Somebody'} said so ${words.time(words.instant(said.at))}${said.comment ? `: ${said.comment}` : '.'}`);
    }
    return el('section', {class: 'part', 'aria-label': 'What do you say?'},
      el('div', {class: 'verdict'}, ...this.buttons, this.comment), this.feedback);
  }

  press(anomaly) {
    this.buttons.forEach((button, i) => button.setAttribute('aria-pressed', String(anomaly === (i === 0))));
  }

  /** Tells the server what a person says of the alert that is open. */
  async label(anomaly) {
    if (!this.data) {
      return;
    }
    const {alert} = this.data;
    const {feedback, comment, buttons} = this;
    buttons.forEach(button => { button.disabled = true; });
    try {
      await api.label(alert.pipeline, alert.worst, anomaly, comment.value.trim());
      this.hooks.judged(alert.id, anomaly);
      this.press(anomaly);
      feedback.className = 'feedback done';
      say(feedback, `✓ Kept as ${anomaly ? 'real' : 'a false alarm'}.${LEARNS[String(this.hooks.learns())] ?? ''}`);
    } catch (failure) {
      feedback.className = 'feedback failed';
      say(feedback, `Not kept: ${failure.message}`);
      this.hooks.failed(failure);
    } finally {
      buttons.forEach(button => { button.disabled = false; });
    }
  }

  reasons(causes) {
    if (causes.length === 0) {
      return el('p', {class: 'soft'}, 'No single reason stands out: it is the combination that is unusual.');
    }
    return el('ol', {class: 'reasons-list'}, ...causes.map(cause => el('li', {},
      el('p', {class: 'line'}, el('b', {}, cause.text || `${cause.feature} is ${words.amount(cause.value)}, normally ${words.amount(cause.normal)}`),
        el('span', {class: 'share'}, words.percent(cause.share))),
      bar(cause.share, true))));
  }

  happened(decision, causes, fields) {
    const named = new Set(causes.flatMap(cause => fieldsOf(cause.feature, fields)));
    const row = (name, value) => [el('dt', {}, name), el('dd', named.has(name) ? {class: 'named'} : {}, value)];
    const handled = decision.handling === 'late' ? [row('handled', 'late: it was judged, but not learned from')] : [];
    const {event} = decision;
    // Fields that say the same as a row of their own are not said again.
    const said = value => String(value) === event.id || words.instant(value) === words.instant(event.at);
    const others = Object.entries(fields).filter(([, value]) => !said(value));
    return el('dl', {class: 'fields'}, ...[
      ...(others.some(([, value]) => value === event.key) ? [] : [row('key', event.key)]),
      row('time', words.time(words.instant(event.at))),
      ...others.map(([name, value]) => row(name, words.field(value))),
      ...handled,
      row('event', event.id === '' ? `number ${words.count(decision.number)}` : `${event.id}, number ${words.count(decision.number)}`),
      row('version', decision.version),
    ].flat());
  }

  opinions(decision) {
    const rows = decision.opinions.map(opinion => el('tr', {},
      el('th', {scope: 'row'}, opinion.detector),
      opinion.leftOut
        ? el('td', {class: 'out'}, `left out: ${opinion.leftOut}`)
        : el('td', {}, words.odds(Number.isFinite(words.number(opinion.strength)) ? 10 ** -opinion.strength : opinion.pValue))));
    const spread = decision.disagreement >= 15 ? 'They disagree.' : decision.disagreement >= 7 ? 'They agree roughly.' : 'They agree.';
    const cut = Number.isFinite(words.number(decision.threshold)) ? `; above ${words.amount(decision.threshold)} is flagged` : '';
    return el('div', {},
      el('table', {class: 'opinions'},
        el('thead', {}, el('tr', {}, el('th', {scope: 'col'}, 'detector'), el('th', {scope: 'col'}, 'as unusual as'))),
        el('tbody', {}, ...rows)),
      el('p', {class: 'soft small'}, `${spread} Together they score ${words.amount(decision.score)}${cut}.`));
  }

  history(alert, past, causes) {
    const numeric = [...new Set(past.flatMap(point => Object.keys(point.fields ?? {}).filter(name => typeof point.fields[name] === 'number')))];
    const first = causes.length > 0 ? fieldsOf(causes[0].feature, Object.fromEntries(numeric.map(name => [name, 0])))[0] : undefined;
    const select = el('select', {'aria-label': 'What the chart shows', id: 'history-of', onchange: () => this.draw()},
      ...numeric.map(name => el('option', {value: `field:${name}`, selected: name === first}, name)),
      el('option', {value: 'score', selected: first === undefined}, 'score'));
    this.canvas = el('canvas', {role: 'img', id: 'history'});
    this.past = past;
    this.select = select;
    return el('section', {class: 'part'},
      el('div', {class: 'history-head'}, el('h3', {}, `What ${this.data.decision?.event?.key ?? alert.group} did before`), select),
      el('div', {class: 'plot'}, this.canvas),
      this.data.decision ? el('p', {class: 'small'}, el('a', {href: seriesLink(alert.pipeline, this.data.decision.event.key, first)}, 'Values over time, with what was to be expected')) : '');
  }

  draw() {
    this.chart?.destroy();
    this.chart = null;
    if (!this.data || !this.canvas?.isConnected || !globalThis.Chart) {
      return;
    }
    const {alert} = this.data;
    const of = this.select.value === 'score' ? point => point.score : point => point.fields?.[this.select.value.slice(6)];
    const points = this.past.map(point => ({
      x: words.instant(point.at), y: words.number(of(point)), flagged: point.flagged, here: point.number === alert.worst,
    })).filter(point => Number.isFinite(point.y)).sort((a, b) => a.x - b.x);
    const values = points.filter(point => !point.here).map(point => point.y);
    const here = points.find(point => point.here);
    const range = values.length > 0 ? `between ${words.amount(Math.min(...values))} and ${words.amount(Math.max(...values))} in ${values.length} other events` : 'with no other event to compare';
    this.canvas.setAttribute('aria-label', `${this.select.selectedOptions[0].textContent}: ${here ? `${words.amount(here.y)} in this event, ` : ''}${range}`);
    this.chart = history(this.canvas, points);
  }

  similar(alerts) {
    if (alerts.length === 0) {
      return el('p', {class: 'soft'}, 'None with the same first reason.');
    }
    return el('ol', {class: 'similar'}, ...alerts.slice(0, 5).map(alert => el('li', {}, el('a', {href: link(alert)},
      el('b', {title: 'severity'}, words.count(alert.severity)), el('span', {class: 'text'}, `${alert.group}: ${alert.causes?.[0]?.text ?? alert.summary}`),
      el('span', {class: 'soft'}, this.hooks.when(words.instant(alert.last)))))));
  }
}
