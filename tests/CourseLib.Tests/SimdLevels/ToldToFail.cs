using System.Globalization;

namespace CourseLib.Tests.SimdLevels;

/// <summary>A test that fails in a child process which asks it to: that failures come through is itself tested.</summary>
public class ToldToFail
{
    internal static bool Obeys { get; set; }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Does_as_told(int left) => Assert.False(Obeys && left == 1, string.Create(CultureInfo.CurrentCulture, $"told to fail {1.5}"));
}
