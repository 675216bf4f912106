// What is wider than the page scrolls. The keyboard can scroll it only when it can have the focus.
"use strict";

function letScrollByKeyboard() {
  for (const box of document.querySelectorAll(".md-typeset pre > code, .md-typeset__scrollwrap, .matrix, .output")) {
    const scrolls = box.scrollWidth > box.clientWidth;
    if (scrolls) box.tabIndex = 0;
    else if (box.tabIndex === 0) box.removeAttribute("tabindex");
  }
}

addEventListener("load", letScrollByKeyboard);
addEventListener("resize", letScrollByKeyboard);
