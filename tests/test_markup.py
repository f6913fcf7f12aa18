"""The reader of markup finds what it should: otherwise pages are judged by nothing."""

import pytest

from tests.markup import faults

WHOLE = (
    '<!DOCTYPE html><html lang="vi"><head><title>Trang</title></head><body>'
    "<main><h1>Trang</h1>{}</main></body></html>"
)


def test_a_sound_page_has_no_fault() -> None:
    body = (
        '<h2 id="a">Tìm</h2><form><label for="q">Từ khóa</label><input id="q" name="q">'
        '<select aria-label="Loại"><option>Tin</option></select><button>Tìm</button></form>'
        '<p>Sở &amp; Ngành<br>a < b</p><svg viewBox="0 0 1 1"><path d="M0 0"/></svg>'
        '<a href="#a"><img src="/a.webp" alt="Về đầu"></a>'
        '<time datetime="2026-11-23T10:00:00+07:00">23/11</time>'
    )
    assert faults(WHOLE.format(body), language="vi") == []


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<div><p>Một</div>", "</div> where <p>"),
        ("<ul><li>Một</ul>", "</ul> where <li>"),
        ("<p><div>Một</div></p>", "block <div> in <p>"),
        ("<ul><p>Một</p></ul>", "<p> in <ul>"),
        ("<span/>", "closes nothing"),
        ('<p id="x">Một</p><p id="x">Hai</p>', "id='x' 2 times"),
        ('<p class="a" class="b">Một</p>', "twice"),
        ("<h3>Một</h3>", "after <h1>"),
        ("<h1>Hai</h1>", "2 <h1>"),
        ('<input name="q">', "no label"),
        ('<a href="/"><button>Một</button></a>', "<button> in <a>"),
        ('<a href="/"></a>', "says nothing"),
        ('<p style="color: red">Một</p>', "has style"),
        ('<p hx-get="/">Một</p>', "has hx-get"),
        ('<img src="/a.webp">', "no alt"),
        ('<p aria-describedby="gone">Một</p>', "points nowhere"),
        ('<a href="#gone">Một</a>', "not there"),
        ('<a href="/?a=1&b=2">Một</a> a&b', "unescaped &"),
        ('<time datetime="2026-11-23T10:00:00.123456+07:00">23/11</time>', "datetime="),
        ("<nav>Một</nav><nav>Hai</nav>", "tells apart"),
    ],
)
def test_each_fault_is_found(body: str, said: str) -> None:
    found = faults(WHOLE.format(body))
    assert any(said in one for one in found), found


def test_the_language_has_to_be_said_rightly() -> None:
    assert faults(WHOLE.format(""), language="en") == ["<html> says lang='vi'"]
