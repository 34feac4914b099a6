"""What a reader's browser makes of the web site, opened from its folder."""

import os
import pathlib
import unittest

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

SITE = pathlib.Path(os.environ["SITE"])
# Pages that have between them whatever the style sheets colour: shell, YAML, JSON, Swift, output, formulas, tables.
COLOURED = [SITE / f"{name}.html" for name in ("README", "docs/ci", "docs/json", "docs/library", "docs/verdict")]
PAGES = sorted(path for path in SITE.rglob("*.html") if path.name not in ("index.html", "search.html"))


class Look(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        playwright = cls.enterClassContext(sync_playwright())
        cls.browser = playwright.chromium.launch(
            executable_path=os.environ["SLOGATE_CHROMIUM"], args=["--no-sandbox"])  # fmt: skip
        cls.addClassCleanup(cls.browser.close)

    def window(self, scheme="light", width=1280):
        """A window that notes whatever is asked of another host, is missing, or goes wrong."""
        context = self.browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
        self.addCleanup(context.close)
        window = context.new_page()
        self.noted = []
        window.on("console", lambda message: self.noted.append(f"{message.type}: {message.text}"))
        window.on("pageerror", lambda error: self.noted.append(f"error: {error}"))
        window.on("requestfailed", lambda request: self.noted.append(f"failed: {request.url}"))
        own = (SITE.as_uri(), "data:")
        window.on("request", lambda r: r.url.startswith(own) or self.noted.append(f"asked: {r.url}"))
        return window

    def each(self, check, pages, widths):
        for scheme in "light", "dark":
            for width in widths:
                window = self.window(scheme, width)
                for path in pages:
                    with self.subTest(page=path.relative_to(SITE), scheme=scheme, width=width):
                        window.goto(path.as_uri())
                        check(window)

    def test_it_follows_the_system_asks_nobody_and_nothing_sticks_out_of_the_screen(self):
        def check(window):
            self.assertLessEqual(window.evaluate("document.documentElement.scrollWidth - innerWidth"), 0)
            out = window.evaluate(
                """() => {
                  const scrolls = e => e && e.localName != 'body' &&
                    (['auto', 'scroll'].includes(getComputedStyle(e).overflowX) || scrolls(e.parentElement))
                  const right = e => e.getBoundingClientRect().right
                  const out = e => e.checkVisibility() && right(e) > innerWidth + 1 && !scrolls(e)
                  return [...document.querySelectorAll('article *')].filter(out).map(e => e.outerHTML.slice(0, 100))
                }""")
            self.assertEqual(out, [])
            dark = window.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
            shade = window.evaluate("+getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0]")
            self.assertTrue(shade < 60 if dark else shade > 200, shade)
            self.assertEqual(self.noted, [])

        self.assertGreater(len(PAGES), 25)
        self.each(check, PAGES, (360, 1280))

    def test_text_has_contrast(self):
        def check(window):
            options = {"runOnly": ["color-contrast"]}
            response = Axe().run(window, context="article", options=options).response
            self.assertTrue(response["passes"] or response["violations"])
            weak = [node["html"][:100] for rule in response["violations"] for node in rule["nodes"]]
            self.assertEqual(weak[:10], [])

        self.each(check, COLOURED, (1280,))

    def test_the_toggle_changes_light_and_dark(self):
        window = self.window()
        window.goto((SITE / "index.html").as_uri())
        shades = set()
        for _ in range(3):
            window.click(".content-icon-container .theme-toggle")
            shades.add(window.evaluate("getComputedStyle(document.body).backgroundColor"))
        self.assertEqual(len(shades), 2, shades)

    def test_a_search_finds_pages(self):
        window = self.window()
        window.goto((SITE / "search.html").as_uri() + "?q=waiver")
        window.wait_for_selector("#search-results li a", timeout=10_000)
        found = window.evaluate(
            "[...document.querySelectorAll('#search-results li a')].map(a => a.href.replace(/[?#].*/, ''))")
        self.assertIn((SITE / "docs/glossary.html").as_uri(), found)
        self.assertFalse([note for note in self.noted if note.startswith("asked")])


if __name__ == "__main__":
    unittest.main()
