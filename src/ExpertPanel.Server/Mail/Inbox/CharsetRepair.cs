using System.Text;
using UtfUnknown;

namespace ExpertPanel.Server.Mail.Inbox;

/// <summary>
/// Bytes to text when the label is missing or wrong. GB2312 and GBK labels are read as GB18030, their superset: names such as 𠮷, 䶮
/// and 㛃 exist only there.
/// </summary>
public static class CharsetRepair
{
    private const int DetectionBytes = 64 * 1024;

    private const double CertainShare = 0.3;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string Decode(ReadOnlySpan<byte> bytes, string? label)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) return Encoding.UTF8.GetString(bytes[3..]);
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE])) return Encoding.Unicode.GetString(bytes[2..]);
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])) return Encoding.BigEndianUnicode.GetString(bytes[2..]);

        if (Utf16(bytes) is { } wide) return wide;

        var labelled = FromLabel(label);
        if (Ascii.IsValid(bytes)) return (labelled ?? Encoding.UTF8).GetString(bytes);

        var utf8 = Strictly(StrictUtf8, bytes);
        if (labelled is null) return utf8 ?? Guess(bytes);
        if (labelled.CodePage == Encoding.UTF8.CodePage) return utf8 ?? Guess(bytes);

        // A page of one-byte letters decodes anything, so its label proves nothing. And Chinese in UTF-8 mostly decodes as GB18030 too,
        // while text of another charset that happens to be UTF-8 with two three-byte letters practically does not exist.
        if (utf8 is not null && (labelled.IsSingleByte || LongLetters(bytes) >= 2)) return utf8;
        if (labelled.IsSingleByte) return LooksChinese(bytes) ?? labelled.GetString(bytes);
        var other = labelled.CodePage == ChineseGuess.Gb18030.CodePage ? ChineseGuess.Big5 : labelled.CodePage == ChineseGuess.Big5.CodePage ? ChineseGuess.Gb18030 : null;
        if (Strictly(labelled, bytes) is not { } text) return utf8 ?? Guess(bytes);
        return other is null ? text : ChineseGuess.Better(text, Strictly(other, bytes));
    }

    /// <summary>No other charset of mail has a byte of zeros, and any line break or Latin letter in UTF-16 has one, always on the same side.</summary>
    private static string? Utf16(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length % 2 != 0 || !bytes.Contains((byte)0)) return null;
        int first = 0, second = 0;
        for (var i = 0; i < bytes.Length; i += 2)
        {
            if (bytes[i] == 0) first++;
            if (bytes[i + 1] == 0) second++;
        }

        if (first > 0 && second > 0) return null;
        var text = Strictly(first == 0 ? Encoding.Unicode : Encoding.BigEndianUnicode, bytes);
        // A stray zero in another charset is none: half of Latin text must be zeros, or Chinese come out.
        return text is not null && ((first + second) * 4 > bytes.Length || ChineseGuess.Share(text) >= CertainShare) ? text : null;
    }

    private static Encoding? FromLabel(string? label)
    {
        var name = label?.Trim().Trim('"', '\'').ToLowerInvariant();
        switch (name)
        {
            case null or "" or "us-ascii" or "ascii" or "unknown-8bit" or "default" or "x-unknown":
            case "utf-7": // Its bytes are ASCII, so that it hides text from every check before the decoding.
                return null;
            case "gb2312" or "gbk" or "gb_2312-80" or "cp936" or "x-gbk" or "gb18030" or "euc-cn" or "chinese" or "csgb2312":
                return ChineseGuess.Gb18030;
        }

        try
        {
            return Encoding.GetEncoding(name);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static string Guess(ReadOnlySpan<byte> bytes) =>
        LooksChinese(bytes) ?? Detected(bytes)?.GetString(bytes) ?? Encoding.UTF8.GetString(bytes);

    /// <summary>GB18030 or Big5 when either reads as Chinese; the detector, often sure of odd pages on short Chinese text, speaks only of the rest.</summary>
    private static string? LooksChinese(ReadOnlySpan<byte> bytes)
    {
        if (!LetterPairs(bytes)) return null;
        var (gb, big5) = (Strictly(ChineseGuess.Gb18030, bytes), Strictly(ChineseGuess.Big5, bytes));
        var best = gb is null ? big5 : ChineseGuess.Share(big5 ?? "") > ChineseGuess.Share(gb) ? big5 : gb;
        if (best is not null && ChineseGuess.Share(best) >= CertainShare) return best;
        if (Detected(bytes) is { CodePage: 932 or 949 or 51932 or 51949 or 50220 or 52936 } detected) return Strictly(detected, bytes);
        return best;
    }

    private static Encoding? Detected(ReadOnlySpan<byte> bytes) =>
        CharsetDetector.DetectFromBytes(bytes[..Math.Min(bytes.Length, DetectionBytes)].ToArray()).Detected is { Confidence: > 0.8f, Encoding: { } encoding } ? encoding : null;

    private static string? Strictly(Encoding encoding, ReadOnlySpan<byte> bytes)
    {
        var strict = (Encoding)encoding.Clone();
        strict.DecoderFallback = DecoderFallback.ExceptionFallback;
        try
        {
            return strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static int LongLetters(ReadOnlySpan<byte> utf8)
    {
        var count = 0;
        foreach (var b in utf8)
            if (b >= 0xE0)
                count++;
        return count;
    }

    /// <summary>Chinese comes in runs of high bytes; the accents of a Western page stand alone between ASCII letters.</summary>
    private static bool LetterPairs(ReadOnlySpan<byte> bytes)
    {
        int high = 0, paired = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] < 0x80) continue;
            high++;
            if (i + 1 >= bytes.Length || bytes[i + 1] < 0x30) continue;
            if (bytes[i + 1] >= 0x80) paired++;
            i++;
        }

        return paired * 2 >= high;
    }
}
