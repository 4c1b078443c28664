import { byId, make } from './dom.js';
import { flip, switchKeys } from './panel.js';

// What keys do; the list that ? shows is made of the same table.
export function bindKeys(app) {
  const keys = [
    ['?', 'Show this list', () => byId('keys').showModal()],
    ['/', 'Search keys', () => app.filters.search()],
    ['Escape', 'Back to all samples', () => app.single.close(), true],
    ['j', 'Next sample', () => app.single.go(1), true],
    ['k', 'Previous sample', () => app.single.go(-1), true],
    ['ArrowRight', 'Next frame', () => app.single.turn(1), true],
    ['ArrowLeft', 'Previous frame', () => app.single.turn(-1), true],
    ['Home', 'First frame', () => app.single.step(0), true],
    ['End', 'Last frame', () => app.single.step(Infinity), true],
    [' ', 'Play or pause', () => app.single.play(), true],
    ['+', 'Zoom in', () => app.single.view?.zoom(1.5), true],
    ['-', 'Zoom out', () => app.single.view?.zoom(1 / 1.5), true],
    ['0', 'Fit the picture', () => app.single.view?.fit(), true],
    ...Object.entries(switchKeys).map(([key, [name, text]]) => [key, `${text} on or off`, () => flip(name), true]),
  ];
  const names = { ' ': 'Space', ArrowRight: '→', ArrowLeft: '←' };
  byId('keys-list').append(...keys.flatMap(([key, text]) =>
    [make('dt', {}, make('kbd', {}, names[key] ?? key)), make('dd', {}, text)]));
  byId('keys-list').append(make('dt', {}, make('kbd', {}, '↑ ↓ ← →')), make('dd', {}, 'Move in the grid'));
  byId('keys-button').addEventListener('click', () => byId('keys').showModal());
  addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || byId('keys').open) return;
    if (isForTyping(event)) return;
    const found = keys.find(([key]) => key === event.key);
    if (!found || (found[3] && !app.isSingle)) return;
    event.preventDefault();
    found[2]();
  });
}

function isForTyping(event) {
  const { target } = event;
  if (event.key === 'Escape') return false;
  if (target.matches('select, textarea')) return true;
  if (target.matches('input')) {
    if (target.type === 'checkbox') return event.key === ' ';
    if (target.type === 'range') return event.key.startsWith('Arrow') || event.key === 'Home' || event.key === 'End';
    return true;
  }
  return event.key === ' ' && target.matches('button, summary, a');
}
