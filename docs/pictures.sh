#!/bin/sh
# Draws docs/images anew: the first page of each example. Needs typst and
# pngquant; run it at the root of the repository.
set -eu
page=$(mktemp -d)
trap 'rm -r "$page"' EXIT
for file in examples/*.typ; do
  name=$(basename "$file" .typ)
  [ "$name" = mod ] && continue
  typst compile --root . --font-path crates/fonts/files --ignore-system-fonts --ppi 110 --pages 1 \
    "$file" "$page/$name.png"
  pngquant --force --speed 1 --strip --output "docs/images/$name.png" "$page/$name.png"
done
