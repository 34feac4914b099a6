"""docs/budget-reference.md says of every key of the language what slogate says of it."""

import difflib
import re
import sys
import unittest

import language

sys.path.insert(0, str(language.ROOT / "scripts"))
import budget_reference  # noqa: E402

DOCS = language.ROOT / "docs"


class ReferenceTest(unittest.TestCase):
    maxDiff = None

    def test_every_key_of_the_schema_has_an_example_and_no_other_has(self):
        said = [path for section in budget_reference.KEYS["sections"] for path in section["keys"]]
        known = [path for path, _ in [*language.keys(), *language.limit_keys()]]
        self.assertGreater(len(known), 70)
        self.assertEqual(sorted(said), sorted(known))
        self.assertEqual(len(said), len(set(said)))

    def test_every_form_of_a_bound_has_an_example(self):
        bounds = {name for name, _ in language.bounds()} - {"waived", "change"}
        self.assertEqual(set(budget_reference.KEYS["bounds"]), bounds)

    def test_every_key_has_a_meaning(self):
        described = dict([*language.keys(), *language.limit_keys()])
        for section in budget_reference.KEYS["sections"]:
            for path, key in section["keys"].items():
                with self.subTest(key=path):
                    self.assertTrue(budget_reference.meaning(key, described[path]).endswith("."))

    def test_an_example_shows_its_key(self):
        for section in budget_reference.KEYS["sections"]:
            for path, key in section["keys"].items():
                names = [name for name in path.split(".") if not name.isupper()]
                with self.subTest(key=path):
                    for name in names:
                        self.assertIn(f"{name}:", key["example"])

    def test_the_first_example_has_every_section(self):
        complete = budget_reference.KEYS["complete"]
        self.assertEqual([name for name in language.SCHEMA["properties"] if f"\n{name}:" not in f"\n{complete}"], [])

    def test_the_page_is_what_slogate_says(self):
        page, there = budget_reference.page(), budget_reference.PAGE.read_text()
        diff = "\n".join(
            difflib.unified_diff(
                there.splitlines(), page.splitlines(), "docs/budget-reference.md", "generated", lineterm=""
            )
        )
        self.assertEqual(diff, "", "write it anew: scripts/budget_reference.py")

    def test_links_lead_somewhere(self):
        for page in ("budget-reference.md", "budgets.md", "json.md"):
            for target in re.findall(r"\]\(([^)]+)\)", (DOCS / page).read_text()):
                file, _, place = target.partition("#")
                with self.subTest(page=page, link=target):
                    other = DOCS / (file or page)
                    self.assertTrue(other.exists())
                    if place:
                        self.assertIn(
                            place, {anchor(heading) for heading in re.findall(r"(?m)^#+ (.*)$", other.read_text())}
                        )


def anchor(heading):
    """What GitHub makes of a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


if __name__ == "__main__":
    unittest.main()
