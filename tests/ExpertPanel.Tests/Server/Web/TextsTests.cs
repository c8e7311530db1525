using System.Collections;
using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using ExpertPanel.Server.Resources;
using ExpertPanel.Workflows;
using Xunit;

namespace ExpertPanel.Tests.Server.Web;

public sealed partial class TextsTests
{
    private static readonly ResourceManager Resources = new("ExpertPanel.Server.Resources.Texts", typeof(Texts).Assembly);

    /// <summary>How a form asks and how a document is set: no page shows these as words.</summary>
    private static readonly Type[] Silent = [typeof(FieldKind), typeof(ExpertPanel.Workflows.Documents.ParagraphLevel)];

    /// <summary>The Chinese of a refusal stands in its rule.</summary>
    private const string Refusal = "Refusal.";

    [Fact]
    public void Every_refusal_of_a_rule_has_its_english()
    {
        var codes = new[] { "ExpertPanel.Workflows", "ExpertPanel.Server/Mail" }.SelectMany(folder => Directory.GetFiles(Path.Combine(Repository(), "src", folder), "*.cs", SearchOption.AllDirectories))
            .SelectMany(file => RefusalCode().Matches(File.ReadAllText(file)).Select(m => m.Groups["code"].Value)).ToHashSet(StringComparer.Ordinal);
        Assert.Contains("review.three-persons", codes);

        var english = Keys(new CultureInfo("en")).Where(k => k.StartsWith(Refusal, StringComparison.Ordinal)).Select(k => k[Refusal.Length..]);

        Assert.Equal(codes.Order(StringComparer.Ordinal), english);
    }

    [Fact]
    public void Every_text_exists_in_both_languages()
    {
        var (chinese, english) = (Keys(CultureInfo.InvariantCulture), Keys(new CultureInfo("en")).Where(k => !k.StartsWith(Refusal, StringComparison.Ordinal)));

        Assert.NotEmpty(chinese);
        Assert.Equal(chinese, english);
    }

    [Fact]
    public void Every_value_of_every_word_of_the_domain_has_a_label_in_both_languages()
    {
        var words = typeof(Actor).Assembly.GetExportedTypes().Where(t => t.IsEnum && !Silent.Contains(t)).ToList();
        var needed = words.SelectMany(t => Enum.GetValues(t).Cast<Enum>()).Select(Words.KeyOf).ToList();
        Assert.Contains("Enum.MatterType.MajorDecision", needed);

        Assert.Empty(needed.Where(key => !HasText(key, CultureInfo.InvariantCulture) || !HasText(key, new CultureInfo("en"))));
    }

    [Fact]
    public void Placeholders_agree_between_the_languages()
    {
        var differing = Keys(CultureInfo.InvariantCulture).Where(key => Placeholders(key, CultureInfo.InvariantCulture) != Placeholders(key, new CultureInfo("en")));

        Assert.Empty(differing);
    }

    [GeneratedRegex("""(Refuse|new)\(\s*"(?<code>[a-z]+\.[a-z-]+)",""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RefusalCode();

    private static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "ExpertPanel.sln"))) folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Not run from a clone.");
        return folder;
    }

    private static string Placeholders(string key, CultureInfo culture) =>
        string.Join(' ', Enumerable.Range(0, 5).Where(i => Resources.GetString(key, culture)?.Contains($"{{{i}}}", StringComparison.Ordinal) == true));

    private static bool HasText(string key, CultureInfo culture) =>
        Resources.GetResourceSet(culture, createIfNotExists: true, tryParents: false)?.GetString(key) is { Length: > 0 };

    private static List<string> Keys(CultureInfo culture) =>
        Resources.GetResourceSet(culture, createIfNotExists: true, tryParents: false)?.Cast<DictionaryEntry>().Select(e => (string)e.Key).Order(StringComparer.Ordinal).ToList()
        ?? [];
}
