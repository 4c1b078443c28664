import { decode, rimOf } from './mask.js';

const voidColour = [160, 160, 160];
const light = [255, 255, 255], dark = [0, 0, 0];

// What became of an instance in the other version. Told apart by line, hatching and words as much as by colour; the
// colours are of the set of Okabe and Ito, which people who see few colours tell apart, darkened for white letters.
export const fates = {
  Added: { colour: '#00795a', sign: '+', dash: 0 },
  Removed: { colour: '#b04a00', sign: '\u2212', dash: 9, isCrossed: true },
  Changed: { colour: '#0067a3', sign: '\u2260', dash: 3 },
};

export const rgb = colour => [1, 3, 5].map(i => parseInt(colour.slice(i, i + 2), 16));

// The shapes of a frame, read once and painted as often as settings change.
export class Layer {
  constructor(shapes) {
    this.width = shapes.width;
    this.height = shapes.height;
    this.boxes = shapes.shapes.map(shape => shape.mask ? decode(shape.mask) : null);
    this.stated = shapes.shapes.map(shape => shape.box ?? null);
    this.void = shapes.void ? decode(shapes.void) : null;
    // Lines are as wide on a large picture as on a small one, once it is fitted into the window.
    this.steps = Math.max(1, Math.round(Math.max(this.width, this.height) / 700));
  }

  // Paints onto a canvas of the size of the frame: one pixel of it is one pixel of the masks.
  // A look has colour, isHidden, isCrowd and fate for each instance.
  paint(canvas, looks, settings) {
    canvas.width = this.width;
    canvas.height = this.height;
    if (this.width === 0 || this.height === 0) return;
    const context = canvas.getContext('2d');
    const image = context.createImageData(this.width, this.height);
    if (this.void && settings.void) this.#fill(image, this.void, { colour: voidColour, hatching: 'falling' }, settings);
    this.boxes.forEach((box, i) => {
      const look = looks[i];
      if (!look || look.isHidden || !box) return;
      const fate = fates[look.fate];
      const hatching = fate?.isCrossed ? 'crossed' : look.isCrowd ? 'rising' : '';
      this.#fill(image, box, { colour: rgb(look.colour), hatching, fate }, settings);
    });
    context.putImageData(image, 0, 0);
    this.#boxes(context, looks, settings);
  }

  // Paints one instance, brighter, onto a canvas of the size of its mask; where that belongs is the answer.
  paintMarked(canvas, i, colour) {
    const box = this.boxes[i];
    if (!box || box.width === 0) return null;
    canvas.width = box.width;
    canvas.height = box.height;
    const context = canvas.getContext('2d');
    const image = context.createImageData(box.width, box.height);
    const style = { colour: rgb(colour), hatching: '', isWide: true };
    this.#fill(image, { ...box, left: 0, top: 0 }, style, { fill: true, contour: true, opacity: 0.75 });
    context.putImageData(image, 0, 0);
    return box;
  }

  #fill(image, box, { colour, hatching, fate, isWide }, settings) {
    const { data } = image;
    const inner = settings.fill ? Math.round(255 * settings.opacity) : 0;
    const outline = fate || isWide ? rimOf(box, 2 * this.steps) : settings.contour ? rimOf(box, this.steps) : null;
    const edge = fate ? rimOf(box, this.steps) : null;
    const drawn = fate ? rgb(fate.colour) : colour;
    const stripe = 4 * this.steps;
    for (let y = 0, bit = 0; y < box.height; y++)
      for (let x = 0; x < box.width; x++, bit++) {
        if (!box.bits[bit]) continue;
        const px = box.left + x, py = box.top + y;
        const at = 4 * (py * image.width + px);
        if (outline?.[bit]) {
          put(data, at, fate ? line(fate, drawn, edge[bit], px + py, this.steps) : colour, 255);
        } else if (inner > 0 && isStriped(hatching, px, py, stripe)) {
          put(data, at, colour, inner);
        }
      }
  }

  #boxes(context, looks, settings) {
    context.lineWidth = this.steps * 1.5;
    looks.forEach((look, i) => {
      const box = this.stated[i];
      if (!box || box.length < 4 || look.isHidden || (this.boxes[i] && !settings.box)) return;
      context.strokeStyle = fates[look.fate]?.colour ?? look.colour;
      context.setLineDash(look.isCrowd || look.fate === 'Removed' ? [6 * this.steps, 4 * this.steps] : []);
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

// A line of two tones, seen on any ground: the outer in the colour of the fate, in dashes where it has them.
function line(fate, colour, isEdge, diagonal, steps) {
  if (!isEdge) return light;
  return fate.dash > 0 && Math.floor(diagonal / (fate.dash * steps)) % 2 === 1 ? dark : colour;
}

function isStriped(hatching, x, y, stripe) {
  const isRising = Math.floor((x + y) / stripe) % 2 === 0, isFalling = Math.floor((x - y) / stripe) % 2 === 0;
  return hatching === '' || (hatching === 'rising' ? isRising : hatching === 'falling' ? isFalling
    : isRising === isFalling);
}

// Lays a colour over what is there.
function put(data, at, colour, alpha) {
  if (alpha === 255 || data[at + 3] === 0) {
    [data[at], data[at + 1], data[at + 2]] = colour;
    data[at + 3] = alpha;
    return;
  }
  const a = alpha / 255, under = data[at + 3] / 255 * (1 - a), whole = a + under;
  for (let c = 0; c < 3; c++) data[at + c] = Math.round((colour[c] * a + data[at + c] * under) / whole);
  data[at + 3] = Math.round(255 * whole);
}
