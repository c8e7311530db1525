namespace ExpertPanel.Server.Documents;

/// <summary>
/// The type faces of official documents. 小标宋 and the GB2312 faces are proprietary and can't be shipped: the file names
/// them, with what to take instead where they are missing (w:altName), and embeds nothing.
/// </summary>
public sealed record DocumentFonts
{
    /// <summary>方正小标宋: the red head and the title.</summary>
    public FontChoice Title { get; init; } = new("方正小标宋简体", "FZXiaoBiaoSong-B05S,小标宋体,华文中宋,STZhongsong,Noto Serif CJK SC");

    public FontChoice Body { get; init; } = new("仿宋_GB2312", "FangSong_GB2312,仿宋,FangSong,华文仿宋,STFangsong,Noto Serif CJK SC");

    public FontChoice Heading { get; init; } = new("黑体", "SimHei,华文黑体,STHeiti,Noto Sans CJK SC");

    public FontChoice SubHeading { get; init; } = new("楷体_GB2312", "KaiTi_GB2312,楷体,KaiTi,华文楷体,STKaiti,Noto Serif CJK SC");

    public FontChoice PageNumber { get; init; } = new("宋体", "SimSun,华文宋体,STSong,Noto Serif CJK SC");

    /// <summary>Latin letters and figures within Chinese text.</summary>
    public FontChoice Latin { get; init; } = new("Times New Roman", "Liberation Serif");
}

/// <summary>A face by its name, and comma-separated names to fall back on, best first.</summary>
public sealed record FontChoice(string Name, string Fallbacks);
