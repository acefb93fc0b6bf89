"""What there is to judge two rows by: how their names go together, what they share, what speaks against it."""

from dataclasses import dataclass

from wegweiser.companies.linkage.pair.fitting import Fitted
from wegweiser.companies.linkage.row import vocabulary

# With one of these nobody but a person says that two rows are one firm.
VETOES = frozenset(
    {
        "other_vat_id",
        "other_register",
        "different_place",
        "other_first_name",
        "other_owner",
        "other_number_in_name",
        "other_place_in_name",
        "other_legal_form",
        "branch",
        "successor",
        "sister_firm",
        "told_apart",
        "different_words",
        "other_trade",
    }
)
DIFFERS = frozenset({"other_address", "other_phone"})  # no veto: a firm may have two


@dataclass(frozen=True, slots=True)
class Shared:
    """What the two have in common beside the name; None: not known of both."""

    contact: int
    address: bool | None
    near: bool | None
    people: bool
    person: bool
    other_people: bool
    same_number: bool
    same_mail: bool = False
    same_phone: bool = False
    same_address: bool = False
    both_registered: bool = False
    word: bool = False
    own_word: bool = False
    same_family: bool = False
    other_line: bool = False
    no_phone_of_both: bool = False
    no_mail_of_both: bool = False
    same_trade: bool | None = None
    called_after: bool = False
    only_named: bool = False
    is_a_person: bool = False  # one name is that of a person and nothing else
    says_no_trade: bool = False
    moved: bool = False
    in_a_small_town: bool = False  # both are in one postal code, or in one town of one or two
    is_part: bool = False
    one_registered: bool = False  # one is a company of its own by its name, the other says nothing
    one_register_name: bool = False  # both are companies of exactly one name and form, which is no trade alone
    common_name: bool = False
    only_trade: bool = False  # one name says a trade and where, and nothing else
    says_one_trade: bool = False  # each says what it does, and it is the same
    says_two_trades: bool = False  # each says what it does, and it is not the same, if it goes together often
    speaks_of_another: bool = False  # a remark does, of whichever firm
    says_what_many_say: bool = False  # one name has a trade and a common family name, and nothing else
    is_beside_a_company: bool = False  # one is a company, the other somebody by first name whom it does not name
    is_told_whose: bool = False  # one is a person, and a remark has the name of the other
    has_their_page: bool = False  # one is a person at a domain made of words of the other's name
    is_told_same: bool = False  # a remark on one says that it is the other
    is_their_page: bool = False  # the domain of both is made of all words of one name
    is_the_village_club: bool = False  # both are called the club of one village
    is_department: bool = False  # one is a department by a remark
    moved_from: bool = False  # a remark on one says that it came from where the other is
    signs_in: bool = False  # somebody has a mailbox under the page of the company that both are called by
    named_in_mail: bool = False  # a mail of one is called by the other's own name
    one_says_its_trade: bool = False  # and of the other we do not know what is done there
    is_spelt_otherwise: bool = False  # only a family name is in both names, and each has its own spelling
    may_say_another: bool = False  # a word more in one name is often that of another firm
    is_only_alike: bool = False  # what the names have in common is two names by their letters: Hein, Heinrich
    other_code: bool = False  # two postal codes, of one town or two

    @property
    def is_thin(self) -> bool:
        """Whether no number and no mail of one differs from the other's."""
        return not self.no_phone_of_both and not self.no_mail_of_both

    @property
    def are_others_there(self) -> bool:
        """Whether other people with a number or mail of their own do something else: a tenant in the house."""
        return self.other_people and self.says_two_trades and not self.is_thin

    @property
    def is_reached(self) -> bool:
        """Whether the very same number or mail leads to both."""
        return self.same_phone or self.same_mail


@dataclass(frozen=True, slots=True)
class Evidence:
    """All of it. `for_it` and `against` are codes (`web.desk` has the words); `tells` says that both names tell more
    than a trade and a common family name."""

    found: Fitted
    shared: Shared
    for_it: tuple[str, ...]
    against: tuple[str, ...]
    tells: bool

    @property
    def are_of_a_chain(self) -> bool:
        """Whether only a domain leads to both, and each has a street or a part of the town for itself."""
        shared = self.shared
        if not shared.contact or shared.is_reached or shared.is_part:
            return False
        if shared.address is False and shared.other_line and not shared.moved:
            return True
        own = shared.address is False or not vocabulary.DIRECTIONS.isdisjoint(self.found.alone)
        return own and shared.no_mail_of_both and not shared.people and not shared.moved

    @property
    def vetoes(self) -> frozenset[str]:
        return VETOES.intersection(self.against)
