"""The lines of README.md that lead from nothing to a verdict, on a plain Debian with the packages of this release."""
import functools
import http.server
import pathlib
import re
import subprocess
import tempfile
import threading
import time
import unittest

from release import AS_ROOT, DIST, ROOT, in_root, only


class Handler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


class FromNothing(unittest.TestCase):
    def test_a_plain_debian_comes_to_the_verdict_in_under_a_minute(self):
        [lines] = re.findall(r"from nothing to a verdict.*?```sh\n(.*?)```", (ROOT / "README.md").read_text(), re.S)
        version = only("slogate-*.tar.gz").name.split("-")[1]
        self.assertIn(f"version={version}\n", lines)

        work = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(lambda: subprocess.run([*AS_ROOT, "rm", "-rf", work], check=True))
        (work / f"served/v{version}").mkdir(parents=True)
        for file in DIST.iterdir():
            (work / f"served/v{version}" / file.name).symlink_to(file)
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=work / "served"))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)

        root = work / "debian"
        made = subprocess.run([*AS_ROOT, "debootstrap", "--variant=minbase", "bookworm", root], capture_output=True, text=True)
        self.assertEqual(made.returncode, 0, made.stdout[-2000:] + made.stderr)
        subprocess.run([*AS_ROOT, "cp", "-L", "/etc/resolv.conf", root / "etc"], check=True)

        # What a user types, with the address of these files in place of the release's.
        typed = f"cd /root\nexport SLOGATE_RELEASES=http://127.0.0.1:{server.server_port}\n{lines}"
        began = time.monotonic()
        shown = subprocess.run([*map(str, in_root(root)), "bash", "-c", typed], capture_output=True, text=True, timeout=300)
        took = time.monotonic() - began
        self.assertEqual(shown.returncode, 1, shown.stdout + shown.stderr)
        self.assertRegex(shown.stdout, r"(?m)^BLOCKED  payments p95")
        self.assertLess(took, 60)
        print(f"from nothing to a verdict: {took:.1f} s")
