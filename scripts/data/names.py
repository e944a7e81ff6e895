"""Makes data/surnames.tsv and data/given_names.tsv from IPADIC.

    apt-get download mecab-ipadic && dpkg-deb -x mecab-ipadic_*.deb target/ipadic
    python3 scripts/data/names.py target/ipadic/usr/share/mecab/dic/ipadic/Noun.name.csv

One line for each reading: the reading in katakana, a tab, the names with the most common first. Lines are in the order of
their bytes, because the program looks them up by halving.
"""
import csv
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path

OUT = Path(__file__).resolve().parents[2] / "data"
FILES = {"姓": "surnames.tsv", "名": "given_names.tsv"}


def katakana(reading: str) -> str:
    """A few readings of IPADIC are written in hiragana."""
    return "".join(chr(ord(c) + 0x60) if "ぁ" <= c <= "ゖ" else c for c in reading)


def has_kanji(name: str) -> bool:
    return any(unicodedata.name(c, "").startswith("CJK") for c in name)


def main() -> None:
    names = {kind: defaultdict(dict) for kind in FILES}
    with open(sys.argv[1], encoding="euc_jp", newline="") as source:
        for row in csv.reader(source):
            surface, cost, kind, reading = row[0], int(row[3]), row[7], katakana(row[11])
            if row[6] != "人名" or kind not in FILES:
                continue
            known = names[kind][reading]
            known[surface] = min(cost, known.get(surface, cost))
    for kind, file in FILES.items():
        with open(OUT / file, "w", encoding="utf-8", newline="") as out:
            for reading in sorted(names[kind], key=lambda text: text.encode()):
                # A low cost is a common name. Names without kanji have costs of another kind: they come last.
                order = sorted(names[kind][reading].items(), key=lambda item: (not has_kanji(item[0]), item[1], item[0]))
                out.write(f"{reading}\t{' '.join(name for name, _ in order)}\n")
        print(file, len(names[kind]), "readings", sum(map(len, names[kind].values())), "names")


main()
