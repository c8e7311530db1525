namespace ExpertPanel.Server.Documents;

/// <summary>
/// Which of a cell's choices were ticked, however people do it: the box replaced by a tick, a tick put beside the box or behind the words,
/// the boxes taken away, or all choices but one.
/// </summary>
internal static class TickedChoices
{
    private const string Ticks = "☑☒✓✔√■●◉";
    private const string Boxes = "□☐○◻";

    private static readonly char[] Around = [' ', '\t', '\n', '\r', '　', '；', ';', '、', '，', ',', '。'];

    /// <param name="cell">The cell's text.</param>
    /// <param name="orAlone">What stands alone counts as chosen.</param>
    public static IReadOnlyList<string> In(string cell, bool orAlone = true)
    {
        var bare = cell.Trim(Around);
        if (bare.Length == 0) return [];
        var choices = IsMark(bare[0]) ? Marked(bare) : Unmarked(bare);
        var ticked = choices.Where(c => c.Ticked).Select(c => c.Words).ToList();
        return ticked.Count > 0 || !orAlone || choices.Count != 1 ? ticked : [choices[0].Words];
    }

    /// <summary>Each choice begins with its mark.</summary>
    private static List<(string Words, bool Ticked)> Marked(string cell)
    {
        var choices = new List<(string Words, bool Ticked)>();
        var (start, ticked) = (0, false);
        for (var i = 0; i < cell.Length; i++)
        {
            if (!IsMark(cell[i])) continue;
            if (Words(cell[start..i]).Length > 0 && !IsBehind(cell, i))
            {
                choices.Add((Words(cell[start..i]), ticked));
                (start, ticked) = (i, false);
            }

            ticked |= IsTick(cell[i]);
        }

        if (Words(cell[start..]) is { Length: > 0 } last) choices.Add((last, ticked));
        return choices;
    }

    /// <summary>No marks in front: the choices stand apart, and a tick follows its words.</summary>
    private static List<(string Words, bool Ticked)> Unmarked(string cell) =>
        [.. cell.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(part => (Words(part), part.Any(IsTick))).Where(c => c.Item1.Length > 0)];

    /// <summary>A tick with nothing or another mark after it belongs to the words before it, unless it stands apart from them and touches that mark.</summary>
    private static bool IsBehind(string cell, int at)
    {
        if (at == 0 || !IsTick(cell[at])) return false;
        var next = at + 1;
        while (next < cell.Length && char.IsWhiteSpace(cell[next])) next++;
        return next == cell.Length || (IsMark(cell[next]) && !(next == at + 1 && char.IsWhiteSpace(cell[at - 1])));
    }

    private static string Words(string segment) => string.Concat(segment.Where(c => !IsMark(c))).Trim(Around);

    private static bool IsMark(char c) => IsTick(c) || Boxes.Contains(c, StringComparison.Ordinal);

    private static bool IsTick(char c) => Ticks.Contains(c, StringComparison.Ordinal);
}
