"""Sentences for a command line or a setting that asks for what cannot be."""

from __future__ import annotations

from tthc_cli.wording.language import _

USAGE = {
    "date_malformed": _("“{value}” không phải ngày; ghi dạng 2021-06-20 hoặc 20/06/2021."),
    "date_missing": _("chưa ghi ngày; ghi dạng 2021-06-20 hoặc 20/06/2021."),
    "dates_reversed": _("--from ({start}) ở sau --to ({end}): đổi lại thứ tự."),
    "agency_not_known": _("Không có cơ quan nào tên “{value}”. Xem tên bằng lệnh tthc agencies."),
    "agency_suggested": _("Không có cơ quan nào tên “{value}”. Có phải là: {names}?"),
    "agency_several": _("“{value}” có thể là nhiều cơ quan: {names}. Ghi rõ hơn, hoặc dùng mã."),
    "agency_twice": _("Tên cơ quan nêu hai lần: “{one}” và --agency “{two}”; chỉ nêu một."),
    "task_not_known": _("Kế hoạch không có nhiệm vụ hay mục “{value}”. Xem mã bằng lệnh tthc list."),
    "section_not_known": _("Kế hoạch không có mục “{value}”: dùng một trong {known}."),
    "kind_not_known": _("Không có loại hạn “{value}”: dùng một trong {known}."),
    "code_not_known": _("Không có mã lỗi “{value}”: dùng một trong {known}."),
    "neither_task_nor_code": _("“{value}” không phải mã nhiệm vụ (xem tthc list) hay mã lỗi (R01–R14, C01–C05)."),
    "event_not_awaited": _("--event-date: nhiệm vụ {task} không chờ sự kiện nào, bỏ tùy chọn này."),
    "register_not_named": _("Chưa nêu sổ theo dõi: tthc check SO_THEO_DOI.csv, --register, hoặc ghi register trong "
                            "tthc.toml (tthc init tạo sẵn)."),
    "overdue_needs_register": _("--overdue cần sổ theo dõi để biết việc chưa làm: thêm --register SO_THEO_DOI.csv."),
    "overdue_needs_lead": _("--overdue chỉ dùng cho vai trò chủ trì: bỏ --role {role}."),
    "count_or_until": _("Nêu số ngày làm việc N hoặc --until NGÀY, một trong hai."),
    "number_range": _("{value} ngoài khoảng cho phép ({least} đến {most})."),
    "days_out_of_range": _("Kết quả ra ngoài khoảng ngày mà lịch tính được."),
    "output_is_input": _("Đây là tệp đầu vào, không ghi đè: chọn tên khác cho --output."),
    "already_there": _("Tệp đã có, không ghi đè: xóa hoặc chọn thư mục khác."),
    "plan_there": _("Tệp đã có, không ghi đè: chọn tên khác, hoặc thêm --force."),
    "year_not_later": _("Kế hoạch này là của năm {own}: năm mới phải sau năm đó, không phải {year}."),
    "no_folder": _("Không tạo được thư mục này ({why}): chọn nơi khác."),
    "not_comparable": _("Không so sánh được tệp này: cần bản xuất JSON (tthc due -f json) hoặc kế hoạch YAML."),
    "not_looked_back_to": _("Không so được với tệp này: cần bản JSON có đủ mọi đầu việc (tthc export --what assessment "
                            "-f json, hoặc tthc check --all -f json)."),
    "since_needs_assessment": _("--since không dùng với --what {what}: bỏ --since, hoặc --what assessment, brief."),
    "unexpected": _("Chương trình gặp lỗi ngoài dự kiến ({error}). Dữ liệu không bị sửa; xin báo lại kèm câu lệnh."),
    "no_cluster": _("--scheduler cần phần mở rộng cluster: pip install 'tthc-cli[cluster]'."),
    "no_scheduler": _("Không kết nối được máy điều phối {address}: kiểm tra địa chỉ, hoặc dùng --jobs."),
    "no_workers": _("Cụm máy {address} không có máy nào làm việc: khởi động dask worker, hoặc dùng --jobs."),
    "inputs_differ": _("Máy {node} có bản tthc, kế hoạch hoặc danh mục cơ quan khác với máy này: làm cho giống nhau."),
    "file_changed": _("Tệp đổi trong lúc đọc, hoặc máy {node} thấy một bản khác: chờ ghi xong, chép lại cho giống nhau "
                      "(giữ nguyên ngày sửa) rồi chạy lại."),
    "no_plans": _("Không có kế hoạch nào ở đây: cần thư mục có tthc.toml hoặc plan.yaml, hoặc tệp kế hoạch YAML."),
    "plan_not_here": _("Sổ này có dòng thuộc kế hoạch “{plan}” mà thư mục kế hoạch không có, hoặc không tính được."),
    "plan_not_named": _("Sổ này có dòng không rõ thuộc kế hoạch nào: đặt tên tệp theo kế hoạch, hoặc điền cột “Mã kế "
                        "hoạch”."),
    "plan_name_twice": _("Có hai kế hoạch cùng tên “{name}”: đổi tên một tệp hoặc thư mục."),
    "folder_unreadable": _("Không xem được thư mục này: kiểm tra quyền đọc."),
    "file_twice": _("Thư mục có nhiều tệp cùng vai trò ({files}): chỉ để một."),
    "not_with_plans": _("--plans không dùng cùng {options}: bỏ các tùy chọn đó, hoặc xem từng kế hoạch."),
    "register_twice": _("Nêu hai sổ: “{one}” và --register “{two}”. Chỉ nêu một."),
    "no_registers": _("Không có sổ nào (CSV, TSV, XLSX) ở đây: kiểm tra thư mục hoặc mẫu tên tệp."),
    "pack_needs_file": _("--what evidence cần sổ theo dõi là một tệp, không đọc từ đầu vào chuẩn."),
    "pack_needs_zip": _("--what evidence cần -o TỆP.zip."),
}  # fmt: skip
SETTINGS = {
    "workspace_missing": _("Thư mục làm việc “{value}” không có {file}: kiểm tra đường dẫn, hoặc chạy tthc init."),
    "toml": _("Tệp cấu hình viết sai ở đây: {why}."),
    "setting_unknown": _("Không có thiết lập “{key}”: dùng một trong {known}."),
    "setting_above": _("“{key}” là thiết lập chung: ghi ở đầu tệp, trước mục đầu tiên trong ngoặc vuông."),
    "setting_elsewhere": _("“{key}” là thiết lập của mục {home}: ghi dưới dòng [{home}]."),
    "setting_escape": _("“{key}” có dấu gạch chéo ngược trong ngoặc kép: dùng ngoặc đơn, hoặc viết hai dấu."),
    "setting_type": _("“{key}” phải là {expected}."),
    "setting_not_listed": _("Giá trị “{value}” của “{key}” không hợp lệ: dùng một trong {expected}."),
    "setting_days": _("“{value}” của “{key}” không phải số ngày từ 0 đến {most}."),
    "covers_unknown": _("“{value}” không phải cấp hay mã nhiệm vụ: dùng {expected}, hoặc mã như XI.1."),
    "register_only": _("“{value}”: chỉ sổ theo dõi đọc được từ địa chỉ mạng; chép tệp của “{key}” về máy này."),
    "reading_unknown": _("Không có cách hiểu “{key}”; ghi KHÓA=GIÁ_TRỊ với một trong {known}."),
    "reading_bare": _("“{key}” chưa có giá trị: ghi {key}=GIÁ_TRỊ."),
    "reading_except": _("“{value}” của except viết sai: ghi dạng “XI.1: vp-ubnd-tinh, so-tttt”."),
}
