"""A fresh folder to run a step in, as a runner gives it one."""
import pathlib
import tempfile
import unittest

import steps


class Folder(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)
        self.output = self.folder / "github-output"
        self.output.touch()
        self.path = self.folder / "github-path"
        self.variables = {"GITHUB_OUTPUT": str(self.output), "GITHUB_PATH": str(self.path), "RUNNER_TEMP": str(self.folder),
                          "GITHUB_WORKSPACE": str(self.folder)}

    def run_text(self, text, **variables):
        return steps.run(text, self.folder, {**self.variables, **variables})

    def run_script(self, script, **variables):
        return self.run_text(f"bash '{steps.ROOT}/.github/{script}'", **variables)
