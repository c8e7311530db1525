using System.Globalization;
using System.Text;

namespace ExpertPanel.Tests.Workflows.Draw.Reference;

/// <summary>Writes JSON in any of the ways JSON allows: keys in any order, blanks, escapes that need not be, 16 as 1.6e1.</summary>
internal sealed class OddWriting(Chance chance, bool odd)
{
    public string Object(params IEnumerable<(string Name, string Value)> fields)
    {
        var listed = fields.ToList();
        for (var i = listed.Count - 1; odd && i > 0; i--)
        {
            var other = chance.Below(i + 1);
            (listed[i], listed[other]) = (listed[other], listed[i]);
        }

        return "{" + string.Join(",", listed.Select(field => Blank() + Text(field.Name) + Blank() + ":" + Blank() + field.Value + Blank())) + "}";
    }

    public string List(IEnumerable<string> items) => "[" + string.Join(",", items.Select(item => Blank() + item + Blank())) + "]";

    public string Texts(IEnumerable<string> texts) => List(texts.Select(Text));

    public string Flag(bool flag) => flag ? "true" : "false";

    public string Whole(int number)
    {
        var plain = number.ToString(CultureInfo.InvariantCulture);
        return !odd ? plain : chance.Below(8) switch
        {
            0 => plain + ".0",
            1 => plain + "e0",
            2 when number > 0 => plain + "0E-1", // JSON lets no zero stand in front
            3 => string.Create(CultureInfo.InvariantCulture, $"{number / 10m}e+1"),
            _ => plain,
        };
    }

    public string Text(string text)
    {
        var written = new StringBuilder("\"");
        foreach (var unit in text)
        {
            _ = unit switch
            {
                '"' or '\\' => written.Append('\\').Append(unit),
                < ' ' => written.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:X4}"),
                '/' when odd => written.Append("\\/"),
                // Half a pair may be written as an escape only together with its other half.
                _ when odd && !char.IsSurrogate(unit) && chance.OneIn(12) => written.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}"),
                _ => written.Append(unit),
            };
        }

        return written.Append('"').ToString();
    }

    private string Blank() => odd && chance.OneIn(6) ? chance.Of([" ", "\n", "\t", "\r\n", "  "]) : "";
}
