"""Pillow on the workload of PhotosBenchmark: photo_peer.py BIG SMALL OUT; prints lines `work rate`."""
import glob, os, sys, time
from multiprocessing import Pool
from PIL import Image


def halve(job):
    source, target = job
    image = Image.open(source)
    size = ((image.width + 1) // 2, (image.height + 1) // 2)
    image.draft('RGB', size)
    if image.size != size:
        image = image.resize(size, Image.BOX)
    image.save(target, quality=90)


def halve_mask(job):
    source, target = job
    image = Image.open(source)
    image.resize(((image.width + 1) // 2, (image.height + 1) // 2), Image.NEAREST).save(target)


def header(path):
    with Image.open(path) as image:
        return image.size


def best(name, count, call):
    times = []
    for _ in range(4):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    print(name, count / min(times[1:]), flush=True)


def jobs(files, out):
    return [(f, os.path.join(out, f'{i}{os.path.splitext(f)[1]}')) for i, f in enumerate(files)]


if __name__ == '__main__':
    big, small, out = sys.argv[1:4]
    photos = sorted(glob.glob(big + '/*.jpg'))
    masks = sorted(glob.glob(big + '/*.png'))
    pictures = sorted(glob.glob(small + '/*/*.jpg'))
    best('headers', len(pictures), lambda: [header(p) for p in pictures])
    best('masks', len(masks), lambda: [halve_mask(j) for j in jobs(masks, out)])
    with Pool(2) as pool:
        best('big', len(photos), lambda: pool.map(halve, jobs(photos, out), chunksize=1))
        best('small', len(pictures), lambda: pool.map(halve, jobs(pictures, out), chunksize=50))
