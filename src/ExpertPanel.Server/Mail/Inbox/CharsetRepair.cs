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

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string Decode(ReadOnlySpan<byte> bytes, string? label)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) return Encoding.UTF8.GetString(bytes[3..]);
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE])) return Encoding.Unicode.GetString(bytes[2..]);
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])) return Encoding.BigEndianUnicode.GetString(bytes[2..]);

        var labelled = FromLabel(label);
        if (Ascii.IsValid(bytes)) return (labelled ?? Encoding.UTF8).GetString(bytes);

        var utf8 = Strictly(StrictUtf8, bytes);
        if (labelled is null) return utf8 ?? Guess(bytes);
        if (labelled.CodePage == Encoding.UTF8.CodePage) return utf8 ?? Guess(bytes);

        // A page of one-byte letters decodes anything, so its label proves nothing. And Chinese in UTF-8 mostly decodes as GB18030 too,
        // while text of another charset that happens to be UTF-8 with two three-byte letters practically does not exist.
        if (utf8 is not null && (labelled.IsSingleByte || LongLetters(bytes) >= 2)) return utf8;
        if (labelled.IsSingleByte) return LooksChinese(bytes) ?? labelled.GetString(bytes);
        return Strictly(labelled, bytes) ?? utf8 ?? Guess(bytes);
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
                return Encoding.GetEncoding("gb18030");
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

    /// <summary>GB18030 unless the detector is sure of something else: it is often sure of odd pages on short Chinese text.</summary>
    private static string? LooksChinese(ReadOnlySpan<byte> bytes)
    {
        if (Detected(bytes) is { } detected && detected.CodePage is 950 or 932 or 51949 or 1200 or 1201 or 12000 or 50220 or 52936)
            return Strictly(detected, bytes);
        return LetterPairs(bytes) ? Strictly(Encoding.GetEncoding("gb18030"), bytes) : null;
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
