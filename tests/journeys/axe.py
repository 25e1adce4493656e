"""axe in a page: all that it finds serious, and nothing judged twice.

Two things are left out, since their verdict is known: a line of a menu, list or table that looks just as one
that was judged before in the same theme and width (same markup below ancestors of the same classes and data);
and what lies beside a dialog, once the same address was judged without it.
"""

from pathlib import Path

AXE = Path(__file__).resolve().parents[2] / "console/node_modules/axe-core/axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]  # all that a theme can change
JUDGE = """async ([rules, look]) => {
    const known = ((window.judged ??= {})[look] ??= {grounds: new Set(), lines: new Set()})
    const veil = document.querySelector('[role=dialog][aria-modal=true]')
    const exclude = [], fresh = []
    if (veil && known.grounds.has(location.href))
        for (let at = veil; at !== document.body; at = at.parentElement)
            exclude.push(...[...at.parentElement.children].filter(beside => beside !== at))
    for (const line of document.querySelectorAll('nav li, nav > a, nav > button, [role=row], [data-ticket]')) {
        if (line.contains(document.activeElement) || line.matches(':hover')) continue
        let key = line.outerHTML.replace(/\\b(id|for|aria-[a-z]+by|aria-controls)="[^"]*"/g, '')
            .replace(/^(<[^>]*?) style="[^"]*"/, '$1')  // its place in a virtual list; colours inside it count
        for (let above = line.parentElement; above; above = above.parentElement)
            key += ' ' + above.tagName + above.className + JSON.stringify(above.dataset)
        if (known.lines.has(key)) exclude.push(line)
        else fresh.push(key)
    }
    const options = {runOnly: rules, resultTypes: ['violations']}
    const {violations} = await axe.run({include: [document], exclude}, options)
    for (const key of fresh) known.lines.add(key)
    if (!veil) known.grounds.add(location.href)
    return violations.filter(({impact}) => ['serious', 'critical'].includes(impact)).map(({id, help, nodes}) =>
        `${id}: ${help} ` + nodes.slice(0, 3).map(({html}) => html.slice(0, 160)).join(' | '))
}"""


def violations(page, rules, look):
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text())
    return page.evaluate(JUDGE, [rules, look])
