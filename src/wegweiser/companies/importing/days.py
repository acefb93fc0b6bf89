"""Days as people write them: one, or the first of several. Each function takes a cell on one line. Pure."""

import datetime as dt
import re

MONTHS = ("jan", "feb", "mär", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dez")
EXCEL_BEGINS = dt.date(1899, 12, 30)


_WEEKDAY = r"(?:mo|di|mi|do|fr|sa|so)(?:ntag|enstag|ttwoch|nnerstag|eitag|mstag|nnabend)?"
_TO = r"\s*(?:[-–—/+&,]|\bbis\b|\bund\b|\bu\.)\s*"


def first(flat: str, today: dt.date) -> dt.date | None:
    """The day, or the first of several."""
    told = bare(flat)
    return one(told, today) or first_of_several(told, today)


def bare(flat: str) -> str:
    """What is left of a cell without times, weekdays and the word before a day."""
    flat = re.sub(r"[T ,]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?Uhr|Z)?(\s*[-–]\s*\d{1,2}:\d{2}( ?Uhr)?)?$", "", flat)
    flat = re.sub(rf"(?i)\s*(\({_WEEKDAY}\.?\)|[, ]\s*{_WEEKDAY}\.?)$", "", flat)
    flat = re.sub(rf"(?i)^(?:{_WEEKDAY}\.?{_TO})?{_WEEKDAY}[.,\s]+(?=\d)", "", flat)
    return re.sub(r"(?i)^(am|seit|vom|ab)\s+", "", re.sub(r"(?i)^(mo|di|mi|do|fr|sa|so)\w*[.,]+\s*", "", flat))


def first_of_several(flat: str, today: dt.date) -> dt.date | None:
    """The first day of "12./13.03.2019", "28.02. - 01.03.2019": what it leaves out is that of the last."""
    for between in re.finditer(rf"(?i){_TO}", flat):
        first, last = flat[: between.start()], one(flat[between.end() :], today)
        if last is None:
            continue
        found = one(first, today)
        if told := re.fullmatch(rf"(?i)(\d{{1,2}})\.?(?:{_TO}\d{{1,2}}\.?)*", first):
            found = _date(last.year, last.month, int(told[1]))
        elif told := re.fullmatch(r"(?i)(\d{1,2}\.)\s*(?:(\d{1,2})\.?|([a-zä]{3,9})\.?)", first):
            behind = f"{told[2]}." if told[2] else f" {told[3]} "
            found = one(f"{told[1]}{behind}{last.year}", today)
            if found is not None and found > last:
                found = one(f"{told[1]}{behind}{last.year - 1}", today)
        if found is not None and found < last:
            return found
    return None


def one(flat: str, today: dt.date) -> dt.date | None:
    """A single day."""
    if told := re.fullmatch(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})", flat):
        return _date(int(told[1]), int(told[2]), int(told[3]))
    if told := re.fullmatch(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})|(\d{1,2})-(\d{1,2})-(\d{4})", flat):
        first, second, third = (int(part) for part in told.groups() if part)
        return _date(_year(third, today), second, first)
    if told := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", flat):
        first, second, year = int(told[1]), int(told[2]), int(told[3])
        if first > 12 or first == second:
            return _date(year, second, first)
        return _date(year, first, second) if second > 12 else None  # either may be the month
    if told := re.fullmatch(r"(?i)(\d{1,2})\.?\s*([a-zä]{3,9})\.?\s*(\d{4}|\d{2})", flat):
        month = told[2].lower().replace("maer", "mär").replace("mrz", "mär")[:3]
        if month in MONTHS:
            return _date(_year(int(told[3]), today), MONTHS.index(month) + 1, int(told[1]))
    if told := re.fullmatch(r"(\d{5})([.,]\d+)?", flat):
        return EXCEL_BEGINS + dt.timedelta(days=int(told[1]))
    return None


def _year(number: int, today: dt.date) -> int:
    if number >= 100:
        return number
    return 2000 + number if number <= today.year % 100 else 1900 + number


def _date(year: int, month: int, number: int) -> dt.date | None:
    try:
        return dt.date(year, month, number)
    except ValueError:
        return None
