using System.Xml.Linq;
using ExpertPanel.Workflows;
using Xunit;

namespace ExpertPanel.Tests.House;

public sealed class DependencyTests
{
    private static readonly IReadOnlyList<SourceFile> Ours =
    [
        .. Repository.HandWritten("src"), .. Repository.Sources("src", ".cshtml"), .. Repository.Sources("src", ".razor"),
    ];

    [Fact]
    public void The_rules_of_law_know_nobody()
    {
        Assert.All(typeof(Decision).Assembly.GetReferencedAssemblies(), a => Assert.StartsWith("System", a.Name, StringComparison.Ordinal));
        Assert.Empty(DependencyRules.WorkflowsThatKnowSomebody(Ours));
        var project = XDocument.Parse(Repository.Read("src/ExpertPanel.Workflows/ExpertPanel.Workflows.csproj"));
        Assert.Empty(project.Descendants().Where(e => e.Name.LocalName is "PackageReference" or "ProjectReference" or "Reference"));
        Broken(DependencyRules.WorkflowsThatKnowSomebody, "src/ExpertPanel.Workflows/X.cs", "using Microsoft.EntityFrameworkCore;");
    }

    [Fact]
    public void Pages_and_the_API_never_name_Mail()
    {
        Assert.Empty(DependencyRules.PagesThatNameMail(Ours));
        Broken(DependencyRules.PagesThatNameMail, "src/ExpertPanel.Server/Pages/X.cshtml.cs", "using ExpertPanel.Server.Mail.Outbox;");
        Broken(DependencyRules.PagesThatNameMail, "src/ExpertPanel.Server/Pages/X.cshtml", "@inject Server.Mail.Outbox.Runner Runner");
        Broken(DependencyRules.PagesThatNameMail, "src/ExpertPanel.Server/Api/X.cs", "using MimeKit;");
    }

    [Fact]
    public void Pages_and_the_API_write_through_commands_and_editors_only()
    {
        Assert.Empty(DependencyRules.PagesThatSave(Ours));
        Broken(DependencyRules.PagesThatSave, "src/ExpertPanel.Server/Pages/X.cshtml.cs", "await db.SaveChangesAsync(ct);");
        Broken(DependencyRules.PagesThatSave, "src/ExpertPanel.Server/Api/X.cs", "await db.Matters.ExecuteDeleteAsync();");
    }

    [Fact]
    public void Mail_never_names_Pages()
    {
        Assert.Empty(DependencyRules.MailThatNamesPages(Ours));
        Broken(DependencyRules.MailThatNamesPages, "src/ExpertPanel.Server/Mail/X.cs", "using ExpertPanel.Server.Pages;");
    }

    [Fact]
    public void Only_the_transport_names_MailKits_clients()
    {
        Assert.Empty(DependencyRules.MailClientsElsewhere(Ours));
        Broken(DependencyRules.MailClientsElsewhere, "src/ExpertPanel.Server/Mail/Inbox/X.cs", "using MailKit.Net.Imap;");
        Assert.NotEmpty(Ours.Where(f => DependencyRules.IsIn(f, "Mail/Transport")));
    }

    [Fact]
    public void Only_Data_names_a_database_provider()
    {
        Assert.Empty(DependencyRules.ProvidersElsewhere(Ours));
        Broken(DependencyRules.ProvidersElsewhere, "src/ExpertPanel.Server/Hosting/X.cs", "Npgsql.NpgsqlConnection.ClearAllPools();");
        Broken(DependencyRules.ProvidersElsewhere, "src/ExpertPanel.Server/Processes/X.cs", "catch (SqliteException busy)");
    }

    [Fact]
    public void Data_names_only_the_row_types_of_Tenancy_and_Accounts()
    {
        Assert.Empty(DependencyRules.DataThatNamesOthers(Ours));
        Broken(DependencyRules.DataThatNamesOthers, "src/ExpertPanel.Server/Data/X.cs", "using ExpertPanel.Server.Processes;");
    }

    [Fact]
    public void No_folders_know_each_other_in_a_circle()
    {
        Assert.Empty(DependencyRules.Circles(Ours));
        SourceFile[] circle =
        [
            new("src/ExpertPanel.Server/Mail/X.cs", "using ExpertPanel.Server.Data;"),
            new("src/ExpertPanel.Server/Data/X.cs", "using ExpertPanel.Server.Cli;"),
            new("src/ExpertPanel.Server/Cli/X.cs", "ExpertPanel.Server.Mail.Outbox.Runner runner"),
        ];
        Assert.Equal(3, DependencyRules.Circles(circle).Count());
        Assert.Empty(DependencyRules.Circles([new("src/ExpertPanel.Server/Data/X.cs", "using ExpertPanel.Server.Accounts;"), new("src/ExpertPanel.Server/Accounts/X.cs", "using ExpertPanel.Server.Data;")]));
    }

    [Fact]
    public void A_comment_may_speak_of_anybody() =>
        Assert.Empty(DependencyRules.PagesThatNameMail([new("src/ExpertPanel.Server/Pages/X.cshtml.cs", "  // see ExpertPanel.Server.Mail\npublic sealed class X;")]));

    [Fact]
    public void No_engine_package_is_in_the_solution()
    {
        Assert.DoesNotContain("Elsa", Repository.Read("ExpertPanel.sln"), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Elsa", Repository.Read("Directory.Packages.props"), StringComparison.OrdinalIgnoreCase);
        Assert.All(Repository.Sources("src", ".csproj"), p => Assert.DoesNotContain("Elsa", p.Text, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The control: a rule must say no to a text that breaks it.</summary>
    private static void Broken(Func<IEnumerable<SourceFile>, IEnumerable<string>> rule, string path, string text) => Assert.NotEmpty(rule([new(path, text)]));
}
