import * as api from './api.js';
import { Layer } from './painter.js';
import { make, problems } from './dom.js';

// One picture with its masks: of a sample in one dataset. Two panes share their view when datasets are compared.
export class Pane {
  constructor(number, side, sample, view, onHover, onPick) {
    Object.assign(this, { number, side, sample, view });
    this.photo = make('img', { class: 'photo', alt: '', draggable: 'false' });
    this.canvas = make('canvas', { class: 'overlay', 'data-side': side });
    this.sheet = make('div', { class: 'sheet' }, this.photo, this.canvas);
    this.notices = make('div', { class: 'pane-notices' });
    this.window = make('div', { class: 'window', tabindex: '0', role: 'img' }, this.sheet);
    this.element = make('div', { class: 'pane' }, this.window, this.notices);
    view.attach(this);
    this.window.addEventListener('pointermove', event => onHover(this, this.#under(event), event));
    this.window.addEventListener('pointerleave', () => onHover(this, [], null));
    this.window.addEventListener('click', event => {
      if (!view.wasDragged) onPick(this, this.#under(event));
    });
  }

  async load(frame, signal) {
    this.frame = frame;
    const shapes = await api.shapes(this.number, this.side, frame, signal);
    this.shapes = shapes;
    this.layer = new Layer(shapes);
    this.notices.replaceChildren(problems([
      ...shapes.problems, ...shapes.shapes.flatMap(shape => shape.problems ?? []),
    ]) ?? '');
    this.sheet.style.width = `${shapes.width}px`;
    this.sheet.style.height = `${shapes.height}px`;
    this.photo.style.imageOrientation = shapes.isAsStored ? 'none' : 'from-image';
    await this.#showPhoto(shapes.hasPhoto, signal);
    this.view.fit();
  }

  async #showPhoto(hasPhoto, signal) {
    this.photo.hidden = !hasPhoto;
    if (!hasPhoto) {
      this.photo.removeAttribute('src');
      return;
    }
    const next = new Image();
    next.src = api.photo(this.number, this.side, this.frame);
    try {
      await next.decode();
      if (!signal?.aborted) this.photo.src = next.src;
    } catch {
      this.photo.hidden = true;
      if (!signal?.aborted) this.notices.append(problems(['the photo cannot be shown']));
    }
  }

  paint(looks, settings) {
    this.looks = looks;
    this.photo.style.visibility = settings.photo ? 'visible' : 'hidden';
    this.layer?.paint(this.canvas, looks, settings);
    this.window.setAttribute('aria-label',
      `${this.sample.frames[this.frame]?.name ?? ''}: ${looks.filter(l => !l.isHidden).length} instances shown`);
  }

  #under(event) {
    if (!this.layer || !this.looks) return [];
    const box = this.sheet.getBoundingClientRect();
    const x = Math.floor((event.clientX - box.left) / box.width * this.layer.width);
    const y = Math.floor((event.clientY - box.top) / box.height * this.layer.height);
    return this.layer.at(x, y, this.looks);
  }
}

// What part of the picture is seen: moved by dragging, zoomed by the wheel, by two fingers or by keys.
export class View {
  constructor() {
    this.panes = [];
    this.pointers = new Map();
    this.isFitted = true;
    this.resized = new ResizeObserver(() => this.isFitted ? this.fit() : this.apply());
  }

  attach(pane) {
    this.panes.push(pane);
    const window_ = pane.window;
    this.resized.observe(window_);
    window_.addEventListener('wheel', event => {
      event.preventDefault();
      const box = window_.getBoundingClientRect();
      this.zoom(Math.exp(-event.deltaY * 0.0015), event.clientX - box.left, event.clientY - box.top);
    }, { passive: false });
    window_.addEventListener('pointerdown', event => {
      this.wasDragged = false;
      this.pointers.set(event.pointerId, event);
    });
    window_.addEventListener('pointermove', event => this.#drag(event, window_));
    for (const end of ['pointerup', 'pointercancel', 'pointerleave'])
      window_.addEventListener(end, event => this.pointers.delete(event.pointerId));
    window_.addEventListener('dblclick', () => this.fit());
  }

  #drag(event, window_) {
    const before = this.pointers.get(event.pointerId);
    if (!before) return;
    this.pointers.set(event.pointerId, event);
    if (this.pointers.size === 1) {
      const dx = event.clientX - before.clientX, dy = event.clientY - before.clientY;
      if (Math.abs(dx) + Math.abs(dy) > 2) this.wasDragged = true;
      this.move(dx, dy);
      return;
    }
    const other = [...this.pointers.values()].find(p => p.pointerId !== event.pointerId);
    const distance = p => Math.hypot(p.clientX - other.clientX, p.clientY - other.clientY);
    const box = window_.getBoundingClientRect();
    this.wasDragged = true;
    this.zoom(distance(event) / Math.max(1, distance(before)), (event.clientX + other.clientX) / 2 - box.left,
      (event.clientY + other.clientY) / 2 - box.top);
  }

  fit() {
    const pane = this.panes.find(p => p.layer);
    if (!pane || pane.layer.width === 0) return;
    const { clientWidth, clientHeight } = pane.window;
    this.scale = Math.min(clientWidth / pane.layer.width, clientHeight / pane.layer.height);
    this.x = (clientWidth - pane.layer.width * this.scale) / 2;
    this.y = (clientHeight - pane.layer.height * this.scale) / 2;
    this.isFitted = true;
    this.apply();
  }

  zoom(factor, x, y) {
    const window_ = this.panes[0].window;
    const cx = x ?? window_.clientWidth / 2, cy = y ?? window_.clientHeight / 2;
    const scale = Math.min(64, Math.max(0.01, this.scale * factor));
    this.x = cx - (cx - this.x) * scale / this.scale;
    this.y = cy - (cy - this.y) * scale / this.scale;
    this.scale = scale;
    this.isFitted = false;
    this.apply();
  }

  move(dx, dy) {
    this.x += dx;
    this.y += dy;
    this.isFitted = false;
    this.apply();
  }

  apply() {
    if (!this.scale) return;
    for (const pane of this.panes) {
      pane.sheet.style.transform = `translate(${this.x}px, ${this.y}px) scale(${this.scale})`;
      pane.sheet.classList.toggle('close', this.scale > 1.5);
    }
  }

  close() {
    this.resized.disconnect();
  }
}
