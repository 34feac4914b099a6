"""Sphinx's settings for the web site: the Markdown of the repository as it is, each page at its own path.

The order and the groups of the pages are those of docs/README.md, which is read for them.
"""

import os
import pathlib
import re
import shutil

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform

ROOT = pathlib.Path(__file__).resolve().parents[2]
REPOSITORY = f"https://github.com/{os.environ.get('GITHUB_REPOSITORY', 'OWNER/slogate')}"

project = "slogate"
language = "en"
extensions = ["myst_parser"]
root_doc = "README"
include_patterns = ["*.md", "docs/*.md", "history/*.md", "Benchmarks/**.md"]
exclude_patterns = [".*", "Sources", "Tests", "Examples", "**/Sources"]
# Files that are part of the site as they are. A link to any other file leads to the repository.
COPIED = ["docs/schemas/*.json", "budgets/*.json", "budgets/*.yaml", "budgets/examples/*.yaml"]

# Headings have the names that GitHub gives them.
myst_heading_anchors = 6
# An excerpt with … in it is not the JSON or YAML that its colours are made for.
suppress_warnings = ["misc.highlighting_failure"]
highlight_language = "text"
smartquotes = False

html_theme = "furo"
html_title = "slogate"
html_static_path = ["static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_copyright = False
html_use_index = False
html_theme_options = {
    "source_repository": REPOSITORY,
    "source_branch": "main",
    "source_directory": "",
}


def groups(index):
    """The groups of the manual's index, each with the targets of its links, in their order."""
    for name, lines in re.findall(r"^\*\*(.+)\*\*\n((?:\n|\d+\. .+\n)+)", index, re.MULTILINE):
        targets = re.findall(r"\]\(([^)#:]+)", lines)
        yield name, [document(pathlib.Path("docs", target)) for target in targets]


def document(path):
    """The page of a Markdown file, or of a folder that has a README.md, as Sphinx names it."""
    path = pathlib.Path(os.path.relpath(ROOT / path, ROOT))
    return str(path / "README" if (ROOT / path).is_dir() else path.with_suffix(""))


def add_navigation(app, name, content):
    """Adds to the first page what the side bar shows, and to the figures the pages below them."""
    trees = []
    if name == root_doc:
        manual = groups((ROOT / "docs/README.md").read_text())
        trees = [("Manual", ["docs/README"]), *manual, ("Project", ["CONTRIBUTING", "CHANGELOG"])]
    elif name == "Benchmarks/README":
        trees = [("Pages", sorted(f"{file.parent.name}/README" for file in ROOT.glob("Benchmarks/*/README.md")))]
    for caption, pages in trees:
        content[0] += "\n".join(["", "```{toctree}", ":hidden:", f":caption: {caption}", "", *pages, "```", ""])


class Links(SphinxTransform):
    """Leads links to what is no page to the copied file or to the repository.

    A link to what does not exist is left for Sphinx to tell.
    """

    default_priority = 400

    def apply(self):
        folder = (ROOT / self.env.docname).parent
        links = (addnodes.download_reference, addnodes.pending_xref)
        for node in list(self.document.findall(lambda node: isinstance(node, links))):
            page = node.get("refdomain") == "doc"
            target = ROOT / f"{node['reftarget']}.md" if page else (folder / node["reftarget"]).resolve()
            if node["reftarget"] in self.env.found_docs or not target.is_relative_to(ROOT) or not target.exists():
                continue
            path = target.relative_to(ROOT)
            if (target / "README.md").exists():
                node.attributes |= {"refdomain": "doc", "reftarget": document(path), "reftargetid": None}
                continue
            kind = "tree" if target.is_dir() else "blob"
            copied = any(path.match(pattern) for pattern in COPIED)
            address = os.path.relpath(target, folder) if copied else f"{REPOSITORY}/{kind}/main/{path}"
            node.replace_self(nodes.reference("", "", *node.children, refuri=address))


def copy_files(app, error):
    """Copies the files that are part of the site, and makes the README of a folder its index, as on GitHub."""
    if error:
        return
    for file in [file for pattern in COPIED for file in ROOT.glob(pattern)]:
        copy = app.outdir / file.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, copy)
    for page in list(app.outdir.rglob("README.html")):
        shutil.copy(page, page.with_name("index.html"))


def setup(app):
    app.connect("source-read", add_navigation)
    app.connect("build-finished", copy_files)
    app.add_transform(Links)
