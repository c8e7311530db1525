using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using ExpertPanel.Server.Documents;
using ExpertPanel.Server.Resources;
using ExpertPanel.Workflows;
using Xunit;

namespace ExpertPanel.Tests.Server.Pages;

public sealed partial class PageTextsTests
{
    private static readonly ResourceManager Resources = new("ExpertPanel.Server.Resources.Texts", typeof(Texts).Assembly);

    [Fact]
    public void Every_text_that_a_page_names_exists()
    {
        var pages = Path.Combine(Root(), "src", "ExpertPanel.Server", "Pages");
        var named = Directory.EnumerateFiles(pages, "*.cs*", SearchOption.AllDirectories)
            .SelectMany(file => Named().Matches(File.ReadAllText(file)).Select(m => (Key: m.Groups["key"].Value, File: Path.GetRelativePath(pages, file)))).ToList();

        Assert.True(named.Count > 300, $"{named.Count}");
        Assert.Empty(named.Where(n => !Has(n.Key)).Select(n => $"{n.File}: {n.Key}"));
    }

    [Fact]
    public void Every_fact_letter_and_document_has_a_name()
    {
        var needed = MatterCommands.Events.Keys.Select(e => "Fact." + e).Concat(LetterKinds.All.Select(l => "Letter." + l))
            .Concat(new[] { MatterDocuments.Opinion, MatterDocuments.Consultation, MatterDocuments.Supplement, MatterDocuments.Decline, MatterDocuments.DispatchSheet, MatterDocuments.Minutes }.Select(d => "Document." + d));

        Assert.All(needed, key => Assert.True(Has(key), key));
    }

    private static bool Has(string key) => Resources.GetString(key, CultureInfo.InvariantCulture) is { Length: > 0 };

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ExpertPanel.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests run inside the repository.");
    }

    [GeneratedRegex("""[Ww]ords\["(?<key>[A-Za-z][A-Za-z0-9.\-]*[A-Za-z0-9])"[\],]""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Named();
}
