using System.Runtime.CompilerServices;
using ExpertPanel.Server.Mail.Inbox;

namespace ExpertPanel.Tests.Fixtures;

/// <summary>A test may touch MimeKit before the server's assembly is loaded; in the server itself that can't happen.</summary>
internal static class CharsetsFirst
{
    [ModuleInitializer]
    internal static void LoadServer() => RuntimeHelpers.RunModuleConstructor(typeof(MailReader).Module.ModuleHandle);
}
