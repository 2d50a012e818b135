"""Pages inside a snapshot: one file each, read with scripts off, nothing fetched from anywhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from gwangju_desktop.documents.blocks import clean

# Nothing may be loaded or run, whatever a text from a person holds.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_STYLE = """\
:root{color-scheme:light}
body{margin:0 auto;max-width:1180px;padding:28px 24px 64px;background:#fff;color:#1E2124;
font:15px/1.6 "Pretendard GOV",Pretendard,"Malgun Gothic","Apple SD Gothic Neo","Noto Sans KR",
sans-serif;word-break:keep-all;overflow-wrap:anywhere}
h1{font-size:26px;line-height:1.3;margin:0 0 4px}
h2{font-size:20px;margin:36px 0 8px;padding-bottom:4px;border-bottom:2px solid #1C589C}
h3{font-size:16px;margin:20px 0 6px}
p,ul,ol{margin:6px 0 10px}
a{color:#1C589C}
.aside{color:#464C53}
.heads{font-size:13px;line-height:1.5;margin:6px 0 2px}
.code,pre,td.code{font-family:"D2Coding",Consolas,"DejaVu Sans Mono",monospace;font-size:13px}
pre{background:#F4F5F6;border:1px solid #CDD1D5;border-radius:4px;padding:10px 12px;margin:6px 0 12px;
white-space:pre-wrap;overflow-wrap:anywhere}
table{border-collapse:collapse;margin:6px 0 14px;font-size:14px}
th,td{border:1px solid #CDD1D5;padding:4px 8px;text-align:left;vertical-align:top;
max-width:34em;white-space:pre-line;overflow-wrap:break-word}
.wide th{overflow-wrap:normal}
.record{table-layout:fixed;width:100%}
.record caption{text-align:left;font-weight:600;padding:6px 0 3px}
.record th{width:8.5em;font-weight:400;color:#464C53}
th{background:#EEF0F2;font-weight:600}
td.number{text-align:right}td.number,td.short{white-space:nowrap}
dl{display:grid;grid-template-columns:max-content 1fr;gap:4px 16px;margin:14px 0}
dt{color:#464C53}dd{margin:0}
i{font-style:normal;font-weight:400;color:#464C53}
h1 i,h2 i,h3 i{font-size:.72em;margin-left:.3em}
th i{display:block;font-size:12px;line-height:1.35}
nav i,summary i,dt i,td i{font-size:.88em}
.wide{overflow-x:auto}
details{border:1px solid #CDD1D5;border-radius:4px;margin:6px 0}
summary{cursor:pointer;padding:7px 12px;font-weight:600;background:#F8F9FA}
summary span{font-weight:400;color:#464C53}
details>div,details>p{margin:0;padding:6px 12px}
nav ul{columns:3 220px;padding-left:18px}
@media(max-width:640px){body{padding:16px 14px 40px}dl{grid-template-columns:1fr;gap:0}
dd{margin:0 0 8px}nav ul{columns:1}
.record,.record tbody,.record tr,.record th,.record td{display:block;width:auto}
.record caption{display:block}.record th,.record td{border-width:0 1px 1px;max-width:none}
.record tr:first-child th:first-child{border-top-width:1px}.record td:empty{display:none}
.wide td:not(.number,.short,.code):last-child{min-width:12em}}
@page{size:A4 landscape;margin:14mm}
@media print{body{max-width:none;padding:0;font-size:9.5pt}table{font-size:8pt}
.wide{overflow:visible}.record th{width:7em}details::details-content{content-visibility:visible;block-size:auto}
summary{list-style:none}a{color:inherit;text-decoration:none}h2,h3,summary{break-after:avoid}
tr,pre{break-inside:avoid}thead{display:table-header-group}nav{display:none}}"""

# Pairs in a line of a record, and letters beyond which a value has a line of its own.
_ABREAST, _SHORT = 3, 34


@dataclass(frozen=True, slots=True)
class Html:
    """Markup of ours, already escaped where it holds anybody's words."""

    markup: str


Said = str | Html


def text(said: Said) -> str:
    """Return words as they may stand in a page: escaped, without marks no page shows."""
    return said.markup if isinstance(said, Html) else escape(clean(said))


def link(address: str, said: Said) -> Html:
    """Return a link inside the snapshot."""
    return Html(f'<a href="{escape(address, quote=True)}">{text(said)}</a>')


def both(korean: str, english: str) -> Html:
    """Return words in Korean with the same in English after them."""
    said = text(korean)
    if english and english != korean:
        said += f' <i lang="en">{text(english)}</i>'
    return Html(said)


def page(language: str, title: str, parts: Iterable[str]) -> bytes:
    """Return a whole page in UTF-8."""
    inside = "\n".join(parts)
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{text(title)}</title>\n<style>\n{_STYLE}\n</style>\n</head>\n"
        f"<body>\n{inside}\n</body>\n</html>\n"
    ).encode()


def para(said: Said, kind: str = "") -> str:
    """Return a paragraph."""
    return f"<p{_class(kind)}>{text(said)}</p>"


def heading(level: int, said: Said, key: str = "") -> str:
    """Return a heading, with the anchor `key` if there is one."""
    named = f' id="{escape(key, quote=True)}"' if key else ""
    return f"<h{level}{named}>{text(said)}</h{level}>"


def facts(pairs: Iterable[tuple[Said, Said]]) -> str:
    """Return a list of named facts."""
    return "<dl>" + "".join(f"<dt>{text(n)}</dt><dd>{text(v)}</dd>" for n, v in pairs) + "</dl>"


def table(head: Sequence[Said], rows: Iterable[Sequence[Said]], kinds: Sequence[str] = ()) -> str:
    """Return a table; `kinds` say by column how its cells look: "", number or code."""
    classes = [_class(kinds[i]) if i < len(kinds) else "" for i in range(len(head))]
    lines = ['<div class="wide"><table>', "<thead><tr>"]
    lines += [f'<th scope="col">{text(cell)}</th>' for cell in head]
    lines.append("</tr></thead>\n<tbody>")
    for row in rows:
        cells = (f"<td{kind}>{text(cell)}</td>" for kind, cell in zip(classes, row, strict=True))
        lines.append(f"<tr>{''.join(cells)}</tr>")
    lines.append("</tbody></table></div>")
    return "\n".join(lines)


def record(name: Said, pairs: Iterable[tuple[Said, Said]]) -> str:
    """Return one record as a table of its own: short values three in a line, a long one alone."""
    lines = [f'<table class="record"><caption>{text(name)}</caption>']
    held: list[str] = []

    def end() -> None:
        if held:
            rest = 2 * (_ABREAST - len(held))
            filler = f'<td colspan="{rest}"></td>' if rest else ""
            lines.append(f"<tr>{''.join(held)}{filler}</tr>")
            held.clear()

    for title, value in pairs:
        head, said = f'<th scope="row">{text(title)}</th>', text(value)
        if len(said) > _SHORT and not isinstance(value, Html):
            end()
            lines.append(f'<tr>{head}<td colspan="{2 * _ABREAST - 1}">{said}</td></tr>')
        else:
            held.append(f"{head}<td>{said}</td>")
            if len(held) == _ABREAST:
                end()
    end()
    return "\n".join([*lines, "</table>"])


def command(system: str, line: str) -> str:
    """Return a line to be typed on a system (linux, cmd or powershell)."""
    return f'<pre data-system="{system}">{escape(line)}</pre>'


def _class(kind: str) -> str:
    return f' class="{kind}"' if kind else ""
