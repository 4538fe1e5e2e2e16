"""pyproject.toml, the two locks and environment.yml name the same versions."""

import re
import tomllib

import pytest
import yaml

from selfeval.paths import project_root

ROOT = project_root()
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
LOCKS = {"requirements.lock": "test", "requirements-lab.lock": "lab"}


def pins(lines) -> dict[str, str]:
    """Version by package, both as pip compares them; a line that pins nothing exactly is a failure."""
    found = {}
    for line in lines:
        match = re.match(r"([A-Za-z0-9._-]+)==([^\s;]+)", line)
        assert match, f"“{line}” pins no exact version"
        found[re.sub(r"[-_.]+", "-", match[1]).lower()] = match[2]
    return found


def locked(name: str) -> dict[str, str]:
    text = (ROOT / name).read_text(encoding="utf-8")
    return pins(line for line in text.splitlines() if re.match(r"[A-Za-z0-9]", line))


def conda() -> list[str]:
    lines = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    return next(entry["pip"] for entry in lines if isinstance(entry, dict))


def asked(*extras: str) -> dict[str, str]:
    return pins([*PROJECT["dependencies"], *(line for extra in extras for line in EXTRAS[extra])])


def differences(wanted: dict[str, str], found: dict[str, str], where: str) -> list[str]:
    return [
        f"{name} is {version} in pyproject.toml and {found.get(name, 'missing')} in {where}"
        for name, version in wanted.items()
        if found.get(name) != version
    ]


@pytest.mark.parametrize(("lock", "extra"), LOCKS.items())
def test_a_lock_holds_what_pyproject_pins(lock, extra):
    assert differences(asked(extra), locked(lock), lock) == [], "renew it with `make lock`"


def test_the_two_locks_agree_on_what_both_hold():
    run, lab = (locked(lock) for lock in LOCKS)
    assert {name: (run[name], lab[name]) for name in run.keys() & lab.keys() if run[name] != lab[name]} == {}, "renew both with `make lock`"


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_a_hash(lock):
    entries = re.split(r"\n(?=[A-Za-z0-9])", (ROOT / lock).read_text(encoding="utf-8").strip())
    assert [entry.split(" ")[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_conda_users_get_the_same_versions_and_nothing_else():
    found = pins(line for line in conda() if not line.startswith("-"))
    wanted = asked(*EXTRAS)
    assert differences(wanted, found, "environment.yml") == []
    assert found.keys() - wanted.keys() == set(), "in environment.yml, not in pyproject.toml"


def test_conda_users_get_the_package_itself():
    assert "--editable ." in conda()


def test_python_is_asked_for_alike():
    lines = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    assert f"python{PROJECT['requires-python']}" in lines


def test_the_run_environment_is_spared_what_only_jupyterlab_needs():
    # jsonschema builds a grammar at import when it finds rfc3987-syntax, which costs each run more than a second.
    assert {"jupyterlab", "rfc3987-syntax"} & locked("requirements.lock").keys() == set()


@pytest.mark.parametrize("name", ["pyproject.toml", "environment.yml", *LOCKS])
def test_no_file_names_a_package_index(name):
    assert re.findall(r"(?i)(?:https?|file)://\S+|--(?:extra-)?index-url|--find-links", (ROOT / name).read_text(encoding="utf-8")) == []
