"""The grammar of deadlines: which tokens make a phrase, as an LALR grammar that lark turns into a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from tthc_cli.phrases.lexing import Token

if TYPE_CHECKING:
    from lark import Lark, Tree

# A phrase is clauses with separators; a clause is parts side by side, of which a later one may bind the one before.
GRAMMAR = r"""
start: clause (separator clause)*
!separator: COMMA | AND | OR | SEMI
clause: part+
?part: point | counted | happening | ALWAYS | SOFT | aside
aside: LEFT separator? start RIGHT

// "chậm nhất ngày 15/7/2021", "từ tháng 3 đến tháng 5", "trước ngày 20 hàng tháng"
point: operator* when (TO END? when)? recurrence?
!operator: BEFORE | BY | IN | END | FROM | AFTER | EACH | PERIODIC | WHOLE
?recurrence: every | TIMES | NEXT
every: EACH unit

?when: dates | months | quarters | part_of_year | year | unit | monthday | lastday | clock
dates: date (JOIN date)*
date: DAY? DATE                            -> full
    | DAY? DAYMONTH YEAR?                  -> written
    | DAY? NUMBER MONTH NUMBER YEAR?       -> written
    | DAY? DAYMONTH YEARLY NEXT            -> next_year
    | DAY? NUMBER MONTH NUMBER YEARLY NEXT -> next_year
months: MONTH number (JOIN number)*
      | MONTH number THROUGH number        -> months_through
quarters: QUARTER number (JOIN number)*
        | QUARTER number (JOIN number)* THROUGH number -> quarters_through
number: (NUMBER | ROMAN) YEAR?
part_of_year: NUMBER MONTH FIRST (YEARLY | YEAR) -> first_months
            | NUMBER MONTH LAST (YEARLY | YEAR)  -> last_months
            | HALF FIRST (YEARLY | YEAR)         -> first_half
            | HALF LAST (YEARLY | YEAR)          -> last_half
year: YEAR
unit: MONTH -> month
    | QUARTER -> quarter
    | YEARLY -> yearly
    | NUMBER MONTH -> some_months
    | NUMBER YEARLY -> some_years
// "ngày 19 tháng cuối quý của kỳ báo cáo", "ngày 05 tháng đầu quý sau", "ngày 05 tháng sau"
monthday: DAY NUMBER
        | DAY NUMBER MONTH edge owner?     -> edge_day
        | DAY NUMBER MONTH NEXT            -> next_day
?edge: FIRST | LAST
owner: EACH? (QUARTER | YEARLY) TERM? NEXT?
     | EACH? TERM NEXT?
// "ngày cuối cùng của quý", "tháng cuối quý"
lastday: DAY LAST EACH? unit
       | MONTH LAST EACH? QUARTER          -> last_month
clock: NUMBER HOUR NUMBER? dates

// "05 ngày làm việc kể từ ngày …", "trước 05 ngày tính đến ngày …", "trước kỳ họp 10 ngày"
counted: operator* count SINCE TEXT        -> after_event
       | operator* count SINCE dates       -> after_date
       | operator* count AGAINST TEXT      -> before_event
       | operator* BEFORE TEXT count       -> before_named
count: NUMBER (DAY | HOUR) WORKING?
     | NUMBER WEEK
     | NUMBER MONTH
     | NUMBER YEARLY

happening: WHEN TEXT                       -> on_event
         | REQUEST+                        -> on_request
         | operator* PLANNED               -> external

%declare COMMA AND OR SEMI LEFT RIGHT JOIN TO THROUGH
%declare DAY MONTH QUARTER YEARLY WEEK HOUR WORKING TERM HALF TIMES NEXT
%declare BEFORE BY IN END FROM AFTER EACH PERIODIC WHOLE FIRST LAST
%declare SINCE AGAINST WHEN TEXT REQUEST PLANNED ALWAYS SOFT
%declare NUMBER ROMAN YEAR DATE DAYMONTH
"""


class Unread(Exception):
    """The grammar has no use for the token at `index`; `index` is their number where more was awaited."""

    def __init__(self, index: int) -> None:
        super().__init__(index)
        self.index = index


@cache
def _parser() -> Lark:
    from lark import Lark
    from lark import Token as Leaf
    from lark.lexer import Lexer

    class Given(Lexer):
        """Hands on the tokens that are given."""

        def __init__(self, conf: object) -> None:
            pass

        def lex(self, data: Sequence[Token]) -> Iterator[Leaf]:
            for index, token in enumerate(data):
                yield Leaf(token.type, token, start_pos=index)  # type: ignore[arg-type]

    return Lark(GRAMMAR, parser="lalr", lexer=Given)


def parse(found: Sequence[Token]) -> Tree[Any]:
    """The tree of some tokens; Unread where they are no phrase."""
    from lark import UnexpectedInput

    try:
        return _parser().parse(found)  # type: ignore[arg-type]
    except UnexpectedInput as error:
        leaf = getattr(error, "token", None)
        place = getattr(leaf, "start_pos", None)
        raise Unread(len(found) if place is None or leaf.type == "$END" else place) from None
