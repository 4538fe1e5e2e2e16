"""Every call of a run to the disk fails once, in four ways: the old whole or the new whole is left, and never both mixed."""

import os
import shutil

import pytest

from faults.injection import FAILED, KILLED, KINDS, Disk, in_child
from faults.quick_run import NEW, QuickRun
from selfeval.running.provenance import hashes_under
from selfeval.running.publishing import recover_all, swap


@pytest.fixture(scope="module", params=["in one step", pytest.param("in two steps", marks=pytest.mark.slow)])
def published(request, tmp_path_factory):
    """A quick run with an old publication, what the folders hold then and what a run without fault makes of them, and its calls."""
    folder = tmp_path_factory.mktemp("disk")
    run = QuickRun(folder / "place")
    patch = pytest.MonkeyPatch()
    if request.param == "in two steps":
        patch.setattr(swap, "_exchange", lambda _one, _other: False)
    assert in_child(run, Disk(folder, 0, "full"))[::2] == (0, "")
    old = run.digests()
    shutil.copytree(folder / "place", folder / "kept")
    run.words = NEW
    code, calls, _ = in_child(run, Disk(folder / "place", 0, "full"))
    assert code == 0
    assert run.outcome() == "成功"
    shutil.copytree(folder / "place", folder / "made")
    yield run, old, run.digests(), calls, request.param
    patch.undo()


def put_back(run: QuickRun) -> None:
    folder = run.place.data.parent
    shutil.rmtree(folder)
    shutil.copytree(folder.with_name("kept"), folder)


def differing(run: QuickRun) -> list[str]:
    """The files that are not what a run without fault makes of them, nor there at all."""
    folder = run.place.data.parent
    now, made = hashes_under(folder), hashes_under(folder.with_name("made"))
    return sorted(name for name in now.keys() | made.keys() if now.get(name) != made.get(name))


def fail_at(published, nth: int, kind: str, figures) -> None:
    run, old, new, _, steps = published
    put_back(run)
    code, _, told = in_child(run, Disk(run.place.data.parent, nth, kind))
    seen = run.digests()
    if steps == "in one step":
        assert [digest in both for digest, both in zip(seen, zip(old, new, strict=True), strict=True)] == [True, True], (
            "a reader saw a mixture"
        )
    if code == 0:
        assert seen == new, f"success was told of what was not published: {differing(run)}"
    recover_all(run.place.data, run.place.outputs_root)
    after = run.digests()
    assert after in {old, new}, f"lost or mixed: {differing(run)}"
    assert run.leftovers() == []
    assert run.outcome() in ({"成功"} if after == new else {"失败", "成功"})
    figures[f"disk, {steps}: calls that {'killed the run' if kind == 'killed' else 'failed'}"] += 1
    figures[f"disk, {steps}: ended {'new' if after == new else 'old'} whole"] += 1
    if code == FAILED:
        assert ("新的报告已经发布" in told) is (after == new), told
    assert code in {0, KILLED} or told.partition(":")[0] in {"RunStopped", "InputRefused"}, told


@pytest.mark.parametrize("kind", [pytest.param(kind, marks=() if kind == "killed" else pytest.mark.slow) for kind in KINDS])
def test_some_calls_fail_and_nothing_is_lost_or_mixed(published, kind, figures):
    calls = published[3]
    for nth in range(1 + list(KINDS).index(kind), calls + 1, max(calls // 6, 1)):
        fail_at(published, nth, kind, figures)


@pytest.mark.heavy
@pytest.mark.parametrize("kind", KINDS)
def test_every_call_fails_and_nothing_is_lost_or_mixed(published, kind, figures):
    step = int(os.environ.get("FAULT_STEP", "1"))
    faults = []
    for nth in range(1, published[3] + 1, step):
        try:
            fail_at(published, nth, kind, figures)
        except AssertionError as fault:
            faults.append(f"call {nth}: {str(fault).splitlines()[0]}")
    assert faults == []
