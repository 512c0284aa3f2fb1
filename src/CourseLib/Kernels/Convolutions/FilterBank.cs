using System.Runtime.CompilerServices;

namespace CourseLib.Kernels.Convolutions;

/// <summary>
/// Filters in the order in which the tiles read them: for each panel of rows (see <see cref="RowPanels"/>) its weights [depth, rows of the panel],
/// and for each k of the sum the offset of its pixels. The rows are cut into groups so that few images still occupy all threads.
/// </summary>
internal readonly unsafe ref struct FilterBank
{
    private readonly Scratch panels;
    private readonly Scratch tables;

    /// <summary>Lends room for the filters; <see cref="Offsets"/> and <see cref="Sources"/> have to be filled before <see cref="Fill"/>.</summary>
    /// <param name="rows">Filters.</param>
    /// <param name="depth">Weights of each.</param>
    /// <param name="batch">Images: with few of them the rows are split.</param>
    public FilterBank(int rows, int depth, int batch)
    {
        Rows = rows;
        Depth = depth;
        int padded = RowPanels.Padded(rows);
        GroupRows = batch >= EnoughImages ? padded : Math.Min(padded, GroupHeight);
        panels = ScratchPool.Rent(((long)padded * depth) + padded);
        tables = ScratchPool.Rent(2L * depth);
    }

    // With this many images every thread has its own to work on.
    private const int EnoughImages = 8;

    // A multiple of every panel height but six, so that a group's panels are full ones.
    private const int GroupHeight = 8;

    public int Rows { get; }

    public int Depth { get; }

    /// <summary>Rows of a group, all but the last; even.</summary>
    public int GroupRows { get; }

    public int Groups => (RowPanels.Padded(Rows) + GroupRows - 1) / GroupRows;

    public float* Panels => panels.Pointer;

    /// <summary>First value of each row's sums.</summary>
    public float* Bias => Panels + ((nint)RowPanels.Padded(Rows) * Depth);

    /// <summary>For each k, where its pixels lie.</summary>
    public int* Offsets => (int*)tables.Pointer;

    /// <summary>For each k, where row 0 has its weight; further rows follow at a fixed distance.</summary>
    public int* Sources => Offsets + Depth;

    /// <summary>Copies the weights into panels.</summary>
    public void Fill(float* weights, int rowStride, float* bias)
    {
        int padded = RowPanels.Padded(Rows);
        for (int row = 0; row < padded; row++)
        {
            Bias[row] = bias != null && row < Rows ? bias[row] : 0;
        }
        for (int start = 0; start < padded; start += GroupRows)
        {
            int end = Math.Min(start + GroupRows, padded);
            int height;
            for (int row = start; row < end; row += height)
            {
                height = RowPanels.Next(end - row);
                FillPanel(weights, rowStride, row, height);
            }
        }
    }

    public void Dispose()
    {
        tables.Dispose();
        panels.Dispose();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FillPanel(float* weights, int rowStride, int start, int height)
    {
        float* panel = Panels + ((nint)start * Depth);
        for (int row = 0; row < height; row++)
        {
            float* source = weights + ((nint)(start + row) * rowStride);
            bool real = start + row < Rows;
            for (int k = 0; k < Depth; k++)
            {
                panel[((nint)k * height) + row] = real ? source[Sources[k]] : 0;
            }
        }
    }
}
