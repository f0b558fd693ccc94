"""What reminders say, and what is said of them."""

from __future__ import annotations

from tthc_cli.wording.language import _

SUBJECT = _("[TTHC] {name}: {counts} (nhắc lần {number})")
DIGEST_SUBJECT = _("[TTHC] Tổng hợp nhắc việc {day}: {agencies} cơ quan, {counts}")
DIGEST_NAME = _("Bản tổng hợp")
COUNTS = {
    "overdue": _("{count} quá hạn"),
    "ask": _("{count} cần xác nhận"),
    "soon": _("{count} đến hạn trong {left} ngày làm việc"),
    "today": _("{count} đến hạn hôm nay"),
    "new": _("{count} mới phát sinh"),
}
HEADINGS = {
    "overdue": _("Quá hạn ({count})"),
    "ask": _("Đề nghị xác nhận ({count})"),
    "soon": _("Sắp đến hạn ({count})"),
    "new": _("Mới phát sinh ({count})"),
}
POINT = _("{task}{occasion}. {title}")
LINES = {
    "overdue": _("Hạn {weekday} {due}, đã quá {days} ngày; sổ theo dõi chưa có văn bản."),
    "ask": _("Hạn {weekday} {due}; sổ theo dõi chưa có văn bản, cần xác nhận vì: {rests_on}."),
    "soon_rolled": _("Nên gửi chậm nhất {weekday_act} {act_by}. Hạn {weekday} {due}, vì {weekday_stated} {stated} là "
                     "ngày nghỉ."),
    "soon_early": _("Nên gửi chậm nhất {weekday_act} {act_by}. Hạn {weekday} {due}."),
    "soon": _("Hạn {weekday} {due}."),
    "left": _("Còn {left} ngày làm việc."),
    "last": _("Hôm nay là ngày cuối."),
    "new": _("Phát sinh từ “{event}” ({id}, ngày {day})."),
    "new_due": _("Hạn {weekday} {due}."),
    "new_open": _("Lời văn không ấn định số ngày."),
    "extended": _("Đã gia hạn; hạn gốc {original}."),
    "key": _("Mã việc: {key}"),
}  # fmt: skip
OPENING = {
    "to": _("Kính gửi: {name}"),
    "person": _("Người phụ trách: {names}"),
    "counts": _("Theo Kế hoạch {plan} và sổ theo dõi văn bản, tính đến {day}, đơn vị có {counts}."),
    "digest": _("Nhắc việc theo Kế hoạch {plan}, tính đến {day}: {agencies} cơ quan, {counts}."),
    "rows": _("Sổ có {count} dòng lỗi, không được tính (tthc check)."),
    "unclear": _("Ngoài ra {count} nhiệm vụ cần người xem xét, không nhắc (tthc check)."),
}
CLOSING = {
    "answer": _("Nếu đã gửi văn bản, xin trả lời thư này kèm số, ký hiệu và ngày gửi để cập nhật sổ."),
    "automatic": _("Thư tự động để nhắc việc, không thay cho văn bản của cấp có thẩm quyền."),
}
DIGEST = {
    "undelivered": _("Chưa tới hoặc chưa rõ ({count})"),
    "open": _("Chưa rõ đã tới hay bị từ chối ({count}): tthc remind --status"),
    "no_address": _("Không có địa chỉ ({count})"),
    "agencies": _("Từng cơ quan ({count})"),
    "told": _("Nhắc lần {number}: {addresses}"),
    "told_before": _("Đã nhắc đến ngày {day}, lần này chưa đến lúc nhắc lại."),
}
CAUSES = {
    "overdue": {"first": _("mới quá hạn"), "again": _("vẫn quá hạn, đến lúc nhắc lại")},
    "ask": {"first": _("chưa có trong sổ, cần xác nhận"), "again": _("vẫn cần xác nhận")},
    "soon": {"first": _("sắp đến hạn"), "nearer": _("gần đến hạn hơn")},
    "new": {"first": _("mới phát sinh")},
}
STATES = {
    "sent": _("đã gửi"),
    "claimed": _("chưa rõ đã tới hay chưa"),
    "kept": _("chưa gửi, để lần chạy sau"),
    "refused": _("bị từ chối"),
}
RUN = {
    "sent": _("{day}: gửi {sent} thư cho {addresses} địa chỉ."),
    "written": _("{day}: ghi {sent} tệp .eml vào {folder}; không gửi, không ghi sổ gửi thư."),
    "would": _("{day}: sẽ gửi {sent} thư cho {addresses} địa chỉ; chưa gửi gì."),
    "nothing": _("{day}: không có gì mới phải nhắc."),
    "at_work": _("{day}: một lần chạy khác đang gửi; lần này không gửi gì."),
    "broken_off": _("Dừng giữa chừng; lần chạy sau gửi tiếp."),
    "day_off": _("{day} là {weekday}, ngày nghỉ: không gửi."),
    "failed": _("Chưa tới hoặc chưa rõ: {count} địa chỉ."),
    "kept": _("{why} Chưa gửi: {count} địa chỉ."),
    "open": _("{count} thư trước chưa rõ hoặc bị từ chối (tthc remind --status)."),
    "no_address": _("Không có địa chỉ: {names}."),
    "horizon": _("Sắp đến hạn: trong {days} ngày làm việc (cùng kết quả: tthc check --due-soon {days})."),
    "item": _("{name} <{address}>: {state}{reply}"),
    "reply": _(" ({reply})"),
    "none_open": _("Không có thư nào chưa rõ hoặc bị từ chối."),
    "settled": _("Ghi nhận {count} thư là đã đến."),
    "status": _("Sổ gửi thư {path}: {sent} lượt đã gửi, {open} cần người xem, {kept} để lần chạy sau."),
    "no_ledger": _("Chưa có sổ gửi thư ({path}): chưa gửi thư nào."),
    "next": _("Hỏi bên nhận. Đã đến thì: tthc remind --delivered; chưa đến thì: tthc remind --resend (thêm --agency để "
              "chọn cơ quan)."),
}  # fmt: skip
CRON = _("""\
# Nhắc việc: chép vào crontab (crontab -e). Giờ dưới đây là giờ của máy này ({zone}), ứng với 7–16 giờ Việt Nam.
# Mỗi giờ một lần: đã nhắc thì không nhắc lại, chưa gửi được thì gửi tiếp; ngày nghỉ không gửi.
# Chỉ có thư về MAILTO khi có gì đã gửi hoặc cần người xem. Mật khẩu để ở password_file của mục [mail].
MAILTO={mailto}
{minute} {hours} * * * {command}
""")
SYSTEMD = _("""\
# /etc/systemd/system/tthc-remind.service
[Unit]
Description=Nhắc việc kiểm soát thủ tục hành chính
After=network-online.target
Wants=network-online.target

[Service]
Type=oneshot
User={user}
ExecStart={command}

# /etc/systemd/system/tthc-remind.timer
[Unit]
Description=Nhắc việc mỗi giờ làm việc

[Timer]
OnCalendar=*-*-* 07..16:05:00 Asia/Ho_Chi_Minh
Persistent=true

[Install]
WantedBy=timers.target

# Sau khi chép hai tệp: systemctl daemon-reload && systemctl enable --now tthc-remind.timer
""")
