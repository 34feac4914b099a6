#!/usr/bin/env python3
"""Packs the static executable as a wheel, so that `pip install slogate` and `pipx run slogate` put it on the PATH.

  python3 scripts/wheel.py --root STAGE --version 0.1.0 --machine x86_64 --summary TEXT --repository URL \\
    --readme README.md --output DIR

STAGE has bin/slogate and share/, with the licences in share/doc/slogate. There is no source distribution: pip could not
build it, for that takes Swift. Equal files and SOURCE_DATE_EPOCH give equal bytes. The name of the wheel is printed."""

import argparse
import base64
import hashlib
import os
import re
import time
import zipfile
from pathlib import Path

# A static executable depends on no C library: it is what every one of these asks for, glibc 2.17 and musl 1.1 alike.
PLATFORMS = ["manylinux_2_17", "manylinux2014", "musllinux_1_1"]

CLASSIFIERS = [
    "Development Status :: 4 - Beta",
    "Environment :: Console",
    "Intended Audience :: Developers",
    "Operating System :: POSIX :: Linux",
    "Topic :: Software Development :: Quality Assurance",
    "Topic :: Software Development :: Testing :: Traffic Generation",
    "Topic :: System :: Benchmark",
]


def absolute_links(readme, repository, version):
    """The README with links that also lead somewhere from the page of the package index."""
    return re.sub(r"\]\((?!\w+:|#)", f"]({repository}/blob/v{version}/", readme)


def licenses(options):
    """The notices and licences of what is linked, by their name under .dist-info/licenses."""
    doc = options.root / "share/doc/slogate"
    files = [doc / "copyright", *sorted((doc / "licenses").iterdir())]
    return {str(path.relative_to(doc)): path.read_bytes() for path in files}


def metadata(options):
    fields = [
        ("Metadata-Version", "2.4"),
        ("Name", "slogate"),
        ("Version", options.version),
        ("Summary", options.summary),
        ("Keywords", "slo,release-gate,performance,regression,k6,lighthouse,ci"),
        *(("Classifier", classifier) for classifier in CLASSIFIERS),
        ("Project-URL", f"Source, {options.repository}"),
        ("Project-URL", f"Documentation, {options.repository}/tree/v{options.version}/docs"),
        ("Project-URL", f"Changelog, {options.repository}/blob/v{options.version}/CHANGELOG.md"),
        *(("License-File", name) for name in licenses(options)),
        ("Requires-Python", ">=3.8"),
        ("Description-Content-Type", "text/markdown"),
    ]
    readme = absolute_links(options.readme.read_text(), options.repository, options.version)
    return "".join(f"{name}: {value}\n" for name, value in fields) + "\n" + readme


def contents(options, tags):
    """Every file but RECORD by its path in the wheel: its bytes, and whether it is an executable."""
    data, info = f"slogate-{options.version}.data", f"slogate-{options.version}.dist-info"
    wheel = ["Wheel-Version: 1.0", "Generator: slogate scripts/wheel.py", "Root-Is-Purelib: false"]
    files = {f"{data}/scripts/slogate": ((options.root / "bin/slogate").read_bytes(), True)}
    share = options.root / "share"
    for path in sorted(share.rglob("*")):
        # The manual is behind the links of the description, licences are where Python looks for them.
        if path.is_file() and (share / "doc" not in path.parents or "examples" in path.parts):
            files[f"{data}/data/share/{path.relative_to(share)}"] = (path.read_bytes(), False)
    files |= {
        f"{info}/METADATA": (metadata(options).encode(), False),
        f"{info}/WHEEL": ("\n".join(wheel + [f"Tag: {tag}" for tag in tags]).encode() + b"\n", False),
        **{f"{info}/licenses/{name}": (text, False) for name, text in licenses(options).items()},
    }
    return files


def record(files, path):
    """RECORD: path, SHA-256 and size of every file; of itself the path alone."""
    def digest(content):
        return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()

    lines = [f"{name},sha256={digest(content)},{len(content)}" for name, (content, _) in files.items()]
    return "\n".join(lines + [f"{path},,"]).encode() + b"\n"


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for text in ("version", "machine", "summary", "repository"):
        options.add_argument(f"--{text}", required=True)
    for path in ("root", "readme", "output"):
        options.add_argument(f"--{path}", required=True, type=Path)
    options = options.parse_args()

    platforms = [f"{platform}_{options.machine}" for platform in PLATFORMS]
    files = contents(options, [f"py3-none-{platform}" for platform in platforms])
    path = f"slogate-{options.version}.dist-info/RECORD"
    files[path] = (record(files, path), False)
    wheel = options.output / f"slogate-{options.version}-py3-none-{'.'.join(platforms)}.whl"
    moment = time.gmtime(int(os.environ["SOURCE_DATE_EPOCH"]))[:6]
    with zipfile.ZipFile(wheel, "w") as archive:
        for name, (content, executable) in files.items():
            entry = zipfile.ZipInfo(name, moment)
            entry.create_system = 3  # Unix: the mode in external_attr counts
            entry.external_attr = (0o100755 if executable else 0o100644) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content, compresslevel=9)
    print(wheel.name)


if __name__ == "__main__":
    main()
