"""Pages of equal content for us, typst and weasyprint: 3 paragraphs, a table of 15 rows, a chart.

`python -m tests.benchmarks.generated ours PAGES FILE` writes ours and prints the most MB it held;
`typst SOURCE FILE` and `weasyprint SOURCE FILE` write theirs from what typst_source and html return.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path

FONTS = Path(__file__).resolve().parents[2] / "resources" / "fonts"
SAID = (
    "광주광역시 탄소중립도시추진위원회는 온실가스 감축 이행계획의 추진 실적을 분기마다 점검하고 자치구별"
    " 에너지 사용량을 공개하며 시민 제안을 검토하여 다음 회의에 보고한다 전력 도시가스 지역난방 열린정부"
    " 실행계획 이행과제 예산 공개 항목 데이터 개방 협의 결과 시민햇빛발전소 건물 부문 수송 부문"
)
WORDS = SAID.split()
COLUMNS = ("번호", "추진 내용", "담당", "실적", "비율")
ROWS, BARS = 15, 4


class Sheet:
    """The words and numbers of one page."""

    def __init__(self, number: int) -> None:
        pick = random.Random(number)
        self.title = f"{number}. 이행 점검 결과"
        self.paragraphs = [" ".join(pick.choices(WORDS, k=12)) + "." for _ in range(3)]
        self.rows = [
            (
                str(row),
                " ".join(pick.choices(WORDS, k=3)),
                pick.choice(WORDS),
                f"{pick.randint(10, 9999):,}",
                f"{pick.random() * 100:.1f}%",
            )
            for row in range(1, ROWS + 1)
        ]
        self.bars = [(pick.choice(WORDS), pick.randint(100, 4000)) for _ in range(BARS)]


def sheets(count: int) -> Iterator[Sheet]:
    """Yield the pages' contents."""
    return map(Sheet, range(1, count + 1))


def ours(count: int, target: Path) -> None:
    """Write our pages, tagged, as a pack writes them: measured, drawn and packed one by one."""
    from gwangju_desktop.documents.blocks import Column, Heading, para, table
    from gwangju_desktop.documents.canvas import Canvas
    from gwangju_desktop.documents.figures import Bar, BarFigure
    from gwangju_desktop.documents.fonts import metrics
    from gwangju_desktop.documents.layout import Layout
    from gwangju_desktop.documents.styles import Theme
    from gwangju_desktop.documents.writer_pdf import Sheet as Drawn
    from gwangju_desktop.documents.writer_pdf import Writer

    canvas = Canvas(title="자료", author="가상", language="ko-KR", link_text="", accessible=True)
    theme = Theme()
    writer = Writer(canvas, theme)
    columns = [
        Column(title, share, align, style)
        for title, share, align, style in zip(
            COLUMNS,
            (0.08, 0.44, 0.2, 0.14, 0.14),
            ("left", "left", "left", "right", "right"),
            ("cell", "cell", "cell", "number", "number"),
            strict=True,
        )
    ]
    for number, sheet in enumerate(sheets(count), 1):
        blocks = [
            Heading(2, sheet.title, f"s{number}"),
            *(para(text, "cell") for text in sheet.paragraphs),
            table(columns, sheet.rows, row_head=True, caption="실적"),
            BarFigure(
                tuple(Bar(name, value, f"{value:,}") for name, value in sheet.bars), "막대그래프"
            ),
        ]
        for stack in Layout(metrics(), theme).flow(blocks):
            drawn = Drawn("s", f"{len(canvas.pages) + 1} / {count}", "자료", "실적", "가상", stack)
            writer.sheet(drawn)
    target.write_bytes(canvas.finish())


def typst_source(count: int) -> str:
    """Return the same pages for typst."""
    parts = [
        '#set page(paper: "a4", margin: (left: 25mm, right: 18mm, top: 27mm, bottom: 20mm),'
        ' header: [자료 #h(1fr) 실적], footer: context [가상 #h(1fr) #counter(page).display("1 / 1",'
        " both: true)])",
        '#set text(font: "Pretendard GOV", size: 11.5pt, lang: "ko")',
        '#set document(title: "자료")',
        "#let bar(n, v) = grid(columns: (30mm, 1fr, 20mm), n, rect(width: v * 0.02mm, height: 12pt,"
        " fill: luma(70%), stroke: 0.5pt), str(v))",
    ]
    for sheet in sheets(count):
        parts.append(f"= {_quoted(sheet.title)}")
        parts += [f"{_quoted(text)}\n" for text in sheet.paragraphs]
        head = ", ".join(f"[{title}]" for title in COLUMNS)
        cells = ", ".join(f"[{_quoted(cell)}]" for row in sheet.rows for cell in row)
        parts.append(
            "#table(columns: (8%, 44%, 20%, 14%, 14%), align: (left, left, left, right, right),"
            f" inset: 5pt, stroke: (x: none, y: 0.4pt), table.header({head}), {cells})"
        )
        bars = " ".join(f"#bar([{_quoted(name)}], {value})" for name, value in sheet.bars)
        parts.append(f'#figure([{bars}], alt: "막대그래프")\n#pagebreak(weak: true)')
    return "\n".join(parts)


def _quoted(text: str) -> str:
    return "".join(f"\\{letter}" if letter in "#*_$[]@<>`~\\=.+-/" else letter for letter in text)


def html(count: int) -> str:
    """Return the same pages for weasyprint."""
    faces = "".join(
        f"@font-face{{font-family:P;font-weight:{weight};src:url({(FONTS / name).as_uri()})}}"
        for weight, name in ((400, "PretendardGOV-Regular.ttf"), (700, "PretendardGOV-Bold.ttf"))
    )
    parts = [
        f"<html lang='ko'><head><meta charset='utf-8'><title>자료</title><style>{faces}"
        "@page{size:A4;margin:27mm 18mm 20mm 25mm;@top-right{content:'실적'}"
        "@bottom-right{content:counter(page) ' / ' counter(pages)}}"
        "body{font:11.5pt/1.3 P}h2{break-before:page;margin:0}p{margin:0 0 3pt}"
        "table{width:100%;border-collapse:collapse}td,th{padding:3pt 5pt;border-bottom:.4pt solid #aaa}"
        "</style></head><body>"
    ]
    for sheet in sheets(count):
        parts.append(f"<h2>{escape(sheet.title)}</h2>")
        parts += [f"<p>{escape(text)}</p>" for text in sheet.paragraphs]
        parts.append("<table><thead><tr>")
        parts += [f"<th scope=col>{title}</th>" for title in COLUMNS]
        parts.append("</tr></thead>")
        for row in sheet.rows:
            parts.append("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>")
        parts.append("</table><svg width='160mm' height='90' role='img' aria-label='막대그래프'>")
        for place, (name, value) in enumerate(sheet.bars):
            y = 4 + 21 * place
            parts.append(
                f"<text x='0' y='{y + 12}'>{escape(name)}</text>"
                f"<rect x='120' y='{y}' width='{value / 14:.0f}' height='14' fill='#bbb'/>"
            )
        parts.append("</svg>")
    return "".join(parts) + "</body></html>"


def _typst(source: Path, target: Path) -> None:
    import typst

    typst.compile(str(source), output=str(target), font_paths=[str(FONTS)])


def _weasyprint(source: Path, target: Path) -> None:
    import weasyprint

    weasyprint.HTML(str(source)).write_pdf(str(target), pdf_tags=True)


def most_memory() -> float:
    """Return the most MB this process has held; getrusage would count what it was forked from."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def main() -> None:
    """Do what the command line says and tell the most MB."""
    what, source, target = sys.argv[1], sys.argv[2], Path(sys.argv[3])
    if what == "ours":
        ours(int(source), target)
    elif what == "typst":
        _typst(Path(source), target)
    else:
        _weasyprint(Path(source), target)
    print(f"{most_memory():.0f}")


if __name__ == "__main__":
    main()
