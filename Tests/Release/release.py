"""What the tests of a release share: its files, the unpacked tarball, and running programs."""
import json
import os
import pathlib
import platform
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
DIST = pathlib.Path(os.environ["DIST"])
MACHINE = platform.machine()
# Other root folders are made as root, also where that needs sudo.
AS_ROOT = [] if os.geteuid() == 0 else ["sudo", "-n"]


def in_root(root):
    """How a program is run in another root folder, which has /proc for as long as it runs, as in every container."""
    script = 'mkdir -p "$0/proc" && mount -t proc proc "$0/proc" && exec chroot "$0" "$@"'
    return [*AS_ROOT, "unshare", "--mount", "sh", "-c", script, root]


def only(pattern):
    """The one file of the release that matches."""
    found = sorted(DIST.glob(pattern))
    if len(found) != 1:
        raise AssertionError(f"{DIST} has {[path.name for path in found]}, expected one {pattern}")
    return found[0]


class Release(unittest.TestCase):
    """A test with a folder of its own, in which `prefix` is the unpacked tarball."""

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(lambda: subprocess.run([*AS_ROOT, "rm", "-rf", self.folder], check=True))
        tarball = only(f"slogate-*-linux-{MACHINE}.tar.gz")
        self.version = tarball.name.split("-")[1]
        self.run_tool("tar", "-xzf", tarball, "-C", self.folder)
        [self.prefix] = [path for path in self.folder.iterdir()]
        self.slogate = self.prefix / "bin/slogate"

    def run_tool(self, *command, code=0, **options):
        """What a program prints; it fails the test where it ends with another code."""
        result = subprocess.run([str(word) for word in command], capture_output=True, text=True, timeout=300, **options)
        self.assertEqual(result.returncode, code, f"{command}\n{result.stdout}{result.stderr}")
        return result.stdout

    def help(self):
        return json.loads(self.run_tool(self.slogate, "--experimental-dump-help"))["command"]

    def judge_the_samples(self, *slogate, samples):
        """Records the history of Tests/Samples and checks both releases, as Tests/demo.sh does; gives the exit codes."""
        history = samples / "release-test.sqlite"
        where = ["--budgets", samples / "shop.yaml", "--environment", "perf", "--history", history, "--reference", "main"]

        def slogate_at(number, command, branch, *results):
            commit = f"{number:040x}"
            words = [*slogate, command, *where, "--branch", branch, "--commit", commit, *results]
            return subprocess.run([str(word) for word in words], capture_output=True, text=True, timeout=60)

        for run in range(1, 5):
            result = slogate_at(run, "record", "main", "--baseline", samples / f"history/baseline-{run}.json")
            self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        codes = {}
        for number, release in enumerate(("passing", "blocked"), start=5):
            folder = samples / release
            result = slogate_at(number, "check", f"release/{release}", "--baseline", folder / "baseline-summary.json",
                                "--spike", folder / "spike-summary.json")
            codes[release] = result.returncode
            self.output = result.stdout + result.stderr
        return codes


def samples_in(folder):
    """Copies the sample results and their budgets into a folder."""
    shutil.copytree(ROOT / "Tests/Samples", folder, dirs_exist_ok=True)
    shutil.copy(ROOT / "budgets/examples/shop.yaml", folder)
