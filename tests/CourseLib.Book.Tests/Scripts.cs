namespace CourseLib.Book.Tests;

/// <summary>What the tests ask of a page, as scripts that run in it. Each returns the list of what is wrong.</summary>
internal static class Scripts
{
    /// <summary>One h1; no heading is more than one level below the one before it.</summary>
    public const string Headings = """
        () => {
          const levels = [...document.querySelectorAll("h1,h2,h3,h4,h5,h6")].map(h => ({ level: +h.tagName[1], text: h.textContent.trim() }));
          const wrong = levels.filter(h => h.level === 1).length === 1 ? [] : ["the page has not one h1"];
          for (let i = 1; i < levels.length; i++)
            if (levels[i].level > levels[i - 1].level + 1) wrong.push(`h${levels[i].level} "${levels[i].text}" follows h${levels[i - 1].level}`);
          return wrong;
        }
        """;

    /// <summary>Nothing wider than the window, but what scrolls by itself.</summary>
    public const string Width = """
        () => document.scrollingElement.scrollWidth <= window.innerWidth + 1 ? [] : [...document.body.querySelectorAll("*")]
          .filter(e => e.getBoundingClientRect().right > window.innerWidth + 1 && ![...function* () { for (let p = e.parentElement; p; p = p.parentElement) yield p; }()]
            .some(p => ["auto", "scroll", "hidden"].includes(getComputedStyle(p).overflowX)))
          .slice(0, 5).map(e => `${e.tagName}.${e.className} reaches to ${Math.round(e.getBoundingClientRect().right)} of ${window.innerWidth}: ${e.textContent.slice(0, 40)}`)
        """;

    /// <summary>Each formula is typeset, and no dollar or LaTeX command is left in the prose.</summary>
    public const string Formulas = """
        () => [...document.querySelectorAll(".katex-error")].map(e => "KaTeX rejects " + e.textContent)
          .concat([...document.querySelectorAll(".formula")].filter(f => !f.querySelector(".katex")).map(f => "not typeset: " + f.textContent))
          .concat([...document.querySelectorAll("main p, main li, main td, main h1, main h2, main h3")].flatMap(e => {
            const copy = e.cloneNode(true);
            copy.querySelectorAll(".katex, .formula, code, pre").forEach(k => k.remove());
            return /\$[^$]+\$|\\(frac|sum|alpha|beta|mathbb|sqrt)/.test(copy.textContent) ? ["LaTeX in the text: " + copy.textContent.slice(0, 80)] : [];
          }))
        """;

    /// <summary>Every chart and picture says what it shows to one who cannot see it.</summary>
    public const string Descriptions = """
        () => [...document.querySelectorAll(".courselib-figure")].filter(f => {
            const svg = f.querySelector("svg"), title = svg && svg.querySelector("title"), desc = svg && svg.querySelector("desc"), box = f.querySelector(":scope > div[role=img]");
            return !title || !title.textContent.trim() || !desc || !desc.textContent.trim() || (box && !box.getAttribute("aria-label").trim());
          }).map(f => "a chart without title or description: " + f.textContent.slice(0, 60))
          .concat([...document.querySelectorAll("img")].filter(i => !i.hasAttribute("alt")).map(i => "a picture without alt: " + i.src.slice(0, 60)))
          .concat([...document.querySelectorAll("a, button, input")].filter(e => !(e.textContent + (e.getAttribute("aria-label") || "") + (e.labels && e.labels.length ? e.labels[0].textContent : "") + (e.placeholder || "")).trim()).map(e => "nameless " + e.outerHTML.slice(0, 80)))
        """;

    /// <summary>Text stands out from what is behind it: 4.5 to 1, large text 3 to 1 (WCAG 2.2, 1.4.3).</summary>
    public const string Contrast = """
        () => {
          const parse = c => { const n = c.match(/[\d.]+/g).map(Number); return { r: n[0], g: n[1], b: n[2], a: n.length > 3 ? n[3] : 1 }; };
          const over = (top, under) => ({ r: top.r * top.a + under.r * (1 - top.a), g: top.g * top.a + under.g * (1 - top.a), b: top.b * top.a + under.b * (1 - top.a), a: 1 });
          const light = c => { const f = v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; return 0.2126 * f(c.r) + 0.7152 * f(c.g) + 0.0722 * f(c.b); };
          const canvas = document.documentElement, wrong = new Map();
          const behind = e => {
            const layers = [];
            for (let p = e; p; p = p.parentElement) layers.push(parse(getComputedStyle(p).backgroundColor));
            const page = matchMedia("(prefers-color-scheme: dark)").matches ? { r: 18, g: 18, b: 18, a: 1 } : { r: 255, g: 255, b: 255, a: 1 };
            return layers.reverse().reduce((under, top) => over(top, under), page);
          };
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const node = walker.currentNode, e = node.parentElement;
            if (!node.textContent.trim() || e.closest(".courselib-figure, script, style, [hidden], svg, .katex-mathml")) continue;
            const style = getComputedStyle(e);
            if (style.visibility === "hidden" || !e.getClientRects().length) continue;
            const under = behind(e), ink = over(parse(style.color), under), a = light(ink), b = light(under);
            const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), size = parseFloat(style.fontSize);
            const large = size >= 24 || (size >= 18.66 && +style.fontWeight >= 700);
            const key = `${e.tagName}.${e.className} ${style.color}`;
            if (ratio < (large ? 3 : 4.5) - 0.02 && !wrong.has(key)) wrong.set(key, `${ratio.toFixed(2)} to 1 in ${key}: ${node.textContent.trim().slice(0, 40)}`);
          }
          return [...wrong.values()].slice(0, 10);
        }
        """;

    /// <summary>Without scripts every chart is there as a picture.</summary>
    public const string Pictures = """
        () => [...document.querySelectorAll(".courselib-figure > svg")].filter(s => { const r = s.getBoundingClientRect(); return !s.closest("details:not([open])") && (r.width < 100 || r.height < 80); }).map(s => "no picture: " + s.querySelector("title").textContent)
        """;

    /// <summary>On a phone a chart stays a picture, which a finger can move past, and its smallest letters are 8 pixels or more: what is wider scrolls, and says so at its edge.</summary>
    public const string OnPhone = """
        () => [...document.querySelectorAll(".courselib-figure")].flatMap(chart => {
          const picture = chart.querySelector("svg"), scale = picture.getBoundingClientRect().width / picture.viewBox.baseVal.width, wrong = [];
          if (chart.getAttribute("data-figure") !== "static") wrong.push("a chart a finger cannot move past: " + chart.textContent.slice(0, 40));
          if (11 * scale < 8) wrong.push(`letters of ${(11 * scale).toFixed(1)} pixels: ` + chart.textContent.slice(0, 40));
          if (chart.scrollWidth > chart.clientWidth + 4 && !chart.classList.contains("goes-on")) wrong.push("nothing says that the chart goes on: " + chart.textContent.slice(0, 40));
          return wrong;
        })
        """;

    /// <summary>A language, a title, one main part, named navigation, a link past it that comes first, and controls that are elements a keyboard knows.</summary>
    public const string Landmarks = """
        () => [
          [document.documentElement.lang, "no language"], [document.title.trim(), "no title"],
          [document.querySelectorAll("main").length === 1, "not one main part"],
          [[...document.querySelectorAll("nav")].every(nav => nav.getAttribute("aria-label")), "a navigation without a name"],
          [document.querySelector("a[href], button")?.getAttribute("href") === "#" + (document.querySelector("main") || {}).id, "the first link does not lead past the navigation"],
          [[...document.querySelectorAll("details")].every(box => box.firstElementChild.tagName === "SUMMARY" && box.firstElementChild.textContent.trim()), "a fold without a name"],
          [!document.querySelector("[onclick], [tabindex]:not([tabindex='0']):not([tabindex='-1'])"), "a control for the mouse alone, or an order of its own"],
        ].filter(([holds]) => !holds).map(([, wrong]) => wrong)
        """;
}
