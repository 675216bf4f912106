"""The pages in a real browser: ten thousand documents, filters, the keyboard, hostile texts, both schemes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest

from cleaner import Cleaner, Rule, RuleSet
from cleaner.batch.corpus import Corpus
from cleaner.batch.preflight import plan_files
from cleaner.model import DocumentInfo
from cleaner.report.data import Heading
from cleaner.report.documents import Document, document_of_result, heading_of
from cleaner.report.from_comparison import RuleSetComparison
from cleaner.report.from_texts import TextReport
from cleaner.report.intervals import wilson
from cleaner.report.page import render
from cleaner.review.page import ReviewPage
from cleaner.review.server import ReviewServer
from cleaner.review.sources import TextSource
from cleaner.review.verdicts import Verdict, VerdictFile, read_verdicts
from tests.report.browser import HOSTILE, chromium, documents, page_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow

COUNT = 10_000
WIDE, PHONE = (1280, 800), (360, 740)
ARTICLE = "The council met on Tuesday to vote on the old bridge, and the mayor left the hall.\n\nFollow us on:\n"
Open = Callable[..., "Page"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def found() -> list[Document]:
    return list(documents(COUNT))


@pytest.fixture(scope="module")
def report(found: list[Document], tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_bytes(page_of(found))
    return path.as_uri()


@pytest.fixture(scope="module")
def few() -> list[Document]:
    return list(documents(60))


@pytest.fixture(scope="module")
def small(few: list[Document], tmp_path_factory: pytest.TempPathFactory) -> str:
    """A report on few documents, which opens at once."""
    path = tmp_path_factory.mktemp("small") / "report.html"
    path.write_bytes(page_of(few))
    return path.as_uri()


@pytest.fixture
def show(browser: Browser) -> Iterator[Open]:
    """Opens a page at an address, and fails at the end when the page had an error of its own."""
    contexts, errors = [], list[str]()

    def opened(
        address: str, view: str = "/", size: tuple[int, int] = WIDE, scheme: Any = "light", axe: bool = False
    ) -> Page:
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme)
        contexts.append(context)
        if axe:
            context.add_init_script((files("axe_playwright_python") / "axe.min.js").read_text("utf-8"))
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda said: errors.extend([said.text] * (said.type == "error")))
        page.on("dialog", lambda dialog: errors.append(dialog.message))
        page.goto(f"{address}#{view}")
        page.wait_for_selector("body[data-ready]")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert errors == []


def has_class(document: Document, name: str) -> bool:
    return any(edit.scrap_class == name for edit in document.edits)


def test_ten_thousand_documents_are_a_few_rows(show: Open, report: str) -> None:
    page = show(report, "/documents")
    assert page.text_content(".found") == "10,000 documents"
    assert page.get_attribute(".row", "aria-setsize") == "10000"
    assert page.locator(".row").count() < 40
    page.locator(".list").evaluate("list => { list.scrollTop = list.scrollHeight; }")
    page.wait_for_selector('.row[aria-posinset="10000"]')
    assert page.locator(".row").count() < 40


def test_flagged_documents_come_first(show: Open, report: str, found: list[Document]) -> None:
    page = show(report, "/documents")
    flagged = sum(bool(document.flags) for document in found)
    assert flagged > 100
    assert page.locator(".row .flag").count() >= page.locator(".row").count() > 5
    page.select_option("select[name=flag]", "*", force=True)
    assert page.text_content(".found") == f"{flagged:,} documents of 10,000"


def test_filters_and_search_find_what_they_should(show: Open, report: str, found: list[Document]) -> None:
    page = show(report, "/documents")
    page.click("summary")
    page.select_option("select[name=class]", "byline")
    bylines = [document for document in found if has_class(document, "byline")]
    assert page.text_content(".found") == f"{len(bylines):,} documents of 10,000"
    word = max(bylines[0].pieces[0].lower().split(), key=len)
    page.fill("#search", word.upper())
    searched = [one for one in bylines if word in searched_text(one)]
    assert 0 < len(searched) < len(bylines)
    assert page.text_content(".found") == f"{len(searched):,} documents of 10,000"
    page.click(".filter-chip")
    page.fill("#search", "no such words at all")
    assert page.is_visible(".list-empty")
    page.fill("#search", "")
    assert page.text_content(".found") == "10,000 documents"


def searched_text(document: Document) -> str:
    """What a search looks at."""
    pieces = " ".join(" ".join(document.pieces).split())[:1_000]
    return "\n".join([heading_of(document), document.name, document.site, document.url, pieces]).lower()


def test_a_document_shows_what_went_and_why(show: Open, small: str, few: list[Document]) -> None:
    number, document = next((i, one) for i, one in enumerate(few) if any(piece.strip() for piece in one.pieces))
    edit = next(i for i, piece in enumerate(document.pieces) if piece.strip())
    page = show(small, f"/documents?doc={number}")
    page.wait_for_selector("#reader .mark")
    marks = page.locator("#reader del .mark").all_text_contents()
    assert [mark.split() for mark in marks] == [piece.split() for piece in document.pieces if piece.strip()]
    page.locator(f'#reader .mark[data-edit="{edit}"]').first.hover()
    card = page.locator("#card")
    rule = Cleaner().rules[document.edits[edit].rule]
    for fact in (rule.id, rule.description, f"confidence {rule.confidence}"):
        assert fact in (card.text_content() or "")
    assert card.locator("a").get_attribute("href") == f"#/rule/{rule.id}"
    page.keyboard.press("Escape")
    assert card.is_hidden()


def test_after_and_before_are_the_texts(show: Open, report: str, found: list[Document]) -> None:
    page = show(report, "/documents")
    for name in ("byline", "broken-markup", "layout"):
        number = next(i for i, one in enumerate(found) if has_class(one, name))
        document = found[number]
        page.evaluate("number => { location.hash = `/documents?doc=${number}`; }", number)
        page.wait_for_selector(f"#reader .where >> text={document.name}")
        page.click(".switch >> text=After")
        cleaned = document.text or ""
        for edit in reversed(document.edits):
            cleaned = cleaned[: edit.start] + edit.replacement + cleaned[edit.end :]
        assert words_shown(page) == cleaned.replace("·", "").split()
        page.click(".switch >> text=Before")
        assert words_shown(page) == (document.text or "").replace("·", "").split()


def words_shown(page: Page) -> list[str]:
    """The words of the text that can be seen. A dot stands where the repair took something out."""
    return page.inner_text(".text").replace("·", "").split()


def test_the_keyboard_is_enough(show: Open, small: str) -> None:
    page = show(small)
    page.keyboard.press("/")
    page.wait_for_selector("#search:focus")
    page.keyboard.type("follow us")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.wait_for_selector("#reader .mark")
    assert page.get_attribute('.row[aria-selected="true"]', "aria-posinset") == "2"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "reader"
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.classList.contains('mark')"):
            break
    rule = page.evaluate("document.activeElement.hash")
    assert page.is_visible("#card")
    page.keyboard.press("Enter")
    page.wait_for_selector(".rule-title")
    assert page.evaluate("location.hash") == rule
    page.go_back()
    page.wait_for_selector("#reader .mark")


def test_a_hostile_article_stays_text(show: Open, small: str, few: list[Document]) -> None:
    page = show(small, f"/documents?doc={len(few) - 1}")
    page.wait_for_selector("#reader .mark")
    shown = page.text_content(".text") or ""
    assert "<script>window.hacked = 1</script>" in shown
    assert "</script></style></template><!-- -->" in shown
    assert '<img src=x onerror="window.hacked = 1">' in shown
    assert HOSTILE.split("\n")[0] in shown
    assert page.text_content("#reader h2") == "<script>window.hacked = 1</script>"
    page.fill("#search", "hacked")
    page.locator(".row").first.click()
    page.locator("#reader .mark").first.hover()
    assert page.evaluate("window.hacked") is None
    hrefs = page.eval_on_selector_all("a[href]", "links => links.map(link => link.protocol)")
    assert set(hrefs) <= {"file:", "https:", "http:"}
    assert page.locator("main script, main img, main svg, main b").count() == 0


def test_nothing_is_asked_of_a_network(small: str, browser: Browser) -> None:
    asked = list[str]()
    page = browser.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{small}#/documents?doc=3")
    page.wait_for_selector("#reader .text")
    page.close()
    assert {url.split(":")[0] for url in asked} <= {"file", "data"}


def test_the_policy_forbids_other_scripts(browser: Browser, small: str) -> None:
    page = browser.new_page()
    page.goto(small)
    page.wait_for_selector("body[data-ready]")
    page.evaluate(
        "() => { const made = document.createElement('script');"
        " try { made.textContent = 'window.hacked = 1'; document.body.append(made); } catch { } }"
    )
    assert page.evaluate("window.hacked") is None
    page.close()


VIEWS = ["/", "/documents?doc=3", "/rules", "/rule/follow-us.networks"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(show: Open, small: str, scheme: str) -> None:
    page = show(small, "/", WIDE, scheme, axe=True)
    for view in VIEWS:
        go(page, view)
        assert findings(page) == []


def test_a_page_fits_on_a_phone(show: Open, small: str) -> None:
    page = show(small, "/", PHONE, "dark", axe=True)
    for view in VIEWS:
        go(page, view)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0], view
        if view in VIEWS[:2]:
            assert findings(page) == []


def go(page: Page, view: str) -> None:
    """Go to a view, and wait for it."""
    page.evaluate("view => { location.hash = view; }", view)
    page.wait_for_selector("#reader .text" if "doc" in view else ".page h1")


def findings(page: Page) -> list[str]:
    """What axe-core finds, with the place: breaches of WCAG AA, and of good practice."""
    found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")["violations"]
    return [f"{one['id']} ({one['impact']}): {node['html'][:200]}" for one in found for node in one["nodes"]]


def test_a_phone_shows_the_list_or_the_document(show: Open, small: str) -> None:
    page = show(small, "/documents", PHONE)
    page.locator(".row").nth(2).click()
    page.wait_for_selector("#reader .text")
    assert page.is_hidden(".list")
    page.click("text=All documents")
    assert page.is_visible(".list")
    assert page.is_hidden("#reader")


def test_the_schemes_can_be_switched(show: Open, small: str) -> None:
    page = show(small, scheme="dark")
    ground = "getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(ground)
    page.click("#theme")
    assert page.evaluate(ground) != dark
    page.click("#theme")
    assert page.evaluate(ground) == dark


def test_a_print_holds_the_document_alone(show: Open, small: str) -> None:
    page = show(small, "/documents?doc=3")
    page.wait_for_selector("#reader .text")
    page.emulate_media(media="print")
    assert page.is_visible("#reader .text")
    assert not any(page.is_visible(name) for name in (".top", ".side", ".switch"))


def test_both_programs_compute_the_same_interval(browser: Browser) -> None:
    source = (files("cleaner.report") / "assets" / "interval.js").read_text("utf-8").replace("export ", "")
    page = browser.new_page()
    for right, count in [(0, 0), (0, 5), (9, 10), (400, 401), (3, 3)]:
        assert page.evaluate(f"() => {{ {source}; return wilson({right}, {count}); }}") == pytest.approx(
            wilson(right, count)
        )
    page.close()


def test_a_comparison_marks_what_goes_now_and_what_stays(show: Open, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE + "\nBye for now\n", "utf-8")
    bye = Rule(id="own.bye", description="A sign-off", lines={"en": ("Bye for now",)})
    follow = Rule(id="own.follow", description="A call", lines={"en": ("Follow us on",)})
    corpus = Corpus(plan_files([tmp_path / "a.txt"]))
    comparison = RuleSetComparison(corpus, Cleaner(RuleSet([follow])), Cleaner(RuleSet([bye])))
    figures, data = comparison.page_data(Heading(kind="diff", title="old → new"))
    assert (figures.lost, figures.back) == (1, 1)
    (tmp_path / "diff.html").write_bytes(render(data, "diff"))
    page = show((tmp_path / "diff.html").as_uri())
    assert page.locator("tbody tr").count() == 2
    page.evaluate("location.hash = '/documents?doc=0'")
    page.wait_for_selector("#reader .mark")
    assert page.text_content(".goes-now") == "Bye for now"
    assert page.text_content(".stays-now") == "Follow us on:"


# Reviews


@contextmanager
def review(folder: Path, take: Callable[[Verdict], None] | None = None) -> Iterator[tuple[str, Path]]:
    """The address of a review of two articles, and the file with the verdicts."""
    for number in range(2):
        (folder / f"{number}.txt").write_text(f"{ARTICLE}\nA scrap that no rule knows {number}\n", "utf-8")
    corpus = Corpus(plan_files([folder / "0.txt", folder / "1.txt"]))
    verdicts = VerdictFile(folder / "verdicts.jsonl")
    page = ReviewPage(TextSource(TextReport(corpus, Cleaner())), verdicts)
    with ReviewServer(page.render, take or page.take) as server:
        thread = Thread(target=server.serve, daemon=True)
        thread.start()
        try:
            yield server.url, verdicts.path
        finally:
            server.stop()
            thread.join()


def test_a_verdict_is_saved(show: Open, tmp_path: Path) -> None:
    with review(tmp_path) as (url, path):
        page = show(url, "/review", axe=True)
        assert findings(page) == []
        page.keyboard.press("n")
        page.wait_for_selector(".mark.current")
        assert findings(page) == []
        with page.expect_response("**/verdicts"):
            page.keyboard.press("r")
        page.wait_for_function("location.hash.includes('doc=1') || location.hash.includes('doc=0')")
        page.wait_for_selector(".precision-words >> text=1 of 1 right, 21 % to 100 %")
        (saved,) = read_verdicts(path)
        assert (saved.verdict, saved.rule, saved.text.strip()) == ("right", "follow-us.networks", "Follow us on:")
        with page.expect_response("**/verdicts"):
            page.locator(".line", has_text="A scrap that no rule knows").click()
        assert [one.verdict for one in read_verdicts(path)] == ["right", "scrap"]
        page.reload()
        page.wait_for_selector(".line[aria-checked=true]")
        assert page.evaluate("location.pathname").count("/") == 2


def test_a_verdict_that_cannot_be_saved_is_taken_back(browser: Browser, tmp_path: Path) -> None:
    def full(verdict: Verdict) -> None:
        raise OSError(28, "No space left on device")

    with review(tmp_path, full) as (url, path):
        page = browser.new_page()
        page.goto(f"{url}#/documents?doc=0&edit=0")
        page.wait_for_selector(".mark.current")
        page.keyboard.press("w")
        page.wait_for_selector(".review-error >> text=Not saved: the verdict cannot be written: No space left")
        assert page.get_attribute(".mark", "data-verdict") == ""
        assert not path.exists()
        page.close()


def test_a_document_without_its_text_shows_gaps(show: Open, tmp_path: Path) -> None:
    result = Cleaner().clean(ARTICLE)
    known = document_of_result("a.txt", result, DocumentInfo())
    bare = Document(name=known.name, edits=known.edits, pieces=known.pieces, length=known.length)
    (tmp_path / "bare.html").write_bytes(page_of([bare]))
    page = show((tmp_path / "bare.html").as_uri(), "/documents?doc=0")
    assert page.text_content("#reader .gap") == f"{result.edits[0].start} characters stay here"
    assert page.text_content("#reader .mark") == "Follow us on:"
