using ExpertPanel.Server.Accounts;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Panels;

namespace ExpertPanel.Server.Seeding;

/// <summary>The demo office's people as actors. Its own acts are recorded as what they are: made by the program at seeding.</summary>
internal sealed class DemoStaff(IEnumerable<AppUser> users)
{
    private const string Origin = "cli demo";

    private readonly Dictionary<string, Actor> byName = users.ToDictionary(
        u => u.UserName ?? "", u => new Actor(u.Id.ToString(), u.DisplayName, u.Roles, Origin, u.Division), StringComparer.Ordinal);

    public Actor Clerk => byName["clerk"];

    public Actor Head => byName["head1"];

    public Actor OtherHead => byName["head2"];

    public Actor Leader => byName["leader"];

    public Actor Document => byName["document"];

    public Actor Secretariat => byName["secretariat"];

    public Actor Auditor => byName["audit-admin"];

    public Actor Supervisor => byName["supervisor"];

    public Actor Archivist => byName["archivist"];

    /// <summary>The two handlers take turns.</summary>
    public Actor Handler(int matter) => byName[matter % 2 == 0 ? "handler1" : "handler2"];

    public static Actor Expert(Invitation invitation) => Actor.Expert(invitation.ExpertId, invitation.ExpertName, Origin);
}
