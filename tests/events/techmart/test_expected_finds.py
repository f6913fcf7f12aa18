"""Eighty queries as people type them, each with the offer that must stand among the first three.

With accents and without, decomposed as some keyboards send them, crops by their other names,
problems in everyday words, half-typed words, English.
"""

import unicodedata
from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from events.techmart.models import Offer
from events.techmart.presenting.catalogue import browse
from tests.factories.accounts import OrganisationFactory
from tests.factories.techmart import offer, words

pytestmark = pytest.mark.django_db

# name: (title, English title, crops, fields, problem, summary, advantages)
OFFERS: dict[str, tuple[str, str, str, str, str, str, str]] = {
    "ra-hoa": (
        "Quy trình xử lý ra hoa rải vụ mãng cầu ta kết hợp tưới tiết kiệm",
        "Staggered flowering of custard apple with water-saving irrigation",
        "mang-cau", "trong-trot",
        "Mãng cầu chín rộ một lúc nên bị thương lái ép giá, mùa khô thiếu nước tưới.",
        "Cắt cành, tỉa lá theo lô và tưới nhỏ giọt để vườn cho trái quanh năm.",
        "Bán được giá cao hơn ngoài vụ chính, tiết kiệm 40% lượng nước.",
    ),
    "mang-phu": (
        "Màng phủ sinh học kéo dài bảo quản quả mãng cầu",
        "Edible coating that keeps custard apples fresh",
        "mang-cau", "che-bien-nong-san vat-lieu",
        "Trái mãng cầu nhanh chín mềm, nứt và thâm vỏ, hư hao nhiều khi vận chuyển xa.",
        "Nhúng quả trong dung dịch chitosan tạo lớp màng ăn được, giữ tươi thêm 7 ngày.",
        "Giảm hao hụt sau thu hoạch từ 25% xuống 8%, không dùng hóa chất độc.",
    ),
    "hom-mi": (
        "Hệ thống nhân nhanh hom mì sạch bệnh khảm lá trong nhà màng",
        "Rapid propagation of mosaic-free cassava cuttings",
        "khoai-mi", "trong-trot cong-nghe-sinh-hoc",
        "Ruộng mì bị khảm lá, thiếu giống sạch bệnh, năng suất giảm một nửa.",
        "Nhân giống bằng hom một mắt trong nhà màng, kiểm tra vi rút từng lô.",
        "Một hom mẹ cho 60 hom giống trong một năm.",
    ),
    "biogas-mi": (
        "Thu hồi khí sinh học từ nước thải nhà máy tinh bột mì",
        "Biogas from the waste water of cassava starch mills",
        "khoai-mi", "moi-truong nang-luong",
        "Nước thải nhà máy mì hôi thối, ô nhiễm kênh rạch; tiền điện và than sấy bột cao.",
        "Hầm biogas phủ bạt và bể UASB, khí thu được dùng để sấy bột và phát điện.",
        "Tự túc 70% nhiên liệu sấy, nước ra đạt quy chuẩn.",
    ),
    "ba-mi": (
        "Sấy bã mì làm nguyên liệu thức ăn chăn nuôi",
        "Drying cassava pulp for animal feed",
        "khoai-mi bo heo", "che-bien-nong-san",
        "Bã mì ướt để vài ngày là chua, bốc mùi, bán rẻ như cho.",
        "Ép tách nước rồi sấy trống quay còn 13% ẩm, trữ được sáu tháng.",
        "Biến phụ phẩm thành thức ăn cho bò và heo.",
    ),
    "bam-mia": (
        "Máy băm lá mía tại ruộng giữ ẩm và hạn chế đốt đồng",
        "Shredder for sugar cane leaves in the field",
        "mia", "co-khi-tu-dong-hoa",
        "Đốt lá mía sau thu hoạch gây khói bụi, cháy lan, đất chai cứng.",
        "Máy kéo 50 mã lực băm nhỏ lá mía, trả lại chất hữu cơ cho đất.",
        "Không phải đốt đồng, giữ ẩm cho gốc, giảm phân bón.",
    ),
    "tuoi-iot": (
        "Cảm biến độ ẩm và điều khiển tưới nhỏ giọt cho mía, mì",
        "Soil moisture sensors and drip irrigation control",
        "mia khoai-mi", "dien-tu-iot",
        "Tưới theo cảm tính, tốn nước, tốn điện và tốn công đi mở van ban đêm.",
        "Cảm biến đo ẩm đất, tự động bật máy bơm, xem trên điện thoại.",
        "Tiết kiệm 35% nước và tiền điện bơm.",
    ),
    "cao-su": (
        "Chế phẩm vi sinh giảm mùi và rút ngắn xử lý nước thải sơ chế mủ cao su",
        "Microbial product against odour of rubber latex waste water",
        "cao-su", "cong-nghe-sinh-hoc moi-truong",
        "Xưởng sơ chế mủ cao su bốc mùi hôi, dân xung quanh khiếu nại.",
        "Bổ sung vi sinh bản địa vào hồ kỵ khí, giảm amoni và mùi.",
        "Thời gian xử lý giảm từ 20 ngày còn 12 ngày.",
    ),
    "nhat-ky": (
        "Phần mềm nhật ký canh tác và truy xuất theo lô cho hợp tác xã",
        "Farm diary and traceability software for cooperatives",
        "rau-mau", "cong-nghe-thong-tin",
        "Hợp tác xã ghi sổ tay, thất lạc, không chứng minh được nguồn gốc khi siêu thị kiểm tra.",
        "Ghi chép trên điện thoại, in mã QR cho từng lô hàng, xuất hồ sơ VietGAP.",
        "Dùng được khi mất mạng; bà con học trong một buổi.",
    ),
    "banh-trang": (
        "Dây chuyền phơi sương bánh tráng trong phòng kiểm soát ẩm",
        "Controlled dew-drying line for rice paper",
        "banh-trang", "che-bien-nong-san co-khi-tu-dong-hoa",
        "Phơi sương bánh tráng phụ thuộc thời tiết, thức khuya, bụi bẩn, trời mưa là hỏng mẻ.",
        "Phòng tạo ẩm 85% ở 24 độ, bánh dẻo đều trong 40 phút.",
        "Làm được quanh năm, đạt an toàn thực phẩm.",
    ),
    "den-led": (
        "Chiếu sáng LED điều khiển ra hoa nghịch vụ thanh long",
        "LED lighting for off-season dragon fruit",
        "thanh-long", "dien-tu-iot trong-trot",
        "Chong đèn sợi đốt cho thanh long tốn tiền điện.",
        "Bóng LED phổ đỏ 9 W thay bóng tròn 60 W, hẹn giờ theo lô.",
        "Giảm 75% điện chong đèn, tỷ lệ ra hoa tương đương.",
    ),
    "vo-chanh": (
        "Chiết tinh dầu và pectin từ vỏ chanh không hạt",
        "Essential oil and pectin from lime peel",
        "chanh", "hoa-hoc che-bien-nong-san",
        "Vỏ chanh sau khi vắt nước phải bỏ đi, tốn tiền đổ rác.",
        "Chưng cất lôi cuốn hơi nước rồi trích pectin bằng axit hữu cơ.",
        "Một tấn vỏ cho 4 kg tinh dầu và 25 kg pectin.",
    ),
    "quan-trac-man": (
        "Quan trắc mặn tự động cho vùng lúa – tôm",
        "Automatic salinity monitoring for rice and shrimp",
        "lua tom-ca", "tai-nguyen-nuoc dien-tu-iot",
        "Nước mặn vào lúc nào không hay, lúa chết, tôm sốc.",
        "Trạm đo độ mặn nhắn tin cảnh báo tới điện thoại trước khi mở cống.",
        "Đo mỗi 15 phút, chạy pin mặt trời.",
    ),
    "luc-binh": (
        "Ủ phân hữu cơ từ lục bình và vỏ trấu có kiểm soát nhiệt",
        "Composting water hyacinth with temperature control",
        "luc-binh", "moi-truong",
        "Lục bình phủ kín sông rạch, ghe xuồng không đi được, vớt lên không biết làm gì.",
        "Băm, phối trộn với trấu và men vi sinh, theo dõi nhiệt độ đống ủ.",
        "Phân hoai trong 35 ngày, giá bằng một nửa phân mua.",
    ),
    "thuyet-minh": (
        "Thuyết minh du lịch đa ngữ theo vị trí cho điểm tham quan",
        "Multilingual audio guide for tourist sites",
        "", "du-lich-van-hoa cong-nghe-thong-tin",
        "Khách nước ngoài tới núi Bà Đen không có người hướng dẫn.",
        "Ứng dụng tự phát lời kể tiếng Việt, Anh, Hàn, Khmer khi khách tới gần.",
        "Không cần mạng, không cần thuê thiết bị.",
    ),
    "say-mat-troi": (
        "Nhà sấy năng lượng mặt trời kiểu nhà kính cho trái cây",
        "Greenhouse solar dryer for fruit",
        "cay-an-trai", "nang-luong che-bien-nong-san",
        "Xoài, nhãn rớt giá lúc chính vụ; phơi ngoài trời ruồi bu, dính mưa.",
        "Nhà sấy polycarbonate 60 m², quạt chạy pin mặt trời, sấy xoài dẻo trong hai ngày.",
        "Không tốn điện, màu đẹp, bán được giá gấp ba.",
    ),
    "drone": (
        "Dịch vụ phun thuốc và sạ lúa bằng máy bay không người lái",
        "Drone spraying and sowing service",
        "lua", "co-khi-tu-dong-hoa",
        "Thiếu nhân công phun thuốc, người phun hít phải thuốc độc.",
        "Drone 30 lít phun một héc-ta trong mười phút.",
        "Giảm 30% lượng thuốc, không giẫm lúa.",
    ),
    "dem-lot": (
        "Đệm lót sinh học cho chuồng gà, vịt",
        "Biological litter for poultry houses",
        "gia-cam", "chan-nuoi cong-nghe-sinh-hoc",
        "Chuồng gà hôi, ruồi nhiều, gà hay bệnh hô hấp.",
        "Rải trấu và men vi sinh dày 15 cm, sáu tháng mới thay.",
        "Không phải dọn phân mỗi ngày, thu phân bón sau mỗi lứa.",
    ),
    "dau-phong": (
        "Máy bóc vỏ và phân loại đậu phộng công suất nhỏ",
        "Small peanut sheller and grader",
        "dau-phong", "co-khi-tu-dong-hoa",
        "Lột vỏ đậu phộng bằng tay chậm, hạt bể nhiều.",
        "Máy 300 kg/giờ, ba cỡ sàng, mô tơ 1,5 kW.",
        "Tỷ lệ bể dưới 3%, thay mười người làm.",
    ),
    "nuoc-phen": (
        "Hệ thống lọc nước nhiễm phèn, nhiễm sắt cho hộ gia đình",
        "Household filter for water with iron and acid sulphate",
        "", "moi-truong tai-nguyen-nuoc",
        "Nước giếng khoan vàng, tanh, đóng cặn, giặt áo trắng bị ố.",
        "Giàn mưa, bể cát mangan và than hoạt tính, không dùng điện.",
        "Nước đạt chuẩn sinh hoạt, chi phí 2 triệu mỗi hộ.",
    ),
    "bo-sua": (
        "Ủ chua thân bắp và cỏ voi làm thức ăn cho bò sữa mùa khô",
        "Silage of maize stalks for dairy cows",
        "bo", "chan-nuoi",
        "Mùa khô hết cỏ, bò sữa thiếu thức ăn, sản lượng sữa giảm.",
        "Băm thân bắp, nén trong túi 500 kg với men lactic.",
        "Trữ được một năm, sữa tăng 1,5 lít mỗi con mỗi ngày.",
    ),
    "heo-giong": (
        "Gói phòng dịch tả heo châu Phi cho trại nhỏ",
        "Biosecurity against African swine fever for small farms",
        "heo", "chan-nuoi",
        "Heo chết hàng loạt vì dịch tả, bà con không dám tái đàn.",
        "Bố trí lối đi, sát trùng, lưới côn trùng và lịch kiểm tra.",
        "Hai năm áp dụng chưa trại nào tái nhiễm.",
    ),
    "sau-rieng": (
        "Bẫy pheromone và bọc trái phòng ruồi đục trái",
        "Pheromone traps against fruit flies",
        "cay-an-trai", "trong-trot cong-nghe-sinh-hoc",
        "Ruồi vàng chích làm thối trái, xịt thuốc hoài không hết, còn dư lượng.",
        "Bẫy treo 20 cái mỗi héc-ta kết hợp bọc trái bằng túi giấy.",
        "Giảm chín phần mười trái hư, không dư lượng thuốc trừ sâu.",
    ),
    "nhua-ba-mia": (
        "Bao bì tự hủy từ bã mía",
        "Compostable packaging from bagasse",
        "mia", "vat-lieu",
        "Hộp xốp và túi ni lông dùng một lần gây rác thải nhựa.",
        "Ép nóng bột giấy bã mía thành hộp cơm, khay trái cây.",
        "Phân hủy trong 90 ngày, chịu nước nóng.",
    ),
    "tom-tuan-hoan": (
        "Nuôi tôm thẻ tuần hoàn nước ít thay",
        "Recirculating shrimp farming",
        "tom-ca", "thuy-san",
        "Ao tôm bị bệnh đốm trắng do lấy nước ngoài kênh ô nhiễm.",
        "Bể tròn lót bạt, lọc sinh học, tái sử dụng 90% nước.",
        "Năng suất 30 tấn mỗi héc-ta, ít dùng kháng sinh.",
    ),
}  # fmt: skip

FINDS: list[tuple[str, str]] = [
    ("mãng cầu ra hoa rải vụ", "ra-hoa"),
    ("mang cau rai vu", "ra-hoa"),
    ("na ra hoa trái vụ", "ra-hoa"),
    ("custard apple flowering", "ra-hoa"),
    ("mãng cầu bị ép giá vì chín cùng lúc", "ra-hoa"),
    ("bảo quản mãng cầu", "mang-phu"),
    ("bao quan trai cay khong bi hu khi van chuyen", "mang-phu"),
    ("trái mãng cầu mau mềm làm sao giữ tươi lâu", "mang-phu"),
    ("giảm hao hụt sau thu hoạch", "mang-phu"),
    ("chitosan", "mang-phu"),
    ("mì bị khảm lá", "hom-mi"),
    ("giong san sach benh", "hom-mi"),
    ("giống sắn sạch bệnh khảm", "hom-mi"),
    ("cassava mosaic", "hom-mi"),
    ("nhân giống khoai mì", "hom-mi"),
    ("nước thải nhà máy mì hôi quá làm sao xử lý", "biogas-mi"),
    ("nuoc thai tinh bot mi", "biogas-mi"),
    ("biogas", "biogas-mi"),
    ("khí sinh học", "biogas-mi"),
    ("waste water starch mill", "biogas-mi"),
    ("bã mì", "ba-mi"),
    ("ba mi uot bi chua", "ba-mi"),
    ("bã sắn làm thức ăn chăn nuôi", "ba-mi"),
    ("tận dụng phụ phẩm củ mì cho bò ăn", "ba-mi"),
    ("máy băm lá mía", "bam-mia"),
    ("may bam la mia", "bam-mia"),
    ("không đốt lá mía nữa", "bam-mia"),
    ("đốt đồng khói bụi", "bam-mia"),
    ("sugar cane leaves", "bam-mia"),
    ("tưới nhỏ giọt tự động", "tuoi-iot"),
    ("cam bien do am dat", "tuoi-iot"),
    ("bật máy bơm bằng điện thoại", "tuoi-iot"),
    ("tốn công đi tưới ban đêm", "tuoi-iot"),
    ("IoT tưới mía", "tuoi-iot"),
    ("mùi hôi mủ cao su", "cao-su"),
    ("xu ly nuoc thai cao su", "cao-su"),
    ("rubber waste water odour", "cao-su"),
    ("hàng xóm khiếu nại xưởng mủ hôi", "cao-su"),
    ("nhật ký canh tác", "nhat-ky"),
    ("truy xuat nguon goc htx", "nhat-ky"),
    ("phần mềm cho hợp tác xã", "nhat-ky"),
    ("traceability", "nhat-ky"),
    ("siêu thị đòi hồ sơ VietGAP", "nhat-ky"),
    ("bánh tráng phơi sương", "banh-trang"),
    ("banh trang troi mua khong phoi duoc", "banh-trang"),
    ("rice paper", "banh-trang"),
    ("đèn chong thanh long tiết kiệm điện", "den-led"),
    ("den led thanh long", "den-led"),
    ("dragon fruit lighting", "den-led"),
    ("thanh long nghịch vụ", "den-led"),
    ("vỏ chanh bỏ đi làm được gì", "vo-chanh"),
    ("tinh dau chanh", "vo-chanh"),
    ("pectin", "vo-chanh"),
    ("cảnh báo mặn qua tin nhắn", "quan-trac-man"),
    ("xam nhap man", "quan-trac-man"),
    ("nước mặn làm chết lúa", "quan-trac-man"),
    ("salinity", "quan-trac-man"),
    ("lục bình dày sông không đi ghe được", "luc-binh"),
    ("bèo tây làm phân", "luc-binh"),
    ("u phan huu co", "luc-binh"),
    ("khách nước ngoài không hiểu tiếng Việt ở núi Bà Đen", "thuyet-minh"),
    ("thuyet minh du lich", "thuyet-minh"),
    ("sấy xoài bằng năng lượng mặt trời", "say-mat-troi"),
    ("solar dryer", "say-mat-troi"),
    ("thiếu người phun thuốc lúa", "drone"),
    ("drone", "drone"),
    ("may bay khong nguoi lai phun thuoc", "drone"),
    ("chuồng gà hôi nhiều ruồi", "dem-lot"),
    ("đệm lót sinh học", "dem-lot"),
    ("máy lột vỏ lạc", "dau-phong"),
    ("boc vo dau phong", "dau-phong"),
    ("nước giếng vàng tanh", "nuoc-phen"),
    ("loc nuoc phen", "nuoc-phen"),
    ("bò sữa thiếu thức ăn mùa khô", "bo-sua"),
    ("lợn chết vì dịch tả", "heo-giong"),
    ("ruồi vàng chích trái", "sau-rieng"),
    ("sầu riêng bị ruồi đục", "sau-rieng"),
    ("hộp cơm tự hủy thay hộp xốp", "nhua-ba-mia"),
    ("rac thai nhua", "nhua-ba-mia"),
    ("nuôi tôm không thay nước", "tom-tuan-hoan"),
]


@pytest.fixture
def stored(site: object) -> dict[str, Offer]:
    owner = OrganisationFactory()
    return {
        name: offer(
            owner,
            title=title,
            title_en=english,
            problem=problem,
            summary=summary,
            advantages=advantages,
            crops=words("crop", *crops.split()),
            fields=words("field", *fields.split()),
        )
        for name, (title, english, crops, fields, problem, summary, advantages) in OFFERS.items()
    }


def test_eighty_queries_find_what_is_meant_among_the_first_three(
    stored: dict[str, Offer],
) -> None:
    names = {one.pk: name for name, one in stored.items()}
    assert len(FINDS) == 80
    missed = {}
    for typed, expected in FINDS:
        for written in (typed, unicodedata.normalize("NFD", typed)):
            found = [
                names[one.pk] for one in browse(QueryDict(urlencode({"q": written}))).offers[:3]
            ]
            if expected not in found:
                missed[typed] = (expected, found)
    assert not missed
