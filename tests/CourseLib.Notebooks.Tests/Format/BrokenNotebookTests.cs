using CourseLib.Notebooks.Format;

namespace CourseLib.Notebooks.Tests.Format;

public class BrokenNotebookTests
{
    [Theory]
    [InlineData("", "expected JSON: the file is empty")]
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
        NotebookException error = Assert.Throws<NotebookException>(() => NotebookDocument.Parse(json, "05-x.ipynb"));
        Assert.StartsWith("05-x.ipynb: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xFE, (byte)'{', 0 }, "found byte 0xFF at 0")] // UTF-16, as Notepad once saved
    [InlineData(new byte[] { (byte)'"', 0xC3, 0xA4, 0xE4, (byte)'"' }, "found byte 0xE4 at 3")] // Latin-1 after UTF-8
    [InlineData(new byte[] { (byte)'"', 0xE2, 0x82 }, "found byte 0xE2 at 1")] // cut inside a character
    public void Bytes_that_are_no_text_are_named(byte[] content, string expected)
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, content);
            Assert.Contains("expected JSON in UTF-8, " + expected, Assert.Throws<NotebookException>(() => NotebookDocument.Read(path)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_missing_file_is_named() =>
        Assert.Contains("no-such.ipynb", Assert.Throws<NotebookException>(() => NotebookDocument.Read("no-such.ipynb")).Message, StringComparison.Ordinal);
}
