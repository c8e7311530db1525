using System.Data.Common;
using System.Reflection;
using Microsoft.Extensions.Options;

namespace ExpertPanel.Server.Hosting;

/// <summary>What keeps the program from starting and an operator can mend: a setting, an address that is taken, a database. A line each, and the code of bad input.</summary>
public static class StartFaults
{
    private const int BadInput = 2;

    /// <summary>Whether somebody started this program at a terminal; a host that only borrows it wants the exception itself.</summary>
    public static bool IsSaid(Exception fault) => Assembly.GetEntryAssembly() == typeof(StartFaults).Assembly && Lines(fault).Count > 0;

    public static int Say(Exception fault)
    {
        foreach (var line in Lines(fault)) Console.Error.WriteLine(line.ReplaceLineEndings(" "));
        return BadInput;
    }

    /// <summary>Empty for a fault that is the program's own.</summary>
    public static IReadOnlyList<string> Lines(Exception fault) => fault switch
    {
        OptionsValidationException settings => [.. settings.Failures],
        AggregateException all when all.InnerExceptions.All(f => Lines(f).Count > 0) => [.. all.InnerExceptions.SelectMany(Lines)],
        InvalidOperationException { InnerException: FormatException or ArgumentException } unreadable => [$"settings: {unreadable.Message}"],
        FormatException address when address.Message.StartsWith("Invalid url", StringComparison.Ordinal) => [$"--urls: {address.Message}; expected one such as http://localhost:5080"],
        IOException or UnauthorizedAccessException => [$"start: {fault.Message}"],
        DbException broken => [$"database: {broken.Message}"],
        _ => [],
    };
}
