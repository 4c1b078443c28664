import * as api from './api.js';
import * as state from './state.js';
import { byId, count, make, problems } from './dom.js';
import { Pane, View } from './pane.js';
import { Panel, settings } from './panel.js';

// The view of one sample, in one dataset or in two.
export class Single {
  constructor(about) {
    this.about = about;
    this.element = byId('single');
  }

  async show() {
    const key = state.get('key');
    const asked = state.query().toString();
    if (this.key === key && this.asked === asked) return this.frame === this.loaded ? this.#update() : this.#frame();
    this.abort?.abort();
    this.abort = new AbortController();
    delete this.element.dataset.painted;
    this.stop();
    const { signal } = this.abort;
    try {
      const place = await api.place(state.query(), key, signal);
      const entry = await api.entry(place.number, signal);
      Object.assign(this, { key, asked, place, entry });
      this.#build();
      await this.#frame();
    } catch (error) {
      if (error.name === 'AbortError') return;
      this.key = undefined;
      const text = error.status === 404 ? [`there is no sample '${key}'`] : error.problems ?? [String(error)];
      this.element.replaceChildren(this.#bar(null), problems(text));
    }
  }

  hide() {
    this.stop();
    this.abort?.abort();
    this.view?.close();
    this.key = undefined;
    delete this.element.dataset.painted;
    this.element.replaceChildren();
  }

  #build() {
    this.view?.close();
    this.view = new View();
    const { sides, number } = this.entry;
    this.panes = sides.map((sample, side) => sample === null ? null
      : new Pane(number, side, sample, this.view, (pane, under, event) => this.panel.hover(pane, under, event),
        (pane, under) => this.panel.pick(pane, under)));
    this.shown = this.panes.filter(pane => pane !== null);
    this.panel = new Panel(this.about, this.entry);
    this.panel.list(this.shown);
    this.loaded = undefined;
    this.frames = Math.max(0, ...sides.map(sample => sample?.frames.length ?? 0));
    this.element.replaceChildren(this.#bar(this.place), problems(this.entry.problems) ?? '', this.#body());
  }

  #body() {
    const columns = this.panes.map((pane, side) => make('div', { class: 'column' },
      this.panes.length > 1 ? make('h3', { title: this.about.datasets[side].name }, side === 0 ? 'Before: ' : 'After: ',
        this.about.datasets[side].shortName) : null,
      pane?.element ?? make('p', { class: 'absent' }, 'not in this dataset')));
    return make('div', { class: 'body' },
      make('div', { class: 'pictures' }, make('div', { class: 'columns' }, ...columns), this.#steps()),
      this.panel.element);
  }

  #bar(place) {
    const go = (key, text, title) => make('button', {
      type: 'button', title, disabled: !key, on: { click: () => state.set({ key, frame: '' }, { push: true }) },
    }, text);
    const where = place && place.place >= 0 ? `${(place.place + 1).toLocaleString('en')} of ${
      place.total.toLocaleString('en')}` : '';
    return make('div', { class: 'bar' },
      make('button', { type: 'button', id: 'back', on: { click: () => this.close() } }, '← All samples'),
      go(place?.previous, '‹ Previous', 'Previous sample (k)'), go(place?.next, 'Next ›', 'Next sample (j)'),
      make('span', { class: 'small' }, where), make('h2', { id: 'sample-key' }, state.get('key')));
  }

  #steps() {
    if (this.frames < 2) return null;
    this.slider = make('input', {
      type: 'range', id: 'slider', min: 0, max: this.frames - 1, value: 0, 'aria-label': 'Frame',
      on: { input: event => this.step(Number(event.target.value)) },
    });
    this.frameName = make('span', { class: 'small', id: 'frame-name' });
    this.playButton = make('button', { type: 'button', id: 'play', on: { click: () => this.play() } }, 'Play');
    return make('div', { class: 'steps' },
      make('button', {
        type: 'button', id: 'frame-back', title: 'Previous frame (←)', on: { click: () => this.turn(-1) },
      }, '‹'), this.playButton,
      make('button', {
        type: 'button', id: 'frame-on', title: 'Next frame (→)', on: { click: () => this.turn(1) },
      }, '›'), this.slider, this.frameName);
  }

  get frame() {
    return Math.min(Math.max(0, (Number(state.get('frame')) || 1) - 1), Math.max(0, this.frames - 1));
  }

  step(frame) {
    if (this.frames < 2) return;
    const within = Math.min(Math.max(0, frame), this.frames - 1);
    state.set({ frame: within === 0 ? '' : within + 1 });
  }

  turn(by) {
    if (this.frames > 1) this.step(this.frame + by);
  }

  async play() {
    if (this.playing) return this.stop();
    if (this.frames < 2) return;
    const playing = {};
    this.playing = playing;
    this.playButton.textContent = 'Pause';
    while (this.playing === playing) {
      const rest = new Promise(done => setTimeout(done, 150));
      this.step((this.frame + 1) % this.frames);
      await Promise.all([this.loading, rest]);
    }
  }

  stop() {
    this.playing = null;
    if (this.playButton) this.playButton.textContent = 'Play';
  }

  #frame() {
    this.loading = this.#load().catch(error => {
      if (error.name !== 'AbortError') this.panel?.tell(error.problems ?? [String(error)]);
    });
    return this.loading;
  }

  async #load() {
    const { frame } = this;
    this.frameAbort?.abort();
    this.frameAbort = new AbortController();
    const { signal } = this.frameAbort;
    if (this.slider) {
      this.slider.value = frame;
      const name = this.shown[0]?.sample.frames[frame]?.name ?? '';
      this.slider.setAttribute('aria-valuetext', name);
      this.frameName.textContent = `${frame + 1} of ${count(this.frames, 'frame')}: ${name}`;
    }
    await Promise.all(this.shown.filter(pane => frame < pane.sample.frames.length)
      .map(pane => pane.load(frame, signal)));
    if (signal.aborted) return;
    this.loaded = frame;
    this.#update();
    this.element.dataset.painted = `${this.key}#${frame + 1}`;
  }

  #update() {
    this.panel.update();
    for (const pane of this.shown)
      if (pane.layer) pane.paint(this.panel.looks(pane), settings());
  }

  go(by) {
    const key = by < 0 ? this.place?.previous : this.place?.next;
    if (key) state.set({ key, frame: '' }, { push: true });
  }

  close() {
    state.set({ key: '', frame: '' }, { push: true });
  }
}
