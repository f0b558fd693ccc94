"""The text of a new workspace."""

from __future__ import annotations

from tthc_cli.wording.language import _

SETTINGS = _("""\
# Thiết lập của thư mục làm việc này. Đường dẫn tính từ thư mục chứa tệp này.
# Bỏ dấu # ở đầu dòng để dùng. Lệnh có nêu tùy chọn thì theo tùy chọn.

# Sổ theo dõi văn bản: CSV, TSV hoặc XLSX.
register = "register.csv"
# Sự kiện làm phát sinh nhiệm vụ (quyết định công bố, báo cáo…).
events = "events.csv"
# Gia hạn và phân công, nếu có.
# extensions = "extensions.csv"
# assignments = "assignments.csv"
# Kế hoạch, danh mục cơ quan, lịch làm việc riêng; không nêu thì dùng bản kèm chương trình.
# plan = "plan.yaml"
# agencies = "agencies.yaml"
# calendar = "calendar.yaml"

[reading]
# “Trước ngày D”: hạn cuối là D−1 (true) hay D (false).
# before_excludes_day = true
# Hạn trùng ngày nghỉ: next (sang ngày làm việc kế tiếp) hay stay (giữ nguyên).
# day_off = "next"
# Ngày dùng để xét đúng hạn: sent (gửi), document (văn bản), received (đến).
# proof = "sent"
# Sổ gồm văn bản của những cấp nào: province, district, commune; thêm được mã nhiệm vụ.
# covers = ["province", "district"]
# Chậm chưa đủ số ngày làm việc này thì còn cần xác nhận, vì văn bản có thể chưa vào sổ.
# register_lag = 1

[check]
# Báo sắp đến hạn khi còn số ngày làm việc này.
# due_soon = 5
""")
CREATED = _("Đã tạo {path}")
NEXT = _("Điền sổ theo dõi rồi chạy: tthc check")
PROGRESS = _("Đang đọc {path}: {percent}%")
