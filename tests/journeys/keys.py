"""Hands that never leave the keyboard, and count what they do."""

from playwright.sync_api import Locator, Page, expect

POINTED = """() => {
    window.pointed = 0
    addEventListener('pointerdown', () => { window.pointed += 1 }, true)
}"""


class Hands:
    """Each press and each piece of text is one step."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.steps = 0
        page.add_init_script(f"({POINTED})()")

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.steps += 1

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.steps += 1

    def pick(self, text: str) -> None:
        """Narrow an open list by typing, and take what remains."""
        dialog = self.page.get_by_role("dialog")
        expect(dialog.get_by_role("combobox")).to_be_focused()
        self.type(text)
        expect(dialog.get_by_role("option")).to_have_count(1)
        self.press("Enter")

    def reach(self, target: Locator) -> None:
        """Tab until it has the focus."""
        for _ in range(12):
            if target.evaluate("node => node === document.activeElement"):
                return
            self.press("Tab")
        expect(target).to_be_focused()

    def let_go(self) -> None:
        """Leave the message field, so that letters are shortcuts again."""
        composer = self.page.get_by_test_id("composer")
        expect(composer).to_be_focused()
        self.press("Escape")
        expect(composer).not_to_be_focused()

    def command(self, text: str) -> None:
        """By the command palette."""
        self.press("Control+k")
        palette = self.page.get_by_role("dialog")
        expect(palette.get_by_role("textbox")).to_be_focused()
        self.type(text)
        expect(palette.locator("[data-selected]")).to_contain_text(text)
        self.press("Enter")
        expect(palette).to_have_count(0)

    def expect_no_pointer(self) -> None:
        assert self.page.evaluate("window.pointed") == 0
