"""Which proposals look alike: what a person would call the same, and what not."""

from __future__ import annotations

import pytest

from db.store import Store
from gwangju_desktop.proposals.similar import similar
from tests.gwangju_desktop.proposals.importing.test_files import made_up, take_in

# All made up (가상); on one subject each, as they come to such an office.
OFFICE = {
    "옥상 태양광": "학교와 구청의 옥상에 태양광 발전 설비를 놓고 남는 전기를 이웃과 나누어 쓰게 해 주십시오.",
    "전기차 충전소": "아파트 지하 주차장에 전기차 완속 충전기를 늘리고 화재를 막는 설비를 함께 갖추어 주십시오.",
    "자전거 도로": "광주천을 따라 끊어진 자전거 도로를 잇고 밤에도 안전하게 조명을 달아 주시기 바랍니다.",
    "버스 배차": "지하철이 닿지 않는 수완지구에 출근 시간 시내버스 배차 간격을 십 분으로 줄여 주십시오.",
    "다회용기": "지역 축제와 장례식장에서 일회용 컵 대신 다회용기를 쓰도록 세척 시설을 지원해 주십시오.",
    "가로수 그늘": "여름 보행로가 너무 뜨겁습니다. 가로수를 더 심어 횡단보도 앞에 그늘을 만들어 주십시오.",
    "낡은 집 단열": "저소득 가구의 낡은 단독주택 창호와 단열을 고쳐 난방비를 줄이는 사업을 넓혀 주십시오.",
    "분리배출 안내": "투명 페트병 분리배출 방법을 외국인 주민도 알 수 있게 여러 말로 안내해 주십시오.",
}
HEAD = ("접수일", "제목", "내용")
SAME = [
    ("옥상에 태양광을 놓자", OFFICE["옥상 태양광"].replace("이웃과", "이웃들과"), "옥상 태양광"),
    (
        "우리 아파트 전기차 충전기",
        "전기차 완속 충전기를 아파트 지하 주차장에 더 놓아 주세요. 화재를 막는 설비도 갖추어 주십시오.",
        "전기차 충전소",
    ),
    ("수완지구 버스", "수완지구 출근 시간 시내버스 배차 간격을 줄여 주십시오.", "버스 배차"),
    ("자전거도로", "", "자전거 도로"),
    ("가로수 그늘을 만들어 주세요", "", "가로수 그늘"),
]
OTHER = [
    ("빗물 저금통", "공공건물 처마에 빗물 저금통을 달아 텃밭 물로 쓰게 해 주십시오."),
    ("채식 급식", "학교 급식에 한 달에 두 번 채식의 날을 두고 조리사를 교육해 주십시오."),
    ("탄소포인트", "탄소포인트를 지역화폐로 바꾸는 절차를 간단하게 해 주십시오."),
    ("태양광 폐패널", "수명이 다한 폐패널을 모아 다시 쓰는 처리장을 세워 주십시오."),
]


@pytest.fixture
def office(store: Store) -> Store:
    rows = [("2022-03-02", title, text) for title, text in OFFICE.items()]
    take_in(store, made_up(*rows, head=HEAD))
    return store


def test_what_is_the_same_is_found_first(office: Store) -> None:
    with office.reading() as read:
        for title, text, meant in SAME:
            found = similar(read, title=title, text=text)
            assert found, title
            assert found[0].title == meant, (title, found)
            assert found[0].number
            assert all(other.score < found[0].score for other in found[1:])
        for title, text in OFFICE.items():
            assert similar(read, title=title, text=text)[0].score >= 95


def test_what_is_another_is_not_shown(office: Store) -> None:
    with office.reading() as read:
        for title, text in OTHER:
            found = similar(read, title=title, text=text)
            assert all(one.score < 50 for one in found), (title, found)
        assert sum(len(similar(read, title=t, text=x)) for t, x in OTHER) <= 1


@pytest.mark.file_only
def test_nothing_looks_like_nothing(office: Store, tmp_path: object) -> None:
    with office.reading() as read:
        assert similar(read, title="", text="  ") == []
        assert similar(read, title="?!", text="…") == []
        assert len(similar(read, title="가", text="")) <= 5


@pytest.mark.file_only
def test_long_texts_and_operators_of_the_index_do_no_harm(office: Store) -> None:
    with office.reading() as read:
        assert similar(read, title='" OR "1', text="NEAR( *:" * 200_000) == []
        again = OFFICE["자전거 도로"] + " 부탁드립니다." * 100_000
        assert similar(read, title="자전거 도로", text=again)[0].title == "자전거 도로"
