"""Writes what Tests/schema.sh validates into a folder, a file a document: accepted/ and refused/.

Beside the documents of this folder, accepted/ gets the budgets that README and manual show.
"""
import pathlib
import re
import sys

here = pathlib.Path(__file__).parent
target = pathlib.Path(sys.argv[1])


def documents(text):
    return [document for document in re.split(r"^---\n", text, flags=re.MULTILINE) if document.strip()]


def blocks(markdown):
    found = re.findall(r"^```ya?ml\n(.*?)^```", markdown, flags=re.MULTILINE | re.DOTALL)
    return [block for block in found if re.search(r"^version: 1$", block, flags=re.MULTILINE)]


kinds = {kind: documents((here / f"{kind}.yaml").read_text()) for kind in ("accepted", "refused")}
root = here.parent.parent
for page in (root / "README.md", *sorted((root / "docs").glob("*.md"))):
    kinds["accepted"] += blocks(page.read_text())
for kind, texts in kinds.items():
    (target / kind).mkdir()
    for number, text in enumerate(texts, start=1):
        (target / kind / f"{number:03}.yaml").write_text(text)
