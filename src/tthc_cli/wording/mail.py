"""Sentences for what stops reminders: settings, contacts, the mail server, the ledger."""

from __future__ import annotations

from tthc_cli.wording.language import _

MAIL = {
    "setting_address": _("“{value}” của “{key}” không phải địa chỉ thư điện tử: ghi dạng ten@don-vi.gov.vn."),
    "setting_number": _("“{value}” của “{key}” không phải số nguyên từ {least} đến {most}."),
    "address_malformed": _("“{value}” không phải một địa chỉ thư điện tử: ghi dạng ten@don-vi.gov.vn, nhiều địa chỉ "
                           "thì cách nhau bằng dấu “;”, không xuống dòng."),
    "contact_ends_early": _("Ngày thôi dùng {end} ở trước ngày bắt đầu {start}: sửa lại hai ngày."),
    "contacts_not_named": _("Chưa nêu tệp địa chỉ: ghi contacts = \"contacts.csv\" trong tthc.toml, hoặc --contacts."),
    "mail_not_set": _("Chưa có {keys} trong mục [mail] của tthc.toml: điền vào, hoặc dùng --dry-run để xem trước."),
    "password_in_clear": _("Không gửi mật khẩu qua đường không mã hóa: đặt security là starttls hoặc tls, hoặc "
                           "bỏ user."),
    "password_missing": _("Chưa có mật khẩu của máy chủ thư: đặt biến môi trường {variable}, hoặc password_file trong "
                          "mục [mail] của tthc.toml."),
    "password_open": _("Người khác trên máy đọc được tệp mật khẩu này: chạy chmod 600 với tệp rồi gửi lại."),
    "password_unreadable": _("Không đọc được tệp mật khẩu ({why}): kiểm tra password_file trong mục [mail]."),
    "password_empty": _("Tệp mật khẩu trống: ghi mật khẩu trên dòng đầu."),
    "ca_unusable": _("Không dùng được tệp chứng chỉ này ({why}): cần tệp PEM của đơn vị cấp chứng chỉ."),
    "smtp_unreachable": _("Không gửi được qua máy chủ thư {host}:{port} ({why}): kiểm tra máy chủ, mạng; lần chạy sau "
                          "gửi tiếp."),
    "smtp_auth": _("Máy chủ thư {host}:{port} không nhận tài khoản ({why}): kiểm tra user và mật khẩu."),
    "smtp_sender": _("Máy chủ thư {host}:{port} không nhận thư của địa chỉ gửi ({why}): kiểm tra from và tài khoản."),
    "smtp_no_starttls": _("Máy chủ thư {host}:{port} không mở STARTTLS: đặt security = \"tls\" nếu là cổng TLS; không "
                          "gửi thư qua đường không mã hóa."),
    "smtp_certificate": _("Chứng chỉ của máy chủ thư {host}:{port} không đáng tin: {why}."),
    "smtp_cut": _("Máy chủ thư ngắt hoặc không trả lời nhiều lần liền khi đang nhận thư: dừng lại, các thư sau để lần "
                  "chạy sau."),
    "ledger_foreign": _("Đây không phải sổ gửi thư của chương trình này: đặt ledger trong mục [mail] là tệp khác."),
    "ledger_newer": _("Sổ gửi thư này do bản mới hơn của chương trình lập: cập nhật chương trình; lập sổ khác thì mọi "
                      "điều đã nhắc bị nhắc lại."),
    "run_at_work": _("Một lần chạy khác đang gửi thư: chờ lần đó xong rồi chạy lại."),
    "ledger_locked": _("Sổ gửi thư đang bị chương trình khác giữ: chờ chương trình đó xong rồi chạy lại."),
    "ledger_read_only": _("Không mở hoặc không ghi được sổ gửi thư: kiểm tra thư mục có chưa, quyền ghi tệp và thư "
                          "mục; chưa ghi thì không gửi."),
    "ledger_full": _("Không ghi được sổ gửi thư, có thể đĩa đầy: dọn chỗ rồi chạy lại; chưa ghi thì không "
                     "gửi."),
    "ledger_damaged": _("Tệp này không phải sổ gửi thư, hoặc đã hỏng: kiểm tra ledger trong mục [mail]; hỏng thì lấy "
                        "bản sao lưu, nếu không có thì đổi tên tệp này để lập sổ mới, khi đó những gì đã nhắc có thể "
                        "bị nhắc lại."),
    "ledger_clock_back": _("Đồng hồ máy ({now}) đứng trước lần gửi cuối ({then}): chỉnh lại đồng hồ rồi chạy lại; nếu "
                           "lần gửi đó mới ghi sai giờ thì đổi tên sổ gửi thư này (những gì đã nhắc có thể nhắc lại)."),
    "ledger_day_back": _("Ngày tính {day} đứng trước ngày đã nhắc cuối cùng {latest}: bỏ --as-of hoặc chỉnh đồng hồ; "
                         "muốn xem lại ngày cũ thì thêm --dry-run; nếu {latest} do đồng hồ chạy sai thì đổi tên sổ "
                         "gửi thư này (những gì đã nhắc có thể nhắc lại)."),
    "plan_year_over": _("Năm {year} của kế hoạch đã qua: không gửi thư nhắc. Nếu chắc chắn muốn gửi, thêm --force."),
    "not_today": _("Thư thật phải tính đến hôm nay ({today}), không phải {day}: bỏ --as-of; xem ngày khác thì dùng "
                   "--dry-run hoặc --eml; nếu chắc chắn muốn gửi, thêm --force."),
    "choose_one": _("Chỉ dùng một trong các tùy chọn {options}."),
    "log_not_writable": _("Không ghi được tệp nhật ký ({why}): chọn nơi khác."),
}  # fmt: skip
LINE = {
    "day": _("đã hết hạn hoặc chưa đến ngày dùng; xem đồng hồ máy này, rồi báo người quản trị máy chủ thư"),
    "name": _("không cấp cho tên này; đặt host đúng tên trong chứng chỉ"),
    "issuer": _("nơi cấp không phải nơi máy này tin; đặt ca là tệp PEM của đơn vị cấp"),
    "no_tls": _('cổng này không mở bằng TLS; thử security = "starttls"'),
    "no_certificate": _("không phải chứng chỉ dạng PEM"),
    "no_host": _("không tìm thấy máy chủ tên này"),
}
"""What is wrong with the line to a mail server."""
