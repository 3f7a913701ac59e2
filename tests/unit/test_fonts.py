"""The typeface: what stays in it, what it weighs, and that its licence travels with it."""

from __future__ import annotations

import io

import pytest
from fontTools.ttLib import TTFont

from dossier.engine.memo import Memo
from dossier.pages.fonts import CHARACTERS, family_key, known_families, licence_of, subset_font
from dossier.pages.pictures import FONT, face_names, faces, find_faces
from tests.conftest import ROOT

LICENCE = 13  # name id (OpenType, `name` table)


@pytest.fixture(scope="module")
def data() -> bytes:
    return subset_font()


@pytest.fixture(scope="module")
def font(data: bytes) -> TTFont:
    return TTFont(io.BytesIO(data))


def test_it_is_a_woff2_of_at_most_50_kilobytes(data: bytes) -> None:
    assert data[:4] == b"wOF2"
    assert len(data) <= 50_000


@pytest.mark.parametrize(
    "text",
    [
        "ءأإؤئابتثجحخدذرزسشصضطظعغفقكلمنهوىية",
        "ًٌٍَُِّْٰ",
        "٠١٢٣٤٥٦٧٨٩0123456789",
        "«»،؛؟…",
        "چپژگڤ",
        "ڥڨڭݣ",
        "‹›−–—",
        "ErdoğanÉïü",
    ],
)
def test_letters_marks_digits_and_punctuation_are_in_it(text: str, font: TTFont) -> None:
    missing = [letter for letter in text if ord(letter) not in font.getBestCmap()]
    assert missing == []


def test_it_holds_no_character_beyond_those_asked_for(font: TTFont) -> None:
    assert set(font.getBestCmap()) <= CHARACTERS


def test_letters_join_and_marks_find_their_places(font: TTFont) -> None:
    shapes = {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
    places = {record.FeatureTag for record in font["GPOS"].table.FeatureList.FeatureRecord}
    assert {"init", "medi", "fina", "rlig"} <= shapes
    assert {"mark", "mkmk"} <= places


def test_weights_go_from_regular_to_bold_and_no_other_axis_is_left(font: TTFont) -> None:
    assert [(axis.axisTag, axis.minValue, axis.maxValue) for axis in font["fvar"].axes] == [("wght", 400, 700)]


def test_its_licence_is_named_in_the_file(font: TTFont) -> None:
    assert "Open Font License" in font["name"].getDebugName(LICENCE)


def test_the_one_that_lies_ready_is_this_one_with_its_licence(data: bytes) -> None:
    ready = ROOT / "templates/assets/fonts"
    assert (ready / "text.woff2").read_bytes() == data, "make it anew: `make font`"
    assert (ready / "OFL.txt").read_bytes() == licence_of("Noto Sans Arabic")


def test_the_faces_of_pictures_that_lie_ready_are_those_of_the_typeface(data: bytes) -> None:
    ready = {f"faces/{path.name}": path.read_bytes() for path in (ROOT / "templates/faces").iterdir()}
    assert ready == dict(zip(face_names(data), faces(data), strict=True)), "make them anew: `make font`"
    memo = Memo()
    assert find_faces({FONT: data, **ready}, memo) == tuple(ready[name] for name in face_names(data))
    assert not memo.made
    assert find_faces({FONT: data}, memo) == faces(data)
    assert memo.made == {"picture faces": 1}


def test_a_family_is_found_however_its_name_is_written(data: bytes) -> None:
    assert family_key("Noto  Sans arabic") in known_families()
    assert subset_font("noto sans  ARABIC") == data


def test_a_family_that_is_not_installed_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match="notosansarabic"):
        subset_font("Comic")
