from pathlib import Path

import pandas as pd
import pytest

from watchwords.read.language import describe_languages, find_language, find_languages

CORPORA = Path(__file__).parents[2].parent / "shared" / "corpora"

PARAGRAPHS = {
    "en": (
        "The harbour board met in the old hall and looked at the plans for the new pier. "
        "It was said that the work should begin before winter and that everyone would be "
        "told in time."
    ),
    "zh": (
        "港务委员会在旧礼堂开会，研究新码头的建设方案。会议指出，工程应当在冬天以前开工，"
        "并要及时告诉大家。"
    ),
    "zh hant": (
        "港務委員會在舊禮堂開會，研究新碼頭的建設方案。會議指出，工程應當在冬天以前開工，"
        "並要及時告訴大家。"
    ),
    "ja": (
        "港の委員会は古い会館で集まり、新しい桟橋の計画を見直しました。工事は冬の前に始め"
        "る予定です。"
    ),
    "ko": (
        "항만 위원회는 옛 회관에서 회의를 열고 새 부두의 계획을 살펴보았다. 공"
        "사는 겨울 전에 시작한다."
    ),
    "ru": (
        "Совет порта собрался в старом зале и рассмотрел план нового причала. Работы "
        "начнутся до зимы."
    ),
    "ar": (
        "اجتمع مجلس الميناء في القاعة القديمة ونظر في خطة الرصيف الجديد وقال إن العمل "
        "يبدأ قبل الشتاء."
    ),
    "th": ("คณะกรรมการท่าเรือประชุมกันที่ห้องประชุมเก่าและพิจารณาแผนของท่าเทียบเรือใหม่"),
    "fr": (
        "Le conseil du port s'est réuni dans l'ancienne salle et a examiné les plans de "
        "la nouvelle jetée. Les travaux devraient commencer avant l'hiver, et chacun "
        "sera informé à temps."
    ),
    "de": (
        "Der Hafenrat kam in der alten Halle zusammen und sah sich die Pläne für den "
        "neuen Steg an. Die Arbeit soll vor dem Winter beginnen, und alle werden "
        "rechtzeitig davon erfahren."
    ),
    "es": (
        "La junta del puerto se reunió en la sala antigua y examinó los planes del nuevo "
        "muelle. Las obras deben empezar antes del invierno y todos serán informados a "
        "tiempo."
    ),
    "it": (
        "Il consiglio del porto si è riunito nella vecchia sala e ha esaminato i piani "
        "del nuovo molo. I lavori dovrebbero cominciare prima dell'inverno e tutti "
        "saranno avvisati."
    ),
    "pt": (
        "O conselho do porto reuniu-se na sala antiga e examinou os planos do novo cais. "
        "As obras devem começar antes do inverno e todos serão informados a tempo."
    ),
    "und nl": (
        "De havenraad kwam bijeen in de oude zaal en bekeek de plannen voor de nieuwe "
        "pier. Het werk moet voor de winter beginnen en iedereen wordt op tijd "
        "ingelicht."
    ),
    "und sv": (
        "Hamnstyrelsen möttes i den gamla salen och såg på planerna för den nya piren. "
        "Arbetet ska börja före vintern och alla får veta det i tid."
    ),
    "und pl": (
        "Rada portu zebrała się w starej sali i obejrzała plany nowego nabrzeża. Prace "
        "mają się zacząć przed zimą i wszyscy dowiedzą się na czas."
    ),
    "und uk": (
        "Рада порту зібралася у старій залі й розглянула плани нового причалу. Роботи "
        "почнуться до зими."
    ),
    "und fa": (
        "شورای بندر در تالار قدیمی گرد هم آمد و برنامه‌های اسکله جدید را بررسی کرد و گفت "
        "کار پیش از زمستان آغاز می‌شود."
    ),
    "und id": (
        "Dewan pelabuhan berkumpul di aula lama dan memeriksa rencana dermaga yang baru. "
        "Pekerjaan akan dimulai sebelum musim dingin dan semua akan diberi tahu."
    ),
}

SHORT = {
    "Lu Wen, He Ping": "und",
    "Xi Jinping, Li Keqiang 2021": "und",
    "José Müller": "und",
    "GDP 4.5 %, CPI 2.1 %": "und",
    "https://example.org/the/of/and": "und",
    "Council Approves Budget": "en",
    "Two Sessions Open": "en",
    "Mayor visits school": "en",
    "Beijing Chongqing Nanjing": "und",
    "Non-Smoking 3D Tracking": "en",
    "一、总体要求": "zh",
    "東京駅前広場": "ja",
    "GDP增长5%，CPI上涨2%": "zh",
    "2021年": "zh",
    "，。；": "und",
    "\ud800": "und",
}


@pytest.mark.parametrize("name", PARAGRAPHS)
def test_a_paragraph_of_each_language(name):
    assert find_language(PARAGRAPHS[name]) == name.split()[0]


@pytest.mark.parametrize("name", PARAGRAPHS)
def test_a_sentence_without_its_capitals_and_marks_is_of_the_same_language(name):
    bare = PARAGRAPHS[name].lower().replace(",", " ").replace("’", "'")
    assert find_language(bare.split(".")[0]) == name.split()[0]


@pytest.mark.parametrize("text", SHORT, ids=ascii)
def test_short_texts(text):
    assert find_language(text) == SHORT[text]


def test_the_middle_of_a_long_text_is_looked_at():
    zh = PARAGRAPHS["zh"] + "\n"
    en = PARAGRAPHS["en"] + "\n"
    assert find_language(en + zh * 400 + en) == "zh"
    assert find_language(zh + en * 400 + zh) == "en"


def test_paragraphs_have_their_own_languages_and_places():
    lines = [PARAGRAPHS["en"], "", PARAGRAPHS["zh"], "12", PARAGRAPHS["fr"]]
    text = "\n".join(lines)
    found = find_languages(text)
    assert [lang for _, _, lang in found] == ["en", "zh", "und", "fr"]
    assert [text[start:end] for start, end, _ in found] == [line for line in lines if line]


def test_a_text_in_two_languages_is_described():
    text = "\n".join([PARAGRAPHS["en"]] * 3 + [PARAGRAPHS["zh"]] * 3)
    first, second = describe_languages(text).split(" ")[::2]
    assert {first, second} == {"en", "zh"}
    shares = [float(share) for share in describe_languages(text).split(" ")[1::2]]
    assert sum(shares) == pytest.approx(1, abs=0.011)
    assert min(shares) > 0.4
    assert describe_languages("\n".join([PARAGRAPHS["zh"]] * 300 + [PARAGRAPHS["en"]] * 200)) != ""


@pytest.mark.parametrize("lang", ["en", "zh", "fr"])
def test_one_language_needs_no_description(lang):
    assert describe_languages("\n".join([PARAGRAPHS[lang], "2021", "Lu Wen"] * 30)) == ""
    assert describe_languages("") == ""


@pytest.mark.parametrize("name", ["cn_gwr", "cn_xi_speeches", "sg_budget"])
def test_real_texts_and_their_paragraphs(name):
    path = CORPORA / f"{name}.parquet"
    if not path.exists():
        pytest.skip("the corpora lie beside the project, not in it")
    table = pd.read_parquet(path)
    lang = table["lang"].iloc[0]
    other = "zh" if lang == "en" else "en"
    for text in table["text"].iloc[::8]:
        assert find_language(text) == lang
        found = [each for a, b, each in find_languages(text[:20_000]) if b - a > 20]
        assert other not in found
