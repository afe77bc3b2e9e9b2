"""Standing deputies: who stands in for a member wherever that member does not act."""

from aarshjul.acts.acting import Acting, ActRefused
from aarshjul.core import cycle as core
from aarshjul.files.act_forms import NO_ONE
from aarshjul.files.process_forms import AppointDeputy


def appoint_deputy(acting: Acting, form: AppointDeputy) -> None:
    """A member gets a standing deputy, another one, or none any more."""
    acting.needs(core.COORDINATOR)
    row = acting.member(form.person)
    was = row.deputy_id
    deputy = None if form.deputy == NO_ONE else deputy_for(acting, form.person, form.deputy)
    if deputy == was:
        raise ActRefused(
            f"{deputy} is {form.person}'s deputy already" if deputy else f"{form.person} has no deputy"
        )
    row.deputy_id = deputy
    acting.happened("deputy-appointed", person=form.person, was=was or NO_ONE, to=deputy or NO_ONE)


def deputy_for(acting: Acting, person: str, deputy: str) -> str:
    """The id of somebody who takes part and can stand in for a person.

    Raises:
        ActRefused: where they take no part, or are that person.
    """
    if deputy == person:
        raise ActRefused(f"{person} cannot stand in for themselves")
    return acting.member(deputy).person_id
