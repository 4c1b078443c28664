import * as state from './state.js';
import { count, make, problems } from './dom.js';
import { fates } from './painter.js';

const goldenAngle = 137.50776;

// How masks are shown; kept in the address like everything else.
export const settings = () => ({
  fill: state.get('fill') !== 'off',
  contour: state.get('contour') !== 'off',
  box: state.get('box') === 'on',
  void: state.get('void') !== 'off',
  photo: state.get('photo') !== 'off',
  instances: state.get('instances') === 'on',
  opacity: (Number(state.get('opacity')) || 45) / 100,
});

const switches = [
  ['fill', 'Fill', 'f', true], ['contour', 'Contour', 'c', true], ['box', 'Boxes', 'b', false],
  ['void', 'Void', 'v', true], ['photo', 'Photo', 'p', true],
  ['instances', 'A colour each', 'i', false],
];

export function flip(name) {
  const [, , , isUsual] = switches.find(s => s[0] === name);
  const isOn = state.get(name) ? state.get(name) === 'on' : isUsual;
  state.set({ [name]: isOn === isUsual ? (isUsual ? 'off' : 'on') : '' });
}

export const switchKeys = Object.fromEntries(switches.map(([name, text, key]) => [key, [name, text]]));

// The settings, and the instances with what is known of each. Which are hidden stands in the address.
export class Panel {
  constructor(about, entry) {
    Object.assign(this, { about, entry });
    this.rows = make('div', { class: 'instances', id: 'instances' });
    this.record = make('div', { id: 'record', 'aria-live': 'polite' });
    this.notices = make('div');
    this.element = make('aside', { class: 'panel', 'aria-label': 'Instances' },
      this.#settings(), this.#changes(), this.notices, this.rows, this.record);
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
    const hidden = new Set(state.all('hide'));
    const hiddenCategories = new Set(state.all('hide-category'));
    return pane.sample.instances.map((instance, i) => ({
      colour: this.#colour(pane, i),
      isCrowd: instance.isCrowd,
      isHidden: hidden.has(`${pane.side}.${i}`) || hiddenCategories.has(this.#name(instance)),
      fate: instance.marks?.[0],
      word: this.#word(pane, instance),
    }));
  }

  #colour(pane, i) {
    const instance = pane.sample.instances[i];
    if (instance.category >= 0 && this.about.categories.length > 1 && !settings().instances)
      return this.about.categories[instance.category].colour;
    return instanceColour(pane.side === 1 && instance.other !== undefined ? instance.other : i);
  }

  // What became of an instance, in a word with a sign before it.
  #word(pane, instance) {
    const [fate] = instance.marks ?? [];
    if (!fate) return '';
    const other = this.entry.sides[1 - pane.side]?.instances[instance.other];
    const isRelabelled = other && other.category !== instance.category;
    return `${fates[fate].sign} ${isRelabelled ? 'relabelled' : fate.toLowerCase()}`;
  }

  #name(instance) {
    return this.about.categories[instance.category]?.name ??
      (instance.categoryId ? `category ${instance.categoryId}` : 'no category');
  }

  // Lists the instances of a sample; they are the same in all its frames.
  list(panes) {
    this.panes = panes;
    const groups = new Map();
    for (const pane of panes)
      pane.sample.instances.forEach((instance, i) => {
        const name = this.#name(instance);
        if (!groups.has(name)) groups.set(name, []);
        groups.get(name).push([pane, i]);
      });
    // What differs comes first, then what there is most of.
    const differ = ([pane, i]) => Number((pane.sample.instances[i].marks ?? []).length > 0);
    const differing = members => members.reduce((sum, member) => sum + differ(member), 0);
    for (const members of groups.values()) members.sort((a, b) => differ(b) - differ(a));
    const sorted = [...groups].sort(([, a], [, b]) => differing(b) - differing(a) || b.length - a.length);
    this.rows.replaceChildren(...sorted.map(([name, members]) =>
      make('details', { open: true },
        make('summary', {}, make('input', {
          type: 'checkbox', 'aria-label': `Show ${name}`, 'data-category': name,
          on: { change: event => this.#hide('hide-category', name, !event.target.checked) },
        }), make('span', { class: 'name', title: name }, name),
        make('span', { class: 'small' }, count(members.length, 'instance'))),
        ...members.map(([pane, i]) => this.#row(pane, i)))));
  }

  #row(pane, i) {
    const instance = pane.sample.instances[i];
    const id = `${pane.side}.${i}`;
    const marks = (instance.marks ?? []).map(mark => make('span', { class: `mark ${mark}` },
      this.#word(pane, instance)));
    const row = make('div', {
      class: 'instance', 'data-instance': id, tabindex: '0',
      on: {
        mouseenter: () => this.#mark(pane, i), focusin: () => this.#mark(pane, i),
        mouseleave: () => this.#mark(null), focusout: () => this.#mark(null),
      },
    }, make('input', {
      type: 'checkbox', 'aria-label': `Show instance ${instance.id ?? i + 1}`,
      on: { change: event => this.#hide('hide', id, !event.target.checked) },
    }), make('span', { class: 'swatch' }),
    make('span', { class: 'name', title: instance.id }, instance.id ?? `#${i + 1}`),
    instance.isCrowd ? make('span', { class: 'mark' }, 'crowd') : null,
    this.entry.sides.length > 1 ? make('span', { class: 'small' }, pane.side === 0 ? 'before' : 'after') : null,
    make('span', { class: 'small size' }), ...marks);
    row.told = [pane, i];
    return row;
  }

  // Shows what holds now: switches, what is hidden, and sizes in the frame that is shown.
  update() {
    const on = settings();
    for (const [name] of switches) this.element.querySelector(`#switch-${name}`).checked = on[name];
    const opacity = this.element.querySelector('#opacity');
    if (opacity !== document.activeElement) opacity.value = Math.round(on.opacity * 100);
    const hidden = new Set(state.all('hide')), hiddenCategories = new Set(state.all('hide-category'));
    for (const box of this.rows.querySelectorAll('[data-category]'))
      box.checked = !hiddenCategories.has(box.dataset.category);
    for (const row of this.rows.querySelectorAll('.instance')) {
      const [pane, i] = row.told;
      const { pixels, problems: faults } = pane.shapes?.shapes[i] ?? {};
      row.querySelector('input').checked = !hidden.has(row.dataset.instance);
      row.querySelector('.size').textContent =
        faults ? 'malformed' : pixels === undefined ? 'no mask here' : `${pixels.toLocaleString('en')} px`;
      row.querySelector('.swatch').style.setProperty('--colour', this.#colour(pane, i));
    }
    const marked = this.told ?? [null];
    this.#mark(null);
    this.#mark(...marked);
  }

  #hide(list, name, isHidden) {
    const hidden = new Set(state.all(list));
    hidden[isHidden ? 'add' : 'delete'](name);
    state.set({ [list]: [...hidden] });
  }

  // Marks an instance in its picture and in the list and tells what is known of it; none without a pane.
  #mark(pane, i) {
    const marked = pane ? `${pane.side}.${i}` : '';
    if (marked === this.marked) return;
    this.marked = marked;
    this.told = pane ? [pane, i] : null;
    for (const row of this.rows.querySelectorAll('.instance'))
      row.classList.toggle('marked', row.dataset.instance === marked);
    for (const one of this.panes ?? []) {
      const isIt = one === pane && !this.looks(one)[i].isHidden;
      one.mark(isIt ? i : null, isIt ? this.#colour(one, i) : null);
    }
    this.#tell(pane, i);
  }

  hover(pane, under) {
    this.#mark(under.length > 0 ? pane : null, under[0]);
  }

  pick(pane, under) {
    if (under.length === 0) return;
    const row = this.rows.querySelector(`[data-instance="${pane.side}.${under[0]}"]`);
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
