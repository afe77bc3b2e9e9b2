"""From a draft to its forms and back: the same frozen text, whatever the draft; and a settled merge is what was chosen."""

import json
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from aarshjul.core.contract import Contract, ContractError
from aarshjul.core.draft import Frame, without_results
from aarshjul.core.merging import merge_contracts
from aarshjul.core.settling import Choice, settled
from aarshjul.files.draft_editing import as_file, as_number, drafted
from aarshjul.files.draft_file import draft_from_text, dump_draft
from aarshjul.files.draft_sketch import from_plain, plain, sketch_of
from aarshjul.files.write import dump_contract
from aarshjul.web.doing.typed import Typed
from aarshjul.web.drafting.filling import Filling, localised, sent
from tests.core.contracts import contracts
from tests.drafting.test_merging import BASE, edited


@given(contracts(), st.sampled_from(["da", "en"]))
@settings(max_examples=25, deadline=None)
def test_a_draft_through_its_forms_is_frozen_as_the_same_text(contract: Contract, language: str) -> None:
    goals = tuple(without_results(goal) for goal in contract.goals)
    frame = Frame(id="x", title="T", year=2024, holder=contract.holder, council=contract.council)
    before = draft_from_text(dump_draft(goals, contract=contract), "draft", frame).contract
    sketch = from_plain(json.loads(json.dumps(plain(sketch_of(before.goals, before)))))
    texts = {
        f"{part.key}.{name}": (localised(name, text, language),)
        for part in sketch.walk()
        for name, text in part.fields.items()
    }
    texts |= {
        f"{part.key}.bands.{number}.{name}": (localised("target", text, language),)
        for part in sketch.walk()
        for number, band in enumerate(part.bands)
        for name, text in band.items()
    }
    filled = Filling(sent(Typed(texts=texts), language)).into(sketch, 1)
    found = drafted(filled, frame)
    assert found.submission is not None, found.troubles
    after = draft_from_text(as_file(found.submission, frame, None), "draft", frame).contract
    assert dump_contract(after) == dump_contract(before)


@given(st.text(alphabet="0123456789.,+- e", max_size=12))
def test_a_number_is_read_or_left_as_it_was_typed(text: str) -> None:
    found = as_number(text)
    assert found == text or "," not in found


@given(mine=edited(BASE), theirs=edited(BASE), data=st.data())
@settings(max_examples=60, deadline=None)
def test_a_merge_settled_for_one_side_throughout_is_that_sides_answer(
    mine: Contract, theirs: Contract, data: st.DataObject
) -> None:
    merged = merge_contracts(BASE, mine, theirs)
    every = range(len(merged.conflicts))
    assert settled(merged, {}) == merged.mine
    assert settled(merged, dict.fromkeys(every, Choice(side="theirs"))) == merged.theirs
    mixed = {each: Choice(side=data.draw(st.sampled_from(["mine", "theirs"]))) for each in every}
    try:
        found = settled(merged, mixed)
    except ContractError:
        return  # what does not fit together is said, and nothing is written
    for number, conflict in enumerate(merged.conflicts):
        if len(conflict.path) == 1 and conflict.field in ("title", "weight"):
            goal = next(each for each in found.goals if each.id == conflict.path[0])
            wanted = conflict.mine if mixed[number].side == "mine" else conflict.theirs
            assert getattr(goal, conflict.field) == wanted


def test_what_was_typed_for_a_text_stands_there() -> None:
    mine, theirs = (
        replace(BASE, goals=(replace(BASE.goals[0], title=each), *BASE.goals[1:])) for each in "AB"
    )
    merged = merge_contracts(BASE, mine, theirs)
    assert settled(merged, {0: Choice(text="C")}).goals[0].title == "C"
