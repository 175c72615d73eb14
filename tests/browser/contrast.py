"""How well what is on a page can be told from what is behind it, as Chromium worked its colours out.

Our own reckoning beside axe's: of words whatever their size, of the edges of controls, and of what shows
where the focus is. Pictures are not looked into.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from playwright.sync_api import Page as Tab

OF_EDGES = 3.0
"""The least contrast of a control's edge, and of what shows the focus (WCAG 2.2, 1.4.11)."""


@dataclass(frozen=True)
class Pale:
    """Something that stands out too little."""

    what: str
    where: str
    ratio: float
    colours: str

    def __str__(self) -> str:
        return f"{self.what} of {self.where}: {self.ratio:.2f} ({self.colours})"


def too_pale(tab: Tab, least: float) -> list[Pale]:
    """Give the words with less contrast than `least`, and the edges with less than 3."""
    return list(_found(tab, _WORDS, "words", least)) + list(_found(tab, _EDGES, "edge", OF_EDGES))


def focus_too_pale(tab: Tab, least: float) -> list[Pale]:
    """Give everything to reach by keyboard whose words, or whose focus, can't be told from the page.

    The tab has to be at the page's top, with nothing focused.
    """
    tab.keyboard.press("Tab")  # from now on the browser shows where the focus is
    return [
        *_found(tab, _FOCUS, "focus", OF_EDGES),
        *_found(tab, _FOCUSED_WORDS, "focused words", least),
    ]


def counted(tab: Tab) -> int:
    """Give how many pieces of text are looked at: none would always pass."""
    return len(tab.evaluate(_JS + _WORDS))


def _found(tab: Tab, script: str, what: str, least: float) -> Iterator[Pale]:
    for where, ratio, colours in tab.evaluate(_JS + script):
        if ratio < least:
            yield Pale(what, str(where), float(ratio), str(colours))


_JS = r"""() => {
  const parsed = (colour) => {
    const [r, g, b, a = 1] = colour.match(/rgba?\(([^)]*)\)/)[1].split(",").map(Number);
    return { r, g, b, a };
  };
  const over = (top, under) => ({
    r: top.r * top.a + under.r * (1 - top.a),
    g: top.g * top.a + under.g * (1 - top.a),
    b: top.b * top.a + under.b * (1 - top.a),
    a: 1,
  });
  // What is behind an element: its own ground and those of what it lies in, down to one that is solid.
  const ground = (element) => {
    if (!element) return { r: 255, g: 255, b: 255, a: 1 };
    const own = parsed(getComputedStyle(element).backgroundColor);
    return own.a === 1 ? own : over(own, ground(element.parentElement));
  };
  const light = ({ r, g, b }) =>
    [r, g, b]
      .map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
      .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
  const contrast = (first, second) => {
    const [low, high] = [light(first), light(second)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const told = (element, front, behind) => {
    const ratio = contrast(over(front, behind), behind);
    const name = `${element.tagName.toLowerCase()}.${element.className} “${element.textContent.trim().slice(0, 30)}”`;
    const rgb = ({ r, g, b }) => `${r}, ${g}, ${b}`;
    return [name, ratio, `${rgb(front)} on ${rgb(behind)}`];
  };
  const seen = (element) => {
    const { width, height } = element.getBoundingClientRect();
    return element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && width > 1 && height > 1;
  };
  const all = (selector) => [...document.querySelectorAll(selector)].filter(seen);
  const hasWords = (element) =>
    [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  const words = (elements) =>
    elements.map((element) => told(element, parsed(getComputedStyle(element).color), ground(element)));
  const reached = () => all("a[href], button, input, select, summary, [tabindex='0']");
"""

_WORDS = """
  return words(all("body *").filter(hasWords));
}"""

_EDGES = """
  const drawn = all("input:not([type=checkbox], [type=radio]), select").map((element) => [element, getComputedStyle(element)]);
  const boxes = all("label:is(.nhsuk-checkboxes__label, .nhsuk-radios__label)").map((element) => [
    element,
    getComputedStyle(element, "::before"),
  ]);
  return [...drawn, ...boxes].map(([element, style]) =>
    told(element, parsed(style.borderTopColor), ground(element.parentElement)),
  );
}"""

# What the focus adds: an outline, a border, shadows or another ground. The best has to be seen.
_FOCUS = """
  const marks = (element) => {
    const boxed = element.matches(".nhsuk-checkboxes__input, .nhsuk-radios__input");
    const style = boxed ? getComputedStyle(element.nextElementSibling, "::before") : getComputedStyle(element);
    const shadows = style.boxShadow === "none" ? [] : style.boxShadow.match(/rgba?\\([^)]*\\)/g);
    const outline = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) ? [style.outlineColor] : [];
    const border = parseFloat(style.borderTopWidth) ? [`${style.borderTopColor} ${style.borderTopWidth}`] : [];
    return { ground: style.backgroundColor, drawn: [...shadows, ...outline, ...border] };
  };
  return [...document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']")]
    .filter((element) => element.checkVisibility({ visibilityProperty: true }))
    .map((element) => {
      document.activeElement.blur();
      const before = marks(element);
      element.focus();
      const after = marks(element);
      const added = after.drawn.filter((each) => !before.drawn.includes(each));
      if (after.ground !== before.ground) added.push(after.ground);
      const behind = ground(element.parentElement);
      const best = added.map((each) => told(element, parsed(each), behind));
      return best.sort((a, b) => b[1] - a[1])[0] ?? [`${element.outerHTML.slice(0, 60)}`, 1, "nothing"];
    });
}"""

_FOCUSED_WORDS = """
  return reached().flatMap((element) => {
    element.focus();
    return words([element, ...element.querySelectorAll("*")].filter((each) => seen(each) && hasWords(each)));
  });
}"""
