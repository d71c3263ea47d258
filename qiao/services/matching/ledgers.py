"""The doors from the files of people and posts."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qiao.core.accounts.rights import Right
from qiao.core.ledgers import registry
from qiao.core.ledgers.parts import Action

FIT = Action(
    "refer",
    _("Posts that fit"),
    Right.SEE_PEOPLE,
    url=lambda resident: reverse("matching_person", args=[resident.pk]),
)
CALL = Action(
    "call",
    _("Whom to call"),
    Right.SEE_PEOPLE,
    url=lambda post: reverse("matching_post", args=[post.pk]),
    primary=True,
)

registry.replace_action("residents", FIT)
registry.replace_action("posts", CALL)
