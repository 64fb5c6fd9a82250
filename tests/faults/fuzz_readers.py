"""Read many damaged files of every format: each must end as a document or as a named reject.

    python tests/faults/fuzz_readers.py 10000 [SEED]

Prints the outcomes by format and ends with 1 if a file is missing from them, a reader failed in
a way that has no name, or a file took longer than its limit. Bytes are damaged in the file, and
inside its container too: otherwise one would test the unpacking only.
"""

import gzip
import io
import json
import random
import sys
import tempfile
import time
import zipfile
from collections import Counter
from pathlib import Path

import docx
import openpyxl
import pandas as pd
import typst

import watchwords as ww

TEXT = (
    "On 3 February 2021 the council studied the harbour plan.\n\n"
    "The mayor said that the four roads and the two bridges are a priority. 会议强调港口建设。\n"
)
ROWS = [
    {"id": f"r{i}", "date": f"2021-02-{i + 1:02d}", "title": f"Note {i}", "text": TEXT * 2}
    for i in range(6)
]
HTML = (
    "<!doctype html><html lang=en><head><meta charset=utf-8><title>Council</title>"
    '<meta name="date" content="2021-02-03"><script type="application/ld+json">'
    '{"@type":"NewsArticle","datePublished":"2021-02-03"}</script></head><body><nav><a href="/">'
    "Home</a></nav><article><h1>Council</h1>"
    + "".join(f"<p>{TEXT}</p><table><tr><td>a</td><td>b</td></tr></table>" for _ in range(4))
    + "</article><footer>Print</footer></body></html>"
)
TOKENS = (
    *(b"<", b">", b"&", b'"', b"'", b"{", b"}", b"[", b"]", b"\\", b"\x00", b"\xff\xfe", b"\n"),
    *(b"<!--", b"]]>", b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"&#x110000;", b"\\ud800", b"endobj"),
    *(b"stream\n", b"/Length 99999999", b"/Kids [1 0 R]", b"<w:p>" * 50, b"NaN", b"1e999"),
    *(b"2021-02-30", "年月日".encode(), "\u202e".encode(), b"\xed\xa0\x80", b"," * 200),
)


def make_seeds():
    """One good file of each format."""
    seeds = {
        "txt": TEXT.encode(),
        "md": f"---\ntitle: Council\ndate: 2021-02-03\n---\n{TEXT}".encode(),
        "html": HTML.encode(),
        "json": json.dumps(ROWS).encode(),
        "jsonl": "\n".join(json.dumps(row) for row in ROWS).encode(),
        "csv": pd.DataFrame(ROWS).to_csv(index=False).encode(),
        "tsv": pd.DataFrame(ROWS).to_csv(index=False, sep="\t").encode(),
        "pdf": typst.compile(("#set page(height: 8cm)\n" + TEXT * 5).encode()),
    }
    seeds["parquet"] = pd.DataFrame(ROWS).to_parquet(index=False)
    document, book = docx.Document(), openpyxl.Workbook()
    for line in TEXT.splitlines():
        document.add_paragraph(line)
    document.add_table(2, 2)
    book.active.append(list(ROWS[0]))
    for row in ROWS:
        book.active.append(list(row.values()))
    for ending, saved in (("docx", document), ("xlsx", book)):
        stream = io.BytesIO()
        saved.save(stream)
        seeds[ending] = stream.getvalue()
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for ending in ("txt", "html", "csv", "pdf"):
            archive.writestr(f"inner.{ending}", seeds[ending])
    seeds["zip"] = stream.getvalue()
    seeds["txt.gz"] = gzip.compress(seeds["txt"], mtime=0)
    return seeds


def damage(data, rng):
    """Flip, cut, repeat, swap or put in something that hurts, a few times."""
    data = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 4, 16))):
        at = rng.randrange(len(data) + 1)
        kind = rng.randrange(6)
        if kind == 0 and at < len(data):
            data[at] ^= 1 << rng.randrange(8)
        elif kind == 1:
            del data[at : at + rng.choice((1, 8, 200, len(data)))]
        elif kind == 2:
            data[at:at] = data[at : at + rng.choice((4, 60, 900))] * rng.choice((1, 3, 50))
        elif kind == 3:
            data[at:at] = rng.choice(TOKENS)
        elif kind == 4:
            data[at : at + 4] = rng.randbytes(4)
        else:
            other = rng.randrange(len(data) + 1)
            data[at : at + 20], data[other : other + 20] = (
                data[other : other + 20],
                data[at : at + 20],
            )
    return bytes(data)


def damage_inside(data, rng):
    """Damage one member of a zip and pack it again with right checksums."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        names = old.namelist()
        chosen = rng.choice(names)
        for name in names:
            content = old.read(name)
            new.writestr(name, damage(content, rng) if name == chosen else content)
    return stream.getvalue()


def mutate(ending, data, rng):
    if ending in {"docx", "xlsx", "zip"} and rng.random() < 0.8:
        return damage_inside(data, rng)
    if ending == "txt.gz" and rng.random() < 0.8:
        return gzip.compress(damage(gzip.decompress(data), rng), mtime=0)
    return damage(data, rng)


def fuzz(n_files, seed, folder, *, workers=2):
    """Write the damaged files and read them; give the outcomes by file and the seconds."""
    rng = random.Random(seed)
    seeds = make_seeds()
    endings = sorted(seeds)
    for number in range(n_files):
        ending = endings[number % len(endings)]
        path = folder / f"{number:06d}.{ending}"
        path.write_bytes(mutate(ending, seeds[ending], rng))
    began = time.monotonic()
    corpus = ww.read_corpus(folder, workers=workers)
    seconds = time.monotonic() - began
    ends = {}
    for path in corpus.documents["path"]:
        ends.setdefault(top_of(path), []).append("accepted")
    for path, reason in zip(corpus.rejects["path"], corpus.rejects["reason"], strict=True):
        ends.setdefault(top_of(path), []).append(reason)
    return ends, seconds


def top_of(path):
    """The file on disk a document or reject comes from."""
    return path.split("/")[0].split("#")[0]


def main():
    n_files = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home)
        ends, seconds = fuzz(n_files, seed, folder)
        missing = sorted(path.name for path in folder.iterdir() if path.name not in ends)
    counts = Counter(
        (name.split(".", 1)[1], end) for name, found in ends.items() for end in set(found)
    )
    for (ending, end), n in sorted(counts.items()):
        print(f"{ending:8s} {end:14s} {n:6d}")  # noqa: T201  (a command of its own)
    print(f"{n_files} files in {seconds:.0f} s; without an outcome: {missing or 'none'}")  # noqa: T201  (a command of its own)
    slow = sum(n for (_, end), n in counts.items() if end in {"timeout", "memory"})
    print(f"ended by their limits: {slow}")  # noqa: T201  (a command of its own)
    sys.exit(bool(missing))


if __name__ == "__main__":
    main()
