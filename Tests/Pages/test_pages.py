"""What a parser makes of the pages: HTML without a mistake that runs, fetches and hides nothing."""

import json
import os
import pathlib
import re
import unittest

import html5lib

PAGES = pathlib.Path(os.environ["PAGES"])
FORBIDDEN = {"script", "img", "iframe", "object", "embed", "form", "base", "audio", "video", "image", "use"}


def local(element):
    """An element's name without its namespace."""
    return element.tag.rpartition("}")[2]


class Pages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.verdicts = json.loads((PAGES / "pages.json").read_text())
        cls.texts = {name: (PAGES / f"{name}.html").read_text() for name in cls.verdicts}
        # Strict: a stray end tag, a wrong nesting or an unknown entity is an error.
        cls.documents = {name: html5lib.HTMLParser(strict=True).parse(text) for name, text in cls.texts.items()}

    def each(self, check):
        for name, document in self.documents.items():
            with self.subTest(page=name):
                check(name, [element for element in document.iter() if isinstance(element.tag, str)])

    def test_nothing_runs_and_nothing_is_fetched(self):
        def check(_, elements):
            self.assertEqual({local(element) for element in elements} & FORBIDDEN, set())
            for element in elements:
                for key, value in element.attrib.items():
                    self.assertFalse(key.startswith("on"), f"{local(element)} {key}")
                    if local(element) == "link":
                        self.assertEqual((element.get("rel"), element.get("href")), ("icon", "data:,"))
                    elif key in ("href", "src", "action", "data", "srcset", "poster"):
                        self.assertRegex(value, r"^(#|https://)", f"{local(element)} {key}")
                    self.assertNotIn("url(", value.lower())
                if local(element) == "style":
                    self.assertNotRegex(element.text, r"(?i)@import|url\(\s*['\"]?(?!data:)")

        self.each(check)

    def test_the_policy_forbids_both(self):
        def check(_, elements):
            policies = [e.get("content") for e in elements if e.get("http-equiv", "").lower() == "content-security-policy"]
            self.assertEqual(len(policies), 1)
            self.assertIn("default-src 'none'", policies[0])
            self.assertNotIn("script-src", policies[0])

        self.each(check)

    def test_every_name_is_there_once_and_every_link_leads_somewhere(self):
        def check(_, elements):
            names = [element.get("id") for element in elements if element.get("id")]
            self.assertEqual(len(names), len(set(names)))
            links = {e.get("href")[1:] for e in elements if (e.get("href") or "").startswith("#")}
            self.assertLessEqual(links, set(names))
            for element in elements:
                for key in ("aria-labelledby", "aria-describedby", "headers"):
                    self.assertLessEqual(set((element.get(key) or "").split()), set(names), key)

        self.each(check)

    def test_a_reader_that_sees_nothing_has_language_title_headings_and_the_names_of_charts(self):
        def check(_, elements):
            self.assertTrue(elements[0].get("lang"))
            head = next(element for element in elements if local(element) == "head")
            self.assertTrue(next(e for e in head if local(e) == "title").text.strip())
            self.assertEqual(len([e for e in elements if local(e) == "h1"]), 1)
            levels = [int(local(e)[1]) for e in elements if local(e) in ("h1", "h2", "h3", "h4", "h5", "h6")]
            for above, below in zip(levels, levels[1:]):
                self.assertLessEqual(below, above + 1)
            for element in elements:
                if local(element) == "svg" and element.get("aria-hidden") != "true":
                    self.assertEqual(element.get("role"), "img")
                    self.assertTrue(element.get("aria-label"))
                if local(element) == "th":
                    self.assertIn(element.get("scope"), ("col", "row", "colgroup", "rowgroup"))

        self.each(check)

    def test_no_finding_is_left_out(self):
        def check(name, elements):
            text = "".join(elements[0].itertext())
            for finding in self.verdicts[name]["findings"]:
                if finding["outcome"] not in ("ok", "recorded") and name != "hostile":
                    self.assertIn(finding["endpoint"] if finding["endpoint"] != "*" else "whole run", text)

        self.each(check)

    def test_how_samples_moved_is_drawn_where_they_were_kept(self):
        def check(name, elements):
            drawings = [e for e in elements if local(e) == "svg" and e.get("class") == "slo-shift"]
            if name != "samples":
                self.assertEqual(drawings, [])
                return
            words = ["".join(e.itertext()) for drawing in drawings for e in drawing if local(e) == "desc"]
            self.assertEqual(len(words), len(drawings))
            self.assertRegex(words[0], r"^the slow tail moved: p50 [+-]\d.* %, p95 \+\d.* %, p99 \+\d.* %$")
            for drawing in drawings:
                self.assertIn("title", [local(e) for e in drawing])
            self.assertIn("the median of 9 commits", "".join(elements[0].itertext()))

        self.each(check)

    def test_limits_and_commits_lead_to_a_known_code_host_alone(self):
        def check(name, elements):
            links = {e.get("href") for e in elements if (e.get("href") or "").startswith("https://")}
            if name != "samples":
                self.assertEqual(links, set())
                return
            for kind in (r"/blob/9f3c1ab04d2e77a1/\S*budgets\.yaml#L8$", r"/commit/9f3c1ab04d2e77a1$"):
                self.assertTrue([link for link in links if re.search(kind, link)], f"{kind} {links}")
            self.assertTrue(all(link.startswith("https://code.example/shop/shop/") for link in links))

        self.each(check)

    def test_the_answer_comes_first(self):
        def check(name, elements):
            main = next(element for element in elements if local(element) == "main")
            answer = "".join(next(iter(main)).itertext()).replace("\u00a0", " ")
            wanted = {"passing": "login p99.9", "blocked": "payments p95"}.get(name, "")
            self.assertIn(wanted, answer)

        self.each(check)


if __name__ == "__main__":
    unittest.main()
