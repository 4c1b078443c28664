// Makes elements. Text is always set as text, never as markup: names come from datasets and may be hostile.
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === 'on') for (const [event, handler] of Object.entries(value)) element.addEventListener(event, handler);
    else if (name === 'colour') element.style.setProperty('--colour', value);
    else if (value === true) element.setAttribute(name, '');
    else element.setAttribute(name, value);
  }
  element.append(...children.filter(child => child !== null && child !== undefined));
  return element;
}

export const byId = id => document.getElementById(id);

export const count = (number, one, many = `${one}s`) => `${number.toLocaleString('en')} ${number === 1 ? one : many}`;

export function problems(sentences) {
  return sentences.length === 0 ? null
    : make('ul', { class: 'problems', role: 'alert' }, ...sentences.map(text => make('li', {}, text)));
}
