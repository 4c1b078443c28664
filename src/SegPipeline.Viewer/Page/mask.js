// Reads masks: COCO strings ("compressed counts"), whose runs go down the columns, background first.

// Run lengths of a COCO string: groups of five bits from 48 on, the sixth says that more follow, the sign is extended,
// and from the fourth length on they are differences to the length two before.
export function countsOf(text) {
  const counts = [];
  let place = 0;
  while (place < text.length) {
    let value = 0, factor = 1, more = true, group = 0;
    while (more) {
      group = text.charCodeAt(place++) - 48;
      value += (group & 31) * factor;
      factor *= 32;
      more = (group & 32) !== 0;
    }
    if (group & 16) value -= factor;
    if (counts.length > 2) value += counts[counts.length - 2];
    counts.push(value);
  }
  return counts;
}

// A mask with the box around its pixels; bits are row by row within the box, one byte a pixel.
export function decode(mask) {
  const { height, width } = mask;
  const counts = countsOf(mask.counts);
  let left = width, right = -1, top = height, bottom = -1;
  walk(counts, height, (x, y, end) => {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, end - 1);
  });
  if (right < 0) return { left: 0, top: 0, width: 0, height: 0, bits: new Uint8Array(0) };
  const box = { left, top, width: right - left + 1, height: bottom - top + 1 };
  box.bits = new Uint8Array(box.width * box.height);
  walk(counts, height, (x, y, end) => {
    for (let row = y; row < end; row++) box.bits[(row - top) * box.width + x - left] = 1;
  });
  return box;
}

// Calls back for each vertical piece of foreground: column, first row, row behind the last.
function walk(counts, height, piece) {
  let at = 0;
  for (let run = 0; run < counts.length; run++) {
    let rest = counts[run];
    if (run % 2 === 0) {
      at += rest;
      continue;
    }
    while (rest > 0) {
      const x = Math.floor(at / height), y = at % height;
      const length = Math.min(rest, height - y);
      piece(x, y, y + length);
      at += length;
      rest -= length;
    }
  }
}

// Which pixels of a box lie on the rim of its mask: those with a pixel that is not of it at most so many steps away in
// their row or column. One byte a pixel, as the bits.
export function rimOf({ bits, width, height }, steps) {
  const rim = new Uint8Array(bits.length);
  const mark = (from, length, stride) => {
    for (let step = 0; step < Math.min(steps, length); step++)
      rim[from + step * stride] = rim[from + (length - 1 - step) * stride] = 1;
  };
  const runs = (start, count, stride) => {
    for (let i = 0; i < count; i++) {
      if (!bits[start + i * stride]) continue;
      const first = i;
      while (i < count && bits[start + i * stride]) i++;
      mark(start + first * stride, i - first, stride);
    }
  };
  for (let y = 0; y < height; y++) runs(y * width, width, 1);
  for (let x = 0; x < width; x++) runs(x, height, width);
  return rim;
}
