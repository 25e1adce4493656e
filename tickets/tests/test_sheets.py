"""Whatever is uploaded as a table is read or refused in words, and what is kept of it is the same table."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tickets import sheets

cells = st.text(st.characters(codec="utf-8", exclude_characters="\x00\r\n"), max_size=8).map(str.strip)
tables = st.lists(st.lists(cells, min_size=1, max_size=4), min_size=1, max_size=6)
CARD = b"BEGIN:VCARD\n"


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200), st.sampled_from([b"", CARD, b"\xff\xfe", b"PK\x03\x04", b"\xef\xbb\xbf"]))
def test_any_bytes_are_a_table_or_refused_in_words(content, start):
    try:
        sheet = sheets.read(start + content)
    except sheets.SheetError as error:
        assert error.code.startswith("sheet_")
    else:
        assert sheet.rows
        assert len({len(row) for row in sheet.rows}) == 1


@settings(max_examples=100, deadline=None)
@given(tables, st.integers(1, 3))
def test_what_is_kept_of_a_table_is_the_same_table_on_the_same_lines(rows, gap):
    width = max(len(row) for row in rows)
    whole = [row + [""] * (width - len(row)) for row in rows if any(row)]
    lines = [1 + place * gap for place in range(len(whole))]
    if not whole:
        return
    kept = sheets.read(
        sheets.packed(sheets.Sheet("xlsx", "", "", whole, lines)), delimiter=",", encoding="utf-8"
    )
    last = max(place for row in whole for place, cell in enumerate(row) if cell) + 1
    assert (kept.rows, kept.lines) == ([row[:last] for row in whole], lines)


def test_no_written_cell_begins_like_a_formula():
    for start in "=+-@\t\r":
        assert sheets.harmless(f"{start}1").startswith("'")
