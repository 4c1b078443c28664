"""What OpenCV and numpy take for the work of ShapesBenchmark, on one core.

Arguments: height, width, and for each mask pair a file of the truth's and then the prediction's bytes, row by row.
Prints one line for each work: file number, name, seconds of the best run, and a result to compare.
"""
import sys
import time

import cv2
import numpy as np

cv2.setNumThreads(1)


def best(call, least_seconds=1.0):
    result = call()
    seconds, total = float("inf"), 0.0
    while total < least_seconds:
        start = time.perf_counter()
        result = call()
        took = time.perf_counter() - start
        seconds, total = min(seconds, took), total + took
    return seconds, result


def ellipse(radius):
    return cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * radius + 1, 2 * radius + 1))


def band(mask, radius):
    return cv2.morphologyEx(mask, cv2.MORPH_GRADIENT, ellipse(radius))


def boundary_accuracy(truth, prediction):
    height, width = truth.shape
    largest = (width + height) / 300
    correct = 0
    for i in range(5):
        near = band(truth, 1 + int((largest - 1) / 5 * i)) > 0
        correct += int((truth[near] == prediction[near]).sum())
    return correct


def boundary(mask):
    distance = max(int(round(0.02 * np.hypot(*mask.shape))), 1)
    padded = cv2.copyMakeBorder(mask, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
    inner = cv2.erode(padded, np.ones((3, 3), np.uint8), iterations=distance)[1:-1, 1:-1]
    return mask - inner


def boundary_overlap(truth, prediction):
    a, b = boundary(truth), boundary(prediction)
    return int((a & b).sum())


def contour(mask):
    padded = np.pad(mask, ((0, 1), (0, 1)), mode="edge").astype(bool)
    here = padded[:-1, :-1]
    return (here ^ padded[:-1, 1:] | here ^ padded[1:, :-1] | here ^ padded[1:, 1:]).astype(np.uint8)


def contour_matches(truth, prediction):
    radius = int(np.ceil(0.008 * np.hypot(*truth.shape)))
    y, x = np.ogrid[-radius:radius + 1, -radius:radius + 1]
    disk = (x * x + y * y <= radius * radius).astype(np.uint8)
    a, b = contour(truth), contour(prediction)
    return int((a & cv2.dilate(b, disk)).sum() + (b & cv2.dilate(a, disk)).sum())


def works(truth, prediction):
    yield "components8", lambda: cv2.connectedComponents(truth, connectivity=8)[0] - 1
    yield "components4", lambda: cv2.connectedComponents(truth, connectivity=4)[0] - 1
    for radius in (1, 6, 23):
        yield f"band{radius}", lambda: cv2.countNonZero(band(truth, radius))
    yield "dilate50", lambda: cv2.countNonZero(cv2.dilate(truth, ellipse(50)))
    yield "mba", lambda: boundary_accuracy(truth, prediction)
    yield "boundary_iou", lambda: boundary_overlap(truth, prediction)
    yield "davis_f", lambda: contour_matches(truth, prediction)
    yield "outlines", lambda: len(cv2.findContours(truth, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)[0])


height, width = int(sys.argv[1]), int(sys.argv[2])
for number, name in enumerate(sys.argv[3:]):
    pair = np.fromfile(name, np.uint8).reshape(2, height, width)
    for work, call in works(pair[0].copy(), pair[1].copy()):
        seconds, result = best(call)
        print(number, work, f"{seconds:.9f}", result, flush=True)
