"""The wheel, the Debian package, the bill of materials and the image, each by the tools that read them."""
import base64
import csv
import hashlib
import json
import os
import pathlib
import shutil
import sys
import tempfile
import zipfile

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL
from packaging.licenses import canonicalize_license_expression
from packaging.utils import parse_wheel_filename
from release import AS_ROOT, MACHINE, ROOT, Release, in_root, only, samples_in


class Wheel(Release):
    def setUp(self):
        super().setUp()
        self.wheel = only("slogate-*.whl")

    def test_its_name_fits_glibc_and_musl(self):
        name, version, _, tags = parse_wheel_filename(self.wheel.name)
        self.assertEqual((name, str(version)), ("slogate", self.version))
        self.assertEqual({tag.platform for tag in tags}, {
            f"{platform}_{MACHINE}" for platform in ("manylinux_2_17", "manylinux2014", "musllinux_1_1")})
        with zipfile.ZipFile(self.wheel) as archive:
            lines = archive.read(f"slogate-{self.version}.dist-info/WHEEL").decode().splitlines()
        self.assertEqual({line.split()[1] for line in lines if line.startswith("Tag: ")}, {str(tag) for tag in tags})

    def test_its_record_is_of_every_file(self):
        path = f"slogate-{self.version}.dist-info/RECORD"
        with zipfile.ZipFile(self.wheel) as archive:
            record = {row[0]: row[1:] for row in csv.reader(archive.read(path).decode().splitlines())}
            self.assertEqual(sorted(record), sorted(archive.namelist()))
            self.assertEqual(record.pop(path), ["", ""])
            for name, (digest, size) in record.items():
                content = archive.read(name)
                expected = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
                self.assertEqual((digest, int(size)), (f"sha256={expected}", len(content)), name)

    def test_twine_and_check_wheel_contents_have_nothing_to_say(self):
        self.run_tool("twine", "check", "--strict", self.wheel)
        # W007: there is no library, which a wheel of an executable need not have.
        self.run_tool("check-wheel-contents", "--ignore", "W007", self.wheel)

    def test_pip_puts_it_on_the_path_and_takes_all_of_it_away(self):
        environment = self.folder / "environment"
        self.run_tool(sys.executable, "-m", "venv", environment)
        before = {path.relative_to(environment) for path in environment.rglob("*") if "__pycache__" not in path.parts}
        pip = [environment / "bin/python", "-m", "pip", "--disable-pip-version-check"]
        self.run_tool(*pip, "install", "--no-index", self.wheel)
        installed = environment / "bin/slogate"
        self.assertEqual(installed.read_bytes(), self.slogate.read_bytes())
        for path in ("man/man1/slogate-check.1.gz", "bash-completion/completions/slogate"):
            self.assertTrue((environment / "share" / path).is_file(), path)
        samples = self.folder / "samples"
        samples_in(samples)
        self.assertEqual(self.judge_the_samples(installed, samples=samples), {"passing": 0, "blocked": 1}, self.output)
        self.run_tool(*pip, "uninstall", "--yes", "slogate")
        after = {path.relative_to(environment) for path in environment.rglob("*") if path.is_file()}
        self.assertEqual({path for path in after - before if "__pycache__" not in path.parts}, set())

    def test_pipx_runs_it(self):
        home = {**os.environ, "PIPX_HOME": str(self.folder / "pipx")}
        shown = self.run_tool("pipx", "run", "--spec", self.wheel, "slogate", "--version", env=home)
        self.assertEqual(shown.strip(), self.version)


class Debian(Release):
    def setUp(self):
        super().setUp()
        self.package = only("slogate_*.deb")

    def test_lintian_has_nothing_to_say(self):
        # It is no package of Debian's: no report of a bug is closed by it, and it is built for no distribution.
        suppressed = "initial-upload-closes-no-bugs"
        options = ["--fail-on", "error,warning", "--suppress-tags", suppressed, "--allow-root"]
        self.assertEqual(self.run_tool("lintian", *options, self.package), "")

    def test_it_has_the_files_of_the_tarball_and_belongs_to_root(self):
        names = set()
        for line in self.run_tool("dpkg-deb", "--contents", self.package).splitlines():
            self.assertEqual(line.split()[1], "root/root", line)
            names.add(line.split()[5].removeprefix("./"))
        for path in (path.relative_to(self.prefix) for path in self.prefix.rglob("*") if path.is_file()):
            if path.parts[:4] == ("share", "doc", "slogate", "licenses"):
                continue  # every Debian has them under /usr/share/common-licenses
            name = str(path).replace("zsh/site-functions", "zsh/vendor-completions").replace("CHANGELOG.md", "CHANGELOG.md.gz")
            self.assertIn(f"usr/{name}", names)

    def test_dpkg_installs_it_alone_and_takes_all_of_it_away(self):
        # A root folder in which dpkg knows of no package, so that nothing can be depended on.
        root = pathlib.Path(tempfile.mkdtemp(dir=self.folder))
        (root / "var/lib/dpkg/updates").mkdir(parents=True)
        (root / "var/lib/dpkg/info").mkdir()
        (root / "var/lib/dpkg/status").touch()
        dpkg = [*AS_ROOT, "dpkg", f"--root={root}", "--force-script-chrootless"]
        self.run_tool(*dpkg, "--install", self.package)
        self.assertEqual(self.run_tool(*dpkg, "--verify", "slogate"), "")
        self.assertEqual(self.run_tool(*in_root(root), "/usr/bin/slogate", "--version").strip(), self.version)
        self.run_tool(*dpkg, "--purge", "slogate")
        self.assertFalse((root / "usr").exists())


class BillOfMaterials(Release):
    def setUp(self):
        super().setUp()
        self.text = only(f"slogate-*-linux-{MACHINE}.cdx.json").read_text()
        self.bill = json.loads(self.text)

    def test_it_follows_the_schema_of_cyclonedx(self):
        self.assertIsNone(JsonStrictValidator(SchemaVersion.from_version(self.bill["specVersion"])).validate_str(self.text))

    def test_it_is_of_this_executable(self):
        [digest] = self.bill["metadata"]["component"]["hashes"]
        self.assertEqual(digest["content"], hashlib.sha256(self.slogate.read_bytes()).hexdigest())

    def test_every_component_has_a_version_a_licence_and_an_address(self):
        for component in self.bill["components"]:
            with self.subTest(component["name"]):
                purl = PackageURL.from_string(component["purl"])
                self.assertTrue(component["version"] and purl.version)
                [license] = component["licenses"]
                if license["expression"] != "blessing":  # SPDX's name of SQLite's, which packaging writes as it is
                    canonicalize_license_expression(license["expression"])
        names = {component["name"] for component in self.bill["components"]}
        self.assertLessEqual({"glibc", "libisal", "libyaml", "nettle", "sqlite3", "swift", "swift-argument-parser"}, names)
        notices = (self.prefix / "share/doc/slogate/copyright").read_text()
        for name in names:
            self.assertIn(f"  {name} ", notices)


class Image(Release):
    def test_the_image_of_nothing_but_the_executable_judges_the_samples(self):
        context = self.folder / "context"
        architecture = {"x86_64": "amd64", "aarch64": "arm64"}[MACHINE]
        shutil.copytree(self.prefix, context / architecture)
        buildah = [*AS_ROOT, "buildah", "--root", self.folder / "images", "--runroot", self.folder / "run",
                   "--storage-driver", "vfs"]
        self.run_tool(*buildah, "build", "--isolation", "chroot", "--file", ROOT / "scripts/Containerfile",
                      "--target", "slogate", "--tag", "slogate:test", context)
        config = json.loads(self.run_tool(*buildah, "inspect", "--type", "image", "slogate:test"))["OCIv1"]["config"]
        self.assertEqual((config["User"], config["WorkingDir"]), ("65532:65532", "/work"))
        container = self.run_tool(*buildah, "from", "--pull-never", "slogate:test").strip()
        root = pathlib.Path(self.run_tool(*buildah, "mount", container).strip())
        samples = self.folder / "work"
        samples_in(samples)
        self.run_tool(*AS_ROOT, "cp", "-R", samples, root)
        codes = self.judge_the_samples(*in_root(root), *config["Entrypoint"], samples=pathlib.Path("/work"))
        self.assertEqual(codes, {"passing": 0, "blocked": 1}, self.output)
        self.run_tool(*buildah, "rm", container)
