"""What a reader's browser makes of the pages."""

import json
import os
import pathlib
import unicodedata
import unittest

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

PAGES = pathlib.Path(os.environ["PAGES"])
PHONES = [("light", 360), ("light", 390)]
LOOKS = [("light", 1280), ("dark", 1280), *PHONES[:1]]

# Words of more than one line on the page, with what they are in. Of one that is wider than a phone nothing is said.
SPLIT_WORDS = r"""() => {
  const range = document.createRange(), split = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text; text = texts.nextNode();) {
    const around = text.parentElement;
    if (!around.checkVisibility() || around.closest('svg')) continue;
    for (const word of text.data.matchAll(/[\p{Script=Latin}\p{N}]+/gu)) {
      if (word[0].length > 24) continue;
      range.setStart(text, word.index);
      range.setEnd(text, word.index + word[0].length);
      const lines = new Set([...range.getClientRects()].filter(r => r.width).map(r => Math.round(r.top)));
      if (lines.size > 1) split.push(word[0] + ' in ' + around.outerHTML.slice(0, 80));
    }
  }
  return split
}"""

# What lies beyond either edge of the screen, but for what can be moved into it.
BEYOND_THE_SCREEN = """[...document.querySelectorAll('body *')].filter(e => {
    const box = e.getBoundingClientRect(), area = e.closest('.scroll');
    const isMovable = area && area !== e && area.tabIndex === 0 && getComputedStyle(area).overflowX === 'auto';
    return e.checkVisibility() && box.width && !isMovable && !e.closest('.skip, svg *')
      && (box.left < -0.5 || box.right > innerWidth + 0.5)
  }).map(e => e.outerHTML.slice(0, 80))"""


def visible(text):
    """A name as the page shows it: what nobody could see is written out."""
    shown = "".join(
        f"\\u{{{ord(c):x}}}" if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp") else c for c in text)  # fmt: skip
    return shown.replace("##", "#\\u{23}")


class Pages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.pages = json.loads((PAGES / "pages.json").read_text())
        playwright = cls.enterClassContext(sync_playwright())
        cls.browser = playwright.chromium.launch(
            executable_path=os.environ["SLOGATE_CHROMIUM"], args=["--no-sandbox"])  # fmt: skip
        cls.addClassCleanup(cls.browser.close)

    def open(self, name, scheme="light", width=1280):
        """The page in a window; whatever it says, asks for or runs is noted."""
        context = self.browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
        self.addCleanup(context.close)
        page = context.new_page()
        self.noted = []
        address = (PAGES / f"{name}.html").as_uri()
        page.add_init_script(
            "addEventListener('securitypolicyviolation', e => console.error('policy', e.violatedDirective));"
            "for (const name of ['alert', 'fetch', 'open']) window[name] = () => console.error('ran', name)")
        page.on("console", lambda message: self.noted.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.noted.append(f"error: {error}"))
        page.on("dialog", lambda dialog: self.noted.append(f"dialog: {dialog.message}"))
        page.on("request", lambda r: r.url in (address, "data:,") or self.noted.append(f"request: {r.url}"))
        page.goto(address)
        return page

    def each(self, check, looks=LOOKS):
        """Checks every page in every look, all of it unfolded."""
        for name in self.pages:
            # One look is enough for hundreds of rows that are all alike.
            for scheme, width in looks[-1:] if name == "wide" else looks:
                with self.subTest(page=name, scheme=scheme, width=width):
                    page = self.open(name, scheme, width)
                    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
                    check(name, page)
                    page.context.close()

    def test_it_says_nothing_asks_for_nothing_and_runs_nothing(self):
        def check(name, page):
            page.wait_for_timeout(50)
            self.assertEqual(self.noted, [])
            self.assertEqual(page.evaluate("document.scripts.length + document.images.length"), 0)

        self.each(check)

    def test_what_it_forbids_is_refused(self):
        page = self.open("passing")
        page.evaluate("document.body.append(Object.assign(document.createElement('img'), {src: 'file:///x.png'}))")
        page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p onclick=\"alert(1)\" id=bait>x</p>')")
        page.click("#bait")
        self.assertEqual(len([note for note in self.noted if "policy" in note]), 2, self.noted)
        self.assertFalse([note for note in self.noted if "ran" in note])

    def test_no_finding_is_left_out(self):
        def check(name, page):
            text = page.evaluate("document.body.textContent")
            rows = page.evaluate("[...document.querySelectorAll('#findings tbody tr:not(:has(.group))')].length")
            findings = [f for f in self.pages[name]["findings"] if f["outcome"] not in ("ok", "recorded")]
            self.assertEqual(rows, len(findings))
            for finding in findings:
                endpoint = "(whole run)" if finding["endpoint"] == "*" else visible(finding["endpoint"])
                self.assertIn(endpoint, text)
                if finding["budget"] and finding["outcome"] == "over":
                    self.assertIn(f"{finding['budget']['file']}:{finding['budget']['line']}", text)

        self.each(check, [("light", 1280)])

    def test_the_answer_stands_at_the_top(self):
        page = self.open("blocked")
        self.assertEqual(page.evaluate("document.querySelector('h1').innerText.trim()"), "✗Blocked")
        answer = page.inner_text("main > section:first-child").replace("\xa0", " ")
        parts = ["payments p95", "OVER by", "limit < 180", "this change, 9f3c1ab", "payments-team", "budgets.yaml:"]
        for part in parts + ["odds below 1 in 100", "Rules that do not hold", "Recommendations"]:
            self.assertIn(part, answer)

    def test_every_chart_is_drawn_and_named(self):
        def check(name, page):
            charts = page.evaluate(
                """[...document.querySelectorAll('svg')].filter(s => s.checkVisibility()).map(s => {
                  const box = s.getBoundingClientRect(), line = s.querySelector('polyline').getBoundingClientRect();
                  return [s.getAttribute('role'), s.getAttribute('aria-label'), box.width, box.height, line.width] })""")
            if name != "hostile":
                self.assertGreater(len(charts), 5)
            for role, label, *extents in charts:
                self.assertEqual(role, "img")
                self.assertIn("now ", label)
                self.assertGreater(min(extents), 0, label)
            points = page.evaluate("[...document.querySelectorAll('.slo-chart g > title')].map(t => t.textContent)")
            self.assertTrue(all(" of 20" in point for point in points))

        self.each(check)

    def test_nothing_sticks_out_of_the_screen(self):
        def check(name, page):
            self.assertLessEqual(page.evaluate("document.documentElement.scrollWidth - innerWidth"), 0)

        self.each(check)

    def test_no_element_lies_beyond_the_edges_of_a_phone(self):
        self.each(lambda _, page: self.assertEqual(page.evaluate(BEYOND_THE_SCREEN)[:5], []), PHONES)

    def test_no_word_is_broken_on_a_phone(self):
        self.each(lambda _, page: self.assertEqual(page.evaluate(SPLIT_WORDS)[:5], []), PHONES)

    def test_every_figure_of_a_finding_is_seen_on_a_phone_without_moving_the_table(self):
        def check(name, page):
            hidden = page.evaluate(
                """[...document.querySelectorAll('.stack td:not(:empty)')].filter(cell => {
                  const box = cell.getBoundingClientRect();
                  return cell.checkVisibility({contentVisibilityAuto: true}) && (!box.width || box.right > innerWidth)
                }).map(cell => cell.outerHTML.slice(0, 80))""")
            self.assertEqual(hidden[:5], [])
            if name == "blocked":
                title = page.evaluate(
                    "getComputedStyle(document.querySelector('#findings td:nth-child(3)'), '::before').content")
                self.assertEqual(title, '"Now"')

        self.each(check, PHONES)

    def test_nothing_is_cut_off_or_overlaps_in_the_narrow_answer(self):
        page = self.open("blocked", width=360)
        cut = page.evaluate(
            """[...document.querySelectorAll('.answer *, .banner *, .chip')]
              .filter(e => e.checkVisibility() && !e.closest('svg') && e.scrollWidth > e.clientWidth + 1
                && getComputedStyle(e).display != 'inline').map(e => e.outerHTML.slice(0, 80))""")
        self.assertEqual(cut, [])

    def test_axe_finds_no_barrier(self):
        def check(name, page):
            if name == "wide":
                page.evaluate("document.querySelectorAll('.more, .card ~ .card').forEach(e => e.remove())")
            response = Axe().run(page).response
            barriers = [
                f"{rule['id']}: {node['html'][:160]}" for rule in response["violations"] for node in rule["nodes"]]  # fmt: skip
            self.assertEqual(barriers[:10], [])

        self.each(check)

    def test_the_keyboard_reaches_everything(self):
        page = self.open("blocked")
        page.keyboard.press("Tab")
        self.assertEqual(page.evaluate("document.activeElement.className"), "skip")
        page.keyboard.press("Enter")
        seen = set()
        for _ in range(200):
            page.keyboard.press("Tab")
            seen.add(page.evaluate("document.activeElement.localName"))
        self.assertTrue({"a", "summary", "div"} <= seen, seen)

    def test_print_shows_what_is_folded_among_the_findings(self):
        page = self.open("blocked")
        page.emulate_media(media="print")
        heights = page.evaluate(
            "[...document.querySelectorAll('.card dl, .better table')].map(e => e.getBoundingClientRect().height)")
        self.assertGreater(len(heights), 3)
        self.assertGreater(min(heights), 0)


if __name__ == "__main__":
    unittest.main()
