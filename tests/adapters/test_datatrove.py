"""datatrove: real executors run readers, the formatter, the filter and writers."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from cleaner import Cleaner, CleanerError
from cleaner.model import METADATA_FIELDS
from cleaner.pipeline.signals import SIGNAL_NAMES, signals_of
from tests.adapters.engines import documents, engine, expected, ray_session
from tests.articles import article
from tests.places import ROOT

engine("datatrove")

PAYWALL = "The council met on Tuesday to vote on the old bridge.\n\nThis article is for subscribers only.\n"


def write_rows(folder: Path) -> list[str]:
    """Two files of rows, so that two tasks have one each."""
    folder.mkdir()
    texts = [*(article(number) for number in range(18)), PAYWALL, PAYWALL.strip()]
    for place in range(2):
        rows = [{"id": f"{i}", "text": text, "site": "River Post"} for i, text in enumerate(texts) if i % 2 == place]
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (folder / f"{place}.jsonl").write_text(lines, encoding="utf-8")
    return texts


def read_rows(folder: Path) -> dict[str, dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for path in sorted(folder.rglob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as stream:
            rows += map(json.loads, stream)
    found = {row["id"]: row for row in rows}
    assert len(found) == len(rows)
    return found


def steps(folder: Path) -> list[Any]:
    from datatrove.pipeline.readers import JsonlReader
    from datatrove.pipeline.writers import JsonlWriter

    from cleaner.adapters.datatrove import CleanFilter, CleanFormatter

    return [
        JsonlReader(str(folder / "in")),
        CleanFormatter(exclusion_writer=JsonlWriter(str(folder / "removed"))),
        CleanFilter({"paywall"}, exclusion_writer=JsonlWriter(str(folder / "dropped"))),
        JsonlWriter(str(folder / "out")),
    ]


def check(folder: Path, texts: list[str]) -> None:
    """What the executors have written is what the cleaner gives."""
    cleaner = Cleaner()
    out, removed, dropped = (read_rows(folder / name) for name in ("out", "removed", "dropped"))
    results = [cleaner.clean(text, site="River Post") for text in texts]
    want = {str(i): text for i, text in enumerate(texts)}
    assert set(dropped) == {"18", "19"}
    assert not set(out) & set(dropped)
    assert set(out) | set(dropped) == set(want)
    for name, row in {**out, **dropped}.items():
        result = results[int(name)]
        assert row["text"] == (result.text if want[name].endswith("\n") else result.text.removesuffix("\n"))
        assert row["metadata"]["clean_rules"] == cleaner.rules.digest
        assert row["metadata"]["clean_flags"] == "; ".join(result.flags)
        assert {k: v for k, v in row["metadata"]["clean_metadata"].items() if v} == result.metadata
        assert ("paywall" in result.flags) == (name in dropped)
    assert set(removed) == {str(i) for i, result in enumerate(results) if result.edits}
    spans = [[e.start, e.end, e.rule] for e in results[0].edits]
    assert [list(span.values()) for span in removed["0"]["metadata"]["clean_removed"]] == spans != []


def test_the_formatter_gives_what_the_cleaner_gives() -> None:
    """datatrove has no null, and no document is ever emptied: only those two cases may differ."""
    from datatrove.data import Document

    from cleaner.adapters.datatrove import CleanFormatter

    rows = documents()
    items = (Document(row["text"] or "", row["id"], metadata={k: v for k, v in row.items() if v}) for row in rows)
    made = [item.text for item in CleanFormatter().run(items)]
    texts = [None if row["text"] is None else text for row, text in zip(rows, made, strict=True)]
    assert ["" if (text or "").isspace() else text for text in texts] == expected(rows)


@pytest.mark.slow
def test_a_local_executor_with_two_workers(tmp_path: Path) -> None:
    from datatrove.executor import LocalPipelineExecutor

    texts = write_rows(tmp_path / "in")
    LocalPipelineExecutor(steps(tmp_path), tasks=2, workers=2, logging_dir=str(tmp_path / "logs")).run()
    check(tmp_path, texts)
    (formatter,) = [
        s for s in json.loads((tmp_path / "logs/stats.json").read_text()) if "article-cleaner" in s["name"]
    ][:1]
    counts = {name: found if isinstance(found, int) else found["total"] for name, found in formatter["stats"].items()}
    assert counts["total"] == counts["changed"] == 20
    edits = [edit.rule for text in texts for edit in Cleaner().clean(text, site="River Post").edits]
    assert {rule: counts[rule] for rule in edits} == Counter(edits)
    assert counts["flag_paywall"] == 2
    assert formatter["time_stats"]["total"] > 0


@pytest.mark.slow
def test_the_ray_executor(tmp_path: Path) -> None:
    from datatrove.executor import RayPipelineExecutor

    texts = write_rows(tmp_path / "in")
    logs = str(tmp_path / "logs")
    with ray_session(num_cpus=2, include_dashboard=False):
        RayPipelineExecutor(steps(tmp_path), tasks=2, workers=2, logging_dir=logs, mem_per_cpu_gb=0.5).run()
    check(tmp_path, texts)


def formatted(*texts: str, cleaner: Cleaner | None = None) -> list[Any]:
    from datatrove.data import Document

    from cleaner.adapters.datatrove import CleanFormatter

    return list(CleanFormatter(cleaner).run(Document(text, str(i)) for i, text in enumerate(texts)))


def test_no_document_is_emptied() -> None:
    assert [item.text for item in formatted("Advertisement", " \n", "")] == ["Advertisement", " \n", ""]


def test_metadata_has_the_same_types_in_every_document() -> None:
    found = formatted(article(1), "", PAYWALL)
    assert {frozenset(item.metadata) for item in found} == {frozenset(found[0].metadata)}
    for item in found:
        assert set(item.metadata["clean_metadata"]) == set(METADATA_FIELDS)
        assert {type(value) for value in item.metadata["clean_metadata"].values()} == {str}


def test_the_formatter_formats_a_text_alone() -> None:
    from cleaner.adapters.datatrove import CleanFormatter

    assert CleanFormatter().format(article(1)) == Cleaner().clean(article(1)).text


def test_the_filter_drops_chosen_flags() -> None:
    from datatrove.data import Document

    from cleaner.adapters.datatrove import CleanFilter

    def kept(flags: str, *chosen: str) -> Any:
        return CleanFilter(chosen or None).filter(Document("", "", metadata={"clean_flags": flags}))

    assert kept("") is True
    assert kept("guard; paywall") == (False, "guard")
    assert kept("guard; paywall", "paywall") == (False, "paywall")
    assert kept("guard", "paywall") is True
    assert kept("error:RuntimeError", "error") == (False, "error:RuntimeError")
    with pytest.raises(CleanerError, match="put CleanFormatter before CleanFilter"):
        CleanFilter().filter(Document("", "a"))


def test_the_rules_of_a_cleaner_are_used() -> None:
    text = article(4)
    (item,) = formatted(text, cleaner=Cleaner(profile="facts"))
    assert item.text == Cleaner(profile="facts").clean(text).text.removesuffix("\n") != Cleaner().clean(text).text


def test_signals_become_metadata_when_they_are_asked_for() -> None:
    from datatrove.data import Document

    from cleaner.adapters.datatrove import CleanFormatter

    given = [Document(article(1), "1"), Document("", "2")]
    found = [one.metadata for one in CleanFormatter(signals=True).run(given)]
    expected_signals = signals_of(Cleaner().clean(article(1))).as_dict()
    assert {name: found[0][f"clean_{name}"] for name in SIGNAL_NAMES} == expected_signals
    assert {found[1][f"clean_{name}"] for name in SIGNAL_NAMES} == {None}
    assert "clean_residue" not in next(iter(CleanFormatter().run([Document(article(1), "1")]))).metadata


SCRIPTS = {
    "sbatch": """cd {folder}; echo "$*" >> calls; cat "${@: -1}" > "$(wc -l < calls).slurm"; echo submitted 4711""",
    "srun": 'while [ "$1" != launch_pickled_pipeline ]; do shift; done; exec "$@"',
    "scontrol": "echo localhost",
}
"""What stands for the programs of Slurm: one notes the script it gets, the others do what one machine can do."""


@pytest.fixture
def slurm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder where the scripts that are handed to Slurm are found: 1.slurm, 2.slurm …"""
    programs = tmp_path / "bin"
    programs.mkdir()
    for name, script in SCRIPTS.items():
        (programs / name).write_text(f"#!/bin/bash\n{script.replace('{folder}', str(tmp_path))}\n", "utf-8")
        (programs / name).chmod(0o755)
    places = [str(programs), str(Path(sys.executable).parent), os.environ["PATH"]]
    monkeypatch.setenv("PATH", os.pathsep.join(places))
    return tmp_path


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Slurm runs scripts of bash")
def test_the_script_for_slurm_runs_our_steps(slurm: Path) -> None:
    import dill
    from datatrove.executor import SlurmPipelineExecutor

    texts = write_rows(slurm / "in")
    logs = slurm / "logs"
    SlurmPipelineExecutor(
        steps(slurm),
        tasks=2,
        workers=1,
        time="01:30:00",
        partition="cpu",
        mem_per_cpu_gb=3,
        job_name="clean_articles",
        sbatch_args={"account": "corpora"},
        logging_dir=str(logs),
    ).run()
    script = (slurm / "1.slurm").read_text("utf-8")
    lines = script.splitlines()
    assert lines[0] == "#!/bin/bash"
    wanted = ["array=0-1%1", "partition=cpu", "time=01:30:00", "mem-per-cpu=3G", "job-name=clean_articles", "requeue"]
    assert {f"#SBATCH --{name}" for name in [*wanted, "cpus-per-task=1", "account=corpora"]} <= set(lines)
    assert lines[-1].split()[-2:] == ["launch_pickled_pipeline", str(logs / "executor.pik")]
    assert "--export=ALL,RUN_OFFSET=0" in (slurm / "calls").read_text("utf-8").splitlines()[0]
    with (logs / "executor.pik").open("rb") as stream:
        formatter, dropping = dill.load(stream).pipeline[1:3]
    assert formatter.recipe.cleaner().rules.digest == Cleaner().rules.digest
    assert (type(dropping).__name__, dropping.flags) == ("CleanFilter", {"paywall"})
    assert not (slurm / "out").exists()  # so far nothing ran
    for rank in range(2):
        environment = {**os.environ, "SLURM_ARRAY_TASK_ID": str(rank), "SLURM_NODELIST": "localhost", "RUN_OFFSET": "0"}
        environment["PYTHONPATH"] = str(ROOT)
        done = subprocess.run(["bash", "-c", script], env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert len(read_rows(slurm / "out")) == 9 * (rank + 1)
    check(slurm, texts)
    assert sorted(path.name for path in (logs / "completions").iterdir()) == ["00000", "00001"]
    assert "merge_stats" in (slurm / "2.slurm").read_text("utf-8")
