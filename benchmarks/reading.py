"""How fast a folder of mixed files is read, beside a bare loop over the same parser libraries.

    python benchmarks/reading.py            a tree of 20,000 files, some minutes
    python benchmarks/reading.py 2000       a smaller one

Prints, measured in one run and in turns: files and megabytes a second by format, and the ratio
of our processor time to that of the bare loop; two workers beside two serial halves at once; the
second read of a stored corpus in which nothing changed; peak memory by number of files. Each
block begins with its bar. A long run outlives its terminal if it is started with
``setsid nohup python benchmarks/reading.py > reading.txt &``.
"""

import csv
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib
from io import BytesIO, StringIO
from pathlib import Path

SHARES = {"txt": 0.20, "md": 0.10, "html": 0.30, "pdf": 0.15, "docx": 0.15, "json": 0.05,
          "csv": 0.05}  # fmt: skip
SLICES = 2
ROUNDS = 5
WORDS = """council meeting city work government development report people public service market
water road school plan budget growth reform safety trade industry energy village project policy
support measure office member leader party committee spirit speech study implement strengthen
promote deepen high quality rural market order law river forest health worker farmer teacher
science technology digital economy green road build open share common future region national
local young history culture system level new important further effective steady orderly""".split()  # noqa: SIM905  (prose, not a list)
SMALL = "the of and to in for on with by that this is was will must be at from as it".split()  # noqa: SIM905  (prose, not a list)
CALL = "import sys, watchwords as ww; ww.read_corpus(sys.argv[1], workers=int(sys.argv[2]))"
MEMORY = """
import resource, sys
from watchwords.corpora.command import read_and_tell
documents = read_and_tell(sys.argv[1], sys.argv[2], columns={})[1]
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(len(documents), peak, child)
"""


def make_text(rng):
    """Paragraphs of 1,000 to 8,000 characters."""
    wanted, paragraphs, size = rng.randint(1000, 8000), [], 0
    while size < wanted:
        sentences = []
        for _ in range(rng.randint(2, 5)):
            words = [
                rng.choice(SMALL if rng.random() < 0.45 else WORDS)
                for _ in range(rng.randint(9, 28))
            ]
            sentences.append(" ".join(words).capitalize() + ".")
        paragraphs.append(" ".join(sentences))
        size += len(paragraphs[-1])
    return paragraphs


def make_head(rng):
    """A title and an ISO day."""
    title = " ".join(rng.choice(WORDS) for _ in range(6)).capitalize()
    return title, f"{rng.randint(2010, 2024)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"


def make_txt(rng):
    title, day = make_head(rng)
    return "\n\n".join([f"{title}\n{day}", *make_text(rng)]).encode()


def make_md(rng):
    title, day = make_head(rng)
    return "\n\n".join(
        [f"---\ntitle: {title}\ndate: {day}\n---\n# {title}", *make_text(rng)]
    ).encode()


def make_links(rng, n):
    """A menu as sites have it: lists in boxes, with classes and addresses."""
    items = []
    for _ in range(n):
        word, other = rng.choice(WORDS), rng.choice(WORDS)
        items.append(
            f'<li class="menu-item item-{word}"><a href="/{word}/{rng.randint(1, 9999)}.html"'
            f' title="{word} {other}">{word.title()} {other}</a></li>'
        )
    return f'<div class="box"><ul class="list">{"".join(items)}</ul></div>'


def make_inline(rng, paragraph):
    """Links, emphasis and spans, as editors leave them in a paragraph."""
    words = paragraph.split(" ")
    for _ in range(len(words) // 12):
        at = rng.randrange(len(words))
        words[at] = rng.choice(
            [
                f'<a href="/topic/{at}.html" target="_blank">{words[at]}</a>',
                f"<strong>{words[at]}</strong>",
                f'<span style="font-size:14px">{words[at]}</span>',
            ]
        )
    return " ".join(words)


def make_teasers(rng, n):
    """Other articles in short: what an extractor has to tell from the article."""
    teasers = []
    for _ in range(n):
        title, day = make_head(rng)
        words = " ".join(rng.choice(SMALL + WORDS) for _ in range(30)).capitalize()
        teasers.append(
            f'<div class="item"><div class="pic"><a href="/n/{day}.html"><img src="/{day}.jpg" '
            f'alt="{title}"></a></div><div class="txt"><h4><a href="/n/{day}.html">{title}</a></h4>'
            f'<span class="time">{day}</span><p>{words}. '
            f'<a href="/n/{day}.html">More</a></p></div></div>'
        )
    return "".join(teasers)


def make_html(rng):
    """A page of a news site or an office: 60 kB for an article of 1 to 8."""
    title, day = make_head(rng)
    body = "".join(f"<p>{make_inline(rng, paragraph)}</p>\n" for paragraph in make_text(rng))
    script = "".join(f"var {word} = {{n: {at}}};" for at, word in enumerate(WORDS))
    rows = "".join(
        f"<tr><td>{rng.choice(WORDS)}</td><td>{rng.randint(1, 999)}</td></tr>" for _ in range(6)
    )
    return (
        f"<!doctype html><html lang='en'><head><meta charset='utf-8'><title>{title} - City</title>"
        f"<meta property='article:published_time' content='{day}T10:00:00Z'>"
        f"<link rel='stylesheet' href='/s.css'><script>{script}</script></head><body>"
        f"<div class='top'><div class='logo'><a href='/'>City</a></div>{make_links(rng, 60)}</div>"
        f"<div class='wrap'><div class='crumbs'><a href='/'>Home</a> &gt; News</div>"
        f"<div class='left'><div class='content'><h1>{title}</h1><div class='info'>"
        f"<span>{day}</span><span>Source: City</span></div>"
        f"<div class='share'>{make_links(rng, 5)}</div>\n"
        f"<div class='text'>{body}<table>{rows}</table></div></div><div class='related'><h3>Related"
        f"</h3>{make_teasers(rng, 8)}</div></div><div class='right'><h3>Latest</h3>"
        f"{make_teasers(rng, 10)}<h3>Topics</h3>{make_links(rng, 30)}</div></div>"
        f"<div class='foot'>{make_links(rng, 80)}<p>All rights reserved</p></div></body></html>"
    ).encode()


def make_pdf(rng):
    title, day = make_head(rng)
    lines = [title, day]
    for paragraph in make_text(rng):
        words, line = paragraph.split(), ""
        for word in words:
            line = f"{line} {word}".strip()
            if len(line) > 80:
                lines.append(line)
                line = ""
        lines.append(line)
    pages = [lines[at : at + 45] for at in range(0, len(lines), 45)]
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for at, page in enumerate(pages):
        shown = "".join(f"({line}) Tj T*\n" for line in page)
        stream = zlib.compress(f"BT /F1 11 Tf 14 TL 50 780 Td\n{shown}ET".encode("cp1252"))
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * at} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        head = f"<< /Filter /FlateDecode /Length {len(stream)} >>\nstream\n".encode()
        objects.append(head + stream + b"\nendstream")
    data, places = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, start=1):
        places.append(len(data))
        data += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    start = len(data)
    data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    data += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    data += (
        f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF".encode()
    )
    return bytes(data)


def make_docx(rng):
    if not hasattr(make_docx, "parts"):
        from docx import Document

        blank = BytesIO()
        Document().save(blank)
        with zipfile.ZipFile(blank) as archive:
            make_docx.parts = {name: archive.read(name) for name in archive.namelist()}
    title, day = make_head(rng)
    body = "".join(
        f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>" for words in [title, day, *make_text(rng)]
    )
    main = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w='
        '"http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
        f"{body}</w:body></w:document>"
    )
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in (make_docx.parts | {"word/document.xml": main.encode()}).items():
            archive.writestr(name, data)
    return out.getvalue()


def make_json(rng):
    title, day = make_head(rng)
    return json.dumps({"title": title, "date": day, "text": "\n\n".join(make_text(rng))}).encode()


def make_csv(rng):
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(["date", "title", "text"])
    for _ in range(5):
        title, day = make_head(rng)
        writer.writerow([day, title, "\n".join(make_text(rng))])
    return out.getvalue().encode()


MAKERS = {"txt": make_txt, "md": make_md, "html": make_html, "pdf": make_pdf, "docx": make_docx,
          "json": make_json, "csv": make_csv}  # fmt: skip


def make_tree(root, n, seed=7):
    """Write about n files as root/SLICE/FORMAT/NUMBER.ending."""
    rng = random.Random(seed)
    for ending, share in SHARES.items():
        for at in range(max(SLICES, round(n * share))):
            folder = root / str(at % SLICES) / ending
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{at:06}.{ending}").write_bytes(MAKERS[ending](rng))


def bare_loop(folder, ending):
    """What anyone would write with the same libraries, without dates, languages or limits."""
    texts = []
    for path in sorted(folder.rglob(f"*.{ending}")):
        if ending == "html":
            import trafilatura

            texts.append(trafilatura.extract(path.read_bytes()))
        elif ending == "pdf":
            import pypdf

            texts.append("\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages))
        elif ending == "docx":
            import docx

            texts.append("\n".join(each.text for each in docx.Document(str(path)).paragraphs))
        elif ending == "json":
            texts.append(json.loads(path.read_bytes())["text"])
        elif ending == "csv":
            with path.open(encoding="utf-8", newline="") as file:
                texts.extend(row["text"] for row in csv.DictReader(file))
        else:
            texts.append(path.read_text("utf-8"))
    return texts


def cpu_seconds():
    """Processor time of this process and of the children it has waited for."""
    return sum(
        resource.getrusage(who).ru_utime + resource.getrusage(who).ru_stime
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )


def measure(work):
    """Processor and wall seconds of a call."""
    cpu, wall = cpu_seconds(), time.perf_counter()
    work()
    return cpu_seconds() - cpu, time.perf_counter() - wall


def compare_formats(root):
    """Ours and the bare loop in turns, format by format; both warm."""
    import watchwords as ww

    for ending, make in MAKERS.items():
        first = root / "warm" / ending
        first.mkdir(parents=True)
        (first / f"a.{ending}").write_bytes(make(random.Random(1)))
        bare_loop(first, ending)
    ww.read_corpus(root / "warm")
    print(
        "Reading beside a bare loop, processor seconds on one core. Bar: ours at most 1.3 times the"
        " bare loop over all files.\nThe bare loop parses; ours also finds dates, titles, organs "
        "and languages, hashes, and guards. For txt, md, json and csv there is no parser beside"
        "\nwhich that would be little: look at the milliseconds a file, not at the ratio."
    )
    print(f"{'format':8}{'files':>7}{'files/s':>9}{'MB/s':>7}{'ours':>9}{'bare':>9}{'ratio':>7}"
          f"{'ms/file':>9}")  # fmt: skip
    rows = [compare(ending, [root / str(at) / ending for at in range(SLICES)]) for ending in MAKERS]
    n, size, ours, bare = map(sum, zip(*rows, strict=True))
    show("all", n, size, ours=ours, bare=bare)


def compare(name, folders):
    """Read folders both ways in turns, show the sums, and give them back."""
    import watchwords as ww

    ours = bare = 0.0
    n = size = 0
    for folder in folders:
        sizes = [path.stat().st_size for path in folder.rglob("*.*")]
        n, size = n + len(sizes), size + sum(sizes)
        ours += measure(lambda folder=folder: ww.read_corpus(folder))[0]
        bare += measure(lambda folder=folder: bare_loop(folder, name))[0]
    show(name, n, size, ours=ours, bare=bare)
    return n, size, ours, bare


def show(name, n, size, *, ours, bare):
    print(
        f"{name:8}{n:7,}{n / ours:9,.0f}{size / ours / 1e6:7.1f}{ours:8.2f}s{bare:8.2f}s"
        f"{ours / bare:6.2f}x{1000 * ours / n:9.2f}",
        flush=True,
    )


def compare_workers(root):
    """Two workers beside two serial halves at once: how much of the speed-up that is there."""

    def run(*calls):
        began = time.perf_counter()
        running = [
            subprocess.Popen([sys.executable, "-c", CALL, *map(str, call)]) for call in calls
        ]
        if any(process.wait() for process in running):
            raise SystemExit("a reading failed")
        return time.perf_counter() - began

    best = {"serial": 9e9, "control": 9e9, "workers": 9e9}
    for _ in range(ROUNDS):
        best["serial"] = min(best["serial"], run((root, 1)))
        best["control"] = min(best["control"], run((root / "0", 1), (root / "1", 1)))
        best["workers"] = min(best["workers"], run((root, 2)))
    print("\nTwo workers. Bar: at least 0.65 of the speed-up of two serial halves at once.")
    control, ours = best["serial"] / best["control"], best["serial"] / best["workers"]
    print(
        f"two workers: {ours:.2f}x; two serial halves at once: {control:.2f}x; "
        f"{ours / control:.2f} of it (best of {ROUNDS})",
        flush=True,
    )


def time_second_read(root, out):
    """Store a corpus, then read the folder again in a fresh process."""
    call = "import sys, watchwords as ww; ww.read_documents(sys.argv[1], out=sys.argv[2])"
    command = [sys.executable, "-c", call, str(root), str(out)]
    print(
        "\nA corpus kept on disk. Bar: at most 3 s for a second read of 20,000 files as they were."
    )
    for name in ("first read, cleaned and stored", "second read, nothing changed"):
        began = time.perf_counter()
        subprocess.run(command, check=True)
        print(f"{name}: {time.perf_counter() - began:.1f} s, start of Python included", flush=True)


def show_memory(trees, out):
    """Peak memory of ``watchwords read FOLDER --out`` for a small and a large tree."""
    print("\nPeak memory of watchwords read FOLDER --out. Bar: it does not grow with the files.")
    peaks = []
    for root in trees:
        call = [sys.executable, "-c", MEMORY, str(root), str(out / root.name)]
        n, peak, child = map(int, subprocess.check_output(call).split())
        files = sum(path.stat().st_size for path in root.rglob("*.*")) / 1024
        peaks.append((n, peak, files))
        print(f"{n:7,} documents: {peak / 1024:.0f} MB; parsing child {child / 1024:.0f} MB")
    n, peak, files = (large - small for small, large in zip(*peaks, strict=True))
    print(
        f"a document more: {peak / max(1, n):.1f} kB of memory; "
        f"{files / max(1, n):.1f} kB of files",
        flush=True,
    )


def main(n=20_000):
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        make_tree(root / "large", n)
        make_tree(root / "small", max(len(SHARES) * SLICES, n // 10), seed=8)
        compare_formats(root / "large")
        compare_workers(root / "small")
        time_second_read(root / "large", root / "corpus")
        show_memory([root / "small", root / "large"], root / "kept")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
