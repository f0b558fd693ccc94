"""What a script with polars does with the same register: read it, read its days, join it with what is owed."""

import json
import sys
from pathlib import Path

import polars as pl

NAMES = {"Sở KH&ĐT": "Sở Kế hoạch và Đầu tư", "Sở GTVT": "Sở Giao thông vận tải"}
NAMES |= {"Sở TN&MT": "Sở Tài nguyên và Môi trường", "Sở TT&TT": "Sở Thông tin và Truyền thông"}
PERIODS = {f"Q{number}": f"2021-Q{number}" for number in range(1, 5)}


def main(register: Path, obligations: Path) -> None:
    """Print how many of the dated obligations were answered in time, late, or not."""
    owed = pl.DataFrame(
        [
            (item["task"], item["agency_name"], item["period"], item["due"])
            for item in json.loads(obligations.read_text("utf-8"))["obligations"]
            if item["due"] and item["period"]
        ],
        schema=["task", "agency", "period", "due"],
        orient="row",
    ).with_columns(pl.col("due").str.to_date())
    papers = pl.scan_csv(register, separator=";", infer_schema_length=0).select(
        pl.col("Nhiệm vụ").alias("task"),
        pl.col("Đơn vị").replace(NAMES).alias("agency"),
        pl.col("Kỳ báo cáo").replace(PERIODS).alias("period"),
        pl.col("Ngày gửi").str.to_date("%d/%m/%Y", strict=False).alias("sent"),
    )
    first = papers.group_by("task", "agency", "period").agg(pl.col("sent").min())
    joined = owed.join(first.collect(), on=["task", "agency", "period"], how="left")
    verdict = pl.when(pl.col("sent").is_null()).then(pl.lit("none")).when(pl.col("sent") <= pl.col("due"))
    print(joined.group_by(verdict.then(pl.lit("in time")).otherwise(pl.lit("late")).alias("verdict")).len())  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
