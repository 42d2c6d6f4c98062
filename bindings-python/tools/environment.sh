# Sourced: makes .venv with the pinned requirements when it is missing or they changed, and puts it first on the path.
if [ ! -e .venv/made ] || ! cmp -s requirements-test.txt .venv/made; then
    [ -d .venv ] || "${PYTHON:-python3}" -m venv .venv
    .venv/bin/pip install --quiet --requirement requirements-test.txt
    cp requirements-test.txt .venv/made
fi
export VIRTUAL_ENV="$PWD/.venv" PATH="$PWD/.venv/bin:$PATH"
