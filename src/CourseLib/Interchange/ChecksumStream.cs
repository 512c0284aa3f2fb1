namespace CourseLib.Interchange;

/// <summary>Passes on what it reads and keeps the CRC-32 of it (ISO 3309, the checksum of zip), which the platform's reader does not verify. Does not own what it reads.</summary>
internal sealed class ChecksumStream(Stream source) : ForwardStream
{
    private static readonly uint[] Table = MakeTable();

    private uint state = uint.MaxValue;

    /// <summary>The checksum of the bytes read so far.</summary>
    internal uint Checksum => ~state;

    public override int Read(Span<byte> buffer)
    {
        int got = source.Read(buffer);
        foreach (byte value in buffer[..got])
        {
            state = Table[(byte)(state ^ value)] ^ (state >> 8);
        }

        return got;
    }

    private static uint[] MakeTable()
    {
        const uint Polynomial = 0xEDB88320;
        uint[] table = new uint[256];
        for (uint i = 0; i < table.Length; i++)
        {
            uint value = i;
            for (int bit = 0; bit < 8; bit++)
            {
                value = (value >> 1) ^ ((value & 1) * Polynomial);
            }

            table[i] = value;
        }

        return table;
    }
}
