"""Writes what Tests/schema.sh validates into a folder, a file a document: accepted/ and refused/.

Beside the documents of this folder, accepted/ gets the budgets that README and manual show.
"""

import pathlib
import re
import sys

here = pathlib.Path(__file__).parent
root = here.parent.parent
target = pathlib.Path(sys.argv[1])
sys.path.insert(0, str(root / "scripts"))
import budget_reference  # noqa: E402


def documents(text):
    return [document for document in re.split(r"^---\n", text, flags=re.MULTILINE) if document.strip()]


def blocks(page):
    return re.findall(r"^```ya?ml\n(.*?)^```", (root / page).read_text(), flags=re.MULTILINE | re.DOTALL)


def is_budget(block, page):
    """docs/budgets.md shows parts of budget files; elsewhere other YAML is shown too: workflows, and slogate.yaml."""
    return page == "docs/budgets.md" or re.search(r"^version: 1$", block, re.MULTILINE) and "services:" not in block


kinds = {kind: documents((here / f"{kind}.yaml").read_text()) for kind in ("accepted", "refused")}
for page in ("README.md", *sorted(f"docs/{path.name}" for path in (root / "docs").glob("*.md"))):
    kinds["accepted"] += [block for block in blocks(page) if is_budget(block, page)]
kinds["accepted"] += budget_reference.examples()[0]
for kind, texts in kinds.items():
    (target / kind).mkdir()
    for number, text in enumerate(texts, start=1):
        (target / kind / f"{number:03}.yaml").write_text(text)
