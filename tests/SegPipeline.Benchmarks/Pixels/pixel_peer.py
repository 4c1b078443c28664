"""What Pillow, numpy and pycocotools' C code take for the work of the pixel benchmarks, on one core.

Argument: a folder of palette PNGs. Prints one line for each work: its name and how many files, or masks, it does a
second. pycocotools itself is a thin layer over maskApi.c, which is called here as it calls it: the shared library is
named by the environment variable MASKAPI (gcc -O3 -shared -fPIC maskApi.c); without it those lines are left out.
"""
import ctypes
import io
import os
import pathlib
import sys
import time

import numpy as np
from PIL import Image


class Rle(ctypes.Structure):
    _fields_ = [("h", ctypes.c_size_t), ("w", ctypes.c_size_t), ("m", ctypes.c_size_t), ("cnts", ctypes.c_void_p)]


def rate(name, items, call, least_seconds=1.5):
    call()
    best, total = float("inf"), 0.0
    while total < least_seconds:
        start = time.perf_counter()
        call()
        took = time.perf_counter() - start
        best, total = min(best, took), total + took
    print(name, items / best, flush=True)


def read(data):
    return np.asarray(Image.open(io.BytesIO(data)))


def write(pixels, palette, level):
    image = Image.fromarray(pixels, "P")
    image.putpalette(palette)
    target = io.BytesIO()
    image.save(target, "PNG", compress_level=level)
    return target.getvalue()


def encode(lib, bitmap):
    rle = Rle()
    columns = np.asfortranarray(bitmap)
    lib.rleEncode(ctypes.byref(rle), columns.ctypes.data, bitmap.shape[0], bitmap.shape[1], 1)
    return rle


def decode(lib, rle):
    columns = np.empty((rle.h, rle.w), np.uint8, order="F")
    lib.rleDecode(ctypes.byref(rle), columns.ctypes.data, 1)
    return columns


def text(lib, rle):
    pointer = lib.rleToString(ctypes.byref(rle))
    result = ctypes.string_at(pointer)
    lib.free(pointer)
    return result


def objects(pixels):
    return [i for i in np.unique(pixels) if i not in (0, 255)]


def png_to_strings(lib, data):
    pixels = read(data)
    for i in objects(pixels):
        rle = encode(lib, (pixels == i).astype(np.uint8))
        text(lib, rle)
        lib.rleFree(ctypes.byref(rle))


def masks_to_png(lib, shape, masks, palette):
    pixels = np.zeros(shape, np.uint8)
    for i, rle in masks:
        pixels[decode(lib, rle) == 1] = i
    write(pixels, palette, 6)


def measure_masks(lib, files, images, palette):
    lib.rleToString.restype = ctypes.c_void_p
    lib.free = ctypes.CDLL(None).free
    lib.free.argtypes = [ctypes.c_void_p]
    lib.rleEncode.argtypes = [ctypes.c_void_p, ctypes.c_void_p] + 3 * [ctypes.c_size_t]
    lib.rleDecode.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_size_t]
    frames = [[(i, encode(lib, (p == i).astype(np.uint8))) for i in objects(p)] for p in images]
    masks = [rle for frame in frames for _, rle in frame][:500]
    bitmaps = [np.ascontiguousarray(decode(lib, rle)) for rle in masks]

    def encode_all():
        for bitmap in bitmaps:
            rle = encode(lib, bitmap)
            lib.rleFree(ctypes.byref(rle))

    rate("bitmap-to-runs", len(bitmaps), encode_all)
    rate("runs-to-bitmap", len(masks), lambda: [np.ascontiguousarray(decode(lib, rle)) for rle in masks])
    rate("png-to-strings", len(files), lambda: [png_to_strings(lib, data) for data in files])
    rate("masks-to-png", len(files),
         lambda: [masks_to_png(lib, p.shape, frame, palette) for p, frame in zip(images, frames)])


def main():
    files = [path.read_bytes() for path in sorted(pathlib.Path(sys.argv[1]).rglob("*.png"))]
    files = [data for data in files if data[25] == 3]
    palette = Image.open(io.BytesIO(files[0])).getpalette()
    images = [read(data) for data in files]
    rate("read", len(files), lambda: [read(data) for data in files])
    rate("write-1", len(files), lambda: [write(pixels, palette, 1) for pixels in images])
    rate("write-6", len(files), lambda: [write(pixels, palette, 6) for pixels in images])
    half = (images[0].shape[1] // 2, images[0].shape[0] // 2)
    pictures = [Image.fromarray(pixels, "P") for pixels in images]
    rate("halve", len(files), lambda: [picture.resize(half, Image.NEAREST) for picture in pictures])
    if "MASKAPI" in os.environ:
        measure_masks(ctypes.CDLL(os.environ["MASKAPI"]), files, images, palette)


main()
