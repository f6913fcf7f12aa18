"""A short list of communes for the demo, from public facts; the real list is imported.

Tây Ninh has had the code 80 since 01/07/2025 (Decision 19/2025/QĐ-TTg). The demo's commune codes
are its own.
"""

from datetime import date

PROVINCE = ("80", "Tỉnh", "Tây Ninh")
VALID_FROM = date(2025, 7, 1)
LEGAL_BASIS = "Nghị quyết 1656/NQ-UBTVQH15"

COMMUNES = (
    ("Phường", "Tân Ninh"),
    ("Phường", "Bình Minh"),
    ("Phường", "Ninh Thạnh"),
    ("Phường", "Hoà Thành"),
    ("Phường", "Trảng Bàng"),
    ("Phường", "Long An"),
    ("Phường", "Tân An"),
    ("Xã", "Tân Châu"),
    ("Xã", "Tân Hội"),
    ("Xã", "Tân Biên"),
    ("Xã", "Tân Đông"),
    ("Xã", "Châu Thành"),
    ("Xã", "Dương Minh Châu"),
    ("Xã", "Bến Lức"),
    ("Xã", "Cần Đước"),
    ("Xã", "Đức Huệ"),
    ("Xã", "Tầm Vu"),
)
