import * as api from './api.js';
import * as state from './state.js';
import { byId, count, make } from './dom.js';

const pageSize = 100;
const cellWidth = 180, cellHeight = 176, padding = 8;

// Samples as a grid of which only what is in sight exists. Pages of the list are asked for as they come into sight.
export class Grid {
  constructor(total) {
    this.box = byId('grid');
    this.inner = byId('grid-inner');
    this.cells = new Map();
    this.reset(total);
    this.box.addEventListener('scroll', () => this.draw(), { passive: true });
    new ResizeObserver(() => this.draw()).observe(this.box);
    this.box.addEventListener('keydown', event => this.#move(event));
  }

  reset(total = this.total) {
    this.total = total;
    this.query = state.query();
    this.pages = new Map();
    this.generation = (this.generation ?? 0) + 1;
    for (const cell of this.cells.values()) cell.remove();
    this.cells.clear();
  }

  // Asks for another list, e.g. because filters changed.
  async load() {
    this.reset();
    await this.#page(0);
    this.draw();
  }

  // Asks for the list anew as more of it is known. What is shown stays until its place is another's, so that nobody
  // misses with a click.
  async refresh() {
    this.generation++;
    this.pages = new Map();
    await this.#page(Math.floor(Math.max(0, ...this.cells.keys()) / pageSize));
    this.draw();
  }

  draw() {
    if (this.box.hidden) return;
    const columns = Math.max(1, Math.floor(this.inner.clientWidth / cellWidth));
    const width = this.inner.clientWidth / columns;
    const rows = Math.ceil(this.total / columns);
    this.columns = columns;
    // Browsers do not scroll further than some ten million pixels; from there on rows share a place less exactly.
    const height = Math.min(rows * cellHeight, 8_000_000);
    this.inner.style.height = `${height}px`;
    const scale = rows * cellHeight > height
      ? (rows * cellHeight - this.box.clientHeight) / Math.max(1, height - this.box.clientHeight)
      : 1;
    this.scale = scale;
    const first = Math.max(0, Math.floor(this.box.scrollTop * scale / cellHeight) - 1);
    const last = Math.min(rows, first + Math.ceil(this.box.clientHeight / cellHeight) + 3);
    const shift = this.box.scrollTop - this.box.scrollTop * scale;
    const wanted = new Set();
    for (let i = first * columns; i < Math.min(this.total, last * columns); i++) wanted.add(i);
    for (const [i, cell] of this.cells) {
      if (wanted.has(i)) continue;
      cell.remove();
      this.cells.delete(i);
    }
    for (const i of wanted) {
      const item = this.#item(i);
      let cell = this.cells.get(i);
      if (!cell && !item) continue;
      if (item && cell?.dataset.shown !== JSON.stringify(item)) {
        cell?.remove();
        cell = this.#cell(item, i);
        this.cells.set(i, cell);
        this.inner.append(cell);
      }
      cell.style.transform =
        `translate(${(i % columns) * width}px, ${Math.floor(i / columns) * cellHeight + shift}px)`;
      cell.style.width = `${width - 8}px`;
    }
    const awaited = this.cells.get(this.awaited);
    if (!awaited || document.activeElement !== this.box) return;
    this.awaited = undefined;
    awaited.focus({ preventScroll: true });
  }

  #item(i) {
    const page = this.pages.get(Math.floor(i / pageSize));
    if (page === undefined) this.#page(Math.floor(i / pageSize)).then(() => this.draw());
    return page?.[i % pageSize];
  }

  async #page(number) {
    const generation = this.generation;
    this.pages.set(number, null);
    const answer = await api.list(this.query, number * pageSize, pageSize);
    if (generation !== this.generation) return;
    this.total = answer.total;
    this.pages.set(number, answer.items);
    byId('count').textContent = answer.total === answer.entries
      ? count(answer.total, 'sample')
      : `${answer.total.toLocaleString('en')} of ${count(answer.entries, 'sample')}`;
    byId('nothing').hidden = answer.total > 0;
    byId('nothing').textContent = answer.entries === 0 ? 'The dataset has no samples.'
      : answer.indexed < answer.entries ? 'No sample so far fits the filters; others are still being looked at.'
      : 'No sample fits the filters.';
  }

  #cell(item, i) {
    const marks = item.marks.map(mark => make('span', { class: `mark ${mark}` }, mark.toLowerCase()));
    const about = item.instances === undefined ? '' : count(item.instances, 'instance');
    const picture = item.marks.includes('Rejected')
      ? make('span', { class: 'no-picture' }, 'no picture')
      : make('img', {
        src: api.thumbnail(item.number, item.side), alt: '', loading: 'lazy', decoding: 'async',
        on: { error: event => event.target.replaceWith(make('span', { class: 'no-picture' }, 'no picture')) },
      });
    return make('a', {
      class: 'cell', href: state.link({ key: item.key, frame: '' }), title: item.key, 'data-place': i, 'data-shown': JSON.stringify(item),
      on: {
        click: event => {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return;
          event.preventDefault();
          state.set({ key: item.key, frame: '' }, { push: true });
        },
      },
    }, picture, make('span', { class: 'caption' }, make('span', { class: 'key' }, item.key),
      make('span', { class: 'small' }, about, ...marks)));
  }

  #move(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: this.columns, ArrowUp: -this.columns }[event.key];
    const place = document.activeElement?.dataset?.place;
    if (!step) return;
    event.preventDefault();
    // Without a place to begin with, the first that is wholly in sight.
    this.focus(place === undefined
      ? Math.ceil(this.box.scrollTop * this.scale / cellHeight) * this.columns
      : Number(place) + step);
  }

  // Brings a place into sight and gives it the focus, once it is known what is there.
  focus(place) {
    if (place < 0 || place >= this.total) return;
    this.draw();
    const top = Math.floor(place / this.columns) * cellHeight / this.scale;
    const least = top - (this.box.clientHeight - cellHeight - padding) / this.scale;
    this.box.scrollTop = Math.min(top, Math.max(least, this.box.scrollTop));
    this.awaited = place;
    this.box.focus({ preventScroll: true });
    this.draw();
  }
}
