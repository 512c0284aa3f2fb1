using System.Text;

namespace CourseLib.Notebooks.Kernel;

/// <summary>
/// A console writer whose text becomes a stream output of the running cell. Every line is passed on at once, so that it is
/// in order with displays made between two lines and not lost when the process ends; a cell that prints without end is cut.
/// </summary>
internal sealed class ConsoleCapture(string name) : TextWriter
{
    private const int Longest = 1_000_000;

    private readonly Lock gate = new();
    private readonly StringBuilder pending = new();
    private int written;

    /// <summary>The stream's name in nbformat.</summary>
    public string Name => name;

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => Write([value]);

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(ReadOnlySpan<char> buffer)
    {
        lock (gate)
        {
            if (written > Longest)
            {
                return;
            }

            written += buffer.Length;
            pending.Append(buffer);
            if (written > Longest)
            {
                pending.Append(System.Globalization.CultureInfo.InvariantCulture, $"\n… cut: the cell wrote more than {Longest} characters\n");
            }

            if (written > Longest || pending.Length > 4096 || buffer.Contains('\n'))
            {
                Send();
            }
        }
    }

    // The base class would build every line from single characters.
    public override void WriteLine(string? value) => Write(string.Concat(value, CoreNewLine.AsSpan()));

    /// <summary>Passes on what has no line end yet.</summary>
    public override void Flush()
    {
        lock (gate)
        {
            Send();
        }
    }

    /// <summary>A new cell may write as much again.</summary>
    public void Restart()
    {
        lock (gate)
        {
            written = 0;
        }
    }

    private void Send()
    {
        if (pending.Length > 0)
        {
            string text = pending.ToString();
            pending.Clear();
            KernelOutputs.Current.Stream(name, text);
        }
    }
}
