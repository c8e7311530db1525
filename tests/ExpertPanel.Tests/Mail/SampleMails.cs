using System.Runtime.CompilerServices;
using Xunit;

namespace ExpertPanel.Tests.Mail;

/// <summary>Mails as real clients and servers write them, each beside what the inbox must make of it.</summary>
public static class SampleMails
{
    public static IEnumerable<TheoryDataRow<string>> Names() =>
        Directory.EnumerateFiles(Folder(), "*.eml").Select(path => new TheoryDataRow<string>(Path.GetFileNameWithoutExtension(path))).OrderBy(row => row.Data, StringComparer.Ordinal);

    public static byte[] Raw(string name) => File.ReadAllBytes(Path.Combine(Folder(), name + ".eml"));

    public static string Expected(string name) => File.ReadAllText(Path.Combine(Folder(), name + ".expected.json"));

    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here) ?? "", "Samples");
}
