"""What the steps of release.yml do, run with stand-ins for GitHub's command line and for Docker."""
import hashlib
import subprocess
import unittest

import steps
from folder import Folder
from stub import executable, tarball

RELEASE = ".github/workflows/release.yml"
JOBS = steps.read(RELEASE)["jobs"]


class Release(Folder):
    def setUp(self):
        super().setUp()
        (self.folder / ".github").symlink_to(steps.ROOT / ".github")

    def step(self, name, **variables):
        return self.run_text(steps.named(RELEASE, name), **variables)

    def stand_in(self, name, text):
        """A program that writes down what it is asked, then does what `text` says."""
        executable(self.folder / "bin" / name, f'printf "%s\\n" "{name} $*" >> {self.folder}/asked\n{text}\n')
        self.variables["PATH"] = f"{self.folder}/bin:/usr/bin:/bin"

    def asked(self):
        asked = self.folder / "asked"
        return asked.read_text().splitlines() if asked.exists() else []


class Tag(Release):
    version = subprocess.run(["bash", steps.ROOT / ".github/action/version.sh"], capture_output=True, text=True,
                             check=True).stdout.strip()

    def tag(self, kind, name):
        return self.step("The tag is the version of the source", GITHUB_REF_TYPE=kind, GITHUB_REF_NAME=name)

    def test_the_tag_of_the_version_and_a_dry_run_of_a_branch_go_on(self):
        for kind, name in (("tag", f"v{self.version}"), ("branch", "main")):
            self.output.write_text("")
            self.assertEqual(self.tag(kind, name).returncode, 0)
            self.assertEqual(self.output.read_text(), f"version={self.version}\ntag=v{self.version}\n")

    def test_any_other_tag_is_refused_with_both(self):
        for name in ("v9.9.9", self.version, f"v{self.version}-rc.1", "v"):
            result = self.tag("tag", name)
            self.assertEqual(result.returncode, 65)
            self.assertIn(f"The tag is {name}, the version of the source is {self.version}", result.stdout)
        self.assertEqual(self.output.read_text(), "")


class Notes(Release):
    def notes(self, text, kind="tag"):
        changelog = self.folder / "CHANGELOG.md"
        changelog.write_text(text)
        return self.step("What is new", VERSION="1.2.3", GITHUB_REF_TYPE=kind, CHANGELOG=str(changelog))

    def test_they_are_the_section_of_the_version(self):
        for title in ("1.2.3", "[1.2.3] - 2026-11-30", "1.2.3 (2026-11-30)"):
            text = f"# Changelog\n\n## Unreleased\n\n- later\n\n## {title}\n\n### Added\n\n- this\n\n## 1.2.2\n\n- before\n"
            self.assertEqual(self.notes(text).returncode, 0)
            self.assertEqual((self.folder / "notes.md").read_text().strip(), "### Added\n\n- this")

    def test_a_tag_without_them_is_refused_and_a_dry_run_takes_what_is_unreleased(self):
        text = "## Unreleased\n\n- later\n\n## 11.2.3\n\n- another\n"
        result = self.notes(text)
        self.assertEqual(result.returncode, 65)
        self.assertIn("no section '## 1.2.3'", result.stdout)
        self.assertFalse((self.folder / "notes.md").exists())
        self.assertEqual(self.notes(text, kind="branch").returncode, 0)
        self.assertEqual((self.folder / "notes.md").read_text().strip(), "- later")


class Join(Release):
    def setUp(self):
        super().setUp()
        for architecture, machine in (("x86_64", "amd64"), ("aarch64", "arm64")):
            self.part(architecture, {
                f"slogate-1.2.3-linux-{architecture}.tar.gz": architecture,
                f"slogate-1.2.3-linux-{architecture}.cdx.json": "{}",
                f"slogate-1.2.3-py3-none-manylinux2014_{architecture}.musllinux_1_1_{architecture}.whl": "wheel",
                f"slogate_1.2.3_{machine}.deb": "deb"})

    def part(self, name, files):
        folder = self.folder / f"built/built-{name}"
        folder.mkdir(parents=True, exist_ok=True)
        for file, text in files.items():
            (folder / file).write_text(text)
        self.sums(folder)

    def sums(self, folder):
        (folder / "SHA256SUMS").write_text("".join(
            f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n"
            for file in sorted(folder.glob("slogate*"))))

    def join(self):
        return self.step("One folder with one SHA256SUMS", VERSION="1.2.3")

    def test_every_file_of_both_architectures_is_there_and_named_in_one_list(self):
        result = self.join()
        self.assertEqual(result.returncode, 0, result.stderr)
        sums = (self.folder / "release/SHA256SUMS").read_text().splitlines()
        self.assertEqual(len(sums), 8)
        for line in sums:
            digest, name = line.split("  ")
            self.assertEqual(hashlib.sha256((self.folder / "release" / name).read_bytes()).hexdigest(), digest)

    def test_a_damaged_a_missing_and_an_unnamed_file_are_errors(self):
        archive = self.folder / "built/built-aarch64/slogate-1.2.3-linux-aarch64.tar.gz"
        archive.write_text("damaged")
        result = self.join()
        self.assertEqual(result.returncode, 65)
        self.assertIn("built/built-aarch64/ is not what its SHA256SUMS says", result.stdout)
        archive.unlink()
        self.sums(archive.parent)
        (self.folder / "release").rename(self.folder / "earlier")
        result = self.join()
        self.assertEqual(result.returncode, 66)
        self.assertIn("one file slogate-1.2.3-linux-aarch64.tar.gz; found 0", result.stdout)
        (archive.parent / "slogate-extra").touch()
        self.assertIn("does not name slogate-extra", self.join().stdout)

    def test_two_different_files_of_one_name_are_an_error(self):
        for part, text in (("x86_64", "one"), ("aarch64", "two")):
            self.part(part, {"slogate-1.2.3-any.txt": text})
        self.assertIn("Two parts have different files slogate-1.2.3-any.txt", self.join().stdout)


class Publish(Release):
    def setUp(self):
        super().setUp()
        (self.folder / "release").mkdir()
        for name in ("SHA256SUMS", "slogate-1.2.3.whl", "slogate_1.2.3_amd64.deb"):
            (self.folder / "release" / name).touch()

    def draft(self, view):
        self.stand_in("gh", f"[[ $* != *isDraft* ]] || {{ {view}; }}")
        return self.step("A draft with every file", TAG="v1.2.3")

    def test_a_draft_is_made_with_every_file(self):
        self.assertEqual(self.draft("exit 1").returncode, 0)
        self.assertEqual(self.asked()[1:], [
            "gh release create v1.2.3 --draft --verify-tag --title slogate 1.2.3 --notes-file notes.md",
            "gh release upload v1.2.3 --clobber release/SHA256SUMS release/slogate-1.2.3.whl "
            "release/slogate_1.2.3_amd64.deb"])

    def test_the_draft_of_an_earlier_attempt_is_gone_on_with_and_what_is_public_is_not_touched(self):
        self.assertEqual(self.draft("echo true").returncode, 0)
        self.assertEqual([words.split()[2] for words in self.asked()], ["view", "upload"])
        result = self.draft("echo false")
        self.assertEqual(result.returncode, 65)
        self.assertIn("v1.2.3 is released already", result.stdout)
        self.assertEqual(self.asked()[-1].split()[2], "view")

    def publish(self, *assets):
        names = " ".join(assets)
        self.stand_in("gh", f"[[ $* != *assets* ]] || printf '%s\\n' {names}")
        return self.step("Publish the draft, once it has every file", TAG="v1.2.3")

    def test_it_is_published_when_it_has_every_file_and_no_other(self):
        files = ["slogate_1.2.3_amd64.deb", "slogate-1.2.3.whl", "SHA256SUMS"]
        for found in (files[1:], [*files, "other"]):
            result = self.publish(*found)
            self.assertEqual(result.returncode, 65)
            self.assertIn("has not the files of the release", result.stdout)
            self.assertEqual(len([words for words in self.asked() if "edit" in words]), 0)
        self.assertEqual(self.publish(*files).returncode, 0)
        self.assertEqual(self.asked()[-1], "gh release edit v1.2.3 --draft=false")


class Images(Release):
    def setUp(self):
        super().setUp()
        self.variables |= {"GITHUB_REPOSITORY": "Acme/Slogate", "GITHUB_SERVER_URL": "https://github.example",
                           "GITHUB_SHA": "0a1b", "GITHUB_ACTOR": "ann", "VERSION": "1.2.3"}

    def build(self, version="1.2.3"):
        (self.folder / "release").mkdir(exist_ok=True)
        (self.folder / "release/slogate-1.2.3-linux-aarch64.tar.gz").write_bytes(tarball("1.2.3", "aarch64"))
        self.stand_in("docker", f"[[ $1 != run ]] || echo {version}")
        return self.step("Build the images of this architecture, and start them", PLATFORM="arm64", ARCHITECTURE="aarch64")

    def test_both_are_built_of_the_released_archive_and_started(self):
        result = self.build()
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertTrue((self.folder / "context/arm64/bin/slogate").exists())
        builds = [words for words in self.asked() if "buildx build" in words]
        for target, words in zip(("slogate", "ci"), builds, strict=True):
            self.assertIn(f"--platform linux/arm64 --provenance=false --load --file scripts/Containerfile "
                          f"--target {target} --tag ghcr.io/acme/slogate:{target}-arm64 ", words)
        self.assertEqual(self.asked()[-1], "docker save --output images.tar ghcr.io/acme/slogate:slogate-arm64 "
                                           "ghcr.io/acme/slogate:ci-arm64")

    def test_an_image_of_another_version_is_refused(self):
        result = self.build(version="1.2.2")
        self.assertEqual(result.returncode, 65)
        self.assertIn("The image slogate has slogate '1.2.2'; expected 1.2.3", result.stdout)

    def test_both_architectures_are_pushed_under_one_name_and_the_token_is_no_argument(self):
        for platform in ("amd64", "arm64"):
            (self.folder / f"images/images-{platform}").mkdir(parents=True)
            (self.folder / f"images/images-{platform}/images.tar").touch()
        self.stand_in("docker", '[[ $1 != login ]] || cat > token; [[ $* != *inspect* ]] || echo \'{"digest": "sha256:9"}\'')
        result = self.step("Push both architectures under one name", GH_TOKEN="secret")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual((self.folder / "token").read_text(), "secret\n")
        self.assertNotIn("secret", "\n".join(self.asked()) + result.stdout + result.stderr)
        name = "ghcr.io/acme/slogate"
        self.assertEqual([words for words in self.asked() if "imagetools create" in words], [
            f"docker buildx imagetools create --tag {name}:1.2.3 --tag {name}:latest "
            f"{name}:1.2.3-slogate-amd64 {name}:1.2.3-slogate-arm64",
            f"docker buildx imagetools create --tag {name}:1.2.3-ci --tag {name}:ci "
            f"{name}:1.2.3-ci-amd64 {name}:1.2.3-ci-arm64"])
        self.assertEqual(self.output.read_text(), f"name={name}\nslogate=sha256:9\nci=sha256:9\n")


class Order(unittest.TestCase):
    def before(self, job):
        """The jobs that have to succeed before this one runs."""
        needs = JOBS[job].get("needs", [])
        needs = [needs] if isinstance(needs, str) else needs
        return set(needs).union(*(self.before(name) for name in needs))

    def test_a_dry_run_writes_nothing(self):
        self.assertEqual(JOBS["attest"]["if"], "github.event_name == 'push'")
        self.assertEqual(steps.read(RELEASE)["permissions"], {})
        for name, job in JOBS.items():
            if "write" in job["permissions"].values():
                self.assertIn("attest", self.before(name) | {name})
                self.assertNotIn("always()", job.get("if", ""))

    def test_nothing_is_public_before_everything_is_tested_and_the_release_last(self):
        for job in ("pypi", "registry"):
            self.assertLessEqual({"build", "test", "join", "action", "images", "attest", "draft"}, self.before(job))
        self.assertEqual(self.before("publish"), set(JOBS) - {"publish", "site"})
        self.assertEqual(self.before("site"), set(JOBS) - {"site"})

    def test_the_token_of_the_package_index_belongs_to_a_job_that_runs_no_code_of_the_repository(self):
        self.assertEqual((JOBS["pypi"]["environment"], JOBS["pypi"]["permissions"]), ("pypi", {"id-token": "write"}))
        self.assertFalse([step for step in JOBS["pypi"]["steps"] if "checkout" in step.get("uses", "")])


if __name__ == "__main__":
    unittest.main()
