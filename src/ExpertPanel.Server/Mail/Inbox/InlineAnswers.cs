using System.Text.RegularExpressions;

namespace ExpertPanel.Server.Mail.Inbox;

/// <summary>Signs that an expert answers between the lines of a quote that bears no marks: then nothing tells the two apart, and all is kept.</summary>
internal static class InlineAnswers
{
    private const int MaxOwnText = 300;

    private const int MaxLineLength = 600;

    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;

    private static readonly Regex Answer = new(@"^\s*[【\[(（]?\s*(答|答复|答覆|专家答复|我的答复|我的意见|本人意见|专家意见|批注|回应|answer|my answer|my comment)\s*[】\])）]?\s*[:：]", Linear);

    private static readonly Regex PointingDown = new(
        @"(见|如|在|于)\s*(下|下文|下方|下面|正文|原文|原信|来信|来函|原邮件|您的邮件|你的邮件).{0,14}(红字|红色|蓝字|蓝色|标红|标蓝|批注|逐条|逐项|插入|标注|原文|回复|答复)|(红字|蓝字|标红|红色字体|蓝色字体).{0,6}(部分|处|内容|为)"
        + @"|\b(see|answers?|comments?|repl(y|ies)|response|responses)\b.{0,24}\b(below|in-?line|in line|in red|in blue)\b", Linear);

    public static bool Below(IReadOnlyList<string> lines, int quote, int body)
    {
        for (var i = body; i < lines.Count; i++)
            if (lines[i].Length <= MaxLineLength && Answer.IsMatch(lines[i]))
                return true;
        var own = string.Concat(lines.Take(quote)).Trim();
        return own.Length is > 0 and <= MaxOwnText && PointingDown.IsMatch(own.ReplaceLineEndings(" "));
    }
}
