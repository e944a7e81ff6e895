"""Reads every page of a fax (TIFF) and compares it with the same page of the PDF as another program draws it.

    pages.py FAX.tif PAGE.pgm...

The pages of the PDF come from `pdftoppm -gray` at the resolution of the fax. Prints a JSON list with one object per page:
size, resolution, share of black dots, and of those the share that has no dark dot of the other picture next to it, both ways.
"""
import json
import sys

from PIL import Image, ImageChops, ImageFilter

DARK = 160


def ink(picture):
    """White where there is ink."""
    return picture.convert("L").point(lambda level: 255 if level < DARK else 0)


def dots(picture):
    return picture.histogram()[255]


def astray(one, other):
    near = other.filter(ImageFilter.MaxFilter(5))
    return dots(ImageChops.subtract(one, near)) / max(dots(one), 1)


def main():
    fax, *others = sys.argv[1:]
    pages = []
    with Image.open(fax) as tiff:
        for number, path in enumerate(others):
            tiff.seek(number)
            ours = ink(tiff)
            theirs = Image.new("L", tiff.size, 0)
            drawn = ink(Image.open(path))
            theirs.paste(drawn, ((tiff.width - drawn.width) // 2, 0))
            pages.append(
                {
                    "size": list(tiff.size),
                    "mode": tiff.mode,
                    "compression": tiff.info["compression"],
                    "resolution": [float(dots) for dots in tiff.info["dpi"]],
                    "of": tiff.n_frames,
                    "ink": dots(ours) / (tiff.width * tiff.height),
                    "too_much": astray(ours, theirs),
                    "too_little": astray(theirs, ours),
                }
            )
    print(json.dumps(pages))


main()
