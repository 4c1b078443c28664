import * as state from './state.js';
import { byId, count, make } from './dom.js';

const mostListed = 300;

const states = { '': 'All', Broken: 'That cannot be read', Rejected: 'Rejected' };
const differences = {
  'Added, Removed, Changed': 'That differ', Added: 'Added', Removed: 'Removed', Changed: 'Changed',
};

// The filters, bound to the state in the address.
export class Filters {
  constructor(about) {
    this.form = byId('filters');
    this.rows = new Map();
    const choices = about.datasets.length > 1 ? { ...states, ...differences } : states;
    byId('marks').append(...Object.entries(choices).map(([value, text]) => make('option', { value }, text)));
    byId('categories-box').hidden = about.categories.length === 0;
    this.form.addEventListener('input', event => this.#changed(event));
    this.form.addEventListener('submit', event => event.preventDefault());
    byId('category-search').addEventListener('input', event => {
      event.stopPropagation();
      this.show(this.about);
    });
    byId('clear').addEventListener('click', () => this.clear());
    byId('filters-button').addEventListener('click', () => this.#open(!document.body.classList.contains('filters-open')));
    this.show(about);
    this.fill();
  }

  // In a narrow window the filters take the place of the samples, one or the other.
  #open(isOpen) {
    document.body.classList.toggle('filters-open', isOpen);
    byId('filters-button').setAttribute('aria-expanded', isOpen);
  }

  search() {
    this.#open(true);
    this.form.elements.text.focus();
  }

  clear() {
    const empty = Object.fromEntries(state.filterNames.map(name => [name, '']));
    state.set({ ...empty, category: [] }, { push: true });
    byId('category-search').value = '';
    this.show(this.about);
    this.fill();
  }

  // Writes the state into the fields.
  fill() {
    for (const name of state.filterNames) {
      const field = this.form.elements[name];
      if (field !== document.activeElement) field.value = state.get(name);
    }
    const chosen = new Set(state.all('category'));
    for (const box of this.form.querySelectorAll('input[name=category]')) box.checked = chosen.has(box.value);
  }

  // Lists the categories: those that are chosen, then those with the most instances. Rows stay the same elements, and
  // in their places while the pointer is over them, so that counts can grow under a click.
  show(about) {
    this.about = about;
    const wanted = byId('category-search').value.toLowerCase();
    const chosen = new Set(state.all('category'));
    const fitting = about.categories.filter(c => chosen.has(c.name) || c.name.toLowerCase().includes(wanted))
      .sort((a, b) => chosen.has(b.name) - chosen.has(a.name) || b.instances - a.instances);
    const listed = fitting.slice(0, mostListed);
    const rows = listed.map(category => this.#row(category, chosen.has(category.name)));
    const box = byId('categories');
    const left = fitting.length - listed.length;
    byId('categories-left').textContent = left > 0 ? `${count(left, 'more category', 'more categories')}: type to find them` : '';
    const isSame = rows.length === box.children.length && rows.every(row => row.parentElement === box);
    if (isSame && (box.matches(':hover') || rows.every((row, i) => row === box.children[i]))) return;
    const focused = document.activeElement;
    box.replaceChildren(...rows);
    if (box.contains(focused)) focused.focus({ preventScroll: true });
  }

  #row(category, isChosen) {
    let row = this.rows.get(category.name);
    if (!row) {
      row = make('label', { class: 'category' },
        make('input', { type: 'checkbox', name: 'category', value: category.name }),
        make('span', { class: 'swatch', colour: category.colour }),
        make('span', { class: 'name', title: [category.name, category.supercategory].filter(Boolean).join('\n') },
          category.name),
        make('span', { class: 'small' }));
      this.rows.set(category.name, row);
    }
    row.querySelector('input').checked = isChosen;
    row.lastChild.textContent = category.instances.toLocaleString('en');
    return row;
  }

  #changed(event) {
    clearTimeout(this.timer);
    const isText = ['search', 'number'].includes(event.target.type);
    this.timer = setTimeout(() => {
      const values = Object.fromEntries(state.filterNames.map(name => [name, this.form.elements[name].value.trim()]));
      const category = [...this.form.querySelectorAll('input[name=category]:checked')].map(box => box.value);
      state.set({ ...values, category });
    }, isText ? 250 : 0);
  }
}
