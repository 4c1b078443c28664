import * as state from './state.js';
import { byId, make } from './dom.js';

const states = { '': 'All', Broken: 'That cannot be read', Rejected: 'Rejected' };
const differences = {
  'Added, Removed, Changed': 'That differ', Added: 'Added', Removed: 'Removed', Changed: 'Changed',
};

// The filters, bound to the state in the address.
export class Filters {
  constructor(about) {
    this.form = byId('filters');
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
    const button = byId('filters-button');
    button.addEventListener('click', () => {
      const isOpen = document.body.classList.toggle('filters-open');
      button.setAttribute('aria-expanded', isOpen);
    });
    this.show(about);
    this.fill();
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
    const chosen = new Set(state.categories());
    for (const box of this.form.querySelectorAll('input[name=category]')) box.checked = chosen.has(box.value);
  }

  // Lists the categories, those with the most instances first.
  show(about) {
    this.about = about;
    const wanted = byId('category-search').value.toLowerCase();
    const chosen = new Set(state.categories());
    const listed = about.categories
      .filter(c => chosen.has(c.name) || c.name.toLowerCase().includes(wanted))
      .sort((a, b) => b.instances - a.instances).slice(0, 300);
    const focused = document.activeElement?.name === 'category' ? document.activeElement.value : null;
    byId('categories').replaceChildren(...listed.map(category => make('label', { class: 'category' },
      make('input', { type: 'checkbox', name: 'category', value: category.name, checked: chosen.has(category.name) }),
      make('span', { class: 'swatch', colour: category.colour }),
      make('span', { class: 'name', title: category.supercategory }, category.name),
      make('span', { class: 'small' }, category.instances.toLocaleString('en')))));
    if (focused !== null)
      [...this.form.querySelectorAll('input[name=category]')].find(box => box.value === focused)?.focus();
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
