// The keyboard: j and k walk the alerts, Enter opens (as on any link), r and f judge, Esc goes back.

import {byId, say} from './dom.js';
import * as api from './api.js';
import * as words from './words.js';

/** `page` holds the `alerts`, the opened `alert`, `go(alert)`, `back()` and `notice(text)`. */
export function listen(page) {
  const {alerts, alert} = page;

  function step(by) {
    const next = alerts.move(by);
    if (next && alert.id !== null) {
      page.go(next);
    }
  }

  /** Judges the alert that is open, else the one focused in the list. */
  async function judge(anomaly) {
    if (alert.data) {
      await alert.label(anomaly);
      return;
    }
    const target = alerts.current();
    if (alert.id !== null || !target) {
      return;
    }
    try {
      await api.label(target.pipeline, target.worst, anomaly, '');
      alerts.judged(target.id, anomaly);
      say(byId('announce'), `${target.group}, severity ${words.count(target.severity)}: kept as ${anomaly ? 'real' : 'a false alarm'}`);
    } catch (failure) {
      page.notice(`Not kept: ${failure.message}`);
    }
  }

  const help = () => byId('keys').showModal();
  const keys = {
    j: () => step(1),
    k: () => step(-1),
    r: () => judge(true),
    f: () => judge(false),
    '/': () => byId('search').focus(),
    '?': help,
  };
  // Elsewhere the arrows scroll the page, as they should.
  const inList = {ArrowDown: keys.j, ArrowUp: keys.k};

  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) {
      return;
    }
    const typing = event.target.closest('input, textarea, select');
    if (event.key === 'Escape') {
      typing ? typing.blur() : alert.id !== null && page.back();
      return;
    }
    const action = keys[event.key] ?? (event.target.closest('#alerts') && inList[event.key]);
    if (!typing && action && !byId('page').hidden) {
      event.preventDefault();
      action();
    }
  });
  byId('help').addEventListener('click', help);
}
