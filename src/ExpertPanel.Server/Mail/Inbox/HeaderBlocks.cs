namespace ExpertPanel.Server.Mail.Inbox;

/// <summary>
/// Measures header blocks on the raw bytes, before any parser sees them: the parser's cost grows with the square of a block
/// (3 MB took a minute and 67 GiB of allocations). Besides the mail's own block it looks, on the safe side, at whatever could
/// become one further down: header-like lines after a line that may be a boundary, or after an empty line that ended a block.
/// </summary>
public static class HeaderBlocks
{
    private const int NotInBlock = -1;

    public static bool TooLong(ReadOnlySpan<byte> raw, int limit)
    {
        if (OwnBlockLength(raw, limit) > limit) return true;
        var own = true;
        var block = 0;
        while (!raw.IsEmpty)
        {
            var newline = raw.IndexOf((byte)'\n');
            var line = newline < 0 ? raw : raw[..(newline + 1)];
            raw = raw[line.Length..];
            if (block != NotInBlock && IsBlank(line))
            {
                own = false;
                block = 0;
            }
            else if (!own && line.StartsWith("--"u8))
            {
                block = 0;
            }
            else if (block != NotInBlock && (own || IsHeaderLike(line)))
            {
                block += line.Length;
                if (block > limit) return true;
            }
            else
            {
                block = NotInBlock;
            }
        }

        return false;
    }

    /// <summary>The mail's own header block, without its closing empty line; never looks further than just beyond the limit.</summary>
    public static int OwnBlockLength(ReadOnlySpan<byte> raw, int limit)
    {
        var length = 0;
        while (length <= limit && length < raw.Length)
        {
            var newline = raw[length..].IndexOf((byte)'\n');
            var line = newline < 0 ? raw[length..] : raw.Slice(length, newline + 1);
            if (IsBlank(line)) return length;
            length += line.Length;
        }

        return length;
    }

    private static bool IsBlank(ReadOnlySpan<byte> line) => line is [(byte)'\n'] or [(byte)'\r', (byte)'\n'];

    private static bool IsHeaderLike(ReadOnlySpan<byte> line)
    {
        if (line[0] is (byte)' ' or (byte)'\t') return true;
        var name = line.IndexOf((byte)':');
        return name > 0 && line[..name].TrimEnd((byte)' ').IndexOfAnyInRange((byte)0, (byte)' ') < 0;
    }
}
