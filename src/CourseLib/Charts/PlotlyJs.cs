namespace CourseLib.Charts;

/// <summary>The plotly.js that takes over from the static pictures: one pinned version, checked by its hash.</summary>
public static class PlotlyJs
{
    /// <summary>The pinned version of the package plotly.js-dist-min.</summary>
    public const string Version = "4.1.2";

    /// <summary>Where hosts load it from.</summary>
    public const string Url = $"https://cdn.jsdelivr.net/npm/plotly.js-dist-min@{Version}/plotly.min.js";

    /// <summary>The subresource integrity of plotly.min.js in that version.</summary>
    public const string Integrity = "sha384-hHv6D3tTUUBpp4tVv6t2Dc3oGuRhphmWOTKUR8jWyN0Pnon1g3iebKCNDNmKmxo8";
}
