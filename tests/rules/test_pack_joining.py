"""An id, a class and a term mean one thing, whichever pack they come from."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.errors import RuleError
from cleaner.rules import builtin_rules
from cleaner.rules.pack_joining import joined_with_pack
from cleaner.rules.packs import read_pack
from tests.rules.packing import RULE, pack_files, read, zipped


def test_the_rules_of_a_pack_are_added() -> None:
    pack = read()
    joined = joined_with_pack(builtin_rules(), pack.rules)
    assert len(joined) == len(builtin_rules()) + 1
    assert joined.packs == (pack.id,)


def test_an_id_that_a_built_in_rule_has_is_refused() -> None:
    rule = RULE.replace('name = "riverpost"', 'name = "follow-us"').replace("riverpost.sign-off", "follow-us.networks")
    rule = rule.replace('[class]\nname = "follow-us"\n', "")
    with pytest.raises(
        RuleError, match=r"the pack riverpost-rules 1\.0 has a rule whose id is taken by the one at .*foll"
    ):
        joined_with_pack(builtin_rules(), read(rule).rules)


def test_an_id_that_another_pack_has_is_refused() -> None:
    first = joined_with_pack(builtin_rules(), read().rules)
    with pytest.raises(RuleError, match=r"the pack other 2\.0 has a rule whose id is taken by the one at .*a\.whl"):
        joined_with_pack(first, read(name="other", version="2.0").rules)


def test_a_pack_cannot_change_a_built_in_class() -> None:
    rule = RULE.replace('name = "riverpost"', 'name = "follow-us"\nglued = false').replace("riverpost.", "follow-us.")
    files = pack_files()
    del files["riverpost_rules/rules/riverpost.toml"]
    pack = read_pack(zipped({**files, "riverpost_rules/rules/follow-us.toml": rule.encode()}), Path("a.whl"))
    with pytest.raises(
        RuleError, match=r"riverpost-rules 1\.0 says something else about the class 'follow-us' than others"
    ):
        joined_with_pack(builtin_rules(), pack.rules)


def test_a_pack_cannot_give_a_term_another_meaning() -> None:
    first = read("[terms]\nwho = 'us'\n" + RULE.replace("schema = 1", ""))
    second = read("[terms]\nwho = 'them'\n" + RULE.replace("schema = 1", "").replace("sign-off", "bye"), name="other")
    with pytest.raises(RuleError, match=r"the pack other 1\.0 gives the term \{who\} another meaning"):
        joined_with_pack(joined_with_pack(builtin_rules(), first.rules), second.rules)
