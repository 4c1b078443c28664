import * as api from './api.js';
import { Layer } from './painter.js';
import { count, make, problems } from './dom.js';

// One picture with its masks: of a sample in one dataset. Two panes share their view when datasets are compared.
export class Pane {
  constructor(number, side, sample, view, onHover, onPick) {
    Object.assign(this, { number, side, sample, view });
    this.photo = make('img', { class: 'photo', alt: '', draggable: 'false' });
    this.canvas = make('canvas', { class: 'overlay', 'data-side': side });
    this.marked = make('canvas', { class: 'marked', hidden: true });
    this.sheet = make('div', { class: 'sheet' }, this.photo, this.canvas, this.marked);
    this.tags = make('div', { class: 'tags', 'aria-hidden': 'true' });
    this.notices = make('div', { class: 'pane-notices' });
    this.window = make('div', { class: 'window', tabindex: '0', role: 'img' }, this.sheet, this.tags);
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
    this.marked.hidden = true;
    this.notices.replaceChildren(problems([
      ...shapes.problems, ...shapes.shapes.flatMap(shape => shape.problems ?? []),
    ]) ?? '');
    this.sheet.style.width = `${shapes.width}px`;
    this.sheet.style.height = `${shapes.height}px`;
    this.photo.style.imageOrientation = shapes.isAsStored ? 'none' : 'from-image';
    await this.#showPhoto(shapes.hasPhoto, signal);
    this.view.show(shapes.width, shapes.height);
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
      `${this.sample.frames[this.frame]?.name ?? ''}: ${count(looks.filter(l => !l.isHidden).length, 'instance')} shown`);
    this.tags.replaceChildren(...looks.flatMap((look, i) => {
      const box = this.layer?.boxes[i] ?? null;
      if (!look.fate || look.isHidden || !box || box.width === 0) return [];
      const tag = make('span', { class: `mark ${look.fate}`, 'data-instance': i }, look.word);
      tag.corner = [box.left, box.top];
      return [tag];
    }));
    this.place();
  }

  // Shows one instance above all others, or none. Cheap, as it happens whenever the pointer moves.
  mark(i, colour) {
    const box = i === null ? null : this.layer?.paintMarked(this.marked, i, colour);
    this.marked.hidden = !box;
    if (!box) return;
    for (const [name, value] of Object.entries({ left: box.left, top: box.top, width: box.width, height: box.height }))
      this.marked.style[name] = `${value}px`;
  }

  // Puts the words at the masks that they are of; they stay as large as they are when the picture is zoomed.
  place() {
    const { x, y, scale } = this.view;
    if (!scale) return;
    const { clientWidth } = this.window;
    for (const tag of this.tags.children) {
      const left = x + tag.corner[0] * scale;
      // A mask at the right edge has its word beside it; one that is out of sight takes it along.
      const most = left < clientWidth ? clientWidth - tag.offsetWidth - 2 : left;
      tag.style.transform = `translate(${Math.max(2, Math.min(left, most))}px, ${
        Math.max(2, y + tag.corner[1] * scale - 20)}px)`;
    }
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

  // A picture of this size is shown now: fitted, unless the reader looks at a part of the one before, as in a video.
  show(width, height) {
    const isSame = this.width === width && this.height === height;
    Object.assign(this, { width, height });
    if (this.isFitted || !isSame) this.fit();
    else this.apply();
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
    if (!this.scale) return;
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
    if (!this.scale) return;
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
      pane.place();
    }
  }

  close() {
    this.resized.disconnect();
  }
}
