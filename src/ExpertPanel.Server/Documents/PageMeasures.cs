namespace ExpertPanel.Server.Documents;

/// <summary>The figures of GB/T 9704-2012 in the file's units: twips (1/20 pt) and EMU. 1 mm = 56.6929 twips = 36,000 EMU.</summary>
internal static class PageMeasures
{
    public const int PageWidth = 11906;      // A4, 210 mm
    public const int PageHeight = 16838;     // 297 mm
    public const int TopMargin = 2098;       // 天头 37 mm
    public const int BottomMargin = 1984;    // 297 - 37 - 225 = 35 mm
    public const int LeftMargin = 1587;      // 订口 28 mm
    public const int RightMargin = 1474;     // 210 - 28 - 156 = 26 mm
    public const int TextWidth = PageWidth - LeftMargin - RightMargin;

    public const int LinePitch = 579;        // 225 mm / 22 lines = 28.95 pt

    // 156 mm / 28 characters = 15.79 pt for type of 16 pt. The grid could say so too (linesAndChars), but word processors
    // disagree about it: one sets 18 characters to the line. Tightened type comes out as 28 everywhere.
    public const int CharacterSpacing = -5;
    public const int BodyCharacter = 320;    // 三号, 16 pt, in twips
    public const int TitleLine = 700;        // 二号 lines stand 35 pt apart
    public const int TitleCharacters = 19;   // 二号 characters that fit on a line with some air

    // 信函格式, 10.1: head 30 mm from the top, the first double line 4 mm under it, the second 20 mm above the page's foot, 170 mm long.
    public const double HeadTop = 30;
    public const double HeadGap = 4;
    public const double FootLine = 297 - 20;
    public const double RedLineLength = 170;

    public const int FooterDistance = 1304;  // the dash of the page number stands 7 mm under the text area

    public static int Twips(double millimetres) => (int)Math.Round(millimetres * 1440 / 25.4);

    public static long Emu(double millimetres) => (long)Math.Round(millimetres * 36_000);

    public static double Millimetres(double points) => points * 25.4 / 72;
}
