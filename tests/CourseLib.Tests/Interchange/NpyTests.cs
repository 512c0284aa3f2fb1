using CourseLib.Interchange;
using CourseLib.Tensors;
using CourseLib.Tests.Data;

namespace CourseLib.Tests.Interchange;

public class NpyTests
{
    private const string Good = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }  \n";

    [Theory]
    [InlineData]
    [InlineData(5)]
    [InlineData(2, 3, 4)]
    [InlineData(0, 7)]
    public void A_written_tensor_reads_back(params int[] shape)
    {
        using TemporaryFolder folder = new();
        Tensor tensor = Tensor.RandN(new Shape(shape), new(1));
        Npy.Save(folder["a.npy"], tensor);
        Tensor read = Npy.Load(folder["a.npy"]);
        Assert.Equal(tensor.Shape, read.Shape);
        Assert.Equal(tensor.ToArray(), read.ToArray());
    }

    [Fact]
    public void The_header_is_what_numpy_writes()
    {
        using TemporaryFolder folder = new();
        Npy.Save(folder["a.npy"], Tensor.From([-1, -0.75f, -0.5f, -0.25f, 0]));
        Assert.Equal(File.ReadAllBytes(Files.Committed("vector.npy")), File.ReadAllBytes(folder["a.npy"]));
    }

    [Theory]
    [InlineData("{'shape': (2, 3), 'fortran_order': False, 'descr': '<f4'}")]
    [InlineData("{\"descr\":\"<f4\",\"fortran_order\":False,\"shape\":(2,3,)}")]
    public void A_literal_may_be_spaced_and_ordered_otherwise(string header) => Assert.Equal([2, 3], Files.Npy(Files.NpyBytes(header, 24)).Shape);

    [Theory]
    [InlineData("__import__('os').system('true')", "expected a dictionary at character 0")]
    [InlineData("{'descr': __import__('os').system('true'), 'fortran_order': False, 'shape': (2, 3), }", "structured types are not read at character 10")]
    [InlineData("{'descr': '<f4', 'fortran_order': not True, 'shape': (2, 3), }", "True or False at character")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), } or exit()", "nothing after the dictionary")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 1 + 2), }", "',' or ')'")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2, *[3]), }", "an integer from 0 on")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (-2, -3), }", "an integer from 0 on")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (6), }", "a comma in a tuple of one")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': 6, }", "a tuple of integers")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': [2, 3], }", "a tuple of integers")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (,), }", "an integer from 0 on")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (9999999999, 9999999999), }", "the shape is (9999999999, 9999999999)")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (999999999999999999999, 3), }", "',' or ')'")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (65536, 65536), }", "at most 2147483575 elements")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1, 1, 1, 1, 1, 1, 1, 6), }", "at most 8 sizes")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), 'shape': (2, 3), }", "each once")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), 'more': 1, }", "each once")]
    [InlineData("{'descr': '<f4', 'shape': (2, 3), }", "'fortran_order' is missing")]
    [InlineData("{'descr': '<f\\x34', 'fortran_order': False, 'shape': (2, 3), }", "a short text in quotes")]
    [InlineData("{'descr': '<f4, 'fortran_order': False, 'shape': (2, 3), }", "',' or '}'")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3)", "',' or '}'")]
    [InlineData("{'descr': '', 'fortran_order': False, 'shape': (2, 3), }", "descr")]
    [InlineData("{'descr': '<', 'fortran_order': False, 'shape': (2, 3), }", "found '<'")]
    [InlineData("{'descr': '=f4', 'fortran_order': False, 'shape': (2, 3), }", "found '=f4'")]
    [InlineData("{'descr': '|f4', 'fortran_order': False, 'shape': (2, 3), }", "found '|f4'")]
    [InlineData("{'descr': '<f16', 'fortran_order': False, 'shape': (2, 3), }", "found '<f16'")]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (2, 3), }", "pickled Python, which is never read")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 4), }", "takes 32 bytes, and 24 follow the header; it is truncated")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }", "something follows the numbers")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (40000, 50000), }", "takes 8000000000 bytes, and 24 follow")]
    [InlineData("", "expected a dictionary at character 0, found its end")]
    public void A_header_that_is_no_plain_literal_is_refused(string header, string expected)
    {
        string message = Files.Refusal(() => Files.Npy(Files.NpyBytes(header, 24)));
        Assert.StartsWith("x.npy: ", message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 0xFFFFu)]
    [InlineData(2, uint.MaxValue)]
    [InlineData(3, 1u << 31)]
    public void A_header_longer_than_the_file_takes_no_memory(byte version, uint length) =>
        Assert.Contains("header length", Files.Refusal(() => Files.Npy(Files.NpyBytes(Good, 24, version, length))), StringComparison.Ordinal);

    [Fact]
    public void An_unknown_version_or_magic_is_refused()
    {
        Assert.Contains("version 4.0; expected 1.0, 2.0 or 3.0", Files.Refusal(() => Files.Npy(Files.NpyBytes(Good, 24, 4))), StringComparison.Ordinal);
        Assert.Contains("begins with 93 'NUMPY'", Files.Refusal(() => Files.Npy("PK\u0003\u0004 is a zip"u8.ToArray())), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_cut_off_anywhere_is_refused()
    {
        byte[] whole = Files.NpyBytes(Good, 24);
        Assert.Equal([2, 3], Files.Npy(whole).Shape);
        for (int length = 0; length < whole.Length; length++)
        {
            Files.Refusal(() => Files.Npy(whole[..length]));
        }
    }
}
