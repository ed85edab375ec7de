#!/bin/sh
# Renew the locks: exact versions with hashes, and no address of any index.
set -eu
cd "$(dirname "$0")/.."
compile() {
    uv pip compile pyproject.toml --generate-hashes --universal --python-version 3.11 \
        --no-header --no-annotate --no-emit-index-url --no-emit-find-links --upgrade --quiet "$@"
}
compile -o requirements/run.txt
compile --group dev -o requirements/dev.txt
