"""What became of the rows of a list: counts, groups of rows that are one firm, and the whole as a document."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from wegweiser.companies.importing.rows import Rejected
from wegweiser.companies.known_firms import Firms, Plan
from wegweiser.companies.models import Company

MOST_ASKED = 500  # numbers in one question to the database
ALL_PAIRS = 40  # rows of one firm up to which the report names every pair; of more each with the first
CREATED, UPDATED, UNCHANGED, FOLDED = "created", "updated", "unchanged", "folded"


@dataclass(frozen=True)
class Outcome:
    """What became of all rows: plans in the order of the list, what was rejected, and the firm of each plan."""

    plans: Sequence[Plan]
    rejected: Sequence[Rejected]
    firms: Firms

    def kinds(self) -> dict[int, str]:
        """What happened to each row that was not rejected: the first row of a firm tells what became of the firm."""
        found: dict[int, str] = {}
        seen: set[int] = set()
        for plan in self.plans:
            root = self._root(plan)
            if root in seen:
                found[plan.row.row] = FOLDED
                continue
            seen.add(root)
            if plan.is_known or not plan.adds:
                found[plan.row.row] = UNCHANGED
            elif plan.is_new and plan.root is None:
                found[plan.row.row] = CREATED
            else:
                found[plan.row.row] = UPDATED
        return found

    def groups(self) -> list[list[int]]:
        """Rows of the list that are one firm."""
        found: dict[int, list[int]] = defaultdict(list)
        for plan in self.plans:
            found[self._root(plan)].append(plan.row.row)
        return [rows for rows in found.values() if len(rows) > 1]

    def merged(self) -> list[list[int]]:
        """Pairs of such rows."""
        pairs: list[list[int]] = []
        for rows in self.groups():
            if len(rows) <= ALL_PAIRS:
                pairs += [list(pair) for pair in combinations(rows, 2)]
            else:
                pairs += [[rows[0], other] for other in rows[1:]]
        return pairs

    def proposed(self) -> list[tuple[int, int, tuple[str, ...]]]:
        """Row, key of the company it may be the same as, and why."""
        found = []
        for plan in self.plans:
            for key, likeness in plan.unsure:
                if self.firms.groups.root(key) != self._root(plan):
                    found.append((plan.row.row, key, likeness.evidence))
        return found

    def doubtful(self) -> dict[int, list[tuple[int, tuple[str, ...]]]]:
        """For each row that may be a firm that is there, in this list or before: the keys of these, and why."""
        found: dict[int, list[tuple[int, tuple[str, ...]]]] = defaultdict(list)
        for row, key, evidence in self.proposed():
            found[row].append((key, evidence))
        return dict(found)

    def counts(self) -> dict[str, int]:
        counted = Counter(self.kinds().values())
        records = len(self.plans) + len(self.rejected)
        return {"records": records, **{kind: counted[kind] for kind in (CREATED, UPDATED, UNCHANGED, FOLDED)}}

    def _root(self, plan: Plan) -> int:
        return self.firms.groups.root(plan.key)

    def document(self) -> dict[str, Any]:
        """The report as `wegweiser import companies` prints it."""
        rows_of = {plan.key: plan.row.row for plan in reversed(self.plans)}
        roots = {self._root(plan): plan for plan in self.plans}
        doubtful = self.proposed()
        pks = {self.firms.pks[key] for key in (*roots, *(key for _, key, _ in doubtful)) if key in self.firms.pks}
        uuids = dict(Company.objects.filter(pk__in=pks if len(pks) < MOST_ASKED else ()).values_list("pk", "uuid"))
        if len(pks) >= MOST_ASKED:
            uuids = dict(Company.objects.values_list("pk", "uuid"))
        proposed: list[list[Any]] = []
        evidence: list[dict[str, Any]] = []
        for row, key, codes in doubtful:
            other: Any = rows_of.get(key)
            if other is None:
                other = str(uuids[self.firms.pk(key)])
            pair = [row, other] if isinstance(other, str) else sorted((row, other))
            proposed.append(pair)
            evidence.append({"pair": pair, "evidence": list(codes)})
        return {
            **self.counts(),
            "merged": self.merged(),
            "proposed": proposed,  # rows, or a row and the UUID of a company that was there
            "evidence": evidence,
            "rejected": [{"row": row.row, "reason": row.reason} for row in self.rejected],
            "warnings": [
                {"row": told.row, "column": told.column, "reason": told.reason}
                for plan in self.plans
                for told in plan.row.warnings
            ],
            "held": [{"row": plan.row.row, "reason": plan.row.held} for plan in self.plans if plan.row.held],
            "cleaned": [self._cleaned(plan, uuids) for plan in self.plans],
        }

    def _cleaned(self, plan: Plan, uuids: Mapping[int, object]) -> dict[str, Any]:
        row = plan.row
        company = uuids.get(self.firms.pks.get(self._root(plan), 0))
        return {
            "row": row.row,
            "company": str(company) if company else None,
            "name": row.name,
            "street": row.street or None,
            "postcode": row.postcode or None,
            "place": row.place or None,
            "district": row.district or None,
            "sector": row.sector or None,
            "employees_min": row.employees_min,
            "employees_max": row.employees_max,
            "email": next(iter(row.emails), None),
            "phone": next(iter(row.phones), None),
            "website": row.website or None,
            "first_contact": row.first_contact.isoformat() if row.first_contact else None,
        }
