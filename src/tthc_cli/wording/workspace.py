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
# Địa chỉ thư điện tử của các cơ quan, cho tthc remind; nhiều địa chỉ cách nhau bằng dấu “;”.
contacts = "contacts.csv"
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

[mail]
# Máy chủ thư và cách mã hóa: starttls (cổng 587), tls (465) hoặc none (25, chỉ trong mạng nội bộ, không tài khoản).
# host = "smtp.example"
# port = 587
# security = "starttls"
# Tệp PEM của đơn vị cấp chứng chỉ riêng, nếu có.
# ca = "ca.pem"
# Tài khoản; mật khẩu để ở tệp chỉ mình đọc được (chmod 600), hoặc ở biến môi trường TTHC_SMTP_PASSWORD.
# user = "kstt"
# password_file = "mat_khau.txt"
# Địa chỉ gửi, tên hiển thị, nơi nhận trả lời.
# from = "kstt@vp.example"
# from_name = "Phòng Kiểm soát TTHC"
# reply_to = "kstt@vp.example"
# Nơi nhận bản tổng hợp của mỗi lần chạy.
# digest = ["kstt@vp.example"]
# Nhắc khi còn chừng này ngày làm việc, rồi quá hạn thì cứ chừng này ngày làm việc lại nhắc.
# stages = [7, 1, 0]
# again = 5
# Việc không có ngày hạn được coi là mới phát sinh trong chừng này ngày làm việc; 0 thì không nhắc.
# new_within = 10
# Máy chủ không trả lời trong chừng này giây thì thôi.
# timeout = 30
# Sổ ghi đã nhắc ai điều gì: phải giữ, mất sổ thì mọi điều bị nhắc lại.
# ledger = "remind.sqlite"

[letter]
# Công văn đôn đốc và báo cáo (tthc letter): những gì không nêu thì để trống trên văn bản, điền trước khi ký.
# Hai dòng tên cơ quan ở góc trái, tên dùng trong câu, và mã của chính cơ quan (việc của mình không đưa vào công văn).
# parent = "UBND TỈNH …"
# issuer = "VĂN PHÒNG"
# name = "Văn phòng UBND tỉnh"
# unit = "vp-ubnd-tinh"
# Ký hiệu sau số của công văn và của báo cáo, địa danh.
# symbol = "VP-KSTT"
# report_symbol = "BC-VP"
# place = "…"
# Quyền hạn, chức vụ (mỗi dòng một phần) và họ tên người ký.
# signer_title = ["KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"]
# signer = "…"
# Nơi nhận ngoài nơi được gửi, nơi nhận báo cáo, nơi lưu.
# recipients = ["Chủ tịch, các Phó Chủ tịch UBND tỉnh (để báo cáo)"]
# report_to = ["Ủy ban nhân dân tỉnh"]
# archive = "VT, KSTT"
# Trả lời cho ai, trong bao nhiêu ngày làm việc.
# answer_to = "Phòng Kiểm soát TTHC, Văn phòng UBND tỉnh"
# answer_within = 5
# Mẫu Word riêng (lấy mẫu để sửa: tthc letter --templates -o mau).
# template = "mau/mau-cong-van.docx"
# report_template = "mau/mau-bao-cao.docx"
""")
CREATED = _("Đã tạo {path}")
NEXT = _("Điền sổ theo dõi rồi chạy: tthc check")
PROGRESS = _("Đang đọc {path}: {percent}%")
