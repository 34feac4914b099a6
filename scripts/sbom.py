#!/usr/bin/env python3
"""Says what is inside the static executable: a CycloneDX bill of materials, and the licences that go with it.

  python3 scripts/sbom.py --map MAP --executable FILE --version 0.1.0 --repository URL --output FILE.cdx.json \\
    --licenses DIR

The linker's map names every archive of which something was linked. Each must belong to a component that is known here
with its licence; another is an error, so that the list is never short of one. DIR gets `copyright`, the notices of all
components, and `licenses`, the full texts that these refer to."""

import argparse
import hashlib
import json
import os
import re
import shutil
import subprocess
import time
import urllib.parse
import uuid
from pathlib import Path

SWIFT_LICENSE = "Apache-2.0 WITH Swift-exception"

# Packages of Debian and Ubuntu, by the name of their source: licence of what is linked, the texts it refers to.
PACKAGES = {
    "gcc": ("GPL-3.0-or-later WITH GCC-exception-3.1", ["GPL-3"]),
    "glibc": ("LGPL-2.1-or-later", ["LGPL-2.1"]),
    "libisal": ("BSD-3-Clause", []),
    "libyaml": ("MIT", []),
    "nettle": ("LGPL-3.0-or-later OR GPL-2.0-or-later", ["LGPL-3", "GPL-3"]),
    "sqlite3": ("blessing", []),
    "zlib": ("Zlib", []),
}

# Archives of the Swift toolchain, by the repository they are made from; all are under one licence. swift-foundation has
# parts of swift-collections compiled in, in a version that the toolchain does not state.
TOOLCHAIN = {
    "swift": r"libswift(?!Dispatch)\w+|libswift_\w+",
    "swift-corelibs-libdispatch": r"libdispatch|libswiftDispatch|libBlocksRuntime",
    "swift-foundation": r"libFoundation(Essentials|Internationalization)|lib_Foundation(CShims|Collections)",
    "swift-foundation-icu": r"lib_FoundationICU",
    "swift-corelibs-foundation": r"libFoundation|libCoreFoundation|libFoundationNetworking|libFoundationXML",
}


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def linked_archives(path):
    """The archives of the linker's map, GNU's or LLVM's, with symbolic links resolved."""
    found = re.findall(r"(/\S+\.a)[(:]", path.read_text(errors="replace"))
    if not found:
        raise SystemExit(f"sbom.py: {path} names no archive; expected the linker's map (-Map)")
    return sorted({Path(archive).resolve() for archive in found})


def notice_of(path):
    """The notice in a file. Of Swift's licence, the exception: the rest is the text of Apache's, word for word."""
    text = path.read_text().strip()
    exception = text.find("Runtime Library Exception to the Apache 2.0 License")
    return text if exception < 0 else "/usr/share/common-licenses/Apache-2.0, with the " + text[exception:]


def component(name, version, purl, license, notice, texts=()):
    """A component as CycloneDX has it; its notice and the names of the full texts that go with it are not output."""
    return {
        "type": "library", "bom-ref": purl, "name": name, "version": version, "licenses": [{"expression": license}],
        "purl": purl, "_notice": notice_of(notice), "_texts": list(texts),
    }


def packaged(package, archive):
    """The component of a Debian package; its version is that of its source."""
    fields = "${source:Package}\t${source:Version}\t${Version}\t${Architecture}"
    source, source_version, version, architecture = run("dpkg-query", "-W", "-f", fields, package).split("\t")
    family = re.sub(r"-\d+$", "", source)
    if family not in PACKAGES:
        raise SystemExit(f"sbom.py: {archive} of the source package {source} is linked: add its licence to PACKAGES")
    system = dict(line.split("=", 1) for line in Path("/etc/os-release").read_text().splitlines() if "=" in line)
    system = {key: value.strip('"') for key, value in system.items()}
    license, texts = PACKAGES[family]
    qualifiers = f"arch={architecture}&distro={system['ID']}-{system['VERSION_ID']}"
    name = package.split(":")[0]
    purl = f"pkg:deb/{system['ID']}/{urllib.parse.quote(name)}@{urllib.parse.quote(version, safe='')}?{qualifiers}"
    notice = Path(f"/usr/share/doc/{name}/copyright")
    return component(source, source_version, purl, license, notice, texts)


def linked(archives, work):
    """The components that the archives are of, one for each package."""
    toolchain = Path(shutil.which("swiftc")).resolve().parent.parent
    release = re.search(r"Swift version (\S+)", run("swiftc", "--version")).group(1)
    notice = toolchain / "share/swift/LICENSE.txt"
    components = {}
    for archive in archives:
        if toolchain / "lib" in archive.parents and "swift_static" in archive.parts:
            names = [name for name, pattern in TOOLCHAIN.items() if re.fullmatch(pattern, archive.stem)]
            if not names:
                raise SystemExit(f"sbom.py: {archive} of the Swift toolchain is linked: add it to TOOLCHAIN")
            purl = f"pkg:github/swiftlang/{names[0]}@swift-{release}-RELEASE"
            part = component(names[0], release, purl, SWIFT_LICENSE, notice, ["Apache-2.0"])
        elif work in archive.parents:
            part = packaged("libisal-dev", archive)  # the only archive that scripts/isal.sh builds
        else:
            owner = run("dpkg", "-S", str(archive)).split(": ")[0]
            part = packaged(owner, archive)
        components.setdefault((part["name"], part["version"]), part)

    for pin in json.loads(Path("Package.resolved").read_text())["pins"]:
        version, address = pin["state"]["version"], pin["location"].removesuffix(".git").split("://")[1]
        notice = work / "checkouts" / pin["identity"] / "LICENSE.txt"
        purl = f"pkg:swift/{address}@{version}"
        part = component(pin["identity"], version, purl, SWIFT_LICENSE, notice, ["Apache-2.0"])
        components[(part["name"], version)] = part
    return [components[key] for key in sorted(components)]


def bill(parts, options):
    """The CycloneDX document. Its serial number is made of its content."""
    itself = {
        "type": "application", "bom-ref": "slogate", "name": "slogate", "version": options.version,
        "hashes": [{"alg": "SHA-256", "content": hashlib.sha256(options.executable.read_bytes()).hexdigest()}],
        "purl": "pkg:github/" + "/".join(options.repository.split("/")[-2:]).lower() + f"@v{options.version}",
        "externalReferences": [{"type": "vcs", "url": options.repository}],
    }
    shown = [{key: value for key, value in part.items() if key[0] != "_"} for part in parts]
    moment = time.gmtime(int(os.environ["SOURCE_DATE_EPOCH"]))
    document = {
        "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
        "metadata": {"timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", moment), "component": itself},
        "components": shown,
        "dependencies": [{"ref": "slogate", "dependsOn": [part["bom-ref"] for part in shown]}],
    }
    content = json.dumps(document, sort_keys=True)
    return {"serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, content)}", **document}


def write_licenses(parts, options):
    """`copyright` and the folder `licenses`."""
    own = Path("LICENSE")
    lines = [
        f"slogate {options.version}, {options.repository}", "",
        own.read_text().strip() if own.exists() else "The repository states no licence of slogate itself.", "",
        "The executable is static. Beside slogate it contains parts of:", "",
        *(f"  {part['name']} {part['version']}: {part['licenses'][0]['expression']}" for part in parts), "",
        "Libraries under the LGPL can be replaced by others: the repository has all of slogate's source and",
        "scripts/release.sh, which links the executable anew with the libraries of the machine it runs on.", "",
        "Notices of these components follow. Texts under /usr/share/common-licenses, where a system has no such folder,",
        "are in the folder `licenses` next to this file.",
    ]
    shown = set()
    for part in parts:
        notice = part["_notice"]
        if notice not in shown:
            shown.add(notice)
            same = ", ".join(other["name"] for other in parts if other["_notice"] == notice)
            lines += ["", "-" * 80, same, "-" * 80, "", notice]
    options.licenses.mkdir(parents=True, exist_ok=True)
    (options.licenses / "copyright").write_text("\n".join(lines) + "\n")
    (options.licenses / "licenses").mkdir(exist_ok=True)
    for text in sorted({text for part in parts for text in part["_texts"]}):
        shutil.copyfile(f"/usr/share/common-licenses/{text}", options.licenses / "licenses" / text)


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--version", required=True)
    options.add_argument("--repository", required=True)
    for path in ("map", "executable", "output", "licenses"):
        options.add_argument(f"--{path}", required=True, type=Path)
    options = options.parse_args()
    parts = linked(linked_archives(options.map), options.map.resolve().parent)
    options.output.write_text(json.dumps(bill(parts, options), indent=2) + "\n")
    write_licenses(parts, options)


if __name__ == "__main__":
    main()
