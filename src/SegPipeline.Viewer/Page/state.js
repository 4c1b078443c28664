// The whole state of the page is in its address, so that any view can be linked to.
const listeners = [];
let parameters = new URLSearchParams(location.search);

export const filterNames = ['text', 'order', 'crowd', 'marks', 'least', 'greatest'];

export const get = name => parameters.get(name) ?? '';
export const categories = () => parameters.getAll('category');

// Changes some of the state. A step that a reader would want to go back from makes an entry in the history.
export function set(changes, { push = false } = {}) {
  const next = new URLSearchParams(parameters);
  for (const [name, value] of Object.entries(changes)) {
    next.delete(name);
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== '' && one !== null && one !== undefined) next.append(name, one);
  }
  if (next.toString() === parameters.toString()) return;
  parameters = next;
  const text = next.toString();
  history[push ? 'pushState' : 'replaceState'](null, '', text ? `?${text}` : location.pathname);
  tell();
}

export const onChange = listener => listeners.push(listener);

function tell() {
  for (const listener of listeners) listener();
}

addEventListener('popstate', () => {
  parameters = new URLSearchParams(location.search);
  tell();
});

// The filters as the server takes them: sizes as fractions, categories a name a line.
export function query() {
  const asked = new URLSearchParams();
  for (const name of filterNames) if (get(name)) asked.set(name, get(name));
  for (const name of ['least', 'greatest']) if (get(name)) asked.set(name, (Number(get(name)) / 100).toFixed(6));
  if (categories().length > 0) asked.set('category', categories().join('\n'));
  return asked;
}
