"""Forms of what is stored, which two people may have before them at once."""

from typing import Any

from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from wegweiser.web.desk.forms import HIDDEN, DeskForm


class SeenForm(DeskForm):
    """A form of what is stored: it sends along what it showed, so that only what somebody changed is written.

    Who changes what somebody else changed meanwhile is told so, and may send it again.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stale: set[str] = set()
        for bound in self:
            name = bound.html_initial_name
            bound.field.show_hidden_initial = bound.name not in HIDDEN and (not self.is_bound or name in self.data)

    def shown(self) -> list[tuple[str, str]]:
        """Name and value of what the page says that it showed: where somebody was told, what is there now.

        Of other fields what the page showed first, also where that was nothing: they may have changed, too.
        """
        return [(one.html_initial_name, self._shown(one)) for one in self if one.name not in HIDDEN]

    def _shown(self, bound: BoundField) -> str:
        if self.is_bound and bound.name not in self.stale and bound.html_initial_name in self.data:
            return str(self.data[bound.html_initial_name])
        return str(bound.initial or "")

    def value(self, name: str, stored: str) -> str:
        """What was said, or what is stored where nothing was changed."""
        return str(self.cleaned_data[name]) if name in self.changed_data else stored

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for name in [name for name in self.changed_data if name in said]:
            bound = self[name]
            if not bound.field.show_hidden_initial:
                continue
            before, now = str(self.data[bound.html_initial_name]).strip(), str(bound.initial or "").strip()
            if now not in {before, str(said[name]).strip()}:
                self.stale.add(name)
                told = _("Inzwischen steht dort: %(value)s.") % {"value": now or "–"}
                self.add_error(name, told)
        return said
