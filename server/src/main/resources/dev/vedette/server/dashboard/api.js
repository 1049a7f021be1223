// Calls to the server, with the API key where one was given.

const KEY = 'vedette.key';

/** An answer that is not a success; `detail` is for a person. `status` is 0 where no server answered. */
export class ApiError extends Error {
  constructor(status, title, detail) {
    super(detail || title);
    this.status = status;
    this.title = title;
  }
}

export function setKey(key) {
  sessionStorage.setItem(KEY, key);
}

export function hasKey() {
  return sessionStorage.getItem(KEY) !== null;
}

/** The answer of the server, for the caller to read; throws ApiError for all that is not a success. */
export async function request(path, options = {}) {
  const headers = new Headers(options.headers);
  const key = sessionStorage.getItem(KEY);
  if (key !== null) {
    headers.set('Authorization', `Bearer ${key}`);
  }
  let response;
  try {
    response = await fetch(`v1/${path}`, {cache: 'no-store', ...options, headers});
  } catch (failure) {
    if (failure.name === 'AbortError') {
      throw failure;
    }
    throw new ApiError(0, 'No answer', 'The server does not answer.');
  }
  if (!response.ok) {
    const problem = await response.json().catch(() => ({}));
    throw new ApiError(response.status, problem.title ?? `Status ${response.status}`, problem.detail ?? '');
  }
  return response;
}

async function read(path, query = {}) {
  const wanted = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== '');
  const search = new URLSearchParams(wanted).toString();
  const response = await request(search === '' ? path : `${path}?${search}`);
  return response.json();
}

const name = encodeURIComponent;

export const pipelines = async () => (await read('pipelines')).pipelines ?? [];

/** A page of alerts, newest first, and `next`: the `before` of the page after it. */
export const alerts = query => read('alerts', query);

/** Decisions, newest first; `before`: of smaller numbers only. */
export const decisions = async (pipeline, query) => (await read(`pipelines/${name(pipeline)}/decisions`, query)).decisions ?? [];

/** A number of a key over time, with what was to be expected. */
export const series = (pipeline, query) => read(`pipelines/${name(pipeline)}/series`, query);

export const alert = id => read(`alerts/${name(id)}`);

export function label(pipeline, number, anomaly, comment) {
  return request(`pipelines/${name(pipeline)}/labels`, {
    method: 'POST',
    headers: {'Content-Type': 'application/json'},
    body: JSON.stringify({number, anomaly, comment}),
  });
}

export const live = pipeline => `pipelines/${name(pipeline)}/live`;
