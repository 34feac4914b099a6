"""Runs every marked block of the manual, in the order of the page and in a fresh folder for each page, with the slogate
that SLOGATE names."""
import concurrent.futures
import difflib
import os
import pathlib
import subprocess
import tempfile
import unittest

from page import Block, Page, pages, pattern, root

def environment(folder, shop):
    """Nothing of the machine's own: a build server's variables would name commits and branches."""
    inherited = {name: os.environ[name] for name in ("LD_LIBRARY_PATH",) if name in os.environ}
    tools = folder / "tools"
    tools.mkdir()
    (tools / "slogate").symlink_to(os.environ["SLOGATE"])
    return inherited | {
        "PATH": f"{tools}:{os.environ['PATH']}", "HOME": str(folder), "LANG": "C.UTF-8", "TERM": "dumb",
        "GIT_CEILING_DIRECTORIES": str(folder), "SHOP": str(shop),
    }


def make_shop(folder):
    """The project of shop.sh, which pages copy by cp -r "$SHOP/." ."""
    shop = folder / "shop"
    shop.mkdir()
    subprocess.run(["bash", root / "Tests/Manual/shop.sh"], cwd=shop, env=environment(folder, shop), check=True)
    return shop


def run(page, folder, shop=None):
    """Runs the blocks of a page.

    Returns what is wrong, one text a block: later blocks stand on the earlier ones, so the first is the last.
    """
    work = folder / "project"
    work.mkdir()
    variables = environment(folder, shop)
    for block, shown in page.runs():
        result = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", block.text], cwd=work, env=variables, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=60)
        expected = int(block.attributes.get("exit", 0))
        if result.returncode != expected:
            return f"{block}: exit code {result.returncode}, expected {expected}:\n{result.stdout}"
        if shown is not None and not pattern(shown.text).fullmatch(result.stdout.rstrip("\n") + "\n"):
            lines = difflib.unified_diff(
                shown.text.splitlines(), result.stdout.splitlines(), str(shown), "as printed", lineterm="")
            return f"{block}: prints something else:\n" + "\n".join(lines)
    return None


class Blocks(unittest.TestCase):
    def test_marked_blocks_run_and_print_what_the_page_shows(self):
        all_pages = pages()
        with tempfile.TemporaryDirectory() as folder:
            folders = [pathlib.Path(folder) / str(number) for number in range(len(all_pages) + 1)]
            for path in folders:
                path.mkdir()
            shop = make_shop(folders.pop())
            with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
                results = list(pool.map(run, all_pages, folders, [shop] * len(all_pages)))
        for page, wrong in zip(all_pages, results):
            with self.subTest(page=page.name):
                self.assertIsNone(wrong, wrong)
        commands = [block for page in all_pages for block in page.blocks if block.language == "sh"]
        ran = sum(block.is_run for block in commands)
        self.assertGreater(ran, 10, "hardly a block is marked")
        print(f"manual: {ran} blocks run, {len(commands) - ran} blocks of commands not run")

    def test_every_output_follows_a_block_that_is_run(self):
        for page in pages():
            shown = [following for _, following in page.runs()]
            for block in page.blocks:
                if "output" in block.attributes:
                    self.assertIn(block, shown, f"{block}: nothing is run before it")


class Matching(unittest.TestCase):
    def matches(self, shown, printed):
        return pattern(shown).fullmatch(printed) is not None

    def test_an_ellipsis_stands_for_any_text_and_nothing_else_does(self):
        self.assertTrue(self.matches("was … ms\n", "was 12.5 ms\n"))
        self.assertTrue(self.matches("a\n…\nd\n", "a\nb\nc\nd\n"))
        self.assertTrue(self.matches("a\n…\n", "a\n"))
        self.assertFalse(self.matches("was … ms\n", "was 12.5 s\n"))
        self.assertFalse(self.matches("a\n", "a\nb\n"))
        self.assertFalse(self.matches("a.c\n", "abc\n"))
        self.assertTrue(self.matches("0a1b2c3d4e 2026-11-30 10:05\n", "ffffffff00 2027-01-02 23:59\n"))
        self.assertFalse(self.matches("118 ms\n", "119 ms\n"))

    def test_a_block_that_fails_or_prints_something_else_is_told(self):
        for text, wrong in [
            ("```sh run\nfalse\n```\n", "exit code 1"),
            ("```sh run exit=2\nexit 2\n```\n", None),
            ("```sh run\necho a\n```\n```text output\nb\n```\n", "prints something else"),
            ("```sh run\necho a > a\n```\n```sh run\ncat a\n```\n```text output\na\n```\n", None),
        ]:
            with tempfile.TemporaryDirectory() as folder:
                told = run(Page(root / "README.md", text), pathlib.Path(folder))
            if wrong is None:
                self.assertIsNone(told)
            else:
                self.assertIn(wrong, told or "")


if __name__ == "__main__":
    unittest.main()
