// Server-sent events read by fetch, as EventSource cannot send an API key.

import {request} from './api.js';

const WAITS = [3, 3, 5, 10, 15];
/** The server sends a tick each second; silence for so long means the line is dead. */
const SILENCE_MILLIS = 20_000;

/** Splits a stream of text into events: feed it chunks, it calls `emit(event, data)`. */
export function parser(emit) {
  let rest = '';
  let type = '';
  let data = [];
  return chunk => {
    const lines = (rest + chunk).split(/\r\n|\n/);
    rest = lines.pop();
    for (const line of lines) {
      if (line === '') {
        if (data.length > 0) {
          emit(type || 'message', data.join('\n'));
        }
        type = '';
        data = [];
      } else if (line.startsWith('event:')) {
        type = line.slice(6).trim();
      } else if (line.startsWith('data:')) {
        data.push(line.slice(5).replace(/^ /, ''));
      }
    }
  };
}

/**
 * Reads the events of `path` until closed, connecting again after each loss. `handlers` holds a function for each type of
 * event, and `state(state, seconds)` with 'live', 'lost' (trying again in so many seconds) or 'locked' (a key is needed; the second argument is the status).
 */
export function open(path, handlers) {
  let closed = false;
  let losses = 0;
  let controller = null;
  let wake = null;

  async function once() {
    controller = new AbortController();
    let silence = setTimeout(() => controller.abort(), SILENCE_MILLIS);
    try {
      const response = await request(path, {headers: {Accept: 'text/event-stream'}, signal: controller.signal});
      losses = 0;
      handlers.state('live');
      const feed = parser((type, data) => handlers[type]?.(JSON.parse(data)));
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      for (let part = await reader.read(); !part.done && !closed; part = await reader.read()) {
        clearTimeout(silence);
        silence = setTimeout(() => controller.abort(), SILENCE_MILLIS);
        feed(part.value);
      }
    } finally {
      clearTimeout(silence);
      controller.abort();
    }
  }

  async function wait() {
    for (let left = WAITS[Math.min(losses, WAITS.length - 1)]; left > 0 && !closed; left--) {
      handlers.state('lost', left);
      await new Promise(done => {
        wake = done;
        setTimeout(done, 1000);
      });
    }
    losses++;
  }

  async function run() {
    while (!closed) {
      try {
        await once();
      } catch (failure) {
        if ((failure.status === 401 || failure.status === 403) && !closed) {
          handlers.state('locked', failure.status);
          return;
        }
      }
      if (!closed) {
        await wait();
      }
    }
  }

  run();
  return () => {
    closed = true;
    controller?.abort();
    wake?.();
  };
}
