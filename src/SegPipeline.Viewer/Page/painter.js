import { decode, isRim } from './mask.js';

const voidColour = [160, 160, 160];

export const rgb = colour => [1, 3, 5].map(i => parseInt(colour.slice(i, i + 2), 16));

// The shapes of a frame, read once and painted as often as settings change.
export class Layer {
  constructor(shapes) {
    this.width = shapes.width;
    this.height = shapes.height;
    this.boxes = shapes.shapes.map(shape => shape.mask ? decode(shape.mask) : null);
    this.stated = shapes.shapes.map(shape => shape.box ?? null);
    this.void = shapes.void ? decode(shapes.void) : null;
  }

  // Paints onto a canvas of the size of the frame: one pixel of it is one pixel of the masks.
  // A look has colour, isHidden, isCrowd and isMarked for each instance.
  paint(canvas, looks, settings) {
    canvas.width = this.width;
    canvas.height = this.height;
    if (this.width === 0 || this.height === 0) return;
    const context = canvas.getContext('2d');
    const image = context.createImageData(this.width, this.height);
    this.steps = Math.max(1, Math.round(Math.max(this.width, this.height) / 700));
    if (this.void && settings.void) this.#fill(image.data, this.void, voidColour, settings, 'falling', false);
    this.boxes.forEach((box, i) => {
      const look = looks[i];
      if (!look || look.isHidden || !box) return;
      this.#fill(image.data, box, rgb(look.colour), settings, look.isCrowd ? 'rising' : '', look.isMarked);
    });
    context.putImageData(image, 0, 0);
    this.#boxes(context, looks, settings);
  }

  #fill(data, box, colour, settings, hatching, isMarked) {
    const alpha = Math.round(255 * (isMarked ? Math.min(1, settings.opacity + 0.3) : settings.opacity));
    const stripe = 4 * this.steps;
    for (let y = 0; y < box.height; y++)
      for (let x = 0; x < box.width; x++) {
        if (!box.bits[y * box.width + x]) continue;
        const px = box.left + x, py = box.top + y;
        const rim = (settings.contour || isMarked) && isRim(box, x, y, isMarked ? 2 * this.steps : this.steps);
        const striped = hatching === '' ||
          Math.floor((hatching === 'rising' ? px + py : px - py + data.length) / stripe) % 2 === 0;
        const a = rim ? 255 : settings.fill && striped ? alpha : 0;
        if (a === 0) continue;
        const at = 4 * (py * this.width + px);
        const under = data[at + 3] / 255 * (1 - a / 255);
        const whole = a / 255 + under;
        for (let c = 0; c < 3; c++) data[at + c] = Math.round((colour[c] * a / 255 + data[at + c] * under) / whole);
        data[at + 3] = Math.round(255 * whole);
      }
  }

  #boxes(context, looks, settings) {
    context.lineWidth = this.steps * 1.5;
    looks.forEach((look, i) => {
      const box = this.stated[i];
      if (!box || box.length < 4 || look.isHidden || (this.boxes[i] && !settings.box)) return;
      context.strokeStyle = look.colour;
      context.setLineDash(look.isCrowd ? [6 * this.steps, 4 * this.steps] : []);
      context.strokeRect(...box);
    });
  }

  // The instances at a pixel, the one that was painted last first.
  at(x, y, looks) {
    const found = [];
    this.boxes.forEach((box, i) => {
      if (!box || looks[i]?.isHidden) return;
      const bx = x - box.left, by = y - box.top;
      if (bx >= 0 && by >= 0 && bx < box.width && by < box.height && box.bits[by * box.width + bx]) found.unshift(i);
    });
    return found;
  }
}
