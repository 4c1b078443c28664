import * as state from './state.js';
import { count, make, problems } from './dom.js';

const goldenAngle = 137.50776;

// How masks are shown; kept in the address like everything else.
export const settings = () => ({
  fill: state.get('fill') !== 'off',
  contour: state.get('contour') !== 'off',
  box: state.get('box') === 'on',
  void: state.get('void') !== 'off',
  photo: state.get('photo') !== 'off',
  opacity: (Number(state.get('opacity')) || 45) / 100,
});

const switches = [
  ['fill', 'Fill', 'f', true], ['contour', 'Contour', 'c', true], ['box', 'Boxes', 'b', false],
  ['void', 'Void', 'v', true], ['photo', 'Photo', 'p', true],
];

export function flip(name) {
  const [, , , isUsual] = switches.find(s => s[0] === name);
  const isOn = state.get(name) ? state.get(name) === 'on' : isUsual;
  state.set({ [name]: isOn === isUsual ? (isUsual ? 'off' : 'on') : '' });
}

export const switchKeys = Object.fromEntries(switches.map(([name, text, key]) => [key, [name, text]]));

// The settings, and the instances with what is known of each. Which are hidden stands in the address.
export class Panel {
  constructor(about, entry, repaint) {
    Object.assign(this, { about, entry, repaint });
    this.list = make('div', { class: 'instances', id: 'instances' });
    this.record = make('div', { id: 'record', 'aria-live': 'polite' });
    this.notices = make('div');
    this.element = make('aside', { class: 'panel', 'aria-label': 'Instances' },
      this.#settings(), this.#changes(), this.notices, this.list, this.record);
  }

  tell(sentences) {
    this.notices.replaceChildren(problems(sentences) ?? '');
  }

  #settings() {
    const on = settings();
    return make('div', { class: 'settings' },
      ...switches.map(([name, text, key]) => make('label', { title: `(${key})` },
        make('input', { type: 'checkbox', id: `switch-${name}`, checked: on[name], on: { change: () => flip(name) } }),
        text)),
      make('label', { class: 'opacity' }, 'Opacity', make('input', {
        type: 'range', id: 'opacity', min: 5, max: 100, value: Math.round(on.opacity * 100),
        on: { input: event => state.set({ opacity: event.target.value }) },
      })));
  }

  #changes() {
    if (this.entry.sides.length < 2) return null;
    const { changes, sides } = this.entry;
    if (sides.some(side => side === null)) return null;
    return changes.length === 0 ? make('p', { class: 'same' }, 'No difference.')
      : make('ul', { class: 'changes' }, ...changes.map(change => make('li', { class: change.kind },
        [words(change.kind), change.category, change.instance, change.detail].filter(Boolean).join(' · '))));
  }

  // The look of each instance of a pane.
  looks(pane) {
    const hidden = new Set(state.get('hide').split(' '));
    const hiddenCategories = new Set(new URLSearchParams(location.search).getAll('hide-category'));
    return pane.sample.instances.map((instance, i) => ({
      colour: this.#colour(pane, i),
      isCrowd: instance.isCrowd,
      isHidden: hidden.has(`${pane.side}.${i}`) || hiddenCategories.has(this.#name(instance)),
      isMarked: (this.marked ?? []).includes(`${pane.side}.${i}`) || (instance.marks ?? []).length > 0,
    }));
  }

  #colour(pane, i) {
    const instance = pane.sample.instances[i];
    const [mark] = instance.marks ?? [];
    if (mark) return { Added: '#1f9d55', Removed: '#d64545', Changed: '#e08a00' }[mark];
    if (instance.category >= 0 && this.about.categories.length > 1)
      return this.about.categories[instance.category].colour;
    return instanceColour(pane.side === 1 && instance.other !== undefined ? instance.other : i);
  }

  #name(instance) {
    return this.about.categories[instance.category]?.name ??
      (instance.categoryId ? `category ${instance.categoryId}` : 'no category');
  }

  show(panes) {
    this.panes = panes;
    const hiddenCategories = new Set(new URLSearchParams(location.search).getAll('hide-category'));
    const groups = new Map();
    for (const pane of panes)
      pane.sample.instances.forEach((instance, i) => {
        const name = this.#name(instance);
        if (!groups.has(name)) groups.set(name, []);
        groups.get(name).push([pane, i]);
      });
    this.list.replaceChildren(...[...groups].sort((a, b) => b[1].length - a[1].length).map(([name, members]) =>
      make('details', { open: true },
        make('summary', {}, make('input', {
          type: 'checkbox', checked: !hiddenCategories.has(name), 'aria-label': `Show ${name}`, 'data-category': name,
          on: { change: event => this.#hideCategory(name, !event.target.checked) },
        }), make('span', { class: 'name' }, name), make('span', { class: 'small' }, count(members.length, 'instance'))),
        ...members.map(([pane, i]) => this.#row(pane, i)))));
  }

  #row(pane, i) {
    const instance = pane.sample.instances[i];
    const shape = pane.shapes?.shapes[i] ?? {};
    const id = `${pane.side}.${i}`;
    const marks = (instance.marks ?? []).map(mark => make('span', { class: `mark ${mark}` }, mark.toLowerCase()));
    const isHidden = state.get('hide').split(' ').includes(id);
    const size = shape.pixels === undefined ? 'not here' : `${shape.pixels.toLocaleString('en')} px`;
    return make('div', {
      class: 'instance', 'data-instance': id, tabindex: '0',
      on: {
        mouseenter: () => this.#mark(pane, i), focus: () => this.#mark(pane, i),
        mouseleave: () => this.#mark(null), blur: () => this.#mark(null),
      },
    }, make('input', {
      type: 'checkbox', checked: !isHidden, 'aria-label': `Show instance ${instance.id ?? i + 1}`,
      on: { change: event => this.#hide(id, !event.target.checked) },
    }), make('span', { class: 'swatch', colour: this.#colour(pane, i) }),
    make('span', { class: 'name' }, instance.id ?? `#${i + 1}`, instance.isCrowd ? ' crowd' : ''),
    this.entry.sides.length > 1 ? make('span', { class: 'small' }, pane.side === 0 ? 'before' : 'after') : null,
    make('span', { class: 'small' }, size), ...marks);
  }

  #hide(id, isHidden) {
    const hidden = new Set(state.get('hide').split(' ').filter(Boolean));
    hidden[isHidden ? 'add' : 'delete'](id);
    state.set({ hide: [...hidden].join(' ') });
  }

  #hideCategory(name, isHidden) {
    const hidden = new Set(new URLSearchParams(location.search).getAll('hide-category'));
    hidden[isHidden ? 'add' : 'delete'](name);
    state.set({ 'hide-category': [...hidden] });
  }

  #mark(pane, i) {
    this.marked = pane ? [`${pane.side}.${i}`] : [];
    this.#tell(pane, i);
    this.repaint();
  }

  hover(pane, under) {
    const marked = under.slice(0, 1).map(i => `${pane.side}.${i}`);
    if (marked.join() === (this.marked ?? []).join()) return;
    this.marked = marked;
    for (const row of this.list.querySelectorAll('.instance'))
      row.classList.toggle('marked', marked.includes(row.dataset.instance));
    this.#tell(under.length > 0 ? pane : null, under[0]);
    this.repaint();
  }

  pick(pane, under) {
    if (under.length === 0) return;
    const row = this.list.querySelector(`[data-instance="${pane.side}.${under[0]}"]`);
    row?.closest('details')?.setAttribute('open', '');
    row?.scrollIntoView({ block: 'nearest' });
  }

  #tell(pane, i) {
    if (!pane) return this.record.replaceChildren();
    const instance = pane.sample.instances[i], shape = pane.shapes?.shapes[i] ?? {};
    const facts = [
      ['id', instance.id], ['category', this.#name(instance)], ['iscrowd', instance.isCrowd ? '1' : '0'],
      ['area', shape.area], ['pixels', shape.pixels], ['score', shape.score], ['form', shape.form],
      ['bbox', shape.box?.map(n => Math.round(n * 100) / 100).join(', ')],
    ].filter(([, value]) => value !== null && value !== undefined);
    this.record.replaceChildren(
      make('dl', {}, ...facts.flatMap(([name, value]) => [make('dt', {}, name), make('dd', {}, String(value))])),
      instance.record ? make('pre', {}, instance.record) : '');
  }
}

const words = kind => kind.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();

function instanceColour(i) {
  const hue = (8 + i * goldenAngle) % 360, a = 0.85 * 0.5;
  const part = n => {
    const k = (n + hue / 30) % 12;
    return Math.round(255 * (0.5 - a * Math.max(-1, Math.min(k - 3, 9 - k, 1)))).toString(16).padStart(2, '0');
  };
  return `#${part(0)}${part(8)}${part(4)}`;
}
