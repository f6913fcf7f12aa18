"""The ready-made set-up of a provincial season, as plain rows that officers then change.

Contents follow the rules of Tây Ninh and of the provinces whose competitions were read: two
tracks, a dossier round and a final, 100 points each. Dates stay empty.
"""

from decimal import Decimal
from typing import Any

Row = dict[str, Any]

IDEA, PROJECT = "Ý tưởng", "Dự án"

TRACKS: list[Row] = [
    {
        "title": IDEA,
        "title_en": "Ideas",
        "description": "Cá nhân, nhóm có ý tưởng sáng tạo, chưa có doanh thu.",
        "description_en": "People and groups with a creative idea and no revenue yet.",
    },
    {
        "title": PROJECT,
        "title_en": "Projects",
        "description": "Dự án, doanh nghiệp đã có sản phẩm mẫu hoặc doanh thu, "
        "thành lập không quá 5 năm.",
        "description_en": "Projects and firms with a prototype or revenue, at most 5 years old.",
    },
]

ROUNDS: list[Row] = [
    {
        "number": 1,
        "title": "Vòng hồ sơ",
        "title_en": "Dossier round",
        "description": "Giám khảo chấm hồ sơ hợp lệ trên cổng.",
        "description_en": "Judges score eligible dossiers on the portal.",
    },
    {
        "number": 2,
        "title": "Vòng chung kết",
        "title_en": "Final",
        "description": "Đội thi thuyết trình và trả lời trước Ban Giám khảo.",
        "description_en": "Teams pitch and answer the panel's questions.",
    },
]

JUDGES_PER_ENTRY = {1: 3, 2: 5}
PLACES = {1: 10, 2: None}

# By round: title, title in English, points, what marks mean.
RUBRICS: dict[int, list[tuple[str, str, int, str, str]]] = {
    1: [
        (
            "Tính mới, tính sáng tạo",
            "Novelty",
            25,
            "Thấp: đã phổ biến. Trung bình: cải tiến rõ rệt. Cao: chưa có tại Việt Nam, "
            "có khả năng bảo hộ sở hữu trí tuệ.",
            "Low: already common. Middle: a clear improvement. High: not yet seen in Viet Nam, "
            "could be protected as intellectual property.",
        ),
        (
            "Thị trường và khả năng thương mại hóa",
            "Market and commercialisation",
            25,
            "Thấp: chưa rõ khách hàng. Trung bình: có khách hàng thử nghiệm. Cao: có doanh thu "
            "hoặc cam kết mua.",
            "Low: customers unclear. Middle: trial customers. High: revenue or firm orders.",
        ),
        (
            "Tính khả thi và kế hoạch triển khai",
            "Feasibility and plan",
            20,
            "Thấp: mới là ý định. Trung bình: có kế hoạch theo mốc. Cao: kế hoạch, nguồn lực và "
            "rủi ro đều rõ.",
            "Low: intentions only. Middle: a plan with milestones. High: plan, resources and "
            "risks are clear.",
        ),
        (
            "Tác động kinh tế, xã hội, môi trường",
            "Socio-economic and environmental impact",
            15,
            "Thấp: không đáng kể. Trung bình: có lợi cho một cộng đồng. Cao: lan tỏa trong tỉnh, "
            "đo đếm được.",
            "Low: slight. Middle: helps a community. High: measurable across the province.",
        ),
        (
            "Đội ngũ và nguồn lực",
            "Team and resources",
            15,
            "Thấp: thiếu năng lực chính. Trung bình: đủ người cho giai đoạn đầu. Cao: đội ngũ bổ "
            "trợ nhau, có người hướng dẫn.",
            "Low: key skills missing. Middle: enough people to start. High: a team whose skills "
            "complete each other, with mentors.",
        ),
    ],
    2: [
        ("Tính mới, tính sáng tạo", "Novelty", 20, "", ""),
        ("Thị trường và khả năng thương mại hóa", "Market and commercialisation", 25, "", ""),
        ("Tính khả thi và kế hoạch triển khai", "Feasibility and plan", 20, "", ""),
        (
            "Tác động kinh tế, xã hội, môi trường",
            "Socio-economic and environmental impact",
            15,
            "",
            "",
        ),
        ("Đội ngũ và nguồn lực", "Team and resources", 10, "", ""),
        ("Trình bày và trả lời câu hỏi", "Pitch and defence", 10, "", ""),
    ],
}
STEP = Decimal("0.5")

# By track: title, title in English, how many, amount in đồng.
PRIZES: dict[str, list[tuple[str, str, int, int]]] = {
    IDEA: [
        ("Giải nhất", "First prize", 1, 30_000_000),
        ("Giải nhì", "Second prize", 2, 20_000_000),
        ("Giải ba", "Third prize", 2, 10_000_000),
        ("Giải khuyến khích", "Consolation prize", 3, 5_000_000),
    ],
    PROJECT: [
        ("Giải nhất", "First prize", 1, 50_000_000),
        ("Giải nhì", "Second prize", 2, 30_000_000),
        ("Giải ba", "Third prize", 2, 20_000_000),
        ("Giải khuyến khích", "Consolation prize", 3, 10_000_000),
    ],
}
PRIZE_NOTE = "Kèm giấy chứng nhận của Ban Tổ chức"


def _options(*choices: tuple[str, str, str]) -> list[Row]:
    return [{"value": value, "label": vi, "label_en": en} for value, vi, en in choices]


def _agreement(vi: str, en: str) -> list[Row]:
    return _options(("dong-y", vi, en))


SECTORS = _options(
    ("nong-nghiep", "Nông nghiệp, chế biến nông sản", "Agriculture and food processing"),
    ("cong-nghe-so", "Công nghệ số, chuyển đổi số", "Digital technology"),
    ("du-lich", "Du lịch, văn hóa", "Tourism and culture"),
    ("y-te", "Y tế, chăm sóc sức khỏe", "Health"),
    ("giao-duc", "Giáo dục, đào tạo", "Education"),
    ("moi-truong", "Môi trường, năng lượng", "Environment and energy"),
    ("cong-nghiep", "Công nghiệp, logistics", "Industry and logistics"),
    ("khac", "Lĩnh vực khác", "Other"),
)
STAGES = _options(
    ("y-tuong", "Ý tưởng", "Idea"),
    ("mau", "Có sản phẩm mẫu", "Prototype"),
    ("thu-nghiem", "Đang thử nghiệm với khách hàng", "Trial with customers"),
    ("ban", "Đã bán ra thị trường", "On the market"),
)
SUPPORT = _options(
    ("von", "Kết nối vốn", "Funding"),
    ("huong-dan", "Người hướng dẫn, đào tạo", "Mentors and training"),
    ("cong-nghe", "Tư vấn công nghệ, kiểm nghiệm", "Technology advice and testing"),
    ("so-huu-tri-tue", "Đăng ký sở hữu trí tuệ", "Intellectual property registration"),
    ("thi-truong", "Kết nối thị trường, Techmart", "Market access, Techmart"),
    ("khong-gian", "Chỗ làm việc chung", "Shared working space"),
)

# Sections, each with its questions. `track` names the only track that is asked; None: all are.
# A rule of the season: the Ideas track is asked at most ten required questions.
SECTIONS: list[Row] = [
    {
        "title": "Tổng quan",
        "title_en": "Overview",
        "questions": [
            {
                "key": "linh-vuc",
                "label": "Lĩnh vực",
                "label_en": "Sector",
                "kind": "one_of",
                "options": SECTORS,
            },
            {
                "key": "tom-tat",
                "label": "Tóm tắt",
                "label_en": "Summary",
                "kind": "long_text",
                "word_limit": 300,
                "help_text": "Ai gặp vấn đề gì, giải pháp là gì, vì sao là bây giờ.",
                "help_text_en": "Who has which problem, what is the solution, why now.",
            },
            {
                "key": "giai-doan",
                "label": "Giai đoạn của sản phẩm",
                "label_en": "Stage of the product",
                "kind": "one_of",
                "options": STAGES,
                "track": PROJECT,
            },
            {
                "key": "khau-hieu",
                "label": "Giới thiệu trong một câu",
                "label_en": "In one sentence",
                "kind": "short_text",
                "word_limit": 25,
                "required": False,
            },
        ],
    },
    {
        "title": "Vấn đề và giải pháp",
        "title_en": "Problem and solution",
        "questions": [
            {
                "key": "van-de",
                "label": "Vấn đề cần giải quyết",
                "label_en": "The problem",
                "kind": "long_text",
                "word_limit": 300,
            },
            {
                "key": "giai-phap",
                "label": "Giải pháp và tính mới",
                "label_en": "Solution and novelty",
                "kind": "long_text",
                "word_limit": 500,
            },
            {
                "key": "cong-nghe",
                "label": "Công nghệ và sở hữu trí tuệ",
                "label_en": "Technology and intellectual property",
                "kind": "long_text",
                "word_limit": 300,
                "track": PROJECT,
            },
            {
                "key": "website",
                "label": "Trang web của sản phẩm",
                "label_en": "Website of the product",
                "kind": "link",
                "required": False,
            },
            {
                "key": "video",
                "label": "Video giới thiệu (không quá 3 phút)",
                "label_en": "Video (at most 3 minutes)",
                "kind": "video",
                "required": False,
            },
        ],
    },
    {
        "title": "Thị trường và mô hình kinh doanh",
        "title_en": "Market and business model",
        "questions": [
            {
                "key": "khach-hang",
                "label": "Khách hàng và thị trường",
                "label_en": "Customers and market",
                "kind": "long_text",
                "word_limit": 300,
            },
            {
                "key": "doi-thu",
                "label": "Đối thủ cạnh tranh",
                "label_en": "Competitors",
                "kind": "long_text",
                "word_limit": 200,
                "track": PROJECT,
            },
            {
                "key": "mo-hinh",
                "label": "Mô hình kinh doanh",
                "label_en": "Business model",
                "kind": "long_text",
                "word_limit": 300,
                "track": PROJECT,
            },
            {
                "key": "doanh-thu",
                "label": "Doanh thu 12 tháng gần nhất",
                "label_en": "Revenue of the last 12 months",
                "kind": "money",
                "track": PROJECT,
                "help_text": "Chưa có doanh thu thì ghi 0.",
                "help_text_en": "Enter 0 if there is none yet.",
            },
            {
                "key": "so-khach-hang",
                "label": "Số khách hàng đã trả tiền",
                "label_en": "Number of paying customers",
                "kind": "number",
                "required": False,
                "track": PROJECT,
            },
        ],
    },
    {
        "title": "Kế hoạch và tác động",
        "title_en": "Plan and impact",
        "questions": [
            {
                "key": "ke-hoach",
                "label": "Kế hoạch và các mốc",
                "label_en": "Plan and milestones",
                "kind": "long_text",
                "word_limit": 400,
                "track": PROJECT,
            },
            {
                "key": "buoc-tiep-theo",
                "label": "Dự kiến các bước tiếp theo",
                "label_en": "Next steps",
                "kind": "long_text",
                "word_limit": 300,
                "required": False,
                "track": IDEA,
            },
            {
                "key": "ngay-bat-dau",
                "label": "Ngày bắt đầu thực hiện",
                "label_en": "Day the work began",
                "kind": "date",
                "required": False,
            },
            {
                "key": "kinh-phi",
                "label": "Kinh phí dự kiến và nhu cầu gọi vốn",
                "label_en": "Budget and funding needed",
                "kind": "money",
                "track": PROJECT,
            },
            {
                "key": "tac-dong",
                "label": "Tác động kinh tế, xã hội, môi trường",
                "label_en": "Socio-economic and environmental impact",
                "kind": "long_text",
                "word_limit": 300,
            },
            {
                "key": "ho-tro",
                "label": "Mong muốn được hỗ trợ",
                "label_en": "Support wanted",
                "kind": "several_of",
                "options": SUPPORT,
                "required": False,
            },
            {
                "key": "giai-thuong",
                "label": "Giải thưởng, hỗ trợ đã nhận",
                "label_en": "Earlier prizes and support",
                "kind": "long_text",
                "word_limit": 200,
                "required": False,
            },
        ],
    },
    {
        "title": "Tài liệu",
        "title_en": "Files",
        "intro": "Tệp PDF hoặc hình ảnh. Không tải lên bản chụp giấy tờ tùy thân.",
        "intro_en": "PDF or images. Do not upload copies of identity papers.",
        "questions": [
            {
                "key": "thuyet-trinh",
                "label": "Bản trình bày (không quá 20 trang)",
                "label_en": "Slides (at most 20 pages)",
                "kind": "file",
                "track": PROJECT,
            },
            {
                "key": "chung-nhan",
                "label": "Giấy chứng nhận, hình ảnh sản phẩm",
                "label_en": "Certificates and pictures of the product",
                "kind": "file",
                "max_files": 5,
                "required": False,
            },
        ],
    },
    # Truth, ownership, personal data and publicity are consents, asked and kept when submitting.
    {
        "title": "Cam kết",
        "title_en": "Commitments",
        "questions": [
            {
                "key": "khong-trung-lap",
                "label": "Không dự thi trùng lặp",
                "label_en": "No other contest",
                "kind": "several_of",
                "options": _agreement(
                    "Sản phẩm chưa đoạt giải và không đang dự một cuộc thi khác cùng loại.",
                    "The entry has won no prize and is in no other contest of this kind.",
                ),
            },
        ],
    },
]
