// Brings the parts together: which pipeline and alert the address names, the stream of what happens now, the keyboard.

import {byId, el, say} from './dom.js';
import * as api from './api.js';
import * as stream from './stream.js';
import {Alert} from './alert.js';
import {Alerts, link} from './alerts.js';
import * as health from './health.js';
import * as keyboard from './keyboard.js';
import {Live} from './live.js';
import {Scores} from './scores.js';
import {Series, link as seriesLink} from './series.js';
import * as words from './words.js';

const POLL_MILLIS = 5000;
const ANNOUNCE_MILLIS = 5000;
/** The chart of scores shows so long; it is filled at first with so many pages of decisions, of so many each. */
const SCORES_SECONDS = 300;
const PAGES = 8;
const PAGE = 50;
const MARKS = 200;
/** A stream whose time is further off than this from the clock tells its own time: a replay, a simulation. */
const OWN_TIME_MILLIS = 120_000;

const state = {pipelines: [], name: null, stream: null, newest: NaN, fresh: [], lost: false};
const live = new Live();
const scores = new Scores(number => go(alerts.holding(number)));
const alerts = new Alerts({when, failed, empty: nothingYet});
const alert = new Alert({
  when, failed, back, learns: () => current()?.learnsFromLabels, judged: (id, anomaly) => alerts.judged(id, anomaly),
});

const series = new Series({failed, learns: () => current()?.learnsFromLabels});

const current = () => state.pipelines.find(({name}) => name === state.name) ?? null;
const wide = () => matchMedia('(min-width: 1101px)').matches;

const ownTime = () => !(Math.abs(Date.now() - state.newest) <= OWN_TIME_MILLIS);

/** When something happened: how long ago, or the time itself where the stream is not at the time of the clock. */
function when(at) {
  return ownTime() ? words.brief(at) : words.ago(at, Date.now());
}

/** Takes the times of events; says so on the page where they are not those of the clock. */
function seen(times) {
  state.newest = Math.max(...times.filter(Number.isFinite), Number.isFinite(state.newest) ? state.newest : -Infinity);
  const node = byId('own-time');
  node.hidden = !Number.isFinite(state.newest) || !ownTime();
  say(node, node.hidden ? '' : `Event time: ${words.time(state.newest)}`);
}

function nothingYet() {
  const status = current()?.status;
  if (!status || status.events === 0) {
    return 'No alerts yet, and no events either. Vedette starts to watch with the first one.';
  }
  return `No alerts yet. Vedette is watching ${words.counted(status.keys + status.archivedKeys, 'key')} and has judged ${words.counted(status.events, 'event')}.`;
}

// ---- what is wrong, in words

function notice(text, calm = false) {
  const node = byId('notice');
  node.hidden = text === '';
  node.classList.toggle('calm', calm);
  say(node, text);
}

function failed(failure) {
  if (failure.status === 401) {
    askForKey();
  } else if (failure.status > 0 && failure.status !== 404) {
    notice(`${failure.title}: ${failure.message}`);
  }
}

function askForKey(status = 401) {
  const dialog = byId('login');
  const why = !api.hasKey() ? '' : status === 403 ? 'This key may not look at alerts. ' : 'The key was not accepted. ';
  say(byId('login-why'), `${why}Enter an API key of an analyst or admin; whoever runs the server can make one.`);
  if (!dialog.open) {
    dialog.showModal();
  }
}

byId('login-form').addEventListener('submit', event => {
  event.preventDefault();
  api.setKey(byId('login-key').value.trim());
  byId('login-key').value = '';
  byId('login').close();
  state.name = null;
  start();
});

// ---- the stream

function watch(name) {
  state.stream?.();
  state.stream = stream.open(api.live(name), {
    state: connection,
    tick(tick) {
      live.tick(tick);
      scores.tick(tick);
      if (!state.recalled && tick.perSecond > 0) {
        state.recalled = true;
        recall(name, tick);
      }
    },
    score(data) {
      const points = data.points ?? [data];
      seen(points.map(point => words.instant(point.at)));
      scores.add(points);
    },
    alert(arrived) {
      alert.renew(arrived);
      if (alerts.arrive(arrived)) {
        state.fresh.push(arrived);
        announce();
      }
    },
  });
}

/** Fills the chart with what was judged before this page was opened, a sample of it at high rates. */
async function recall(name, {events, perSecond}) {
  const span = Math.min(events, Math.ceil(perSecond * SCORES_SECONDS));
  const pages = span <= PAGES * PAGE ? 1 : PAGES;
  const limit = pages === 1 ? Math.max(1, span) : PAGE;
  const queries = Array.from({length: pages}, (_, i) => ({before: i === 0 ? '' : events - Math.round((i * span) / pages), limit}));
  const found = await Promise.all([...queries, {flagged: true, limit: MARKS}].map(query => api.decisions(name, query).catch(() => [])));
  if (name === state.name) {
    const flagged = found.pop();
    // The decisions of a page follow each other; as a sample they stand for all down to the next page.
    const stretch = span / pages / limit;
    const sample = found.flatMap(page => page.map((decision, i) => ({decision, place: page[0].number - Math.round(i * stretch)})));
    const points = [...sample.filter(({decision}) => !decision.flagged), ...flagged.filter(decision => decision.flagged).map(decision => ({decision, place: decision.number}))];
    scores.recall(points.filter(({place}) => place > events - span).sort((a, b) => a.place - b.place), {events, perSecond});
  }
}

/** What is known of the pipeline before its stream says anything: the time of its newest event. */
async function begin(name) {
  const [newest] = await api.decisions(name, {limit: 1}).catch(() => []);
  if (name === state.name && newest) {
    seen([words.instant(newest.event.at)]);
    scores.wait(`No events at the moment; the newest is of ${words.time(state.newest)}.`);
    alerts.refresh();
  }
}

function connection(what, detail) {
  if (what === 'locked') {
    askForKey(detail);
  }
  if (what === 'live' && state.lost) {
    alerts.load();
    alert.refresh();
    poll();
  }
  state.lost = what === 'lost';
  byId('page').classList.toggle('lost', state.lost);
  say(byId('link'), {live: 'Live', lost: 'Not connected', locked: 'Locked'}[what]);
  tell(what === 'lost' ? detail : 0);
}

/** The one notice that matters most now. */
function tell(seconds = 0) {
  if (seconds > 0) {
    notice(`Connection lost, trying again in ${seconds} s.`);
  } else if (!state.lost) {
    notice(current()?.paused ? `${state.name} is paused and takes no events until it is resumed.` : '', true);
  }
}

/** Tells screen readers of new alerts; together, and not too often, where many come at once. */
function announce() {
  const due = Math.max(300, (state.announced ?? 0) + ANNOUNCE_MILLIS - Date.now());
  state.announcing ??= setTimeout(() => {
    state.announcing = null;
    state.announced = Date.now();
    const [first] = state.fresh;
    const text = state.fresh.length === 1
      ? `New alert, severity ${words.count(first.severity)}, ${first.group}: ${first.causes?.[0]?.text ?? first.summary}`
      : `${state.fresh.length} new alerts`;
    state.fresh = [];
    say(byId('announce'), text);
  }, due);
}

// ---- where we are

function parts() {
  const [, name = '', word = '', id = '', field = ''] = location.hash.split('/');
  const plain = text => {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  };
  return {
    name: plain(name), id: word === 'alerts' && id !== '' ? plain(id) : null,
    series: word === 'series' ? {key: plain(id), field: plain(field)} : null,
  };
}

/** The pipeline that flagged most; of those that flagged nothing, the one with most events. */
function mostToShow() {
  const [first] = [...state.pipelines].sort((a, b) => b.status.flagged - a.status.flagged || b.status.events - a.status.events);
  return state.pipelines.find(({name}) => name === state.name) ?? first;
}

function route() {
  if (state.pipelines.length === 0) {
    return;
  }
  const {name, id, series: shown} = parts();
  const wanted = name === '' ? mostToShow().name : name;
  const known = state.pipelines.some(pipeline => pipeline.name === wanted);
  byId('page').hidden = !known;
  byId('blank').hidden = known;
  if (!known) {
    blank(`No pipeline ${wanted}`, 'It may have been deleted. Choose another one above.');
    state.stream?.();
    state.name = null;
    tabs();
    return;
  }
  if (wanted !== state.name) {
    change(wanted);
  }
  show(id);
  values(shown);
  tabs();
}

function change(name) {
  state.name = name;
  state.newest = NaN;
  state.recalled = false;
  byId('own-time').hidden = true;
  live.clear();
  scores.clear();
  alerts.load(name);
  watch(name);
  begin(name);
  health.show(current());
  say(byId('title'), name);
  document.title = `${name} · Vedette`;
  tell();
}

/** Opens the values over time, or closes them. */
function values(shown) {
  byId('series-link').href = seriesLink(state.name);
  if (shown === null) {
    series.close();
  } else {
    series.open(state.name, shown.key, shown.field);
  }
}

/** Opens the alert `id`, or closes the one that is open. */
async function show(id) {
  const before = alert.id;
  byId('page').classList.toggle('open', id !== null);
  alerts.open(id);
  if (id === null) {
    alert.close();
    if (before !== null) {
      alerts.focus(before);
    }
  } else if (id !== before) {
    if (!wide()) {
      window.scrollTo(0, 0);
    }
    await alert.open(id);
    if (alert.id === id && !document.activeElement?.closest('#alerts')) {
      byId('alert-title')?.focus({preventScroll: wide()});
    }
  }
}

function go(target) {
  if (target) {
    location.hash = link(target);
  }
}

function back() {
  location.hash = `#/${encodeURIComponent(state.name)}`;
}

function tabs() {
  const marks = state.pipelines.map(pipeline => {
    const [kind, says] = health.condition(pipeline);
    return el('a', {
      href: `#/${encodeURIComponent(pipeline.name)}`, title: `${pipeline.name}: ${says}`,
      'aria-label': `${pipeline.name}, ${says}`, 'aria-current': pipeline.name === state.name && 'page',
    }, el('span', {class: `dot ${kind}`, 'aria-hidden': 'true'}), el('span', {}, pipeline.name));
  });
  const nav = byId('tabs');
  const focused = [...nav.children].indexOf(document.activeElement);
  nav.replaceChildren(...marks);
  nav.children[focused]?.focus();
}

function blank(title, text, example) {
  byId('page').hidden = true;
  byId('blank').hidden = false;
  byId('blank').replaceChildren(el('h1', {}, title), el('p', {class: 'soft'}, text), example ? el('pre', {}, example) : '');
}

// ---- polling and start

async function poll() {
  try {
    state.pipelines = await api.pipelines();
  } catch (failure) {
    if (failure.status === 0 && state.name === null) {
      blank('The server does not answer', 'This page tries again by itself.');
      connection('lost', POLL_MILLIS / 1000);
    } else {
      failed(failure);
    }
    return;
  }
  if (state.name === null && state.lost) {
    connection('live');
  }
  if (state.pipelines.length === 0) {
    state.stream?.();
    state.name = null;
    tabs();
    blank('No pipelines yet', 'Describe one in a file and send it to the server:',
      `curl --data-binary @pipeline.yaml -H "Content-Type: application/yaml" ${location.origin}/v1/pipelines`);
    return;
  }
  if (state.name === null || !current()) {
    route();
    return;
  }
  tabs();
  health.show(current());
  alerts.refresh();
  tell();
}

async function start() {
  clearTimeout(state.timer);
  await poll();
  if (!byId('login').open) {
    state.timer = setTimeout(start, POLL_MILLIS);
  }
}

keyboard.listen({alerts, alert, go, back, notice});
byId('skip').addEventListener('click', event => {
  event.preventDefault();
  byId('alerts-title').focus();
});
window.addEventListener('hashchange', route);
setInterval(() => alerts.refresh(), 10_000);
start();
