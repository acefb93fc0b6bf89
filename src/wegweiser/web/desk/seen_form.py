"""Forms of what is stored, which two people may have before them at once."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from wegweiser.web.desk.forms import HIDDEN, DeskForm


class SeenForm(DeskForm):
    """A form of what is stored: it sends along what it showed, so that only what somebody changed is written.

    Who changes what somebody else changed meanwhile is told so, and may send it again.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stale = False
        for bound in self:
            name = bound.html_initial_name
            bound.field.show_hidden_initial = bound.name not in HIDDEN and (not self.is_bound or name in self.data)

    def shown(self) -> list[tuple[str, str]]:
        """Name and value of what the page says that it showed: what is there now, once somebody was told of it."""
        bound = [one for one in self if one.name not in HIDDEN]
        keep = self.is_bound and not self.stale
        return [
            (one.html_initial_name, str((self.data.get(one.html_initial_name) if keep else None) or one.initial or ""))
            for one in bound
        ]

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
                self.stale = True
                told = _("Inzwischen steht dort: %(value)s.") % {"value": now or "–"}
                self.add_error(name, told)
        return said
