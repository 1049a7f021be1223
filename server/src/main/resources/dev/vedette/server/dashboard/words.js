// Numbers, times and chances in words.

const whole = new Intl.NumberFormat('en', {maximumFractionDigits: 0});
const precise = new Intl.NumberFormat('en', {maximumSignificantDigits: 4});
const moment = new Intl.DateTimeFormat('en-GB', {dateStyle: 'medium', timeStyle: 'medium'});
const hours = new Intl.DateTimeFormat('en-GB', {hour: '2-digit', minute: '2-digit', second: '2-digit'});
const days = new Intl.DateTimeFormat('en-GB', {day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit'});

/** JSON has no infinity and no NaN: what is absent or not a number is NaN. */
export function number(value) {
  return value === null || value === undefined || value === '' ? NaN : Number(value);
}

/** Milliseconds since 1970 of a time in a JSON answer: ISO-8601 or already a number; NaN where there is none. */
export function instant(value) {
  return typeof value === 'string' ? Date.parse(value) : number(value);
}

export function count(value) {
  return Number.isFinite(number(value)) ? whole.format(number(value)) : '–';
}

/** "1 key", "5,012 keys". */
export function counted(value, one, many = `${one}s`) {
  return `${count(value)} ${number(value) === 1 ? one : many}`;
}

export function amount(value) {
  const given = number(value);
  if (!Number.isFinite(given)) {
    return '–';
  }
  return Math.abs(given) >= 1000 ? whole.format(given) : precise.format(given);
}

export function percent(share, digits = 0) {
  return Number.isFinite(number(share)) ? `${(share * 100).toFixed(digits)}\u00a0%` : '–';
}

export function bytes(value) {
  if (!Number.isFinite(number(value))) {
    return '–';
  }
  const units = ['bytes', 'KiB', 'MiB', 'GiB'];
  let size = value;
  let unit = 0;
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1024;
    unit++;
  }
  return `${size < 10 && unit > 0 ? size.toFixed(1) : whole.format(size)} ${units[unit]}`;
}

/** Milliseconds, as short as can be read at a glance: ["3.2", "ms"]. */
export function latency(millis) {
  const given = number(millis);
  if (!Number.isFinite(given)) {
    return ['–', ''];
  }
  if (given >= 1000) {
    return [(given / 1000).toFixed(1), 's'];
  }
  return [given >= 10 ? whole.format(given) : given.toFixed(given < 1 ? 2 : 1), 'ms'];
}

/** A field of an event. */
export function field(value) {
  if (value === null || value === undefined) {
    return 'missing';
  }
  if (typeof value === 'boolean') {
    return value ? 'yes' : 'no';
  }
  return typeof value === 'number' ? amount(value) : String(value);
}

export function time(at) {
  return Number.isFinite(number(at)) ? moment.format(at) : '–';
}

/** A time for an axis that spans `span` milliseconds. */
export function tick(at, span) {
  return (span > 86_400_000 ? days : hours).format(at);
}

/** A time in a list: without year and seconds. */
export function brief(at) {
  return Number.isFinite(number(at)) ? days.format(at) : '–';
}

export function ago(at, now) {
  const seconds = Math.max(0, Math.round((now - at) / 1000));
  if (!Number.isFinite(seconds)) {
    return '';
  }
  const steps = [[60, 's', 1], [3600, 'min', 60], [86_400, 'h', 3600], [Infinity, 'd', 86_400]];
  const [, unit, size] = steps.find(([below]) => seconds < below);
  return seconds < 5 ? 'just now' : `${Math.floor(seconds / size)} ${unit} ago`;
}

/** "1 in 20,000": two digits are all that a chance deserves. */
export function odds(chance) {
  const p = number(chance);
  if (!(p > 0)) {
    return 'less than can be told';
  }
  const events = 1 / p;
  if (events < 1.05) {
    return 'every event';
  }
  const step = 10 ** Math.max(0, Math.floor(Math.log10(events)) - 1);
  return `1 in ${events < 10 ? precise.format(Math.round(events * 10) / 10) : whole.format(Math.round(events / step) * step)}`;
}

/** How sure a p-value is, as a sentence. */
export function sure(p, low, high) {
  if (!Number.isFinite(number(p))) {
    return 'How rare this is cannot be told yet.';
  }
  const about = `As unusual as about ${odds(p)} events`;
  if (!Number.isFinite(number(low)) || !Number.isFinite(number(high))) {
    return `${about}.`;
  }
  const range = low > 0 ? `between ${odds(high)} and ${odds(low)}` : `at most ${odds(high)}`;
  // Of n events none of which is like this one, the upper end is about 5.6 / n.
  const wide = high > 0.005 && high / Math.max(low, 1e-12) > 30 ? ' The range is wide as little was seen yet.' : '';
  return `${about}; 95\u00a0% sure: ${range}.${wide}`;
}

/** Severity grows by 20 for each power of ten of rarity; 60 is once in 1,000 events. */
export function grade(severity) {
  return severity >= 99.5 ? 'extreme' : severity >= 80 ? 'high' : severity >= 60 ? 'medium' : 'low';
}

/** From so far on scores count as drifted: the shares of scores below some limit differ by a quarter. */
export const DRIFTED = 0.25;

export function drift(value) {
  const given = number(value);
  if (!Number.isFinite(given)) {
    return 'Not known yet';
  }
  return given < 0.1 ? 'Scores are as before' : given < DRIFTED ? 'Scores have moved a little' : 'Scores have drifted';
}

export function agreement(value) {
  const given = number(value);
  if (!Number.isFinite(given)) {
    return 'Not known yet';
  }
  return given >= 0.9 ? 'Detectors agree' : given >= 0.75 ? 'Detectors mostly agree' : 'Detectors disagree';
}
