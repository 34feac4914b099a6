"""Runs slogate, and the tools that exports are for, in a fresh folder."""
import os
import pathlib
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SLOGATE = os.environ.get("SLOGATE", str(ROOT / ".build/debug/slogate"))
BUDGETS = {"hostile": ROOT / "Tests/Exports/hostile.yaml", "shop": ROOT / "budgets/examples/shop.yaml",
           "slogate": ROOT / "budgets/slogate.yaml"}


class Exports(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)

    def run_tool(self, *arguments, code=0):
        result = subprocess.run([str(argument) for argument in arguments], cwd=self.folder, capture_output=True, text=True,
                                timeout=120)
        if code is not None:
            self.assertEqual(result.returncode, code, result.stdout + result.stderr)
        return result

    def export(self, target, budgets, *arguments, output=None):
        """Writes an export into a folder of its own."""
        folder = self.folder / (output or f"{target}-{pathlib.Path(budgets).stem}")
        self.run_tool(SLOGATE, "budgets", "export", budgets, "--to", target, "--output", f"{folder}/", *arguments)
        return folder
