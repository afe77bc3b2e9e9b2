"""Where calendar entries lead: what to do with a date, without a word about whose it is."""

from dataclasses import replace

from aarshjul.web.page import Page
from aarshjul.web.words import DANISH, ENGLISH

ABOUT = Page(
    status=200,
    words=DANISH,
    heading=DANISH.about_title,
    sentences=(DANISH.about,),
    other=replace(ENGLISH, unknown_title=ENGLISH.about_title, unknown=ENGLISH.about),
    way="?login",
)
"""The same for every cycle, and for what is none: who may see which is nobody's business."""
