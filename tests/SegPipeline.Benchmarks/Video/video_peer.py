"""Palette PNGs to YouTube-VIS JSON and back, as scripts in use do it, on two processes.

Arguments: to-json FOLDER FILE or to-png FILE FOLDER. Pillow reads and writes the images; masks are encoded and decoded
by pycocotools' C code, called as pycocotools calls it: the shared library is named by the environment variable MASKAPI
(gcc -O3 -shared -fPIC maskApi.c).
"""
import ctypes
import json
import os
import pathlib
import sys
from multiprocessing import Pool

import numpy as np
from PIL import Image


class Rle(ctypes.Structure):
    _fields_ = [("h", ctypes.c_size_t), ("w", ctypes.c_size_t), ("m", ctypes.c_size_t), ("cnts", ctypes.c_void_p)]


lib = ctypes.CDLL(os.environ["MASKAPI"])
lib.rleToString.restype = ctypes.c_void_p
lib.rleEncode.argtypes = [ctypes.c_void_p, ctypes.c_void_p] + 3 * [ctypes.c_size_t]
lib.rleDecode.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_size_t]
lib.rleFrString.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t, ctypes.c_size_t]
lib.rleArea.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_void_p]
lib.rleToBbox.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_size_t]
free = ctypes.CDLL(None).free
free.argtypes = [ctypes.c_void_p]


def describe(bitmap):
    rle, area, box = Rle(), ctypes.c_uint32(), (ctypes.c_double * 4)()
    columns = np.asfortranarray(bitmap)
    lib.rleEncode(ctypes.byref(rle), columns.ctypes.data, bitmap.shape[0], bitmap.shape[1], 1)
    lib.rleArea(ctypes.byref(rle), 1, ctypes.byref(area))
    lib.rleToBbox(ctypes.byref(rle), box, 1)
    pointer = lib.rleToString(ctypes.byref(rle))
    counts = ctypes.string_at(pointer).decode()
    free(pointer)
    lib.rleFree(ctypes.byref(rle))
    return {"size": list(bitmap.shape), "counts": counts}, area.value, list(box)


def read_video(folder):
    names = sorted(folder.glob("*.png"))
    tracks, shape = {}, None
    for frame, name in enumerate(names):
        pixels = np.asarray(Image.open(name))
        shape = pixels.shape
        for label in np.unique(pixels):
            if label in (0, 255):
                continue
            track = tracks.setdefault(int(label), [[None] * len(names) for _ in range(3)])
            for column, value in zip(track, describe((pixels == label).astype(np.uint8))):
                column[frame] = value
    files = [f"{folder.name}/{name.stem}.jpg" for name in names]
    return {"file_names": files, "height": shape[0], "width": shape[1], "length": len(names)}, tracks


def to_json(folder, file):
    videos, annotations = [], []
    with Pool(2) as pool:
        for video, tracks in pool.imap(read_video, sorted(p for p in pathlib.Path(folder).iterdir() if p.is_dir())):
            videos.append({"id": len(videos) + 1, **video})
            for label in sorted(tracks):
                shapes, areas, boxes = tracks[label]
                annotations.append({"id": len(annotations) + 1, "video_id": len(videos), "category_id": 1,
                                    "iscrowd": 0, "segmentations": shapes, "areas": areas, "bboxes": boxes})
    with open(file, "w", encoding="utf-8") as target:
        json.dump({"videos": videos, "annotations": annotations, "categories": [{"id": 1, "name": "object"}]}, target)


def write_video(job):
    video, tracks, palette, target = job
    for frame, name in enumerate(video["file_names"]):
        pixels = np.zeros((video["height"], video["width"]), np.uint8)
        for label, shapes in enumerate(tracks, 1):
            if not shapes[frame]:
                continue
            height, width = shapes[frame]["size"]
            rle = Rle()
            lib.rleFrString(ctypes.byref(rle), shapes[frame]["counts"].encode(), height, width)
            columns = np.empty((height, width), np.uint8, order="F")
            lib.rleDecode(ctypes.byref(rle), columns.ctypes.data, 1)
            lib.rleFree(ctypes.byref(rle))
            pixels[columns == 1] = label
        image = Image.fromarray(pixels, "P")
        image.putpalette(palette)
        path = pathlib.Path(target, *pathlib.PurePosixPath(name.replace("\\", "/")).with_suffix(".png").parts[-2:])
        path.parent.mkdir(parents=True, exist_ok=True)
        image.save(path)


def to_png(file, folder):
    with open(file, encoding="utf-8") as source:
        data = json.load(source)
    tracks = {video["id"]: [] for video in data["videos"]}
    for annotation in data["annotations"]:
        tracks[annotation["video_id"]].append(annotation["segmentations"])
    palette = [(i >> (3 * bit + channel) & 1) << (7 - bit) for i in range(256) for channel in range(3)
               for bit in range(8)]
    palette = [sum(palette[i:i + 8]) for i in range(0, len(palette), 8)]
    with Pool(2) as pool:
        for _ in pool.imap(write_video, ((v, tracks[v["id"]], palette, folder) for v in data["videos"])):
            pass


{"to-json": to_json, "to-png": to_png}[sys.argv[1]](*sys.argv[2:])
