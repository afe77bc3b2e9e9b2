"""What is approved and in force becomes a contract of the record, like any other, and is scored by the same rules."""

from aarshjul.acts.acting import Acting, ActRefused
from models.contract import Contract as ContractRow
from models.contract_rows import contract_json, load_contract, store_contract
from models.draft_text import contract_in_draft, present_draft


def become_contract(acting: Acting) -> str | None:
    """Keep the approved draft as a contract, and give its id; None where it is prose, which becomes none.

    Raises:
        ActRefused: where the record has come to hold another contract of that id.
    """
    draft = present_draft(acting.session, acting.cycle)
    contract = None if draft is None else contract_in_draft(draft)
    if contract is None:
        return None
    if acting.session.get(ContractRow, contract.id) is None:
        store_contract(acting.session, contract)
    else:
        known = load_contract(acting.session, contract.id)
        if known is None or contract_json(known) != contract_json(contract):
            raise ActRefused(
                f"the record has another contract {contract.id} by now, so this one cannot come into force under "
                "that id: submit the draft with another `id`"
            )
    acting.cycle.became_id = contract.id
    return contract.id
