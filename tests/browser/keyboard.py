"""A page without a mouse: what the tabulator key comes to, and whether one sees where one is."""

from tests.browser.visitor import Visitor

_ALL = """() => {
  const found = [...document.querySelectorAll(
    'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')];
  const seen = e => e.checkVisibility({visibilityProperty: true}) && !e.disabled && !e.closest('[inert]');
  const name = e => e.type === 'radio' ? 'radio ' + e.name + ' ' + (e.form ? e.form.action : '') : null;
  const radios = new Set();
  let number = 0;
  for (const e of found) {
    if (!seen(e) || e.tabIndex < 0) continue;
    const group = name(e);
    if (group && radios.has(group)) continue;
    if (group) radios.add(group);
    e.dataset.number = group || String(number++);
    if (group) [...document.getElementsByName(e.name)].forEach(o => o.dataset.number = group);
  }
  return [...new Set(found.map(e => e.dataset.number).filter(Boolean))];
}"""
_HERE = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const s = getComputedStyle(e);
  const own = s.outlineStyle === 'auto';  // the browser's mark, which is as wide as it likes
  const ground = e.querySelector('.ground');  // in a picture, what stands behind it has an edge
  const edge = ground && getComputedStyle(ground);
  const drawn = edge && edge.stroke !== 'none' && parseFloat(edge.strokeWidth) >= 2;
  const marked = drawn || own || (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2) || s.boxShadow !== 'none';
  return [e.dataset.number || '', marked, e.outerHTML.slice(0, 120)];
}"""
MOST = 400


def keyboard_faults(visitor: Visitor) -> list[str]:
    """What cannot be reached with the tabulator key, and where one does not see that one is."""
    page = visitor.page
    page.evaluate("document.activeElement && document.activeElement.blur()")
    left, faults = set(page.evaluate(_ALL)), []
    for _ in range(MOST):
        page.keyboard.press("Tab")
        here = page.evaluate(_HERE)
        if here is None:
            break
        number, marked, what = here
        left.discard(number)
        if not marked:
            faults.append(f"no mark of the focus on {what}")
        if not left:
            break
    return [*faults, *(f"never reached: number {number}" for number in sorted(left))]
