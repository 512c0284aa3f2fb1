using System.Text.Encodings.Web;
using System.Text.Json;
using CourseLib.Charts.Layout;
using CourseLib.Display;

namespace CourseLib.Charts.Rendering;

/// <summary>A figure as HTML: the static picture, then one inline script that puts plotly.js in its place.</summary>
internal static class FigureHtml
{
    // Only what could end the script or the string is escaped: the default encoder would turn every letter outside ASCII into six.
    private static readonly JsonSerializerOptions InScript = new() { Encoder = JavaScriptEncoder.Create(System.Text.Unicode.UnicodeRanges.All) };

    /// <summary>
    /// The script. A page may say where plotly.js is by setting <c>window.courselibPlotly</c> to the library itself or to an address; else it comes from the pinned
    /// address. All charts of a page share one load, and a load that fails leaves the pictures. Notes on the odd parts:
    /// the script element is built here because hosts that re-create script elements drop the integrity attribute, and it is set for the pinned https address only
    /// because browsers refuse it on file://; this version of the library takes no notice of an AMD loader on the page, as classic Jupyter has one (a test holds it to that);
    /// the chart is drawn out of sight first, because text has no size in a hidden element, and only when the reader comes near, so that a page with
    /// many charts opens at once. It keeps the width of the picture: a narrow page scrolls the chart sideways instead of cutting its labels. On a phone, where a finger would
    /// zoom the plot and never get past it, the picture stays. What goes wrong while drawing, or because the output is gone by then, also leaves the picture.
    /// </summary>
    private const string Script = """
        (function () {
          var host = document.querySelector("#%ID%:not([data-figure])");
          if (!host) return;
          host.setAttribute("data-figure", "static");
          var figure = %FIGURE%;
          function load() {
            var given = window.courselibPlotly, source = typeof given === "string" ? given : "%URL%";
            if (given && given.newPlot) return Promise.resolve(given);
            if (window.Plotly && window.Plotly.newPlot) return Promise.resolve(window.Plotly);
            if (window.courselibPlotlyLoading) return window.courselibPlotlyLoading;
            return window.courselibPlotlyLoading = new Promise(function (done, failed) {
              var script = document.createElement("script");
              script.onerror = function () { window.courselibPlotlyLoading = null; failed(); };
              script.onload = function () { window.Plotly && window.Plotly.newPlot ? done(window.Plotly) : script.onerror(); };
              script.async = true;
              script.src = source;
              if (source === "%URL%") { script.integrity = "%INTEGRITY%"; script.crossOrigin = "anonymous"; }
              document.head.appendChild(script);
            });
          }
          function draw() {
            if (window.matchMedia && matchMedia("(pointer: coarse)").matches && host.clientWidth < figure.layout.width) return;
            load().then(function (plotly) {
              if (!host.isConnected) return;
              var box = document.createElement("div"), picture = host.querySelector("svg");
              box.style.cssText = "position:absolute;left:-10000px;top:0";
              box.setAttribute("role", "img");
              box.setAttribute("aria-label", picture.querySelector("title").textContent + ". " + picture.querySelector("desc").textContent);
              host.appendChild(box);
              return Promise.resolve().then(function () { return plotly.newPlot(box, figure.data, figure.layout, figure.config); }).then(function () {
                picture.style.display = "none";
                box.style.cssText = "";
                host.setAttribute("data-figure", "interactive");
              }).catch(function () { box.remove(); });
            }, function () { });
          }
          if (!window.IntersectionObserver) return draw();
          var near = new IntersectionObserver(function (seen) {
            if (!seen.some(function (entry) { return entry.isIntersecting; })) return;
            near.disconnect();
            draw();
          }, { rootMargin: "600px" });
          near.observe(host);
        })();
        """;

    // Smaller letters than these nobody reads: a narrower page scrolls.
    private const double SmallestScale = 0.75;

    public static string Fragment(Figure figure)
    {
        // Ids are random and not seeded: a generator of the course must not depend on how many charts were shown.
        string id = "courselib-" + Guid.NewGuid().ToString("N");
        Scene scene = SceneBuilder.Build(figure);
        string script = Script.Replace("%ID%", id, StringComparison.Ordinal).Replace("%URL%", PlotlyJs.Url, StringComparison.Ordinal).Replace("%INTEGRITY%", PlotlyJs.Integrity, StringComparison.Ordinal)
            .Replace("%FIGURE%", PlotlyJson.Write(scene).ToJsonString(InScript), StringComparison.Ordinal);
        return $"<div id=\"{id}\" class=\"courselib-figure\" style=\"position:relative;width:fit-content;max-width:100%;overflow-x:auto;overflow-y:hidden;background:{Scene.Paper};color:{Scene.TextColor};color-scheme:light;border-radius:6px\">"
            + SvgRenderer.Write(scene, figure.PlainTitle, figure.Description, scene.Width * SmallestScale) + $"<script type=\"text/javascript\">{script}</script></div>";
    }

    public static string Page(Figure figure) =>
        $"<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{Html.Escape(figure.PlainTitle)}</title></head>\n<body>{Fragment(figure)}</body></html>\n";
}
