// How a pipeline is doing: drift, agreement, memory, keys, and each detector.

import {bar, byId, el} from './dom.js';
import * as words from './words.js';

/** What the mark of a tab says: [class, words]. */
export function condition({paused, status}) {
  if (paused) {
    return ['paused', 'paused'];
  }
  const out = status.detectors.filter(detector => detector.leftOut);
  if (status.drift >= words.DRIFTED) {
    return ['trouble', 'the scores have drifted'];
  }
  if (status.bytes > 0.95 * status.bound) {
    return ['trouble', 'memory is nearly full'];
  }
  if (status.events === 0 || !Number.isFinite(words.number(status.threshold))) {
    return ['learning', 'too few events yet to flag any'];
  }
  if (out.length === 0) {
    return ['watching', 'watching'];
  }
  const most = out.length * 2 > status.detectors.length;
  return [most ? 'trouble' : 'partly', `watching, ${out.length} of ${status.detectors.length} detectors left out`];
}

function gauge(says, value, share, {why = '', odd = false} = {}) {
  return el('div', {class: 'gauge'},
    el('p', {class: 'says'}, el('b', {}, says), el('span', {}, value)), bar(share, odd), why ? el('p', {class: 'why'}, why) : null);
}

function detector({detector: text, weight, fits, bytes, leftOut}) {
  const learned = fits > 0 ? `fitted ${fits === 1 ? 'once' : `${words.count(fits)} times`}` : 'learns as it goes';
  return el('li', {},
    el('b', {}, text), el('span', {class: 'num end'}, `weight ${words.percent(weight)}`),
    bar(weight), leftOut ? el('span', {class: 'out'}, `Left out: ${leftOut}`) : null,
    el('span', {class: 'num'}, leftOut && fits === 0 ? '' : learned), el('span', {class: 'num end'}, words.bytes(bytes)));
}

/** Shows the health of a pipeline in the side column. */
export function show(pipeline) {
  const {status} = pipeline;
  const fact = (name, value) => el('div', {}, el('dt', {}, name), el('dd', {}, value));
  const [, says] = condition(pipeline);
  byId('health').replaceChildren(
    el('header', {class: 'head'}, el('h2', {id: 'health-title'}, 'Health'), el('span', {class: 'soft small'}, `version ${status.version}`)),
    el('p', {class: 'soft', id: 'health-says'}, `${says[0].toUpperCase()}${says.slice(1)}.`),
    gauge(words.drift(status.drift), words.percent(status.drift), status.drift, {
      odd: status.drift >= words.DRIFTED,
      why: 'How far the newest scores are from those before; it changes no decision.'}),
    gauge(words.agreement(status.agreement), words.percent(status.agreement), status.agreement),
    gauge('Memory', `${words.bytes(status.bytes)} of ${words.bytes(status.bound)}`, status.bytes / status.bound, {
      odd: status.bytes > 0.95 * status.bound}),
    el('dl', {class: 'facts'},
      fact('Keys', words.count(status.keys)), fact('Idle, in the store', words.count(status.archivedKeys)),
      fact('Late events', words.count(status.late)), fact('Duplicates', words.count(status.duplicates)),
      fact('Flagged above', Number.isFinite(words.number(status.threshold)) ? words.amount(status.threshold) : 'not yet'),
      fact('Waiting', words.count(pipeline.queued))),
    el('ul', {class: 'detectors', 'aria-label': 'Detectors'}, ...status.detectors.map(detector)));
}
