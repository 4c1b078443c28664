// The whole state of the page is in its address, so that any view can be linked to.
const listeners = [];
let parameters = new URLSearchParams(location.search);

// Browsers refuse to have an address changed more than some hundred times in half a minute, as sliders and videos would.
const leastBetweenWritesMs = 400;
let written = 0, waiting = null;

export const filterNames = ['text', 'order', 'crowd', 'marks', 'least', 'greatest'];

export const get = name => parameters.get(name) ?? '';
export const all = name => parameters.getAll(name);

// Changes some of the state. A step that a reader would want to go back from makes an entry in the history.
export function set(changes, { push = false } = {}) {
  const next = changed(changes);
  if (next.toString() === parameters.toString()) return;
  if (push) write();
  parameters = next;
  if (push) history.pushState(null, '', address(parameters));
  else if (waiting === null)
    waiting = setTimeout(write, Math.max(0, written + leastBetweenWritesMs - performance.now()));
  tell();
}

// The address of this view with some of the state changed.
export const link = changes => address(changed(changes));

export const onChange = listener => listeners.push(listener);

function changed(changes) {
  const next = new URLSearchParams(parameters);
  for (const [name, value] of Object.entries(changes)) {
    next.delete(name);
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== '' && one !== null && one !== undefined) next.append(name, one);
  }
  return next;
}

function address(values) {
  const text = values.toString();
  return text ? `?${text}` : location.pathname;
}

function write() {
  if (waiting === null) return;
  clearTimeout(waiting);
  waiting = null;
  written = performance.now();
  history.replaceState(null, '', address(parameters));
}

function tell() {
  for (const listener of listeners) listener();
}

addEventListener('popstate', () => {
  clearTimeout(waiting);
  waiting = null;
  parameters = new URLSearchParams(location.search);
  tell();
});

// The filters as the server takes them: sizes as fractions, categories a name a line.
export function query() {
  const asked = new URLSearchParams();
  for (const name of filterNames) if (get(name)) asked.set(name, get(name));
  for (const name of ['least', 'greatest']) if (get(name)) asked.set(name, (Number(get(name)) / 100).toFixed(6));
  if (all('category').length > 0) asked.set('category', all('category').join('\n'));
  return asked;
}
