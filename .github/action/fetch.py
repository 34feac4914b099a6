"""Fetches an address into a file: fetch.py ADDRESS FILE. Where a runner has neither curl nor wget.

With --asset NAME the address is that of a release in GitHub's API, and the file NAME of it is fetched with the token
in the environment variable TOKEN, as private repositories need it.
"""
import argparse
import json
import os
import shutil
import sys
import urllib.request


def opened(address, accept="*/*"):
    request = urllib.request.Request(address, headers={"Accept": accept, "User-Agent": "slogate"})
    if token := os.environ.get("TOKEN"):
        # The API sends us to a storage, which must not get the token.
        request.add_unredirected_header("Authorization", f"Bearer {token}")
    return urllib.request.urlopen(request, timeout=60)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("address")
    parser.add_argument("file")
    parser.add_argument("--asset")
    given = parser.parse_args()
    address, accept = given.address, "*/*"
    if given.asset:
        with opened(address, "application/vnd.github+json") as answer:
            assets = json.load(answer)["assets"]
        found = [asset["url"] for asset in assets if asset["name"] == given.asset]
        if not found:
            sys.exit(f"{address} has no file {given.asset}")
        address, accept = found[0], "application/octet-stream"
    with opened(address, accept) as answer, open(given.file, "wb") as file:
        shutil.copyfileobj(answer, file)


try:
    main()
except (OSError, KeyError, ValueError) as error:
    sys.exit(f"{error}")
