using System.Text.Json;
using CourseLib.Benchmarks.Comparing;

namespace CourseLib.Tests.Benchmarks;

/// <summary>Times become rows: medians, ratios, goals, JSON and text.</summary>
public class RowTests
{
    [Fact]
    public void The_median_is_the_middle_or_the_mean_of_the_two_there()
    {
        Assert.Equal(3, Median.Of([100, 1, 3]));
        Assert.Equal(2.5, Median.Of([4, 1, 2, 3]));
        Assert.Throws<ArgumentException>(() => Median.Of([]));
    }

    [Fact]
    public void The_lowest_tenth_is_no_single_stroke_of_luck()
    {
        Assert.Equal(7, Median.LowestTenth([7]));
        Assert.Equal(3, Median.LowestTenth([.. Enumerable.Range(1, 21).Reverse().Select(i => (double)i)]));
        Assert.Throws<ArgumentException>(() => Median.LowestTenth([]));
    }

    [Fact]
    public void Columns_of_texts_are_to_the_left_and_bars_in_texts_are_no_borders() =>
        Assert.Equal("| work | us |\n|---|--:|\n| a\\|b | 1 |\n| c | 2 |", MarkdownTable.Of(["|work", "us"], [["a|b", "1"], ["c", "2"]]));

    [Fact]
    public void A_row_is_medians_and_the_spread_of_the_rounds()
    {
        // The second round was disturbed, for both: their medians do not know, the spread does.
        Row row = Row.Of("gemm/64x64x64/nn", 2, "OpenBLAS", [10, 50, 10], [20, 75, 30]);
        Assert.Equal((10.0, 30.0, 3.0), (row.OursUs, row.PeerUs, row.Ratio));
        Assert.Equal((1.5, 3.0), (row.Low, row.High));
        Assert.Null(row.Missing);
    }

    [Fact]
    public void A_peer_that_was_asked_once_is_held_against_ours_of_that_round()
    {
        Row row = Row.Of("gemm/64x64x64/nn", 1, "MathNet", [10, 20, 30], [50]);
        Assert.Equal((10.0, 50.0, 5.0, 5.0, 5.0), (row.OursUs, row.PeerUs, row.Ratio, row.Low, row.High));
    }

    [Fact]
    public void Only_the_fastest_setting_of_a_peer_is_held_against_a_goal()
    {
        Row plain = Row.Of("conv/x/dx", 1, "PyTorch", [10], [30]) with { Goal = 1.2 };
        Row channelsLast = Row.Of("conv/x/dx", 1, "PyTorch, channels_last", [10], [20]) with { Goal = 1.2 };
        Row other = Row.Of("conv/x/dx", 1, "limit: FMA", [10], [5]) with { Goal = 0.93 };
        Row missing = new("conv/x/dx", 1, "PyTorch, foreach") { Missing = "has none", Goal = 1.2 };
        Assert.Equal([null, 1.2, 0.93, null], Row.KeepGoalsThatCount([plain, channelsLast, other, missing]).Select(row => row.Goal));
    }

    [Fact]
    public void Where_one_of_two_goals_is_enough_the_other_is_none()
    {
        Row[] memory = [Row.Of("batchnorm/x", 1, "PyTorch", [10], [15]) with { Goal = 2 }, Row.Of("batchnorm/x", 1, Goals.Bandwidth, [10], [9]) with { Goal = 0.85 }];
        Assert.Equal([null, 0.85], Row.KeepGoalsThatCount(memory).Select(row => row.Goal));
        Row[] neither = [memory[0], memory[1] with { Goal = 0.95 }];
        Assert.Equal([2, 0.95], Row.KeepGoalsThatCount(neither).Select(row => row.Goal));
        Row[] both = [Row.Of("conv/3x3", 1, "PyTorch", [10], [11]) with { Goal = 1.2 }, Row.Of("conv/3x3", 1, Goals.Arithmetic, [10], [9]) with { Goal = 0.85 }];
        Assert.Equal([1.2, 0.85], Row.KeepGoalsThatCount(both).Select(row => row.Goal));
    }

    [Fact]
    public void Json_has_the_six_members_always_and_the_reason_where_there_is_one()
    {
        Row measured = Row.Of("exp/16K", 1, "TensorPrimitives", [1.23456], [4.0]) with { Goal = 2 };
        Row missing = new("exp/16K", 1, "PyTorch") { Missing = "No module named 'torch'" };
        using JsonDocument document = JsonDocument.Parse(RowsJson.Write([measured, missing]));
        JsonElement first = document.RootElement[0], second = document.RootElement[1];
        Assert.Equal("exp/16K", first.GetProperty("work").GetString());
        Assert.Equal(1, first.GetProperty("threads").GetInt32());
        Assert.Equal(1.235, first.GetProperty("ours_us").GetDouble());
        Assert.Equal(4, first.GetProperty("peer_us").GetDouble());
        Assert.Equal(3.24, first.GetProperty("ratio").GetDouble());
        Assert.False(first.TryGetProperty("missing", out _));
        Assert.All(new[] { "ours_us", "peer_us", "ratio" }, name => Assert.Equal(JsonValueKind.Null, second.GetProperty(name).ValueKind));
        Assert.Equal("No module named 'torch'", second.GetProperty("missing").GetString());
        Assert.False(second.TryGetProperty("goal", out _));
    }

    [Fact]
    public void A_table_says_what_is_met_and_what_is_missing()
    {
        Row met = Row.Of("gemm/a", 1, "OpenBLAS", [10], [10]) with { Goal = 1 };
        Row behind = Row.Of("gemm/b", 1, "OpenBLAS", [1000], [500]) with { Goal = 1 };
        Row missing = new("gemm/c", 2, "OpenBLAS") { Missing = "no | library", Goal = 1 };
        string[] lines = RowText.Markdown([met, behind, missing]).Split('\n');
        Assert.Equal("| gemm/a | 1 | 10.0 | OpenBLAS | 10.0 | 1.00 | 1.00 .. 1.00 | >= 1.00 met; best times 1.00 |", lines[2]);
        Assert.Equal("| gemm/b | 1 | 1000 | OpenBLAS | 500 | 0.50 | 0.50 .. 0.50 | >= 1.00 not met; best times 0.50 |", lines[3]);
        Assert.Equal(@"| gemm/c | 2 | - | OpenBLAS | - | no \| library |  | >= 1.00 |", lines[4]);
        Assert.All(lines, line => Assert.Equal(lines[0].Count(c => c == '|'), line.Replace(@"\|", "", StringComparison.Ordinal).Count(c => c == '|')));
    }

    [Theory]
    [InlineData("gemm/64x128x10/nt", 1, "OpenBLAS", false, 1.0)]
    [InlineData("gemm/64x128x10/nt", 1, "OpenBLAS", true, 0.97)]
    [InlineData("gemm/64x128x10/nt", 2, "OpenBLAS", true, null)]
    [InlineData("gemm/256x256x256/nn", 1, Goals.Arithmetic, false, 0.93)]
    [InlineData("gemm/128x128x128/nn", 1, Goals.Arithmetic, false, null)]
    [InlineData("gemm/128x128x128/nn", 2, Goals.OneThread, false, 1.85)]
    [InlineData("gemm/64x784x256/nn", 2, Goals.OneThread, false, null)]
    [InlineData("train/mlp_b64", 1, "PyTorch, foreach", false, 2.0)]
    [InlineData("train/lenet_b64", 2, "PyTorch, channels_last", false, 4.5)]
    [InlineData("train/cnn_b64", 1, "PyTorch, foreach", false, 1.5)]
    [InlineData("train/cnn_b64", 2, "PyTorch, channels_last+foreach", false, 1.4)]
    [InlineData("train/cnn_b64", 2, "PyTorch, channels_last+foreach", true, null)]
    [InlineData("infer/cnn_b64", 2, "ONNX Runtime", false, 1.0)]
    [InlineData("infer/cnn_b1", 2, "ONNX Runtime", false, null)]
    [InlineData("conv/3x3_32_32_28/dx", 1, "PyTorch", false, 1.2)]
    [InlineData("conv/5x5_6_16_14/dx", 1, "PyTorch", false, null)]
    [InlineData("batchnorm/64x32x28x28/forward", 1, Goals.Bandwidth, false, 0.85)]
    [InlineData("batchnorm/64x32x28x28/forward", 1, Goals.CacheBandwidth, false, null)]
    [InlineData("adam/1M", 1, "PyTorch, foreach", false, 2.0)]
    [InlineData("exp/1M", 2, "TensorPrimitives", false, 2.0)]
    [InlineData("exp/1M", 2, "PyTorch", false, null)]
    [InlineData("erf/1M", 2, "PyTorch", false, 2.0)]
    [InlineData("gelu/16K", 1, "TensorPrimitives", false, null)]
    [InlineData("gemm/64x64x64/nn", 1, "MathNet", false, null)]
    public void Goals_are_those_of_the_project(string work, int threads, string peer, bool narrow, double? goal) => Assert.Equal(goal, Goals.Of(work, threads, peer, narrow));
}
