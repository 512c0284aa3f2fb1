using CourseLib.Benchmarks.Comparing;

namespace CourseLib.Tests.Benchmarks;

/// <summary>The lines between <c>compare</c> and a contender: what one writes the other reads, in every culture, among whatever a library prints.</summary>
public class ConversationTests
{
    [Fact]
    public void A_request_is_read_as_it_was_written()
    {
        Request request = new(Request.Run, "gemm/64x64x64/nt", "channels_last+foreach", 0.125, 600);
        Assert.Equal("run gemm/64x64x64/nt channels_last+foreach 0.125 600", request.ToLine());
        Assert.Equal(request, Request.Parse(request.ToLine()));
        Assert.All(new[] { Request.Check, Request.Beside }, kind => Assert.Equal(kind, Request.Parse((request with { Kind = kind }).ToLine()).Kind));
    }

    [Theory]
    [InlineData(""), InlineData("run a plain 0.1"), InlineData("walk a plain 0.1 0"), InlineData("run a plain soon 0"), InlineData("run a plain 0,1 0"), InlineData("run a plain 0.1 -1")]
    public void Another_line_is_no_request(string line) => Assert.Throws<FormatException>(() => Request.Parse(line));

    [Fact]
    public void Times_are_read_as_they_were_written()
    {
        Answer? read = Answer.Parse(new Answer(Answer.Times, [12.5, 1e-3, 123456.75], "").ToLine());
        Assert.Equal(Answer.Times, read?.Kind);
        Assert.Equal([12.5, 1e-3, 123456.75], read!.Numbers);
    }

    [Fact]
    public void A_reason_of_several_lines_becomes_one()
    {
        string line = Answer.Without("no module\n  named torch").ToLine();
        Assert.Equal("@missing no module named torch", line);
        Assert.Equal("no module named torch", Answer.Parse(line)?.Text);
        Assert.Equal("PyTorch 1.13", Answer.Parse("@hello PyTorch 1.13")?.Text);
    }

    [Theory]
    [InlineData("times 1 2"), InlineData("@times"), InlineData("@times one"), InlineData("@digest 1 2"), InlineData("@@times 1"), InlineData("warning: something"), InlineData("")]
    public void What_a_library_prints_is_no_answer(string line) => Assert.Null(Answer.Parse(line));

    [Fact]
    public void A_digest_survives_the_way()
    {
        Digest digest = Digest.Of([1, -2, 2], [0.5f, 0.25f, -1]);
        Assert.Equal(new Digest(3, -2, 3), digest);
        Assert.Equal(digest, Digest.From(Answer.Parse(digest.ToAnswer().ToLine())!));
    }

    [Fact]
    public void A_digest_forgives_rounding_and_nothing_else()
    {
        float[] vector = [0.3f, -0.7f, 0.9f, 0.1f];
        Digest right = Digest.Of([1, 2, 3, 4], vector);
        Assert.True(right.Agrees(Digest.Of([1.00001f, 2, 3, 3.99999f], vector)));
        Assert.False(right.Agrees(Digest.Of([2, 1, 3, 4], vector)));
        Assert.False(right.Agrees(Digest.Of([1, 2, 3, 4.1f], vector)));
        Assert.False(right.Agrees(Digest.Of([1, 2, 3], vector)));
        Assert.False(right.Agrees(Digest.Of([1, 2, 3, float.NaN], vector)));
    }
}
