# Sourced: makes an environment with its pinned requirements when it is missing or they changed, and puts it first on the
# path. `environment=.venv-spark requirements=requirements-spark.txt source tools/environment.sh` for another than the tests'.
environment=${environment:-.venv} requirements=${requirements:-requirements-test.txt}
if [ ! -e "$environment/made" ] || ! cmp -s "$requirements" "$environment/made"; then
    [ -d "$environment" ] || "${PYTHON:-python3}" -m venv "$environment"
    "$environment/bin/pip" install --quiet --requirement "$requirements"
    cp "$requirements" "$environment/made"
fi
export VIRTUAL_ENV="$PWD/$environment" PATH="$PWD/$environment/bin:$PATH"
