"""Sentences for the steps of an explanation."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import groupby

from tthc_cli.explanation import Step
from tthc_cli.wording import KINDS, ROMAN, day, fill, level_counts, occasion, span, weekday
from tthc_cli.wording.deadline import EVERY, month_of
from tthc_cli.wording.language import _
from tthc_cli.wording.readings import BEFORE, DAY_OFF

LISTED = 31
"""Days that a sentence still lists one by one."""

STEPS = {
    "words": _("Lời văn của kế hoạch: “{timing}”."),
    "no_words": _("Kế hoạch không ghi thời gian cho nhiệm vụ này."),
    "restates": _("Nhiệm vụ này chỉ nhắc lại {tasks}; hạn tính theo nhiệm vụ đó."),
    "restates_all": _("Nhiệm vụ này nhắc lại mọi nhiệm vụ mà đơn vị chủ trì; không có hạn riêng."),
    "dropped": _("Văn bản {document} bỏ nhiệm vụ này từ {first}."),
    "amended_later": _("Văn bản {document} ngày {first} có điều chỉnh nhiệm vụ này, nhưng sau ngày đang tính."),
    "rule_by_date": _("Quy tắc: chậm nhất ngày {first}; ngày đó được tính."),
    "rule_before_date": _("Quy tắc: trước ngày {first}."),
    "rule_period": _("Quy tắc: làm trong kỳ; hạn là ngày cuối của {period}."),
    "rule_recurring": _("Quy tắc: định kỳ {every}{only}; hạn là {last}."),
    "rule_after_event": _("Quy tắc: {span} kể từ sự kiện “{event}”."),
    "rule_before_event": _("Quy tắc: trước {span} tính đến sự kiện “{event}”."),
    "rule_on_event": _("Quy tắc: phát sinh khi có sự kiện “{event}”; lời văn không cho số ngày."),
    "rule_on_request": _("Quy tắc: phát sinh khi có yêu cầu (“{event}”); lời văn không cho số ngày."),
    "rule_continuous": _("Quy tắc: thường xuyên, không ấn định hạn."),
    "rule_external": _("Quy tắc: thời gian nằm ở văn bản khác ({document}), không tính ở đây."),
    "rule_unread": _("Quy tắc: chưa đọc được hạn từ lời văn; cần người điền, trước đó không tính hạn."),
    "rule_aside": _("Lời văn còn phần “{kinds}”; phần này không thêm việc bên cạnh quy tắc đã nêu."),
    "lead": _("Chủ trì: {names}."),
    "assigned_groups": _("Trong {groups}, chỉ đơn vị được sự kiện hoặc văn bản giao việc nêu tên mới chủ trì."),
    "exempt": _("{units} nhận báo cáo nên không phải gửi."),
    "signed_by": _("Sản phẩm do {by} ký; đơn vị chủ trì chỉ tham mưu, nên xét theo ngày trình nếu biết."),
    "not_lead": _("{units} không chủ trì nhiệm vụ này."),
    "event": _("Sự kiện {id} ngày {first}: {event}{document_part}."),
    "event_supposed": _("Giả định sự kiện xảy ra ngày {first}: {event}."),
    "awaiting": _("Chưa có sự kiện nên chưa phát sinh việc. Chờ: {events}."),
    "no_day_since": _("Việc phát sinh từ {first}; không có ngày cuối nên không bao giờ bị coi là quá hạn."),
    "no_deadline": _("Không có ngày đến hạn để tính."),
    "unassigned": _("Chưa biết đơn vị nào trong {agency} chủ trì: để một dòng chung, không đơn vị nào bị đôn đốc."),
    "amended_unclear": _("Văn bản điều chỉnh đặt hạn trước ngày nó có hiệu lực: cần người xem xét."),
    "answered": _("Đã hoàn thành bằng văn bản {document} ngày {first}."),
    "named": _("Ngày nêu trong lời văn: {when}."),
    "excluded": _("“Trước ngày {first}” hiểu là không tính ngày {first}: hạn ghi là hết {last_when}."),
    "included": _("“Trước ngày {first}” đang hiểu là tính cả ngày {first}: hạn ghi là hết {when}."),
    "hours": _("{count} giờ tính thành ngày trọn, mỗi ngày {a_day} giờ."),
    "skipped": _("Không tính {days}: {reason}."),
    "worked": _("Vẫn tính {days}: {reason}."),
    "off": _("{days} là ngày nghỉ: {reason}."),
    "rolled": _("Hạn trùng ngày nghỉ nên chuyển sang ngày làm việc kế tiếp: hạn áp dụng {last_when}."),
    "works": _("{when} là ngày làm việc: hạn áp dụng bằng hạn ghi."),
    "stays_before": _(
        "Hạn “trước ngày” không chuyển khi trùng ngày nghỉ, vì không được chạm ngày đã loại: giữ {when}."
    ),
    "stays_back": _("Hạn đếm lùi không chuyển sang ngày sau, vì như vậy thời gian báo trước bị ngắn lại: giữ {when}."),
    "stays_setting": _("Thiết lập đang dùng giữ nguyên hạn trùng ngày nghỉ: {when}."),
    "window": _("Số liệu báo cáo tính từ {first} đến hết {last}, cả hai ngày đều tính."),
    "condition_awaited": _("Còn chờ điều kiện: {event}. Hạn ghi được nêu nhưng chưa có hạn áp dụng."),
    "condition_met": _("Điều kiện đã có ngày {first} ({event}), trước hạn ghi: hạn áp dụng như lời văn."),
    "condition_late": _(
        "Điều kiện chỉ có ngày {first} ({event}), không trước hạn ghi: việc để mở, không có ngày đến hạn."
    ),
    "soft": _("“Nếu có điều kiện”: hết hạn mà chưa làm thì để người xem xét, không coi là quá hạn."),
    "effect": _(
        "Từ {first} đến hết {last} để người xem xét: văn bản theo thủ tục rút gọn được công bố trong 03 ngày sau."
    ),
    "asked": _(
        "Có đề nghị gia hạn chưa được trả lời, hoặc dòng gia hạn ghi chưa đúng: chưa đủ căn cứ để coi là quá hạn."
    ),
    "readings_agree": _("Mọi cách hiểu được chấp nhận đều cho cùng một ngày {when}."),
    "other_reading": _("Cách hiểu khác ({changed}) cho hạn {when}."),
    "forecast": _("Lịch năm {year} chưa có thông báo chính thức; ngày nghỉ là dự báo, hạn có thể đổi."),
    "notice": _("Ngày nghỉ, ngày làm bù năm {year} theo {notices}."),
    "note": _("Ghi chú: {text}"),
}
_CHOSEN = {
    ("counted", False): _("Tính {count} ngày làm việc: {days}."),
    ("counted", True): _("Đếm lùi {count} ngày làm việc: {days}."),
    ("first_day", False): _("Không tính ngày {first}; bắt đầu đếm từ ngày sau đó."),
    ("first_day", True): _("Đếm lùi từ {first}; không tính ngày này."),
    ("calendar_span", False): _("Đếm {span} liên tục theo lịch, ngày đầu được tính là {first}: hạn ghi {last_when}."),
    ("calendar_span", True): _(
        "Đếm lùi {span} liên tục theo lịch, ngày đầu được tính là {first}: hạn ghi {last_when}."
    ),
    ("period_end", False): _("Ngày cuối của kỳ: {last_when}."),
    ("period_end", True): _("Lời văn không ấn định ngày nên lấy ngày cuối của kỳ: {last_when}."),
    ("act_by", ""): _("Nên gửi chậm nhất {when}."),
    ("act_by", "stated"): _("Nên gửi chậm nhất {when}, ngày làm việc cuối cùng không sau hạn ghi."),
    ("act_by", "extended"): _("Nên gửi chậm nhất {when}, ngày làm việc cuối cùng không sau ngày được gia hạn."),
    ("in_force", "from"): _("Văn bản {document} áp dụng cho hạn từ {since}."),
    ("in_force", "until"): _("Văn bản {document} áp dụng cho hạn trước {until}."),
    ("in_force", "both"): _("Văn bản {document} áp dụng cho hạn từ {since} đến trước {until}."),
    ("extended", True): _("Văn bản {document} gia hạn từ {first} đến {last}."),
    ("extended", False): _("Được gia hạn từ {first} đến {last}; không ghi số văn bản."),
    ("assignment", True): _("{agency} được giao chủ trì theo {document}."),
    ("assignment", False): _("{agency} được giao chủ trì; không ghi số văn bản."),
}
TALK = {
    "why": _("Cách tính:"),
    "around": _("Lịch làm việc và ghi chú"),
    "basis": _("Căn cứ:"),
    "code": _("{code} ({severity}): {title}."),
}
_HEADED = {
    "alone": _("Hạn của {agency}{occasion_part}"),
    "many": _("Hạn của {count} đơn vị ({units}){occasion_part}"),
}


def sentence(step: Step) -> str:
    """A step in words."""
    facts = {**step.facts, **_of_dates(step.dates)}
    make = _MADE.get(step.kind)
    text = make(facts) if make else fill(STEPS[step.kind], facts)
    return text[:1].upper() + text[1:]


_RULE = _("Quy tắc: ")


def rule(step: Step) -> str:
    """What a rule says, to stand inside a sentence."""
    return sentence(step).removeprefix(_RULE).rstrip(".")


def talk(key: str, /, **facts: object) -> str:
    """A line around the steps."""
    return fill(TALK[key], facts)


def part(step: Step) -> str | None:
    """The heading that a step opens or stands under, None for one that stands under what came before."""
    if step.kind == "deadline":
        return sentence(step)
    return TALK["around"] if step.kind in ("notice", "forecast", "note") else None


def days(dates: Sequence[date]) -> str:
    """Days in a row of words: "17/02, 18/02 và 19/02/2021"; too many are told by their ends."""
    if len(dates) > LISTED:
        facts = {"count": len(dates), "first": dates[0], "last": dates[-1]}
        return fill(_("{count} ngày, từ {first} đến {last}"), facts)
    found = []
    for year, group in groupby(dates, lambda value: value.year):
        listed = [f"{value:%d/%m}" for value in group]
        listed[-1] += f"/{year}"
        found.append(", ".join(listed))
    return ", ".join(found)


def _when(value: date) -> str:
    return f"{weekday(value)} {day(value)}"


def _of_dates(dates: Sequence[date]) -> dict[str, object]:
    if not dates:
        return {}
    ends = {"first": dates[0], "last": dates[-1], "when": _when(dates[0]), "last_when": _when(dates[-1])}
    return {**ends, "days": days(dates)}


def _chosen(kind: str, fact: str) -> Callable[[Mapping[str, object]], str]:
    """The sentence that a fact chooses."""
    return lambda facts: fill(_CHOSEN[kind, bool(facts[fact])], facts)


def _spanned(kind: str) -> Callable[[Mapping[str, object]], str]:
    def make(facts: Mapping[str, object]) -> str:
        text = span(int(str(facts["count"])), str(facts["unit"]))
        template = _CHOSEN[kind, bool(facts["back"])] if "back" in facts else STEPS[kind]
        return fill(template, {**facts, "span": text})

    return make


def _deadline(facts: Mapping[str, object]) -> str:
    of = facts["occasion"]
    counts = facts["levels"]
    assert isinstance(counts, dict)
    told = {
        **facts,
        "units": level_counts(counts),
        "occasion_part": fill(_(", {task} {of}"), {"task": facts["task"], "of": occasion(str(of))}) if of else "",
    }
    return fill(_HEADED["alone" if facts["count"] == 1 else "many"], told)


def _lead(facts: Mapping[str, object]) -> str:
    names = facts["names"]
    assert isinstance(names, tuple)
    return fill(STEPS["lead"], {"names": "; ".join(names)})


def _in_force(facts: Mapping[str, object]) -> str:
    since, until = facts["since"], facts["until"]
    return fill(_CHOSEN["in_force", "both" if since and until else "from" if since else "until"], facts)


def _period(facts: Mapping[str, object]) -> str:
    last = facts["until"] or facts["period"]
    period = occasion(str(last))
    return fill(STEPS["rule_period"], {"period": period[:1].lower() + period[1:]})


def _recurring(facts: Mapping[str, object]) -> str:
    only, named = facts["only"], facts["day"]
    last = _("ngày cuối kỳ")
    if named:
        before = _("trước ngày {day} {month}") if facts["before"] else _("ngày {day} {month}")
        last = fill(before, {"day": named, "month": month_of(facts)})
    told = {"every": EVERY[str(facts["every"])], "only": _only(str(facts["every"]), only) if only else ""}
    return fill(STEPS["rule_recurring"], {**told, "last": last})


def _only(every: str, numbers: object) -> str:
    assert isinstance(numbers, tuple)
    if every == "quarter":
        return fill(_(" (quý {numbers})"), {"numbers": [ROMAN[number - 1] for number in numbers]})
    return fill(_(" (kỳ {numbers})"), {"numbers": numbers})


def _aside(facts: Mapping[str, object]) -> str:
    kinds = facts["kinds"]
    assert isinstance(kinds, tuple)
    return fill(STEPS["rule_aside"], {"kinds": ", ".join(KINDS[kind] for kind in kinds)})


def _event(facts: Mapping[str, object]) -> str:
    document = facts["document"]
    part = fill(_(" ({document})"), {"document": document}) if document and document != facts["id"] else ""
    return fill(STEPS["event"], {**facts, "document_part": part})


def _reasoned(kind: str) -> Callable[[Mapping[str, object]], str]:
    return lambda facts: fill(STEPS[kind], {**facts, "reason": facts["reason"] or _("nghỉ cuối tuần")})


def _other(facts: Mapping[str, object]) -> str:
    changed = []
    if "before_excludes_day" in facts:
        changed.append(BEFORE[bool(facts["before_excludes_day"])])
    if "day_off" in facts:
        changed.append(DAY_OFF[str(facts["day_off"])])
    return fill(STEPS["other_reading"], {**facts, "changed": "; ".join(changed)})


def _notice(facts: Mapping[str, object]) -> str:
    return fill(STEPS["notice"], {**facts, "notices": facts["notices"] or _("lịch đã công bố (không ghi số văn bản)")})


_MADE: dict[str, Callable[[Mapping[str, object]], str]] = {
    "deadline": _deadline,
    "lead": _lead,
    "in_force": _in_force,
    "rule_period": _period,
    "rule_recurring": _recurring,
    "rule_aside": _aside,
    "rule_after_event": _spanned("rule_after_event"),
    "rule_before_event": _spanned("rule_before_event"),
    "calendar_span": _spanned("calendar_span"),
    "counted": _chosen("counted", "back"),
    "first_day": _chosen("first_day", "back"),
    "period_end": _chosen("period_end", "no_day"),
    "act_by": lambda facts: fill(_CHOSEN["act_by", facts["not_after"]], facts),
    "extended": _chosen("extended", "document"),
    "assignment": _chosen("assignment", "document"),
    "event": _event,
    "skipped": _reasoned("skipped"),
    "worked": _reasoned("worked"),
    "off": _reasoned("off"),
    "other_reading": _other,
    "notice": _notice,
}
