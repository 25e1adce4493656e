"""What is wider than the box it lies in: lying over its neighbour, or behind a scroll bar that nobody wants.

Three are meant to be so: boxes that scroll sideways and nothing else (tables, tabs, rows of chips), texts that are cut
and end in dots, and what is placed on purpose (badges on a corner, things that float).
"""

WIDE = """() => {
    const NEAR = 12  // pixels: lines that reach into the padding of their bubble
    const scrolls = way => way === 'auto' || way === 'scroll'
    const shown = box => box.checkVisibility({visibilityProperty: true, opacityProperty: true})
    const named = box => (box.dataset.testid ? `[${box.dataset.testid}]` : '') +
        `<${box.tagName.toLowerCase()} class="${box.className}"> ${box.innerText?.trim().slice(0, 60) ?? ''}`
    /** With nothing between that cuts it off or takes it elsewhere. */
    const flowsIn = (inner, box) => {
        for (let at = inner; at !== box; at = at.parentElement) {
            const {position, overflowX, transform} = getComputedStyle(at)
            const isPlaced = transform !== 'none' || position === 'absolute' || position === 'fixed'
            if (overflowX !== 'visible' || isPlaced) return false
        }
        return shown(inner)
    }
    const wordsStickOut = box => {
        const edge = box.getBoundingClientRect().right + NEAR, range = document.createRange()
        const words = document.createTreeWalker(box, NodeFilter.SHOW_TEXT)
        while (words.nextNode()) {
            range.selectNode(words.currentNode)
            const isOut = [...range.getClientRects()].some(({right, width}) => width > 1 && right > edge)
            if (isOut && flowsIn(words.currentNode.parentElement, box)) return true
        }
        return false
    }
    /** Where a rule wants a box to scroll sideways, and says nothing of up and down; code scrolls both ways. */
    const rules = sheet => [...sheet].flatMap(rule => rule.cssRules?.length ? [rule, ...rules(rule.cssRules)] : [rule])
    const wanted = rules([...document.styleSheets].flatMap(sheet => [...sheet.cssRules]))
        .filter(({style}) => style && scrolls(style.overflowX) && !scrolls(style.overflowY))
        .map(rule => rule.selectorText)
    const free = ['pre', ':has(> pre)', 'textarea', '.mantine-ScrollArea-viewport', ...wanted].join()
    const found = []
    for (const box of document.querySelectorAll('body *')) {
        if (!(box instanceof HTMLElement) || !box.clientWidth || box.scrollWidth <= box.clientWidth + 1) continue
        const {overflowX} = getComputedStyle(box)
        if (scrolls(overflowX)) {
            if (!box.matches(free) && shown(box)) found.push('scrolls sideways: ' + named(box))
        } else if (overflowX === 'visible' && !box.closest(free) && shown(box) && wordsStickOut(box)) {
            found.push('wider than its box: ' + named(box))
        }
    }
    return found
}"""


def wider(page):
    return page.evaluate(WIDE)
