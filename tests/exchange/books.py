"""Makes workbooks part by part, good ones and others."""

import io
import zipfile
from collections.abc import Iterable

NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
BEGIN = '<?xml version="1.0" encoding="UTF-8"?>\n'
GOOD = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>Ref</t></is></c><c r="B1" t="inlineStr"><is><t>Men</t></is></c></row>'
    '<row r="2"><c r="A2" t="inlineStr"><is><t>F-1</t></is></c><c r="B2"><v>12</v></c></row>'
)


def sheet(rows: str, *, begin: str = BEGIN, before: str = "", after: str = "") -> str:
    return f'{begin}<worksheet xmlns="{NAMESPACE}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def cell(where: str, value: str, kind: str = "n") -> str:
    return f'<c r="{where}" t="{kind}"><v>{value}</v></c>'


def text(where: str, value: str) -> str:
    return f'<c r="{where}" t="inlineStr"><is><t xml:space="preserve">{value}</t></is></c>'


def parts(
    rows: str = GOOD, *, main: str = MAIN, states: Iterable[str] = ("visible",), formats: Iterable[str] = ()
) -> dict[str, str | bytes]:
    """The parts of a workbook whose first sheet holds these rows; `states` says how many sheets there are, and whether in sight."""
    numbers = range(1, len(list(states)) + 1)
    codes = list(formats)
    return {
        "[Content_Types].xml": f'{BEGIN}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{main}"/></Types>',
        "_rels/.rels": f'{BEGIN}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{RELATED}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{BEGIN}<workbook xmlns="{NAMESPACE}" xmlns:r="{RELATED}"><sheets>'
        + "".join(
            f'<sheet name="Sheet{number}" sheetId="{number}" state="{state}" r:id="rId{number}"/>'
            for number, state in zip(numbers, states, strict=True)
        )
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'{BEGIN}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        + "".join(
            f'<Relationship Id="rId{number}" Type="{RELATED}/worksheet" Target="worksheets/sheet{number}.xml"/>'
            for number in numbers
        )
        + f'<Relationship Id="rId98" Type="{RELATED}/styles" Target="styles.xml"/>'
        + f'<Relationship Id="rId99" Type="{RELATED}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/styles.xml": f'{BEGIN}<styleSheet xmlns="{NAMESPACE}"><numFmts>'
        + "".join(f'<numFmt numFmtId="{200 + number}" formatCode="{code}"/>' for number, code in enumerate(codes))
        + '</numFmts><cellXfs><xf numFmtId="0"/>'
        + "".join(f'<xf numFmtId="{200 + number}"/>' for number in range(len(codes)))
        + "</cellXfs></styleSheet>",
        "xl/sharedStrings.xml": f'{BEGIN}<sst xmlns="{NAMESPACE}"><si><t>shared</t></si></sst>',
        **{f"xl/worksheets/sheet{number}.xml": sheet(rows if number == 1 else "") for number in numbers},
    }


def packed(of: dict[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in of.items():
            archive.writestr(name, part)
    return file.getvalue()


def book(rows: str = GOOD, others: dict[str, str | bytes] | None = None) -> bytes:
    """A workbook with these rows; `others` are parts that replace or join it, by name."""
    return packed(parts(rows) | (others or {}))
