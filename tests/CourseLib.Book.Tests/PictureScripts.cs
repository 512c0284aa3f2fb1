namespace CourseLib.Book.Tests;

/// <summary>Scripts that hold the two pictures of each chart together: the static one, which needs nothing, and plotly's. Each returns the list of what is wrong.</summary>
internal static class PictureScripts
{
    /// <summary>
    /// Every text of one picture stands in the other at the same place, but for a few pixels that fonts and browsers take (a few more for the titles of axes, the one place that plotly chooses): so titles, ranges, ticks, legends, colour bars
    /// and the numbers in cells agree. And each name of the legend has the same colour in both.
    /// </summary>
    public static string Same { get; } = Wrap("""
        const far = (a, b) => Math.max(Math.abs(a.x - b.x), Math.abs(a.y - b.y));
        const missing = (from, others, told) => from.filter(t => !others.some(o => o.text === t.text && far(o, t) <= Math.max(o.slack, t.slack)))
          .map(t => `"${title}": ${told} "${t.text}" at ${Math.round(t.x)}, ${Math.round(t.y)}; the other has it at ` + (others.filter(o => o.text === t.text).map(o => `${Math.round(o.x)}, ${Math.round(o.y)}`).join(" and ") || "no place"));
        const still = texts(svg), live = texts(plot);
        wrong.push(...missing(live, still, "plotly has"), ...missing(still, live, "the static picture has"));
        const names = [...plot.querySelectorAll(".legend .traces")].filter(entry => shown(entry));
        for (const entry of names) {
          const name = clean(entry.querySelector(".legendtext").textContent), place = texts(entry)[0];
          const text = [...svg.querySelectorAll("text")].find(t => clean(t.textContent) === name && far(middle(t), place) <= 4);
          const one = ink(text.previousElementSibling), other = ink(entry.querySelector(".legendpoints path, .legendpoints text, .legendlines path, .legendfill path, .legendbar path") || entry);
          if (one !== other) wrong.push(`"${title}": ${name} is ${one} in the static picture's legend and ${other} in plotly's`);
          const drawn = [...svg.querySelectorAll(":scope > svg *")].map(ink);
          if (!drawn.includes(one)) wrong.push(`"${title}": nothing in the static picture has the colour ${one} of ${name}`);
        }
        """);

    /// <summary>No text is cut off at the edge of a picture, and every text stands out from its ground; texts in cells of a picture have been given the colour that does.</summary>
    public static string Legible { get; } = Wrap("""
        for (const [which, picture] of [["static", svg], ["plotly's", plot]])
          for (const text of texts(picture)) {
            if (text.x - text.w / 2 < -1 || text.x + text.w / 2 > width + 1 || text.y - text.h / 2 < -1 || text.y + text.h / 2 > height + 1) wrong.push(`"${title}": "${text.text}" is cut off in the ${which} picture`);
            if (text.contrast < 4.5 && !grounds.some(g => g.left <= text.x && text.x <= g.right && g.top <= text.y && text.y <= g.bottom)) wrong.push(`"${title}": "${text.text}" has ${text.contrast.toFixed(2)} to 1 on white in the ${which} picture`);
          }
        """);

    /// <summary>What a chart says as <c>application/vnd.plotly.v1+json</c> is valid, and drawn by itself, as JupyterLab draws it, it has the ranges and ticks of the chart on the page.</summary>
    public const string Json = """
        async () => {
          const wrong = [];
          for (const chart of document.querySelectorAll(".courselib-figure")) {
            const json = chart.querySelector("script").textContent.match(/var figure = (.*);\n/)[1], title = chart.querySelector("title").textContent;
            const given = JSON.parse(json), figure = JSON.parse(json);
            for (const fault of (Plotly.validate(given.data, given.layout) || []).filter(fault => fault.code !== "unused" && !(fault.code === "invisible" && given.data[fault.trace].x.length === 0))) wrong.push(`"${title}": ${fault.msg}`);
            const box = document.createElement("div");
            document.body.appendChild(box);
            await Plotly.newPlot(box, figure.data, figure.layout, figure.config);
            const page = chart.querySelector(".js-plotly-plot")._fullLayout;
            for (const name of Object.keys(page).filter(key => /^[xy]axis\d*$/.test(key))) {
              const facts = axis => JSON.stringify([axis.type, axis.range, axis.domain].concat(axis.visible ? [axis.tickvals, axis.ticktext, axis.title.text] : []));
              if (facts(page[name]) !== facts(box._fullLayout[name]) || facts(page[name]) !== facts(given.layout[name])) wrong.push(`"${title}": ${name} is ${facts(box._fullLayout[name])} from the JSON alone and ${facts(page[name])} on the page`);
            }
            Plotly.purge(box);
            box.remove();
          }
          return wrong;
        }
        """;

    // What each script knows of one chart: both pictures, shown at their own size, with the places of their texts in pixels from the corner.
    private static string Wrap(string body) => $$"""
        () => [...document.querySelectorAll(".courselib-figure")].flatMap(figure => {
          const wrong = [], svg = figure.querySelector(":scope > svg"), plot = figure.querySelector(":scope > .js-plotly-plot"), title = figure.querySelector("title").textContent;
          const clean = s => s.replace(/[\u2212\u2013]/g, "-").replace(/\s+/g, "").trim();
          const width = svg.viewBox.baseVal.width, height = svg.viewBox.baseVal.height;
          svg.style.display = "block";
          svg.style.width = width + "px";
          svg.style.maxWidth = "none";
          const place = (box, root) => { const r = root.getBoundingClientRect(); return { left: box.left - r.left, right: box.right - r.left, top: box.top - r.top, bottom: box.bottom - r.top }; };
          const shown = e => { const s = getComputedStyle(e), r = e.getBoundingClientRect(); return s.visibility !== "hidden" && +s.opacity > 0 && r.width > 0; };
          const numbers = colour => (colour.match(/[\d.]+/g) || [0, 0, 0]).map(Number);
          const hex = colour => "#" + numbers(colour).slice(0, 3).map(n => Math.round(n).toString(16).padStart(2, "0")).join("");
          const light = colour => { const f = v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4, [r, g, b] = numbers(colour); return 0.2126 * f(r) + 0.7152 * f(g) + 0.0722 * f(b); };
          const ink = e => { const s = getComputedStyle(e); return hex(s.fill === "none" || numbers(s.fill)[3] === 0 ? s.stroke : s.fill); };
          const middle = e => { const r = place(e.getBoundingClientRect(), svg.contains(e) ? svg : plot); return { x: (r.left + r.right) / 2, y: (r.top + r.bottom) / 2, w: r.right - r.left, h: r.bottom - r.top }; };
          const texts = root => [...root.querySelectorAll("text")].filter(t => t.textContent.trim() && shown(t)).map(t => ({ text: clean(t.textContent), slack: /[xy]\d*title/.test(t.getAttribute("class")) ? 8 : 4, contrast: 1.05 / (light(getComputedStyle(t).fill) + 0.05), ...middle(t) }));
          const grounds = [...svg.querySelectorAll("image")].map(i => place(i.getBoundingClientRect(), svg));
          {{body}}
          for (const name of ["width", "max-width"]) svg.style.removeProperty(name);
          svg.style.maxWidth = "100%";
          svg.style.display = "none";
          return wrong;
        })
        """;
}
