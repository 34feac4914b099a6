#!/usr/bin/env bash
# images.sh build: builds the images of one architecture from its released archive, starts them, saves them in a file.
# images.sh push: pushes those of both, and under the name of the version one that holds both.
# `slogate` is called VERSION and latest, `ci` VERSION-ci and ci.
set -euo pipefail
# shellcheck source=.github/action/lib.sh
. "$(dirname "$(realpath "$0")")/../action/lib.sh"
name=ghcr.io/${GITHUB_REPOSITORY,,}
targets=(slogate ci)

build() { # by the variables VERSION, ARCHITECTURE as archives call it and PLATFORM as containers call it
  local target said images=()
  mkdir -p "context/$PLATFORM"
  tar -xzf "release/slogate-$VERSION-linux-$ARCHITECTURE.tar.gz" -C "context/$PLATFORM" --strip-components=1
  for target in "${targets[@]}"; do
    # Without buildx's own attestation the image is one manifest, which a manifest of both can hold.
    docker buildx build --platform "linux/$PLATFORM" --provenance=false --load --file scripts/Containerfile \
      --target "$target" --tag "$name:$target-$PLATFORM" --label "org.opencontainers.image.version=$VERSION" \
      --label "org.opencontainers.image.source=$GITHUB_SERVER_URL/$GITHUB_REPOSITORY" \
      --label "org.opencontainers.image.revision=$GITHUB_SHA" context
    said=$(docker run --rm --entrypoint /usr/local/bin/slogate "$name:$target-$PLATFORM" --version)
    [[ $said == "$VERSION" ]] || fail 65 "The image $target has slogate '$said'; expected $VERSION."
    images+=("$name:$target-$PLATFORM")
  done
  docker save --output images.tar "${images[@]}"
}

push() { # by the variable VERSION; the images of each architecture are in images/*/images.tar
  local file image target machine tags=() parts=()
  docker login ghcr.io --username "$GITHUB_ACTOR" --password-stdin <<<"$GH_TOKEN"
  for file in images/*/images.tar; do
    docker load --input "$file"
  done
  echo "name=$name" >>"$GITHUB_OUTPUT"
  for target in "${targets[@]}"; do
    parts=()
    for machine in amd64 arm64; do
      image=$name:$VERSION-$target-$machine
      docker tag "$name:$target-$machine" "$image"
      docker push --quiet "$image"
      parts+=("$image")
    done
    tags=(--tag "$name:$VERSION" --tag "$name:latest")
    [[ $target == slogate ]] || tags=(--tag "$name:$VERSION-$target" --tag "$name:$target")
    docker buildx imagetools create "${tags[@]}" "${parts[@]}"
    echo "$target=$(docker buildx imagetools inspect --format '{{json .Manifest}}' "${tags[1]}" | jq -r .digest)" \
      >>"$GITHUB_OUTPUT"
  done
}

case ${1:-} in
  build) build ;;
  push) push ;;
  *) fail 64 "images.sh knows build and push; found '${1:-}'." ;;
esac
