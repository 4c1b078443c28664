"""What a Python script does with class folders: folders_peer.py ROOT OUT; prints lines `work rate`."""
import hashlib, json, os, sys, time

root, out = sys.argv[1:3]


def names():
    return sorted(
        (c + '/' + f, os.path.getsize(f'{root}/{c}/{f}')) for c in os.listdir(root) for f in os.listdir(f'{root}/{c}'))


def coco():
    from PIL import Image
    images, annotations, categories = [], [], {}
    for number, (name, _) in enumerate(names(), 1):
        with Image.open(f'{root}/{name}') as image:
            w, h = image.size
        category = categories.setdefault(name.split('/')[0], len(categories) + 1)
        images.append({'id': number, 'file_name': name, 'width': w, 'height': h})
        annotations.append({'id': number, 'image_id': number, 'category_id': category, 'iscrowd': 0,
                            'bbox': [0, 0, w, h], 'area': w * h, 'segmentation': []})
    with open(out, 'w') as file:
        json.dump({'images': images, 'annotations': annotations,
                   'categories': [{'id': i, 'name': n} for n, i in categories.items()]}, file)


def digests():
    for name, _ in names():
        with open(f'{root}/{name}', 'rb') as file:
            hashlib.sha256(file.read()).hexdigest()


count = len(names())
for work in (names, coco, digests):
    times = []
    try:
        for _ in range(4):
            began = time.perf_counter()
            work()
            times.append(time.perf_counter() - began)
    except ImportError:
        continue
    print(work.__name__, count / min(times[1:]), flush=True)
