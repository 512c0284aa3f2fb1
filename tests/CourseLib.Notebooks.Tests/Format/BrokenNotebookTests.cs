using CourseLib.Notebooks.Format;

namespace CourseLib.Notebooks.Tests.Format;

public class BrokenNotebookTests
{
    [Theory]
    [InlineData("", "expected JSON")]
    [InlineData("{\n\"cells\": [,]}", "expected JSON (line 2, byte 11)")]
    [InlineData("[]", "expected a JSON object, found []")]
    [InlineData("""{"cells":[]}""", "nbformat: expected the number 4, found nothing")]
    [InlineData("""{"cells":[],"nbformat":"4"}""", "nbformat: expected the number 4, found \"4\"")]
    [InlineData("""{"worksheets":[],"nbformat":3}""", "nbformat: expected 4, found 3")]
    [InlineData("""{"nbformat":4}""", "cells: expected a list, found nothing")]
    [InlineData("""{"nbformat":4,"nbformat":4,"cells":[]}""", "expected JSON")]
    [InlineData("""{"nbformat":4,"cells":[7]}""", "cells[0]: expected a JSON object, found 7")]
    [InlineData("""{"nbformat":4,"cells":[{"cell_type":"raw","source":""},{"cell_type":"heading","source":""}]}""", "cells[1].cell_type: expected \"code\", \"markdown\" or \"raw\", found \"heading\"")]
    [InlineData("""{"nbformat":4,"cells":[{"cell_type":"code"}]}""", "cells[0].source: expected a string or a list of strings, found nothing")]
    [InlineData("""{"nbformat":4,"cells":[{"cell_type":"code","source":["a",1]}]}""", "cells[0].source: expected a string or a list of strings, found [\"a\",1]")]
    [InlineData("""{"nbformat":4,"cells":[{"cell_type":"code","source":"","outputs":{}}]}""", "cells[0].outputs: expected a list, found {}")]
    [InlineData("""{"nbformat":4,"cells":[{"cell_type":"code","source":"","execution_count":"1"}]}""", "cells[0].execution_count: expected a number or null, found \"1\"")]
    [InlineData("""{"nbformat":4,"cells":[{"cell_type":"code","source":"","metadata":[]}]}""", "cells[0].metadata: expected a JSON object, found []")]
    [InlineData("""{"nbformat":4,"cells":[{"cell_type":"code","source":"","id":1}]}""", "cells[0].id: expected a string, found 1")]
    [InlineData("""{"nbformat":4,"cells":[{"cell_type":"code","source":"\ud83d"}]}""", "cells[0].source: expected a string or a list of strings, found \"\\ud83d\"")]
    public void The_error_says_where_and_what_was_expected(string json, string expected)
    {
        var error = Assert.Throws<NotebookException>(() => NotebookDocument.Parse(json, "05-x.ipynb"));
        Assert.StartsWith("05-x.ipynb: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named() =>
        Assert.Contains("no-such.ipynb", Assert.Throws<NotebookException>(() => NotebookDocument.Read("no-such.ipynb")).Message, StringComparison.Ordinal);
}
