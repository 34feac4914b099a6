"""Every relative link of README and manual leads to a file, and to a heading of it where it names one."""
import pathlib
import unittest

from page import Page, pages, root


def wrong_links(page):
    for line, target in page.links:
        if "://" in target or target.startswith("mailto:"):
            continue
        path, _, anchor = target.partition("#")
        file = (page.path.parent / path).resolve() if path else page.path
        if not file.exists():
            yield f"{page.name}:{line}: {target}: there is no {path}"
        elif anchor and anchor not in (Page(file) if path else page).anchors:
            yield f"{page.name}:{line}: {target}: {path or page.name} has no heading '{anchor}'"


class Links(unittest.TestCase):
    def test_links_lead_somewhere(self):
        self.assertEqual([], [wrong for page in pages() for wrong in wrong_links(page)])

    def test_the_index_names_every_page(self):
        index = Page(root / "docs/README.md")
        named = {target.partition("#")[0] for _, target in index.links}
        missing = {page.path.name for page in pages() if page.path.parent == index.path.parent} - named
        self.assertEqual({"README.md"}, missing)

    def test_a_link_that_leads_nowhere_is_told(self):
        text = "[a](docs/nothing.md) [b](docs/gate.md#nothing) [c](#d)\n# D\n[e](docs/gate.md)\n"
        page = Page(root / "README.md", text)
        self.assertEqual(2, len(list(wrong_links(page))))


if __name__ == "__main__":
    unittest.main()
