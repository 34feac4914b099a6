"""The web site as files: its pages in the order of the manual, its links, and what it loads."""

import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest
import urllib.parse

from bs4 import BeautifulSoup

ROOT = pathlib.Path(__file__).resolve().parents[2]
SITE = pathlib.Path(os.environ["SITE"])
# What a browser fetches by itself, with the attribute that names it.
LOADED = dict.fromkeys(["audio", "embed", "iframe", "img", "input", "script", "source", "track", "video"], "src")
LOADED |= {"link": "href", "object": "data"}


def pages(site=SITE):
    return {path: BeautifulSoup(path.read_text(), "html.parser") for path in sorted(site.rglob("*.html"))}


def is_outside(address):
    return bool(urllib.parse.urlsplit(address).netloc)


class Site(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.pages = pages()

    def test_the_navigation_has_every_page_of_the_manual_in_its_order_and_groups(self):
        index = (ROOT / "docs/README.md").read_text()
        expected = [("group", name) if name else ("page", os.path.normpath(ROOT / "docs" / target))
                    for name, target in re.findall(r"^\*\*(.+)\*\*$|\]\(([^)#]+)\)", index, re.MULTILINE)]  # fmt: skip
        expected = [(kind, f"{name}/README.md" if pathlib.Path(name).is_dir() else name) for kind, name in expected]
        manual = {str(path) for path in ROOT.glob("docs/*.md")} - {str(ROOT / "docs/README.md")}
        self.assertLessEqual(manual, {name for _, name in expected})
        for path, page in self.pages.items():
            found = []
            for entry in page.select(".sidebar-tree .caption-text, .sidebar-tree > ul > .toctree-l1 > a"):
                if entry.name != "a":
                    found.append(("group", entry.text))
                else:
                    file = path if entry["href"] == "#" else path.parent / entry["href"]
                    source = pathlib.Path(os.path.normpath(file)).with_suffix(".md").relative_to(SITE)
                    found.append(("page", str(ROOT / str(source).replace("index.md", "README.md"))))
            start = found.index(expected[0])
            self.assertEqual(found[start : start + len(expected)], expected, path)

    def test_every_link_leads_to_a_file_and_every_anchor_to_a_place(self):
        names = {path: {tag["id"] for tag in page.select("[id]")} for path, page in self.pages.items()}
        count = 0
        for path, page in self.pages.items():
            for link in page.select("a[href]"):
                parts = urllib.parse.urlsplit(link["href"])
                if parts.scheme or parts.netloc:
                    continue
                target = pathlib.Path(os.path.normpath(path.parent / parts.path)) if parts.path else path
                count += 1
                with self.subTest(page=path, link=link["href"]):
                    self.assertTrue(target.is_file())
                    if parts.fragment:
                        self.assertIn(parts.fragment, names[target])
        self.assertGreater(count, 1000)

    def test_nothing_is_loaded_from_another_host(self):
        for path, page in self.pages.items():
            loaded = [tag[LOADED[tag.name]] for tag in page.select(",".join(f"{t}[{a}]" for t, a in LOADED.items()))]
            self.assertGreater(len(loaded), 3, path)
            self.assertEqual([address for address in loaded if is_outside(address)], [], path)
        styles = [path.read_text() for path in SITE.rglob("*.css")]
        styles += [str(tag) for page in self.pages.values() for tag in page.select("style, [style]")]
        for style in styles:
            named = re.findall(r"""(?:url\(|@import)\s*["']?([^"')\s]+)""", style)
            self.assertEqual([address for address in named if is_outside(address)], [])

    def test_files_of_the_repository_are_there_or_linked(self):
        links = {link["href"] for page in self.pages.values() for link in page.select("a[href]")}
        self.assertIn("schemas/verdict.v1.schema.json", links)
        self.assertIn("../budgets/slogate.yaml", links)
        for name in [*ROOT.glob("docs/schemas/*.json"), ROOT / "budgets/slogate.schema.json",
                     ROOT / "budgets/examples/shop.yaml"]:  # fmt: skip
            self.assertEqual((SITE / name.relative_to(ROOT)).read_bytes(), name.read_bytes())
        repository = f"https://github.com/{os.environ.get('GITHUB_REPOSITORY', 'OWNER/slogate')}"
        inside = [link for link in links if re.match(re.escape(repository) + "/(blob|tree)/main/", link)]
        self.assertIn(f"{repository}/tree/main/Examples/Gate", inside)
        self.assertIn(f"{repository}/blob/main/scripts/Containerfile", inside)
        for link in inside:
            path = ROOT / urllib.parse.urlsplit(link).path.split("/main/", 1)[1]
            self.assertTrue(path.is_dir() if "/tree/" in link else path.is_file(), link)


class Strict(unittest.TestCase):
    """A site of three pages, made by the same script."""

    def made(self, text):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.root = pathlib.Path(temporary.name)
        index = "# B\n\n**G**\n\n1. [C](c.md)\n"
        files = {"README.md": f"# A\n\n{text}\n", "docs/README.md": index, "docs/c.md": "# C\n",
                 "CONTRIBUTING.md": "# D\n", "CHANGELOG.md": "# E\n", "data/x.txt": ""}  # fmt: skip
        for name, content in files.items():
            (self.root / name).parent.mkdir(exist_ok=True)
            (self.root / name).write_text(content)
        for name in "scripts", "Tests":
            (self.root / name).mkdir()
        shutil.copytree(ROOT / "scripts/site", self.root / "scripts/site")
        shutil.copy(ROOT / "scripts/site.sh", self.root / "scripts")
        shutil.copy(ROOT / "Tests/lib.sh", self.root / "Tests")
        (self.root / ".build").mkdir()
        (self.root / ".build/tools").symlink_to(ROOT / ".build/tools")
        return self.again()

    def again(self, *arguments):
        return subprocess.run(["bash", self.root / "scripts/site.sh", *arguments], capture_output=True, text=True)

    def test_a_link_that_leads_nowhere_is_an_error(self):
        for link in "docs/none.md", "docs/c.md#none", "data/none.txt", "none/", "#none":
            with self.subTest(link):
                result = self.made(f"[x]({link})")
                self.assertNotEqual(result.returncode, 0)
                self.assertIn("README.md:3", result.stderr)

    def test_links_that_lead_somewhere_are_none(self):
        result = self.made("[x](docs/c.md#c) [x](docs) [x](data) [x](data/x.txt)")
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        page = BeautifulSoup((self.root / ".build/site/index.html").read_text(), "html.parser")
        links = [re.sub("^https://github.com/[^/]+/[^/]+/", "", link["href"]) for link in page.select("article p a")]
        self.assertEqual(links, ["docs/c.html#c", "docs/README.html", "tree/main/data", "blob/main/data/x.txt"])
        # Made anew, and nothing else is ever written over.
        self.assertEqual(self.again().returncode, 0)
        result = self.again("--output", "data")
        self.assertEqual(result.returncode, 73)
        self.assertTrue((self.root / "data/x.txt").exists())


if __name__ == "__main__":
    unittest.main()
