using CourseLib.Notebooks.Book;
using CourseLib.Notebooks.Book.Assets;

namespace CourseLib.Notebooks.Tests.Book;

public class BookSmoke
{
    [Fact]
    public void Write_a_sample()
    {
        var result = CourseBook.Write(new("/tmp/booksample", SampleCourse.All(), SampleCourse.Ledger) { Libraries = WebLibraries.Prepare("/work/wt/book/artifacts/web") });
        Assert.Empty(result.Notices);
    }
}
