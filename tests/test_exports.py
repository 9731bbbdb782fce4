"""What each module offers to others, and no more: a change here is a change for users."""

from __future__ import annotations

import importlib

import pytest

PUBLIC = {
    "agents": "serve tools",
    "calls": "check summarize translate",
    "checks": "Explanation Reading Verdict check check_pair check_summary check_texts explain "
    "explain_texts",
    "config": "Bring Settings language load_settings means open_engine open_memories open_terms "
    "read_settings",
    "digests": "Difference Digest Event Place Rendering Shared Side Source Statement Support "
    "digest group render write",
    "engines": "ENGINES Means Via first_of load",
    "facts": "canonical counts extract is_range_mark is_score_mark parse role",
    "formats": "Draft FORMATS Format SUFFIXES Unreadable WRITERS count detect_lang originals read "
    "read_one write",
    "labels": "BORDERS INLINE Masked borders find find_inline find_kept mask only_attributed "
    "only_labels own_label stated unmask within",
    "memory": "Match Memory Prop Unit Variant normalise open_memory",
    "models": "Added Code Decoding Entry Family FetchPlan File Garbage Lock Network Offer Own "
    "REGISTRY Score Store Task Tell Verified add_folder collect compare complete drop_entry fetch "
    "megabytes network permit pin plan_fetch plan_gc read_lock read_registry route stay_offline "
    "write_entry",
    "pipeline": "in_lang key process process_batch process_many summary_id verdict_of",
    "repairs": "repair weight",
    "runs": "Cache Failure Inputs Journal Tally Watch Way Work publish read_inputs read_plan "
    "rebuild run",
    "segmentation": "segment split",
    "server": "Limits Options create_app serve",
    "summaries": "rank summarize",
    "terms": "Entry KINDS Names TermKind Termbase Texts compare_documents compare_names find_names "
    "find_strangers load_terms merge renderings",
    "testing": "EchoEngine Garbled NOISE NoisyEngine ScriptedEngine check_engine",
    "translation": "Passage TITLE ask passages requests splice translate unit units unknown",
}


@pytest.mark.parametrize("name", PUBLIC)
def test_a_module_exports_what_is_written_here(name):
    module = importlib.import_module(f"toolkit.{name}")
    assert sorted(module.__all__) == sorted(PUBLIC[name].split())
    assert all(hasattr(module, item) for item in module.__all__)


def test_the_package_offers_the_calls_and_its_version():
    package = importlib.import_module("toolkit")
    assert sorted(package.__all__) == ["__version__", "check", "summarize", "translate"]
